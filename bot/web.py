"""The bot's own web pages: health, metrics, and the webhook's address."""

import errno
from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.metrics import Metrics
from bot.sandbox.http_server import HttpServer
from bot.webhook import Webhook

METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"
NEIGHBOURS = 20
"""How many ports after the wanted one the sandbox may try."""

Troubles = Callable[[], Awaitable[list[str]]]
"""Returns what keeps the bot from working just now, in plain words; nothing means it is ready."""


class NoAddressError(Exception):
    """The address cannot be served; the text says why and what to do."""


def _why(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} of {host} is taken by another program. "
            "Stop that program, or set HTTP_PORT to another port."
        )
    return (
        f"Port {port} of {host} cannot be opened ({error.strerror or error}). "
        "Set HTTP_HOST and HTTP_PORT to an address of this machine."
    )


class Pages:
    """Health, metrics and the webhook; every other path goes to *others*, if there are any."""

    def __init__(
        self,
        metrics: Metrics,
        troubles: Troubles,
        measure: Callable[[], Awaitable[None]],
        others: ASGIApp | None = None,
    ) -> None:
        self._metrics = metrics
        self._troubles = troubles
        self._measure = measure
        self._others = others
        self._own: dict[str, Callable[[Request], Awaitable[Response]]] = {
            "/healthz": self._ready,
            "/healthz/ready": self._ready,
            "/healthz/live": self._live,
            "/metrics": self._figures,
        }
        self._app = self._assembled(None)

    def take(self, webhook: Webhook) -> None:
        """Serve the webhook's path too."""
        self._app = self._assembled(webhook)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request as an ASGI application."""
        if self._others is not None and scope.get("path") not in self._own:
            await self._others(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _assembled(self, webhook: Webhook | None) -> Starlette:
        routes = [Route(path, page) for path, page in self._own.items()]
        if webhook is not None:
            routes.append(Route(webhook.path, webhook.answer, methods=["POST"]))
        return Starlette(routes=routes)

    async def _live(self, _request: Request) -> Response:
        return JSONResponse({"alive": True})

    async def _ready(self, _request: Request) -> Response:
        troubles = await self._troubles()
        return JSONResponse(
            {"ready": not troubles, "troubles": troubles}, status_code=503 if troubles else 200
        )

    async def _figures(self, _request: Request) -> Response:
        await self._measure()
        return Response(self._metrics.page(), media_type=METRICS_TYPE)


async def serve(app: ASGIApp, host: str, port: int, *, more_ports: bool = False) -> HttpServer:
    """Serve *app* and return the server; raise ``NoAddressError`` where that cannot be.

    With *more_ports* the next twenty are tried as well.
    """
    candidates = range(port, min(port + NEIGHBOURS, 65535) + 1) if more_ports and port else [port]
    failures: list[OSError] = []
    for candidate in candidates:
        server = HttpServer(app)
        try:
            await server.start(host, candidate)
        except OSError as error:
            failures.append(error)
        else:
            return server
    raise NoAddressError(_why(failures[0], host, port))

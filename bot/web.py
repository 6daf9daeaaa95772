"""The bot's own web pages: health, metrics, and the webhook's address."""

import errno
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from starlette.types import ASGIApp, Receive, Scope, Send

from bot.http_server import HttpServer
from bot.metrics import Metrics

if TYPE_CHECKING:
    from bot.webhook import Webhook

OWN = frozenset({"/healthz", "/healthz/ready", "/healthz/live", "/metrics"})
"""The paths that are the bot's own, besides the webhook's."""

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
        self._webhook: Webhook | None = None
        self._app: ASGIApp | None = None

    def take(self, webhook: "Webhook") -> None:
        """Serve the webhook's path too."""
        self._webhook = webhook
        self._app = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request as an ASGI application."""
        if self._others is not None and scope.get("path") not in OWN:
            await self._others(scope, receive, send)
        else:
            await self._own()(scope, receive, send)

    def _own(self) -> ASGIApp:
        if self._app is None:
            # Nobody waits for them when the bot starts.
            from bot.own_pages import OwnPages  # noqa: PLC0415

            own = OwnPages(self._metrics, self._troubles, self._measure)
            self._app = own.application(self._webhook)
        return self._app


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

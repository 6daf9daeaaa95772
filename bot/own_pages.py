"""What the bot's own pages answer: loaded when the first of them is asked for."""

from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.metrics import Metrics
from bot.webhook import Webhook

METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"

Troubles = Callable[[], Awaitable[list[str]]]
"""Returns what keeps the bot from working just now, in plain words; nothing means it is ready."""


class OwnPages:
    """Health and metrics, each a request's answer."""

    def __init__(
        self, metrics: Metrics, troubles: Troubles, measure: Callable[[], Awaitable[None]]
    ) -> None:
        self._metrics = metrics
        self._troubles = troubles
        self._measure = measure

    def application(self, webhook: Webhook | None) -> Starlette:
        """Return the application that serves them, and the webhook's path where there is one."""
        routes = [
            Route("/healthz", self._ready),
            Route("/healthz/ready", self._ready),
            Route("/healthz/live", self._live),
            Route("/metrics", self._figures),
        ]
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

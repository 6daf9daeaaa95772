"""The user-side API: everything that people do, as JSON over HTTP."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.sandbox.user_actions import action_routes
from bot.sandbox.user_chats import chat_routes
from bot.sandbox.user_switches import switch_routes
from bot.sandbox.world import World


def user_routes(world: World, page: Path) -> list[BaseRoute]:
    """Return the routes of the user-side API and of the chat page."""

    async def index(request: Request) -> Response:  # noqa: ARG001  # Starlette's shape
        place = page / "index.html"
        return FileResponse(place) if place.exists() else Response("no page here", 404)

    async def events(request: Request) -> Response:  # noqa: ARG001  # Starlette's shape
        return StreamingResponse(
            world.events.listen(),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    return [
        Route("/", index),
        Mount("/page", StaticFiles(directory=page, check_dir=False)),
        Route("/sandbox/events", events),
        *chat_routes(world),
        *action_routes(world),
        *switch_routes(world),
    ]

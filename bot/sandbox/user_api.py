"""The user-side API: everything that people do, as JSON over HTTP."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from bot.sandbox.user_actions import action_routes
from bot.sandbox.user_chats import chat_routes
from bot.sandbox.user_files import file_routes
from bot.sandbox.user_switches import switch_routes
from bot.sandbox.world import World

PAGE_HEADERS = {
    # An update of Etalon is a new page: the browser asks each time and is mostly answered 304.
    "Cache-Control": "no-cache",
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        "object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
}


class _PageFiles(StaticFiles):
    """The page's own files."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return the file, or that the browser's copy is still good."""
        response = await super().get_response(path, scope)
        response.headers.update(PAGE_HEADERS)
        return response


def user_routes(world: World, page: Path) -> list[BaseRoute]:
    """Return the routes of the user-side API and of the chat page."""

    async def index(request: Request) -> Response:  # noqa: ARG001  # Starlette's shape
        place = page / "index.html"
        if not place.exists():
            return Response("no page here", 404)
        return FileResponse(place, headers=PAGE_HEADERS)

    async def events(request: Request) -> Response:  # noqa: ARG001  # Starlette's shape
        return StreamingResponse(
            world.events.listen(),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    return [
        Route("/", index),
        Mount("/page", _PageFiles(directory=page, check_dir=False)),
        Route("/sandbox/events", events),
        *chat_routes(world),
        *action_routes(world),
        *file_routes(world),
        *switch_routes(world),
    ]

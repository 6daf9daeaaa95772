"""The sandbox as a whole: Bot API, user-side API and chat page on one address."""

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from starlette.applications import Starlette
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from bot.http_server import HttpServer
from bot.sandbox import guard
from bot.sandbox.bot_api import BotApi
from bot.sandbox.facts import load_facts
from bot.sandbox.state import Keeper
from bot.sandbox.user_api import user_routes
from bot.sandbox.world import World

_PAGE = Path(__file__).with_name("page")


class Sandbox:
    """A Bot API server for one bot, with the people who talk to it.

    ``state`` is the folder that keeps everything across restarts; without one it is forgotten at
    the end. Without a ``token`` one is made at the first start. ``page`` is the folder of the chat
    page; ``names`` are host names by which it may be opened besides this machine's own. Use
    ``start``/``stop`` (or ``serving``) for an own HTTP server, or mount ``routes`` (or the sandbox
    itself, an ASGI application) elsewhere between ``open`` and ``close``.
    """

    def __init__(
        self,
        token: str = "",
        *,
        name: str = "Etalon",
        username: str = "etalon_sandbox_bot",
        state: Path | None = None,
        page: Path = _PAGE,
        names: frozenset[str] = frozenset(),
    ) -> None:
        token = token or (guard.kept_token(state) if state else guard.new_token())
        self.token = token
        self._names = frozenset(name.lower() for name in names)
        number = token.partition(":")[0]
        bot_id = int(number) if number.isdigit() else guard.BOT_ID
        self.world = World(bot_id, name, username, state / "files" if state else None)
        self._keeper = Keeper(self.world, state) if state else None
        self._server = HttpServer(self)
        self._bot_api = BotApi(self.world, load_facts(), token, self._server.drop)
        self._page = page
        self._others = Starlette(routes=self.routes)

    @property
    def address(self) -> str:
        """Return the root of the own server, such as ``http://127.0.0.1:8080``."""
        return self._server.address

    @property
    def routes(self) -> list[BaseRoute]:
        """Return everything the sandbox answers, for mounting on another server."""
        return [
            Route("/bot{token}/{method}", self._bot_api),
            Route("/file/bot{token}/{path:path}", self._bot_api),
            *user_routes(self.world, self._page),
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request as an ASGI application."""
        if scope["type"] == "http" and not guard.is_welcome(scope, self._names):
            await guard.refuse(send)
            return
        # Bots call often: straight to them, past the routing.
        if scope["type"] == "http" and scope["path"].startswith("/bot"):
            await self._bot_api(scope, receive, send)
        else:
            await self._others(scope, receive, send)

    async def open(self) -> None:
        """Remember what the state folder holds and take up delivering."""
        if self._keeper is not None:
            self._keeper.open()
        if self.world.webhook is not None:
            self.world.webhook.start()

    async def close(self) -> None:
        """Let everybody who waits go, and write everything down."""
        self._bot_api.close()
        self.world.updates.close()
        self.world.events.close()
        if self.world.webhook is not None:
            await self.world.webhook.stop()
        if self._keeper is not None:
            await self._keeper.close()

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> str:
        """Open and serve; return the address. Port 0 takes any free one.

        Raises OSError if the port is taken. A stopped sandbox is not started again: make another.
        """
        await self.open()
        try:
            await self._server.start(host, port)
        except OSError:
            await self.close()
            raise
        return self.address

    async def stop(self) -> None:
        """Stop serving and close."""
        self._bot_api.close()
        self.world.updates.close()
        self.world.events.close()
        await self._server.stop()
        await self.close()

    @contextlib.asynccontextmanager
    async def serving(self, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator["Sandbox"]:
        """Serve as long as the ``async with`` block runs."""
        await self.start(host, port)
        try:
            yield self
        finally:
            await self.stop()

"""A small HTTP server inside the running event loop: no signal handlers, no waiting at its end.

Connections are watched over by ``bot.http_guard``.
"""

import asyncio
import contextlib
import socket
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING

from starlette.types import ASGIApp, Scope

from bot.http_guard import Guard, Guarded
from bot.loading import load_beside

if TYPE_CHECKING:
    from bot.http_protocol import Speaking

_PATIENCE = 1.0
_BACKLOG = 128
_NEEDED = ("h11", "click", "uvicorn", "starlette.routing", "bot.http_protocol", "bot.own_pages")
"""What answering takes, in steps; a bot that polls may never be asked anything here."""


class _Early(asyncio.Protocol):
    """A connection that waits, its first words kept, until it is handed over."""

    def __init__(self, connected: "_Handing") -> None:
        self._connected = connected
        self._waiting: asyncio.Task[None] | None = None
        self._transport: asyncio.Transport | None = None
        self.heard = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Have it handed over."""
        if isinstance(transport, asyncio.Transport):
            self._transport = transport
            self._waiting = asyncio.create_task(self._connected(self, transport))

    def data_received(self, data: bytes) -> None:
        """Keep what comes, and let no more come."""
        self.heard += data
        if self._transport is not None:
            self._transport.pause_reading()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  asyncio's signature
        """Wait no more."""
        if self._waiting is not None:
            self._waiting.cancel()


_Handing = Callable[[_Early, asyncio.Transport], Coroutine[None, None, None]]


class HttpServer:
    """Serves an ASGI application on one address with uvicorn's protocol."""

    def __init__(self, app: ASGIApp) -> None:
        self._guard = Guard(app)
        self._speaking: Speaking | None = None
        self._server: asyncio.Server | None = None
        self.address = ""

    @property
    def answering(self) -> int:
        """How many requests are being answered."""
        return len(self._speaking.tasks) if self._speaking is not None else 0

    async def start(self, host: str, port: int) -> None:
        """Listen; port 0 takes any free one. Raises OSError if the address is taken."""
        loop = asyncio.get_running_loop()
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._server = await loop.create_server(
            self._protocol, host, port, family=family, backlog=_BACKLOG
        )
        bound = self._server.sockets[0].getsockname()[1]
        shown = "127.0.0.1" if host in {"", "0.0.0.0"} else host  # noqa: S104  # only for showing
        self.address = f"http://[{shown}]:{bound}" if ":" in shown else f"http://{shown}:{bound}"

    def _protocol(self) -> asyncio.Protocol:
        speaking = self._speaking
        return Guarded(
            self._guard, _Early(self._connected) if speaking is None else speaking.protocol()
        )

    async def _connected(self, early: _Early, transport: asyncio.Transport) -> None:
        """Hand over a connection that has come before anything to answer it was loaded."""
        await load_beside(_NEEDED)
        if self._server is None:
            transport.abort()  # the server has stopped meanwhile
            return
        if self._speaking is None:
            from bot.http_protocol import Speaking  # noqa: PLC0415  it is there now

            self._speaking = Speaking(self._guard)
        guarded = transport.get_protocol()
        if not isinstance(guarded, Guarded):
            raise TypeError("a connection that nobody watches over")
        guarded.speak(self._speaking.protocol())
        if early.heard:
            guarded.data_received(early.heard)
        transport.resume_reading()

    def drop(self, scope: Scope) -> bool:
        """Close the connection that a request came by, at once; False if it is not ours."""
        if self._speaking is None:
            return False
        for connection in self._speaking.connections:
            if getattr(connection, "client", None) == tuple(scope["client"] or ()):
                connection.transport.abort()
                return True
        return False

    async def stop(self) -> None:
        """Stop listening, let running requests finish for a second, close all connections."""
        if self._server is None:
            return
        self._server.close()
        self._server = None
        if self._speaking is None:
            return
        for connection in tuple(self._speaking.connections):
            connection.shutdown()
        tasks = set(self._speaking.tasks)
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=_PATIENCE)
            for task in late:
                task.cancel()
        for connection in tuple(self._speaking.connections):
            with contextlib.suppress(RuntimeError):
                connection.transport.abort()

"""What stands before the HTTP protocol: connections that say nothing, or half of it, are closed.

uvicorn's own limit begins after its first answer. Here a request's head must have come within
seconds, be it a connection's first or a later one, and the parts of its body must follow. There are
never more connections than there is room for: the one that has been idle longest makes room.
"""

import asyncio
import resource
from collections import OrderedDict

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.sparing import Sparing

log = structlog.get_logger(__name__)

HEAD_SECONDS = 15.0
"""Within so many seconds a request's head must have come, once it may begin."""
IDLE_SECONDS = 80.0
"""No answered connection is kept for longer; uvicorn closes one of which nothing comes before."""
PART_SECONDS = 30.0
"""Within so many seconds the next part of a body must have come, or of an answer have gone."""
MOST_CONNECTIONS = 400
"""More than Telegram, a proxy and a few pages ever open."""

Client = tuple[str, int]


def room() -> int:
    """Return how many connections there may be: at most half of the descriptors."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST_CONNECTIONS if soft == resource.RLIM_INFINITY else min(MOST_CONNECTIONS, soft // 2)


class Guarded(asyncio.Protocol):
    """One connection; ``inner`` speaks HTTP on it as soon as it is let in."""

    def __init__(self, guard: "Guard", inner: asyncio.Protocol) -> None:
        self._guard = guard
        self._inner = inner
        self._transport: asyncio.Transport | None = None
        self._late: asyncio.TimerHandle | None = None
        self.rests = False
        self._let_in = False
        self.client: Client | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin to wait for a request, if there is room."""
        if not isinstance(transport, asyncio.Transport):
            raise TypeError("not a connection")
        self._transport = transport
        self.client = client_of(transport.get_extra_info("peername"))
        self._let_in = self._guard.lets_in(self)
        if self._let_in:
            self._wait(HEAD_SECONDS)
            self._inner.connection_made(transport)
        else:
            transport.abort()

    def speak(self, inner: asyncio.Protocol) -> None:
        """Let another protocol go on with the connection."""
        self._inner = inner
        if self._transport is not None:
            inner.connection_made(self._transport)

    def data_received(self, data: bytes) -> None:
        """Pass on what came; with the first of a request its time begins."""
        if self.rests:
            self._wait(HEAD_SECONDS)
        self._inner.data_received(data)

    def eof_received(self) -> bool | None:
        """Pass on that no more will come."""
        return self._inner.eof_received()

    def connection_lost(self, exc: Exception | None) -> None:
        """Make room for another."""
        self._stop_waiting()
        self._guard.forget(self)
        if self._let_in:
            self._inner.connection_lost(exc)

    def pause_writing(self) -> None:
        """Pass on that the other side reads too slowly."""
        self._inner.pause_writing()

    def resume_writing(self) -> None:
        """Pass on that it has caught up."""
        self._inner.resume_writing()

    def begin(self) -> None:
        """Note that a request has come whole enough to be answered."""
        self.rests = False
        self._stop_waiting()

    def end(self) -> None:
        """Note that it was answered; a part of the next request may have come already."""
        if self._transport is not None and not self._transport.is_closing():
            self._wait(IDLE_SECONDS)
            self.rests = True

    def close(self) -> None:
        """Close the connection at once."""
        if self._transport is not None:
            self._transport.abort()

    def _wait(self, seconds: float) -> None:
        self._stop_waiting()
        self.rests = False
        self._late = asyncio.get_running_loop().call_later(seconds, self._guard.shut_out, self)

    def _stop_waiting(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None


class Guard:
    """Watches over the connections by which requests come to an ASGI application."""

    def __init__(self, app: ASGIApp, most: int | None = None) -> None:
        self._app = app
        self._most = room() if most is None else most
        self._open: dict[Client | None, Guarded] = {}
        self._idle: OrderedDict[Guarded, None] = OrderedDict()
        self._lines = Sparing()

    @property
    def count(self) -> int:
        """Return how many connections are open."""
        return len(self._open)

    def lets_in(self, guarded: Guarded) -> bool:
        """Return whether there is room for a new connection; the longest idle one makes some."""
        if len(self._open) >= self._most:
            self._note("connections_full", most=self._most)
            if not self._idle:
                return False
            oldest, _ = self._idle.popitem(last=False)
            self._open.pop(oldest.client, None)
            oldest.close()
        self._open[guarded.client] = guarded
        self._idle[guarded] = None
        return True

    def forget(self, guarded: Guarded) -> None:
        """Note that the connection is over."""
        self._idle.pop(guarded, None)
        if self._open.get(guarded.client) is guarded:
            del self._open[guarded.client]

    def shut_out(self, guarded: Guarded) -> None:
        """Close a connection on which too little comes."""
        if not guarded.rests:
            self._note("connection_too_slow")
        guarded.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request as an ASGI application; its connection is not idle meanwhile."""
        guarded = self._open.get(client_of(scope.get("client")))
        if guarded is None or scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        self._idle.pop(guarded, None)
        guarded.begin()
        try:
            await self._app(
                scope, _received_in_time(receive, guarded), _sent_in_time(send, guarded)
            )
        finally:
            guarded.end()
            if self._open.get(guarded.client) is guarded:
                self._idle[guarded] = None

    def _note(self, event: str, **facts: object) -> None:
        left_out = self._lines.due(event)
        if left_out is not None:
            log.warning(event, left_out=left_out, **facts)


def client_of(address: object) -> Client | None:
    """Return who is at the other end, as uvicorn says it too."""
    if isinstance(address, tuple | list) and len(address) >= 2:
        return str(address[0]), int(address[1])
    return None


def _received_in_time(receive: Receive, guarded: Guarded) -> Receive:
    """Return *receive* with a limit for the parts of the body; what comes later may take long."""
    whole = False

    async def limited() -> Message:
        nonlocal whole
        if whole:
            return await receive()
        try:
            async with asyncio.timeout(PART_SECONDS):
                message = await receive()
        except TimeoutError:
            guarded.close()
            return {"type": "http.disconnect"}
        whole = not message.get("more_body", False)
        return message

    return limited


def _sent_in_time(send: Send, guarded: Guarded) -> Send:
    """Return *send* with a limit for a part of the answer that the other side does not read."""

    async def limited(message: Message) -> None:
        try:
            async with asyncio.timeout(PART_SECONDS):
                await send(message)
        except TimeoutError:
            guarded.close()
            raise OSError("the answer is not read") from None

    return limited

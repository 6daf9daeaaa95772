"""Telling the chat page what happens, as it happens."""

import asyncio
from collections.abc import AsyncIterator

from bot.sandbox.values import JsonObject, to_bytes

_QUEUED = 1000
_HEARTBEAT = 15.0


class EventHub:
    """Server-sent events for any number of listeners; one who does not read is dropped."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[bytes | None]] = set()

    def tell(self, name: str, data: JsonObject) -> None:
        """Send an event to everybody who listens."""
        if not self._listeners:
            return
        event = b"event: %s\ndata: %s\n\n" % (name.encode(), to_bytes(data))
        for queue in tuple(self._listeners):
            if queue.full():
                self._listeners.discard(queue)
            else:
                queue.put_nowait(event)

    async def listen(self) -> AsyncIterator[bytes]:
        """Yield events as bytes of an event stream until ``close``."""
        queue: asyncio.Queue[bytes | None] = asyncio.Queue(_QUEUED)
        self._listeners.add(queue)
        try:
            yield b": listening\n\n"
            while queue in self._listeners:
                try:
                    event = await asyncio.wait_for(queue.get(), _HEARTBEAT)
                except TimeoutError:
                    event = b": still here\n\n"
                if event is None:
                    return
                yield event
        finally:
            self._listeners.discard(queue)

    def close(self) -> None:
        """End all streams."""
        for queue in self._listeners:
            if not queue.full():
                queue.put_nowait(None)
        self._listeners.clear()

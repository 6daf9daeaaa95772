"""Log lines that anybody outside can cause: one a minute, with how many there were."""

import logging
import time
from collections.abc import Callable

SECONDS = 60.0
SPARED = ("socket.accept() out of system resource", "Invalid HTTP request received")


class Sparing:
    """Says of each kind of line whether it is due, and how many were left out before it."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, seconds: float = SECONDS
    ) -> None:
        self._clock = clock
        self._seconds = seconds
        self._next: dict[str, float] = {}
        self._left_out: dict[str, int] = {}

    def due(self, kind: str) -> int | None:
        """Return how many lines of that kind were left out since the last; ``None``: not yet."""
        now = self._clock()
        if now < self._next.get(kind, now):
            self._left_out[kind] = self._left_out.get(kind, 0) + 1
            return None
        self._next[kind] = now + self._seconds
        return self._left_out.pop(kind, 0)


class OnceAMinute(logging.Filter):
    """Lets a library's lines that anybody outside can cause through once a minute.

    At the limit of open files asyncio says so for each connection that it cannot accept, and
    uvicorn for each request that is none.
    """

    def __init__(self, sparing: Sparing | None = None) -> None:
        super().__init__()
        self._sparing = sparing or Sparing()

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether the line is written."""
        said = str(record.msg)
        kind = next((one for one in SPARED if said.startswith(one)), None)
        return kind is None or self._sparing.due(kind) is not None

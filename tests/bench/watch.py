"""Watching an event loop: how long one callback kept it, and how late everything else was."""

import asyncio
import gc
import time
from dataclasses import asdict, dataclass

BEAT_SECONDS = 0.001


@dataclass(slots=True)
class Holds:
    """The longest since the last look, all in milliseconds.

    ``hold`` is one callback by the clock, ``work`` the processor time of one callback (without what
    the machine gave to others), ``gap`` what a sleep of a millisecond took beyond it, ``rubbish``
    one collection of rubbish.
    """

    hold: float = 0.0
    work: float = 0.0
    gap: float = 0.0
    rubbish: float = 0.0


class Watch:
    """Measures every callback of the loop, and a heartbeat beside them."""

    def __init__(self) -> None:
        self._found = Holds()
        self._since = 0.0
        self._plain = asyncio.Handle._run
        self._beating: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin; from now on the loop's callbacks are timed."""
        watch = self

        def timed(handle: asyncio.Handle) -> None:
            begun, work = time.perf_counter(), time.thread_time()
            watch._plain(handle)
            watch._took(time.perf_counter() - begun, time.thread_time() - work)

        asyncio.Handle._run = timed  # type: ignore[method-assign, assignment]  # no other way
        gc.callbacks.append(self._collecting)
        self._beating = asyncio.create_task(self._beat())

    def taken(self) -> dict[str, float]:
        """Return the longest of each kind and begin anew."""
        found, self._found = self._found, Holds()
        return asdict(found)

    def _took(self, seconds: float, work: float) -> None:
        found = self._found
        found.hold = max(found.hold, 1000 * seconds)
        found.work = max(found.work, 1000 * work)

    async def _beat(self) -> None:
        while True:
            begun = time.perf_counter()
            await asyncio.sleep(BEAT_SECONDS)
            late = time.perf_counter() - begun - BEAT_SECONDS
            self._found.gap = max(self._found.gap, 1000 * late)

    def _collecting(self, phase: str, _about: dict[str, int]) -> None:
        now = time.perf_counter()
        if phase == "start":
            self._since = now
        else:
            self._found.rubbish = max(self._found.rubbish, 1000 * (now - self._since))

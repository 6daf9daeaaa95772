"""Lanes: work for one chat in order, work for different chats side by side."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextvars import ContextVar

import structlog

log = structlog.get_logger(__name__)

Work = Callable[[], Awaitable[None]]


class _Place:
    """One of the places of those at work; given up at most once."""

    def __init__(self, free: asyncio.Semaphore) -> None:
        self._free = free
        self._given_up = False

    def give_up(self) -> None:
        """Let another lane work."""
        if not self._given_up:
            self._given_up = True
            self._free.release()


_PLACE: ContextVar[_Place | None] = ContextVar("place", default=None)


def step_aside() -> None:
    """Give up the lane's place before a long wait in its work: others must not wait as well.

    What is left of the work after the wait is done beside the full number of others.
    """
    place = _PLACE.get()
    if place is not None:
        place.give_up()


class Lanes:
    """Runs what is put into a lane one after another, and up to *width* lanes at a time.

    Work answers for its own errors; what escapes it is logged and does not stop its lane.
    """

    def __init__(self, width: int) -> None:
        self._free = asyncio.Semaphore(width)
        self._waiting: dict[int, deque[Work]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self.finished = asyncio.Event()
        """Set whenever a piece of work is finished; whoever waits for it clears it before."""
        self.load = 0
        """How many pieces of work are waiting or under way."""

    def put(self, lane: int, work: Work) -> None:
        """Add *work* at the end of the lane."""
        self.load += 1
        if lane in self._waiting:
            self._waiting[lane].append(work)
            return
        self._waiting[lane] = deque([work])
        task = asyncio.get_running_loop().create_task(self._run(lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def waiting(self, lane: int) -> int:
        """Return how many pieces of work wait in the lane, besides the one under way."""
        return len(self._waiting.get(lane, ()))

    async def drained(self, seconds: float) -> bool:
        """Wait up to *seconds* for everything to finish; return whether it did."""
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=seconds)
        return not self._tasks

    async def cancel(self) -> None:
        """Stop whatever still runs, in the middle."""
        tasks = set(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self, lane: int) -> None:
        waiting = self._waiting[lane]
        try:
            while waiting:
                await self._free.acquire()
                place = _Place(self._free)
                _PLACE.set(place)
                try:
                    await self._one(waiting.popleft())
                finally:
                    place.give_up()
        finally:
            del self._waiting[lane]
            self.load -= len(waiting)

    async def _one(self, work: Work) -> None:
        try:
            await work()
        except Exception:
            log.exception("work_failed")
        finally:
            self.load -= 1
            self.finished.set()

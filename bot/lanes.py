"""Lanes: work for one chat in order, work for different chats side by side."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

import structlog

log = structlog.get_logger(__name__)

Work = Callable[[], Awaitable[None]]


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
                async with self._free:
                    await self._one(waiting.popleft())
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

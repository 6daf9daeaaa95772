"""How fast messages may go out: reckoned here, so that Telegram need not refuse any.

Telegram's limits (https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this):
about 30 messages a second overall, one a second in a chat, 20 a minute in a group.

When a message reaches Telegram is not known here, only that it lies between the call and its
answer. A call therefore counts as long as it is under way, and then as if it came just now, less
the part of its time that every call takes: what delays all of them alike changes no distance
between them.
"""

import asyncio
from bisect import bisect_right, insort
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Messages: overall in any second, to a chat in any second, to a group in any minute."""

    overall: int = 30
    chat: int = 1
    group: int = 20


SECOND, MINUTE = 1.0, 60.0
LAST, ENOUGH = 1_000, 100
"""How many calls are looked back upon, and how many must be known: in a crowd all are slow."""
COMMON = 0.75
DOUBT = 10 * MINUTE
LOOK_AGAIN = 0.05
"""After so many seconds those who wait for calls under way look whether one has ended."""


class Window:
    """At most *limit* events in any *span* of seconds."""

    def __init__(self, limit: int, span: float) -> None:
        self._limit = limit
        self._span = span
        self._events: list[float] = []
        self._under_way = 0

    def free_at(self, now: float) -> float:
        """Return the first moment, from *now* on, at which one more event keeps the limit.

        *now* may lie ahead: nothing is forgotten for it.
        """
        room = self._limit - self._under_way
        if len(self._events) - self._over_by(now) < room:
            return now
        return max(now, self._events[-room] + self._span)

    @property
    def full(self) -> bool:
        """Whether nothing fits before something that is under way is over."""
        return self._under_way >= self._limit

    def begin(self) -> None:
        """Note that an event is under way."""
        self._under_way += 1

    def end(self, moment: float) -> None:
        """Note that an event which was under way is over, and counts as of that moment."""
        self._under_way -= 1
        del self._events[: self._over_by(moment)]
        insort(self._events, moment)

    def empty(self, now: float) -> bool:
        """Return whether nothing noted still matters."""
        return self._over_by(now) == len(self._events) and not self._under_way

    def _over_by(self, now: float) -> int:
        """Return how many events do not matter any more at that moment."""
        return bisect_right(self._events, now - self._span)


class Journey:
    """How long calls take, and how much of that they all do.

    Of the shortest of the last calls a part is taken for the way there and back, the same for each.
    The rest is left for ways that are not always alike. Where a limit was passed all the same, that
    was wrong: then nothing is taken off for a while.
    """

    def __init__(self) -> None:
        self._took: deque[float] = deque(maxlen=LAST)
        self._doubted_until = 0.0

    def note(self, took: float) -> None:
        """Note how many seconds a call took."""
        self._took.append(took)

    def certain(self, now: float) -> float:
        """Return how many seconds of each call count for none."""
        if len(self._took) < ENOUGH or now < self._doubted_until:
            return 0.0
        return COMMON * min(self._took)

    def doubt(self, now: float) -> None:
        """Note that Telegram counted otherwise."""
        self._took.clear()
        self._doubted_until = now + DOUBT


class Pace:
    """When the next message to a chat may go out. Times are seconds of one steady clock."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._overall = Window(self._limits.overall, SECOND)
        self._chats: dict[int, list[Window]] = {}
        self._held: dict[int, float] = {}
        self._journey = Journey()

    def next(self, chat: int, now: float) -> float:
        """Return the first moment, from *now* on, at which a message may go to *chat*.

        Where calls are under way it is the one at which to ask again.
        """
        moment = max(now, self._held.get(chat, now))
        if any(one.full for one in self._windows(chat)):
            return moment + LOOK_AGAIN
        while True:
            later = max([moment, *(one.free_at(moment) for one in self._windows(chat))])
            if later <= moment:
                return moment
            moment = later

    def begin(self, chat: int) -> None:
        """Note that a message is being sent to *chat*, allowed or not."""
        for window in self._windows(chat):
            window.begin()

    def end(self, chat: int, moment: float, took: float = 0.0) -> None:
        """Note that the sending of a message to *chat* is over, and how many seconds it took."""
        counts = moment - self._journey.certain(moment)
        for window in self._windows(chat):
            window.end(counts)
        self._journey.note(took)
        self._tidy(moment)

    @asynccontextmanager
    async def sending(self, chat: int) -> AsyncIterator[None]:
        """Count what is done inside as one message to *chat*."""
        clock = asyncio.get_running_loop().time
        began = clock()
        self.begin(chat)
        try:
            yield
        finally:
            ended = clock()
            self.end(chat, ended, ended - began)

    def hold(self, chat: int, until: float) -> None:
        """Send nothing to *chat* before *until*: Telegram asked for it."""
        self._held[chat] = max(until, self._held.get(chat, until))

    def refused(self, now: float) -> None:
        """Note that Telegram found that something came too soon."""
        self._journey.doubt(now)

    def _windows(self, chat: int) -> list[Window]:
        if chat not in self._chats:
            windows = [Window(self._limits.chat, SECOND)]
            if chat < 0:
                windows.append(Window(self._limits.group, MINUTE))
            self._chats[chat] = windows
        return [self._overall, *self._chats[chat]]

    def _tidy(self, now: float) -> None:
        """Forget chats about which there is nothing to remember, now and then."""
        if len(self._chats) < 1000:
            return
        self._chats = {
            chat: windows
            for chat, windows in self._chats.items()
            if not all(window.empty(now) for window in windows)
        }
        self._held = {chat: until for chat, until in self._held.items() if until > now}


@asynccontextmanager
async def turn_of(pace: Pace, chat: int, longest: float) -> AsyncIterator[float]:
    """Wait until a message may go to *chat*, count it until the block ends, and yield 0.

    Where the wait is more than *longest* seconds it is yielded at once, and nothing may be sent.
    """
    clock = asyncio.get_running_loop().time
    while (wait := pace.next(chat, clock()) - clock()) > 0:
        if wait > longest:
            yield wait
            return
        await asyncio.sleep(wait)
    async with pace.sending(chat):
        yield 0.0

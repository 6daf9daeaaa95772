"""How fast messages may go out: reckoned here, so that Telegram need not refuse any.

Telegram's limits (https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this):
about 30 messages a second overall, one a second in a chat, 20 a minute in a group.
"""

import asyncio
from collections import deque
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Messages: overall in any second, to a chat in any second, to a group in any minute."""

    overall: int = 30
    chat: int = 1
    group: int = 20


SECOND, MINUTE = 1.0, 60.0


class Window:
    """At most *limit* events in any *span* of seconds."""

    def __init__(self, limit: int, span: float) -> None:
        self._limit = limit
        self._span = span
        self._events: deque[float] = deque()

    def free_at(self, now: float) -> float:
        """Return the first moment, from *now* on, at which one more event keeps the limit."""
        self._forget(now)
        if len(self._events) < self._limit:
            return now
        return max(now, self._events[-self._limit] + self._span)

    def add(self, moment: float) -> None:
        """Note an event; moments only grow."""
        self._events.append(moment)

    def empty(self, now: float) -> bool:
        """Return whether nothing noted still matters."""
        self._forget(now)
        return not self._events

    def _forget(self, now: float) -> None:
        while self._events and self._events[0] + self._span <= now:
            self._events.popleft()


class Pace:
    """When the next message to a chat may go out. Times are seconds of one steady clock."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._overall = Window(self._limits.overall, SECOND)
        self._chats: dict[int, list[Window]] = {}
        self._held: dict[int, float] = {}

    def next(self, chat: int, now: float) -> float:
        """Return the first moment, from *now* on, at which a message may go to *chat*."""
        moment = max(now, self._held.get(chat, now))
        while True:
            later = max([moment, *(one.free_at(moment) for one in self._windows(chat))])
            if later <= moment:
                return moment
            moment = later

    def note(self, chat: int, moment: float) -> None:
        """Note that a message goes to *chat* at *moment*, allowed or not."""
        for window in self._windows(chat):
            window.add(moment)
        self._tidy(moment)

    def hold(self, chat: int, until: float) -> None:
        """Send nothing to *chat* before *until*: Telegram asked for it."""
        self._held[chat] = max(until, self._held.get(chat, until))

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


async def wait_for_turn(pace: Pace, chat: int, longest: float) -> float:
    """Wait until a message may go to *chat*, note it, and return 0.

    Returns the seconds still to wait, without waiting, where they are more than *longest*.
    """
    clock = asyncio.get_running_loop().time
    while (wait := pace.next(chat, clock()) - clock()) > 0:
        if wait > longest:
            return wait
        await asyncio.sleep(wait)
    pace.note(chat, clock())
    return 0.0

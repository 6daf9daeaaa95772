"""Telegram's limits on how fast a bot may send, for those who want to feel them."""

import math
import time
from collections import defaultdict, deque
from collections.abc import Callable

from bot.sandbox.errors import too_many_requests

# (messages, seconds): overall, in one private chat, in one group.
OVERALL = (30, 1.0)
PRIVATE = (1, 1.0)
GROUP = (20, 60.0)

Window = deque[float]


class SendLimits:
    """Counts what was sent in sliding windows; does nothing unless ``enforce`` is set."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.enforce = False
        self._clock = clock
        self._overall: Window = deque()
        self._chats: defaultdict[int, Window] = defaultdict(deque)

    def count(self, chat: int) -> None:
        """Count a message to a chat. Raises ApiError 429 if it comes too soon."""
        if not self.enforce:
            return
        now = self._clock()
        own = self._chats[chat]
        wait = max(
            _wait(self._overall, OVERALL, now), _wait(own, PRIVATE if chat > 0 else GROUP, now)
        )
        if wait > 0:
            raise too_many_requests(math.ceil(wait))
        self._overall.append(now)
        own.append(now)


def _wait(window: Window, limit: tuple[int, float], now: float) -> float:
    """Return the seconds until one more fits into the window, 0 if it fits now."""
    most, seconds = limit
    while window and window[0] <= now - seconds:
        window.popleft()
    return window[0] + seconds - now if len(window) >= most else 0.0

"""Replies to people: made at once, and again where Telegram asks for it or nothing is lost by it.

Everything but sending can be done twice with the effect of once.
"""

import asyncio
from collections.abc import Callable, Coroutine

import structlog
from telegram._utils.types import JSONDict  # the base class's own types
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.ext import BaseRateLimiter

from bot.lanes import step_aside
from bot.pacing import Pace
from bot.transport import NOT_SENT

log = structlog.get_logger(__name__)

LONGEST_WAIT = 20.0
SHORT_WAIT = 0.5
TRIES = 3

Answer = bool | JSONDict | list[JSONDict]


class Patience(BaseRateLimiter[int]):
    """Waits out what Telegram asks for, where a person would still be waiting too.

    Messages sent as replies are noted in *pace*, so that deliveries step back for them.
    """

    def __init__(self, pace: Pace) -> None:
        self._pace = pace

    async def initialize(self) -> None:
        """Do nothing: there is nothing to open."""

    async def shutdown(self) -> None:
        """Do nothing: there is nothing to close."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[object, object, Answer]],
        args: tuple[object, ...],
        kwargs: dict[str, object],
        endpoint: str,
        data: dict[str, object],
        rate_limit_args: int | None,  # noqa: ARG002  nothing here is passed by callers
    ) -> Answer:
        """Make the call and return its answer; raises ``RetryAfter`` when that takes too long."""
        chat = data.get("chat_id")
        if endpoint.startswith("send") and isinstance(chat, int):
            async with self._pace.sending(chat):
                return await _patiently(callback, args, kwargs, repeatable=False)
        repeatable = not endpoint.startswith("send")
        return await _patiently(callback, args, kwargs, repeatable=repeatable)


async def _patiently(
    callback: Callable[..., Coroutine[object, object, Answer]],
    args: tuple[object, ...],
    kwargs: dict[str, object],
    *,
    repeatable: bool,
) -> Answer:
    for _ in range(TRIES - 1):
        try:
            return await callback(*args, **kwargs)
        except TelegramError as error:
            wait = _pause_after(error, repeatable=repeatable)
            if wait is None or wait > LONGEST_WAIT:
                raise
            log.info("reply_waits", seconds=wait, cause=type(error).__name__)
            if wait > SHORT_WAIT:
                step_aside()
            await asyncio.sleep(wait)
    return await callback(*args, **kwargs)


def _pause_after(error: TelegramError, *, repeatable: bool) -> float | None:
    """Return in how many seconds to call again, ``None`` where that may do a thing twice.

    In the library BadRequest and TimedOut are both kinds of NetworkError.
    """
    if isinstance(error, RetryAfter):
        return seconds_of(error)
    lasting = isinstance(error, BadRequest | TimedOut)
    passing = isinstance(error, NetworkError) and not lasting and repeatable
    return SHORT_WAIT if passing or isinstance(error, NOT_SENT) else None


def seconds_of(error: RetryAfter) -> float:
    """Return how many seconds Telegram asks to wait."""
    wait = error.retry_after
    return float(wait) if isinstance(wait, int) else wait.total_seconds()

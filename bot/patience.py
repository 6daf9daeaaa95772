"""Replies to people: sent at once, and again when Telegram asks for a short wait."""

import asyncio
from collections.abc import Callable, Coroutine

import structlog
from telegram._utils.types import JSONDict  # the base class's own types
from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.pacing import Pace

log = structlog.get_logger(__name__)

LONGEST_WAIT = 20.0
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
            self._pace.note(chat, asyncio.get_running_loop().time())
        for _ in range(TRIES - 1):
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as error:
                wait = seconds_of(error)
                if wait > LONGEST_WAIT:
                    raise
                log.info("reply_waits", seconds=wait)
                await asyncio.sleep(wait)
        return await callback(*args, **kwargs)


def seconds_of(error: RetryAfter) -> float:
    """Return how many seconds Telegram asks to wait."""
    wait = error.retry_after
    return float(wait) if isinstance(wait, int) else wait.total_seconds()

"""Calling a Bot API that may not answer yet."""

import asyncio
from collections.abc import Callable, Coroutine

import structlog
from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot.intake import FIRST_RETRY, LONGEST_RETRY
from bot.patience import seconds_of
from bot.waiting import pause

log = structlog.get_logger(__name__)


async def reached(
    call: Callable[[], Coroutine[None, None, object]], stopping: asyncio.Event
) -> None:
    """Make the call, again and again until the Bot API answers; raise ``InvalidToken``."""
    retry = FIRST_RETRY
    while True:
        try:
            await call()
        except InvalidToken:
            raise
        except TelegramError as error:
            wait = seconds_of(error) if isinstance(error, RetryAfter) else retry
            log.warning("bot_api_unreachable", cause=type(error).__name__, retry_in=wait)
            await pause(wait, until=stopping)
            retry = min(retry * 2, LONGEST_RETRY)
        else:
            return

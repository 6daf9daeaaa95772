"""Saying how far a long import is, without flooding the chat."""

import time

import structlog
from telegram.error import TelegramError

from handlers.turn import Turn
from handlers.views.screen import Screen, lines

log = structlog.get_logger(__name__)

EVERY = 1.0
"""Seconds between two edits: Telegram wants no more than one a second in a chat."""

WORTH_TELLING = 2_000
"""Shorter files are done before anybody could read how far they are."""


class ImportProgress:
    """A message that says how many rows are stored, edited at most once a second."""

    def __init__(self, turn: Turn) -> None:
        self._turn = turn
        self._message: int | None = None
        self._told_at = 0.0

    async def __call__(self, stored: int, total: int) -> None:
        """Take note that so many rows of *total* are stored."""
        if total < WORTH_TELLING or (self._is_fresh() and stored < total):
            return
        self._told_at = time.monotonic()
        t = self._turn.t
        values = {"stored": t.number(stored, 0), "total": t.number(total, 0)}
        screen = Screen(lines(t("Stored so far: {stored} of {total}", **values)))
        try:
            if self._message is None:
                self._message = await self._turn.say(screen)
            else:
                self._message = await self._turn.show(screen, self._message)
        except TelegramError as error:  # the import matters more than the word about it
            log.info("progress_untold", cause=type(error).__name__)

    def _is_fresh(self) -> bool:
        return self._message is not None and time.monotonic() - self._told_at < EVERY

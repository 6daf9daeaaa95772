"""Looking again and again whether anything can be saved, and telling admins when it cannot.

They are told by the bot directly, in their chats: what cannot be written cannot be queued either.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable

import structlog
from telegram.error import TelegramError

from handlers.turn import Services
from handlers.views.unsaved import cannot_save, saves_again
from handlers.words import Words, known_language, words
from storage import people, probing
from storage.trouble import StorageUnavailableError

log = structlog.get_logger(__name__)

PAUSE = 30.0
"""Seconds between two looks."""
FRESH = 5.0
"""How many seconds a look counts for whoever asks about readiness."""
PATIENCE = 15.0

Say = Callable[[int, str], Awaitable[object]]
"""Sends a text to a chat."""


class Guard:
    """Tries a write, remembers what came of it, and says so."""

    def __init__(self, services: Services, failed: Callable[[str], None]) -> None:
        self._services = services
        self._failed = failed
        self._looking = asyncio.Lock()
        self._looked_at = float("-inf")
        self._trouble: str | None = None
        self._told = False
        self._admins: dict[int, str] = {}

    @property
    def trouble(self) -> str | None:
        """Why nothing could be saved when it was tried last, in plain words."""
        return self._trouble

    async def look(self) -> str | None:
        """Return why nothing can be saved; looks anew unless that was done just before."""
        async with self._looking:
            if time.monotonic() - self._looked_at < FRESH:
                return self._trouble
            found = await self._tried()
            if found is not None and found != self._trouble:
                self._failed("saving")
                log.critical("cannot_save", why=found)
            self._trouble = found
            self._looked_at = time.monotonic()
            return found

    def forget(self) -> None:
        """Let the next look be one, however fresh the last is."""
        self._looked_at = float("-inf")

    async def run(self, say: Say) -> None:
        """Look every half a minute; tell admins once when it begins and once when it is over."""
        await self._remember_admins()
        while True:
            await asyncio.sleep(PAUSE)
            await self.step(say)

    async def step(self, say: Say) -> None:
        """Look once and tell admins what has changed."""
        found = await self.look()
        if found is None:
            await self._remember_admins()
            if self._told:
                self._told = False
                await self._tell(say, saves_again)
        elif not self._told:
            self._told = True
            await self._tell(say, cannot_save)

    async def _tried(self) -> str | None:
        services = self._services
        try:
            async with asyncio.timeout(PATIENCE):
                return await probing.trouble(services.db, services.clock())
        except TimeoutError:
            return probing.AWAY

    async def _remember_admins(self) -> None:
        """Know whom to tell once the database cannot be asked any more."""
        try:
            async with self._services.db.reading() as tx:
                found = (await people.by_ids(tx, await people.admins(tx))).values()
        except StorageUnavailableError:
            return
        self._admins = {
            one.telegram_id: known_language(one.language, self._services.language)
            for one in found
            if one.telegram_id is not None
        }

    async def _tell(self, say: Say, text: Callable[[Words], str]) -> None:
        for chat, language in self._admins.items():
            try:
                await say(chat, text(words(language)))
            except TelegramError as error:
                log.warning("admin_not_told", cause=type(error).__name__)

"""Telling people that something of theirs was not handled, each at most once a minute."""

from dataclasses import dataclass, field

import structlog
from telegram import Bot
from telegram.error import TelegramError

from handlers.ration import Ration
from handlers.refusals import plain
from handlers.turn import ONCE_A_MINUTE, TOAST_LIMIT, Services, send
from handlers.views.screen import Screen
from handlers.words import N_, known_language, words
from storage import people
from storage.people import Person
from storage.trouble import StorageUnavailableError

log = structlog.get_logger(__name__)

UNREADABLE = N_("I cannot read this kind of message, so I have passed it over. Nothing was stored.")
TOO_MANY = N_(
    "That was more at once than I can take. I have not read all of it: "
    "please look at what arrived and send the rest again."
)
FAILED = N_("Something went wrong with your last message or tap. Please try again.")


@dataclass(frozen=True, slots=True)
class Sender:
    """Who an update comes from, as far as it says so; ``query`` is the id of a press."""

    user: int | None = None
    chat: int | None = None
    private: bool = False
    language: str | None = None
    query: str | None = None
    command: bool = False

    @property
    def awaits_an_answer(self) -> bool:
        """Whether a person would: in a group they mostly talk to each other."""
        return self.private or self.command or self.query is not None


@dataclass(frozen=True, slots=True)
class Herald:
    """Tells those who belong here."""

    services: Services
    ration: Ration = field(default_factory=lambda: Ration(1, ONCE_A_MINUTE))

    async def knows(self, user: int) -> bool:
        """Return whether the account belongs here; where that cannot be known, that it does."""
        try:
            return user in self.services.admin_ids or await self._person(user) is not None
        except StorageUnavailableError:
            return True

    async def tell(self, bot: Bot, sender: Sender, sentence: str) -> None:
        """Say the sentence in the person's language: as a press's answer, else in private."""
        if sender.user is None or not sender.awaits_an_answer:
            return
        try:
            person = await self._person(sender.user)
            if person is None or not self.ration.take(sender.user, 1, self.services.clock()):
                return
            fallback = known_language(sender.language, self.services.language)
            said = words(known_language(person.language, fallback))(sentence)
            if sender.query is not None:
                await bot.answer_callback_query(sender.query, said[:TOAST_LIMIT], show_alert=True)
            else:
                await send(bot, self.services, sender.user, Screen(plain(said)))
        except (TelegramError, StorageUnavailableError) as error:
            log.warning("not_told", cause=type(error).__name__)

    async def _person(self, user: int) -> Person | None:
        async with self.services.db.glancing() as tx:
            return await people.by_telegram_id(tx, user)

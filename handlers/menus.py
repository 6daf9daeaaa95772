"""The menu button: each person sees their own commands, in their own language."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import structlog
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)
from telegram.error import TelegramError

from handlers.routing import Command
from handlers.turn import Visit
from handlers.words import DEFAULT_LANGUAGE, LANGUAGES, N_, Words, words
from storage.people import Person

DESCRIPTION = N_(
    "Quality control for contact centres: contacts are scored here, agents get their feedback, "
    "supervisors their reports. You need a personal invitation from your admin."
)
SHORT_DESCRIPTION = N_("Quality control for contact centres")

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Menus:
    """Tells Telegram which commands to offer to whom."""

    commands: Mapping[str, Command]

    async def offer_to_all(self, bot: Bot) -> None:
        """Offer strangers and groups what is open to them, and say what the bot is for."""
        everywhere, groups = BotCommandScopeDefault(), BotCommandScopeAllGroupChats()
        strangers = [one for one in self.commands.values() if one.for_strangers is not None]
        in_groups = [one for one in self.commands.values() if one.in_groups]
        for language in LANGUAGES:
            code = None if language == DEFAULT_LANGUAGE else language
            t = words(language)
            await bot.set_my_commands(_entries(t, strangers), everywhere, language_code=code)
            await bot.set_my_commands(_entries(t, in_groups), groups, language_code=code)
            await bot.set_my_description(t(DESCRIPTION), language_code=code)
            await bot.set_my_short_description(t(SHORT_DESCRIPTION), language_code=code)

    async def offer(self, bot: Bot, person: Person, language: str) -> None:
        """Offer *person* the commands of their roles, in *language*, in their private chat."""
        if person.telegram_id is None:
            return
        theirs = [
            one for one in self.commands.values() if not one.roles or one.roles & person.roles
        ]
        scope = BotCommandScopeChat(person.telegram_id)
        try:
            await bot.set_my_commands(_entries(words(language), theirs), scope)
        except TelegramError as error:
            # Nothing depends on the menu: they may have left the chat, or never opened it.
            log.info("menu_refused", person=person.id, cause=type(error).__name__)


async def refresh(visit: Visit, person: Person, language: str | None = None) -> None:
    """Show *person* the menu that their roles and language give them now.

    *language* is used where the person has chosen none; without it the team's default is.
    """
    fallback = language or visit.services.language
    await visit.services.menu(visit.bot, person, person.language or fallback)


async def withdraw(visit: Visit, person: Person) -> None:
    """Offer somebody who was erased nothing any more, in the chat that was theirs."""
    await refresh(visit, replace(person, roles=frozenset()))


def _entries(t: Words, commands: list[Command]) -> list[BotCommand]:
    return [BotCommand(command.name, t(command.about)) for command in commands]

"""Where every update comes in: who is it, may they, and what do they hear when it fails."""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog
from telegram import Bot, Update
from telegram.error import Forbidden, TelegramError

from handlers import refusals
from handlers.refusals import NotAllowed, OnlyInPrivate, OutOfDate, Sorry
from handlers.routing import Command, Routes
from handlers.taps import UnknownTapError, unpack
from handlers.turn import Services, Turn, Visit
from handlers.views.screen import Screen
from handlers.words import known_language, words
from scoring.roles import Role
from storage import awaiting, people
from storage.database import StorageUnavailableError
from storage.people import NewPerson, Person

log = structlog.get_logger(__name__)

Step = Callable[[Visit], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Reception:
    """Turns updates into turns and hands them to the conversation they belong to."""

    services: Services
    routes: Routes

    async def command(self, update: Update, bot: Bot, name: str) -> None:
        """Handle a command by name."""
        command = self.routes.commands.get(name)
        if command is None:
            await self._guarded(update, bot, self.routes.unknown)
        else:
            await self._guarded(update, bot, lambda visit: self._command(visit, command))

    async def press(self, update: Update, bot: Bot) -> None:
        """Handle a press on a button."""
        await self._guarded(update, bot, self._press)

    async def typed(self, update: Update, bot: Bot) -> None:
        """Handle a typed text that is no command."""
        await self._guarded(update, bot, self._typed)

    async def material(self, update: Update, bot: Bot) -> None:
        """Handle a file, a recording or a forwarded message."""
        await self._guarded(update, bot, self._material)

    async def _command(self, visit: Visit, command: Command) -> None:
        if command.for_strangers is not None and not isinstance(visit, Turn):
            await command.for_strangers(visit)
            return
        turn = await self._member(visit)
        _require(turn.person, command.roles)
        if not turn.private and not command.in_groups:
            raise OnlyInPrivate
        await command.action(turn)

    async def _press(self, visit: Visit) -> None:
        turn = await self._member(visit)
        query = turn.query
        try:
            tap = unpack(query.data or "") if query is not None else None
        except UnknownTapError as error:
            raise OutOfDate from error
        press = self.routes.presses.get(type(tap)) if tap is not None else None
        if press is None or tap is None:
            raise OutOfDate
        _require(turn.person, press.roles)
        if not turn.private and not press.in_groups:
            raise OnlyInPrivate
        await press.action(turn, tap)

    async def _typed(self, visit: Visit) -> None:
        if not visit.private:
            return
        turn = await self._member(visit)
        async with turn.db.reading() as tx:
            awaited = await awaiting.current(tx, turn.person.id)
        typed = self.routes.typed.get(awaited.what) if awaited is not None else None
        if typed is None or awaited is None:
            await self.routes.unknown(turn)
            return
        _require(turn.person, typed.roles)
        await typed.action(turn, awaited)

    async def _material(self, visit: Visit) -> None:
        if visit.private:
            await self.routes.material(await self._member(visit))

    async def _member(self, visit: Visit) -> Turn:
        if isinstance(visit, Turn):
            return visit
        await self.routes.stranger(visit)
        raise _Handled

    async def _guarded(self, update: Update, bot: Bot, step: Step) -> None:
        """Run *step* and say in one sentence what went wrong, if something does."""
        visit = self._visit(update, bot)
        if visit is None:
            return
        try:
            visit = await self._recognised(visit)
            await step(visit)
            await visit.toast()
        except _Handled:
            await visit.toast()
        except Sorry as sorry:
            if isinstance(sorry, NotAllowed):
                log.warning("refused", update=update.update_id, by=visit.user.id)
            await self._apologise(visit, refusals.wording(visit.t, sorry))
        except StorageUnavailableError as error:
            log.error("storage_unavailable", update=update.update_id, cause=str(error))  # noqa: TRY400
            await self._apologise(visit, refusals.wording(visit.t, refusals.Unavailable()))
        except Forbidden:
            log.info("chat_left", update=update.update_id)
        except Exception as error:
            await self._report(visit, error)

    async def _report(self, visit: Visit, error: Exception) -> None:
        number = secrets.token_hex(3).upper()
        log.error("update_failed", incident=number, update=visit.update.update_id, exc_info=error)
        text = visit.t(
            "Something went wrong. Please try again; if it happens again, "
            "give your admin this number: {number}",
            number=number,
        )
        await self._apologise(visit, text)

    async def _apologise(self, visit: Visit, text: str) -> None:
        try:
            if visit.query is not None and not visit.answered:
                await visit.toast(text, alert=True)
            else:
                await visit.say(Screen(refusals.plain(text)))
        except TelegramError as error:
            log.warning("apology_failed", cause=type(error).__name__)

    def _visit(self, update: Update, bot: Bot) -> Visit | None:
        user, chat = update.effective_user, update.effective_chat
        if user is None or chat is None or user.is_bot:
            return None
        t = words(known_language(user.language_code, self.services.language))
        return Visit(self.services, bot, update, user, chat, t)

    async def _recognised(self, visit: Visit) -> Visit:
        """Return the visit as a turn where the person belongs here."""
        async with self.services.db.reading() as tx:
            person = await people.by_telegram_id(tx, visit.user.id)
        is_admin = visit.user.id in self.services.admin_ids
        if is_admin and (person is None or not person.is_a(Role.ADMIN)):
            person = await self._appoint(visit)
        if person is None:
            return visit
        if person.unreachable:
            async with self.services.db.writing() as tx:
                await people.set_unreachable(tx, person.id, None)
        t = words(known_language(person.language, visit.t.language))
        return Turn(visit.services, visit.bot, visit.update, visit.user, visit.chat, t, person)

    async def _appoint(self, visit: Visit) -> Person | None:
        """Take in, or let back in, somebody whom the configuration names as an admin."""
        async with self.services.db.writing() as tx:
            person = await people.holder_of(tx, visit.user.id)
            if person is None:
                new = NewPerson(
                    visit.user.full_name[:120],
                    {Role.ADMIN},
                    language=visit.t.language,
                    telegram_id=visit.user.id,
                )
                await people.add(tx, new, self.services.clock())
            else:
                await people.set_active(tx, person.id, active=True)
                await people.set_roles(tx, person.id, person.roles | {Role.ADMIN})
            return await people.by_telegram_id(tx, visit.user.id)


class _Handled(Exception):  # noqa: N818  it only ends the step
    """The visitor has had their answer."""


def _require(person: Person, roles: frozenset[Role]) -> None:
    if roles and not person.roles & roles:
        raise NotAllowed

"""Where every update comes in: who is it, may they, and what do they hear when it fails."""

import datetime as dt
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog
from telegram import Bot, Update
from telegram.error import Forbidden, TelegramError

from handlers import access, asking, refusals
from handlers.people.names import telegram_name
from handlers.refusals import Denied, NotAllowed, NotFound, OutOfDate, Sorry
from handlers.routing import Command, Routes
from handlers.taps import DraftTap, UnknownTapError, of_page, unpack, unstamped
from handlers.turn import Services, Turn, Visit
from handlers.views.screen import Screen
from handlers.words import known_language, words
from scoring.roles import Role
from storage import audit, awaiting, people
from storage.audit import Action, Subject, Thing
from storage.awaiting import Awaited
from storage.database import Transaction
from storage.people import NewPerson, Person
from storage.trouble import StorageUnavailableError

log = structlog.get_logger(__name__)

ENDING = "cancel"
"""The command that ends what is asked and says so itself."""

Step = Callable[[Visit], Awaitable[None]]


def _unnoticed(_where: str) -> None:
    """Count nothing: who measures says so."""


@dataclass(frozen=True, slots=True)
class Reception:
    """Turns updates into turns and hands them to the conversation they belong to.

    ``failed`` hears of every update that met a mistake ("handling") or a database that could not
    work ("storage"), which the person is told in a sentence.
    """

    services: Services
    routes: Routes
    failed: Callable[[str], None] = _unnoticed

    async def command(self, update: Update, bot: Bot, name: str) -> None:
        """Handle a command by name."""
        command = self.routes.commands.get(name)
        if _is_anonymous(update):
            await self._answer_the_anonymous(update, bot)
        elif command is None:
            await self._guarded(update, bot, self.routes.unknown)
        else:
            await self._guarded(update, bot, lambda visit: self._command(visit, command))

    async def press(self, update: Update, bot: Bot) -> None:
        """Handle a press on a button."""
        await self._guarded(update, bot, self._press)

    async def typed(self, update: Update, bot: Bot) -> None:
        """Handle a typed text that is no command."""
        await self._guarded(update, bot, self._typed)

    async def edited(self, update: Update, bot: Bot) -> None:
        """Handle a text that was changed after it was sent."""
        await self._guarded(update, bot, self._edited)

    async def material(self, update: Update, bot: Bot) -> None:
        """Handle a file, a recording or a forwarded message."""
        await self._guarded(update, bot, self._material)

    async def given_up(self, update: Update, bot: Bot) -> None:
        """Tell whoever sent the update that handling it took too long and was given up."""
        visit = self._visit(update, bot)
        if visit is None:
            return
        self.failed("handling")
        log.error("update_given_up", update=update.update_id, by=visit.user.id)
        try:
            visit = await self._recognised(visit)
        except StorageUnavailableError as error:
            log.warning("language_unknown", update=update.update_id, cause=str(error))
        await self._apologise(visit, refusals.wording(visit.t, refusals.GivenUp()))

    async def _command(self, visit: Visit, command: Command) -> None:
        visit.about = f"/{command.name}"
        if command.for_strangers is not None and not isinstance(visit, Turn):
            await command.for_strangers(visit)
            return
        turn = await self._member(visit, f"/{command.name}")
        access.admit(turn, access.rule_of_command(command.name))
        _require(turn.person, command.roles)
        if turn.private and command.name != ENDING:
            async with turn.db.jotting() as tx:
                await asking.interrupt(tx, turn)
        await command.action(turn)
        await self._note_shown(turn)

    async def _press(self, visit: Visit) -> None:
        turn = await self._member(visit, "a press")
        query = turn.query
        try:
            said = unstamped(query.data or "" if query is not None else "", self.services.db.epoch)
            tap, turn.page = of_page(unpack(said))
        except UnknownTapError as error:
            raise OutOfDate from error
        press = self.routes.presses.get(type(tap))
        if press is None:
            raise OutOfDate
        turn.about = " ".join([type(tap).__name__, *(one.name for one in access.said_by(tap))])
        access.admit(turn, access.rule_of_button(tap))
        _require(turn.person, press.roles)
        if isinstance(tap, DraftTap):  # the most frequent kind; a draft knows its message itself
            await press.action(turn, tap)
            return
        if turn.private and turn.pressed_message is not None:
            async with turn.db.jotting() as tx:
                await asking.touch(tx, turn, turn.pressed_message)
        await press.action(turn, tap)
        await self._note_shown(turn)

    async def _typed(self, visit: Visit) -> None:
        if not visit.private:
            return
        turn = await self._member(visit, "a text")
        async with turn.db.jotting() as tx:
            awaited = await asking.meant(tx, turn)
            await asking.resume(tx, turn)
        await self._answer(turn, awaited)

    async def _answer(self, turn: Turn, awaited: Awaited | None) -> None:
        """Hand a typed text to the conversation that awaits it."""
        typed = self.routes.typed.get(awaited.what) if awaited is not None else None
        if typed is None or awaited is None:
            await self.routes.unknown(turn)
            return
        turn.about = f"a text for {awaited.what}"
        access.admit(turn, access.rule_of_text(awaited.what))
        _require(turn.person, typed.roles)
        try:
            await typed.action(turn, awaited)
        except Sorry:
            if turn.message is not None:
                async with turn.db.jotting() as tx:
                    await awaiting.refuse(tx, turn.person.id, turn.message.message_id)
            raise
        if awaited.what not in asking.FORMS:
            await self._note_shown(turn)

    async def _edited(self, visit: Visit) -> None:
        """Follow a text that was edited while it is still what a form holds or did not take."""
        if not visit.private or not isinstance(visit, Turn) or visit.message is None:
            return
        visit.about = "an edited text"
        if await self.routes.edited(visit):
            return
        async with visit.db.glancing() as tx:
            awaited = await awaiting.current(tx, visit.person.id)
        if awaited is not None and awaited.refused == visit.message.message_id:
            await self._answer(visit, awaited)

    async def _note_shown(self, turn: Turn) -> None:
        if not turn.private or turn.shown is None:
            return
        async with turn.db.jotting() as tx:
            await asking.note_shown(tx, turn)

    async def _material(self, visit: Visit) -> None:
        if visit.private:
            await self.routes.material(await self._member(visit, "a file"))

    async def _member(self, visit: Visit, about: str) -> Turn:
        """Return the turn of somebody who belongs here; a stranger hears how to come in."""
        visit.about = about
        if isinstance(visit, Turn):
            return visit
        try:
            await self.routes.stranger(visit)
        finally:
            if not visit.silent:
                _note_stranger(visit)
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
            _note(visit, sorry)
            await self._audit_refusal(visit, sorry)
            if isinstance(visit, Turn) or not visit.hush(-1):
                await self._apologise(visit, refusals.wording(visit.t, sorry))
        except StorageUnavailableError as error:
            self.failed("storage")
            log.error("storage_unavailable", update=update.update_id, cause=str(error))  # noqa: TRY400
            await self._apologise(visit, refusals.wording(visit.t, refusals.Unavailable()))
        except Forbidden:
            log.info("chat_left", update=update.update_id)
        except Exception as error:
            await self._report(visit, error)

    async def _audit_refusal(self, visit: Visit, sorry: Sorry) -> None:
        if not isinstance(sorry, Denied) or not isinstance(visit, Turn):
            return
        try:
            async with visit.db.writing() as tx:
                await audit.note_refusal(tx, visit.actor, "_".join(visit.about.split()))
        except StorageUnavailableError as error:
            log.error("refusal_not_noted", update=visit.update.update_id, cause=str(error))  # noqa: TRY400

    async def _report(self, visit: Visit, error: Exception) -> None:
        self.failed("handling")
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

    async def _answer_the_anonymous(self, update: Update, bot: Bot) -> None:
        """Say why nothing can be shown to an administrator who writes as the group, once a minute.

        Whoever writes so is nobody in particular: the message names the group as its sender.
        """
        user, chat = update.effective_user, update.effective_chat
        if user is None or chat is None:
            return
        t = words(self.services.language)
        visit = Visit(self.services, bot, update, user, chat, t)
        if self.services.strangers.take(chat.id, 1, self.services.clock()):
            await self._apologise(visit, t(refusals.Anonymous.sentence))

    def _visit(self, update: Update, bot: Bot) -> Visit | None:
        user, chat = update.effective_user, update.effective_chat
        if user is None or chat is None or user.is_bot:
            return None
        t = words(known_language(user.language_code, self.services.language))
        return Visit(self.services, bot, update, user, chat, t)

    async def _recognised(self, visit: Visit) -> Visit:
        """Return the visit as a turn where the person belongs here."""
        async with self.services.db.glancing() as tx:
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
                    telegram_name(visit.user.full_name, visit.user.id),
                    {Role.ADMIN},
                    language=visit.t.language,
                    telegram_id=visit.user.id,
                )
                added = await people.add(tx, new, self.services.clock())
                await _audit_appointment(tx, added, self.services.clock())
            else:
                await people.set_active(tx, person.id, active=True)
                await people.set_roles(tx, person.id, person.roles | {Role.ADMIN})
                await _audit_appointment(tx, person.id, self.services.clock())
            return await people.by_telegram_id(tx, visit.user.id)


async def _audit_appointment(tx: Transaction, person_id: int, now: dt.datetime) -> None:
    about, details = Subject(Thing.PERSON, person_id), {"by": "ADMIN_IDS"}
    await audit.note(tx, audit.program(now), Action.ROLES_CHANGED, about, details)


def _is_anonymous(update: Update) -> bool:
    """Return whether somebody writes as a group or a channel, not as themself."""
    message = update.message
    if message is None or message.sender_chat is None:
        return False
    return not message.is_automatic_forward


class _Handled(Exception):  # noqa: N818  it only ends the step
    """The visitor has had their answer."""


def _note_stranger(visit: Visit) -> None:
    about, by = visit.about, visit.user.id
    log.warning("refused", update=visit.update.update_id, by=by, why="stranger", what=about)


def _note(visit: Visit, sorry: Sorry) -> None:
    """Log what was refused to whom and why; a press on what is not there may be a forgery."""
    if isinstance(sorry, Denied) or (isinstance(sorry, NotFound) and visit.query is not None):
        log.warning(
            "refused",
            update=visit.update.update_id,
            by=visit.user.id,
            why=type(sorry).__name__,
            what=visit.about,
        )


def _require(person: Person, roles: frozenset[Role]) -> None:
    if roles and not person.roles & roles:
        raise NotAllowed

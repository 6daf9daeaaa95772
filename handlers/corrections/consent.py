"""Consent: reading what an evaluator asks for after the deadline, and answering it."""

from handlers.corrections import applying, news
from handlers.corrections.asking import asked_of
from handlers.corrections.rights import (
    answered,
    consentable,
    existing,
    readable,
    require_undisputed,
)
from handlers.corrections.saving import reason_in
from handlers.refusals import NotYours, OutOfDate, Sorry
from handlers.taps import CorrectionTap
from handlers.turn import Turn
from handlers.views import corrections as views
from handlers.views.screen import Screen
from storage import awaiting, corrections, draft_discards
from storage.awaiting import Awaited
from storage.corrections import Status

DECISION = "correction.decision"


async def open_card(turn: Turn, tap: CorrectionTap) -> None:
    """Send what is asked for as a new message."""
    await turn.say(await _card(turn, tap))


async def show_card(turn: Turn, tap: CorrectionTap) -> None:
    """Show what is asked for where the button was."""
    await turn.show(await _card(turn, tap))


async def _card(turn: Turn, tap: CorrectionTap) -> Screen:
    async with turn.db.writing() as tx:
        awaited = await awaiting.current(tx, turn.person.id)
        if awaited is not None and (awaited.what, awaited.subject) == (DECISION, tap.subject):
            await awaiting.forget(tx, turn.person.id)
        _, correction = await readable(tx, turn.services, turn.person, tap.subject)
        if correction.status is Status.DRAFT:
            raise OutOfDate
        return views.card_screen(turn.t, await asked_of(tx, turn.services, turn.person, correction))


async def consent(turn: Turn, tap: CorrectionTap) -> None:
    """Let what was asked for be done; of two who answer at once the second is told."""
    async with turn.db.writing() as tx:
        await applying.alone(tx, (await existing(tx, tap.subject)).evaluation_id)
        file, correction = await consentable(tx, turn.services, turn.person, tap.subject)
        require_undisputed(file, correction.kind)
        done = await applying.carry_out(tx, turn, file, correction)
        asked = await asked_of(tx, turn.services, turn.person, done)
    turn.services.wake()
    await turn.show(views.answered_screen(turn.t, asked))


async def ask_why(turn: Turn, tap: CorrectionTap) -> None:
    """Ask why consent is refused."""
    async with turn.db.writing() as tx:
        _, correction = await consentable(tx, turn.services, turn.person, tap.subject)
        expected = Awaited(DECISION, correction.id, "", turn.pressed_message)
        await awaiting.expect(tx, turn.person.id, expected)
        asked = await asked_of(tx, turn.services, turn.person, correction)
    await turn.show(views.decline_screen(turn.t, asked))


async def decline(turn: Turn, awaited: Awaited) -> None:
    """Refuse consent with the typed words."""
    said = reason_in(turn.text)
    try:
        async with turn.db.writing() as tx:
            await applying.alone(tx, (await existing(tx, awaited.subject)).evaluation_id)
            file, correction = await consentable(tx, turn.services, turn.person, awaited.subject)
            by = turn.person.id
            if not await corrections.decline(tx, correction.id, turn.now, by=by, decision=said):
                raise await answered(tx, correction)
            await awaiting.forget(tx, by)
            await news.tell_declined(tx, file, correction, turn.now)
            await applying.note_declined(tx, turn, correction)
            now = await existing(tx, correction.id)
            asked = await asked_of(tx, turn.services, turn.person, now)
    except Sorry:
        async with turn.db.writing() as tx:
            await awaiting.forget(tx, turn.person.id)
        raise
    turn.services.wake()
    if awaited.message_id is not None:
        await turn.show(views.card_screen(turn.t, asked), awaited.message_id)
    await turn.say(views.answered_screen(turn.t, asked))


async def take_back(turn: Turn, tap: CorrectionTap) -> None:
    """Ask for it no more."""
    async with turn.db.writing() as tx:
        correction = await existing(tx, tap.subject)
        if correction.made_by != turn.person.id:
            raise NotYours
        await applying.alone(tx, correction.evaluation_id)
        correction = await existing(tx, tap.subject)
        if correction.status is not Status.WAITING:
            raise await answered(tx, correction)
        await corrections.drop(tx, correction.id, turn.now)
        await draft_discards.of_correction(tx, correction.id, turn.now)
        now = await existing(tx, correction.id)
        asked = await asked_of(tx, turn.services, turn.person, now)
    await turn.show(views.card_screen(turn.t, asked))

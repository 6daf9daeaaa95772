"""An agent's dispute: what it is about, why, and telling everyone whom it concerns."""

import datetime as dt
from collections.abc import Sequence

from handlers.casefile import CaseFile, clock_of, deciding, dispute_days, opened
from handlers.feedback_drawing import draw
from handlers.refusals import Empty, NotYours, OutOfDate, Sorry, TooLong
from handlers.submission import allowed_at
from handlers.taps import DisputeTap, FeedbackTap
from handlers.turn import Turn
from handlers.views.disputes import chooser_screen, sent_screen, why_screen
from handlers.words import N_
from scoring.draft import MAX_TEXT
from scoring.feedback import Mending
from scoring.periods import add_working_days
from scoring.text import printable
from scoring.zones import local_day, moment_of
from storage import awaiting, disputes, outbox
from storage.awaiting import Awaited
from storage.database import Transaction
from storage.disputes import NewDispute
from storage.outbox import Message
from storage.people import Person

DISPUTE_OPENED = "dispute_opened"
AWAITED = "dispute"

MOST_TOGGLES = 40
"""How many errors can be chosen singly, the costliest; further ones go with the whole."""

DAY_ENDS = dt.time(23, 59)


class TooLate(Sorry):
    """The days for a dispute are over."""

    sentence = N_("The time to dispute this ended on {day}.")


class DisputedAlready(Sorry):
    """The evaluation has had its dispute."""

    sentence = N_("This evaluation has been disputed already.")


class CountsNoMore(Sorry):
    """A withdrawn evaluation needs no dispute."""

    sentence = N_("This evaluation no longer counts: there is nothing left to dispute.")


async def choose_criteria(turn: Turn, tap: FeedbackTap) -> None:
    """Begin a dispute: ask what it is about."""
    await _choose(turn, tap.evaluation, 0)


async def toggle_criterion(turn: Turn, tap: DisputeTap) -> None:
    """Show the choice as it stands after a toggle."""
    await _choose(turn, tap.subject, tap.value)


async def _choose(turn: Turn, evaluation_id: int, chosen: int) -> None:
    async with turn.db.reading() as tx:
        file = await disputable(tx, turn, evaluation_id)
    offered = file.feedback.errors[:MOST_TOGGLES]
    picked(file, chosen)
    reading = clock_of(turn.services, turn.person, file.team)
    await turn.show(chooser_screen(turn.t, file, offered, chosen, reading))


async def ask_why(turn: Turn, tap: DisputeTap) -> None:
    """Ask for the reason; nothing chosen stands for the whole evaluation."""
    async with turn.db.writing() as tx:
        file = await disputable(tx, turn, tap.subject)
        chosen = picked(file, tap.value)
        detail = str(tap.value)
        expected = Awaited(AWAITED, tap.subject, detail, turn.pressed_message)
        await awaiting.expect(tx, turn.person.id, expected)
    await turn.show(why_screen(turn.t, file, chosen))


async def cancel(turn: Turn, tap: DisputeTap) -> None:
    """Leave the dispute and show the feedback again."""
    async with turn.db.writing() as tx:
        await forget(tx, turn.person, AWAITED, tap.subject)
        file = await opened(tx, turn.services, turn.person, tap.subject)
        screen = await draw(tx, turn.services, turn.t, turn.person, file)
    await turn.show(screen)


async def take_reason(turn: Turn, awaited: Awaited) -> None:
    """Open the dispute with the typed reason and tell everyone whom it concerns."""
    reason = required_text(turn)
    try:
        async with turn.db.writing() as tx:
            file = await disputable(tx, turn, awaited.subject)
            chosen = picked(file, int(awaited.detail or 0))
            due = _due_at(file, turn.now)
            await _open(tx, turn, NewDispute(awaited.subject, _keys(chosen), reason, due))
            told = await _tell(tx, file, turn.now)
            file = await opened(tx, turn.services, turn.person, awaited.subject)
            screen = await draw(tx, turn.services, turn.t, turn.person, file)
    except Sorry:
        await stop_waiting(turn, AWAITED, awaited.subject)
        raise
    turn.services.wake()
    if awaited.message_id is not None:
        await turn.show(screen, awaited.message_id)
    by = turn.t.day(local_day(due, clock_of(turn.services, turn.person, file.team)))
    await turn.say(sent_screen(turn.t, [one.name for one in told], by))


async def _open(tx: Transaction, turn: Turn, new: NewDispute) -> None:
    if await disputes.add(tx, new, turn.now) is None:
        raise DisputedAlready
    await awaiting.forget(tx, turn.person.id)


async def _tell(tx: Transaction, file: CaseFile, now: dt.datetime) -> list[Person]:
    """Queue the news for whoever is asked to decide and for the evaluator; return the former."""
    dispute = await disputes.of_evaluation(tx, file.evaluation.id)
    if dispute is None:
        return []
    asked = await deciding(tx, file)
    heard = {one.id: one for one in (*asked, file.evaluator)}
    messages = [
        Message(
            DISPUTE_OPENED,
            one.id,
            dispute.id,
            f"{DISPUTE_OPENED}:{dispute.id}:{one.id}",
            allowed_at(file.team, one, now),
        )
        for one in heard.values()
    ]
    await outbox.put(tx, messages, now)
    return asked


async def disputable(tx: Transaction, turn: Turn, evaluation_id: int) -> CaseFile:
    """Return the case file where the person may dispute it now; raise what stands against it."""
    file = await opened(tx, turn.services, turn.person, evaluation_id)
    if not file.is_of(turn.person):
        raise NotYours
    if file.dispute is not None:
        raise DisputedAlready
    if file.evaluation.withdrawn_at is not None:
        raise CountsNoMore
    if not file.may_be_disputed(turn.now):
        raise TooLate(day=turn.t.day(file.last_day))
    return file


def picked(file: CaseFile, chosen: int) -> Sequence[Mending]:
    """Return the errors whose numbers are the bits of *chosen*; refuse a forged number."""
    offered = file.feedback.errors[:MOST_TOGGLES]
    if chosen < 0 or chosen >> len(offered):
        raise OutOfDate
    return [one for number, one in enumerate(offered) if chosen >> number & 1]


def required_text(turn: Turn) -> str:
    """Return what was typed, cleaned; raise ``Empty`` or ``TooLong``."""
    text = printable(turn.text)
    if not text:
        raise Empty
    if len(text) > MAX_TEXT:
        raise TooLong(limit=MAX_TEXT)
    return text


async def forget(tx: Transaction, person: Person, what: str, subject: int) -> None:
    """Await that text no more; another one that is awaited meanwhile stays awaited."""
    awaited = await awaiting.current(tx, person.id)
    if awaited is not None and awaited.what == what and awaited.subject == subject:
        await awaiting.forget(tx, person.id)


async def stop_waiting(turn: Turn, what: str, subject: int) -> None:
    """Do so in a transaction of its own: the act itself was refused for good."""
    async with turn.db.writing() as tx:
        await forget(tx, turn.person, what, subject)


def _keys(chosen: Sequence[Mending]) -> tuple[str, ...]:
    return tuple(one.criterion.key for one in chosen)


def _due_at(file: CaseFile, now: dt.datetime) -> dt.datetime:
    """Return when the decision is due: the end of the last of the team's working days for it."""
    today = local_day(now, file.clock)
    last = add_working_days(today, max(1, dispute_days(file.team)))
    return moment_of(last, DAY_ENDS, file.clock)

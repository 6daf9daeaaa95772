"""An agent's dispute: what it is about, why, and telling everyone whom it concerns."""

from collections.abc import Sequence
from enum import StrEnum

from handlers.corrections.applying import alone, overtake
from handlers.disputes import limits as dispute_limits
from handlers.disputes import reviewers
from handlers.disputes.news import tell_opened
from handlers.evaluating.casefile import CaseFile, clock_of, dispute_count, opened
from handlers.feedback.drawing import draw
from handlers.refusals import Empty, NotFound, NotYours, OutOfDate, Sorry, TooLong
from handlers.taps import DisputeTap, FeedbackTap
from handlers.turn import Turn
from handlers.views.disputes import chooser_screen, sent_screen, why_screen
from handlers.views.screen import Screen
from handlers.words import N_
from scoring.draft import MAX_TEXT
from scoring.feedback import Mending
from scoring.text import printable
from scoring.zones import local_day
from storage import audit, awaiting, dispute_reasons, disputes, locks
from storage.audit import Action, Subject, Thing
from storage.awaiting import Awaited
from storage.database import Transaction
from storage.disputes import Dispute, NewDispute
from storage.people import Person
from storage.revisions import Kind

AWAITED = "dispute"


class Step(StrEnum):
    """Where a dispute that is being written stands: what is typed is added, or stands ANEW."""

    CHOOSING = "c"
    WRITING = "w"
    ANEW = "a"


MOST_TOGGLES = 40
"""How many errors can be chosen singly, the costliest; further ones go with the whole."""


class TooLate(Sorry):
    """The days for a dispute are over."""

    sentence = N_("The time to dispute this ended on {day}.")


class DisputedAlready(Sorry):
    """The evaluation has had its dispute."""

    sentence = N_("This evaluation has been disputed already.")


class TooMany(Sorry):
    """The agent has opened as many disputes this month as the team allows."""

    sentence = N_(
        "The number of disputes for one month is used up: {count}. New ones are possible from "
        "{day}."
    )


class CountsNoMore(Sorry):
    """A withdrawn evaluation needs no dispute."""

    sentence = N_("This evaluation no longer counts: there is nothing left to dispute.")


async def choose_criteria(turn: Turn, tap: FeedbackTap) -> None:
    """Begin a dispute: ask what it is about. A reason may be typed already."""
    await _choose(turn, tap.evaluation, 0)


async def toggle_criterion(turn: Turn, tap: DisputeTap) -> None:
    """Show the choice as it stands after a toggle."""
    await _choose(turn, tap.subject, tap.value)


async def _choose(turn: Turn, evaluation_id: int, chosen: int) -> None:
    async with turn.db.writing() as tx:
        file = await disputable(tx, turn, evaluation_id)
        await _expect(tx, turn, evaluation_id, Step.CHOOSING, chosen)
        screen = await _chooser(tx, turn, file, chosen)
    await turn.show(screen)


async def _chooser(tx: Transaction, turn: Turn, file: CaseFile, chosen: int) -> Screen:
    left = await dispute_limits.left(tx, file, turn.now)
    pieces = await dispute_reasons.of_evaluation(tx, file.evaluation.id)
    offered = file.feedback.errors[:MOST_TOGGLES]
    picked(file, chosen)
    reading = clock_of(turn.services, turn.person, file.team)
    reason = dispute_reasons.joined(pieces)
    return chooser_screen(turn.t, file, offered, chosen, reading, left, reason)


async def ask_why(turn: Turn, tap: DisputeTap) -> None:
    """Ask for the reason, or show what was typed before; nothing chosen is the whole evaluation."""
    async with turn.db.writing() as tx:
        file = await disputable(tx, turn, tap.subject)
        await _expect(tx, turn, tap.subject, Step.WRITING, tap.value)
        screen = await _why(tx, turn, file, tap.value)
    await turn.show(screen)


async def ask_anew(turn: Turn, tap: DisputeTap) -> None:
    """Ask for another reason; the one before stays until there is one."""
    async with turn.db.writing() as tx:
        file = await disputable(tx, turn, tap.subject)
        await _expect(tx, turn, tap.subject, Step.ANEW, tap.value)
        screen = await _why(tx, turn, file, tap.value, anew=True)
    await turn.show(screen)


async def _why(
    tx: Transaction, turn: Turn, file: CaseFile, chosen: int, *, anew: bool = False
) -> Screen:
    """Return the last look before the dispute is sent; without a reason, the question for it."""
    reason = dispute_reasons.joined(await dispute_reasons.of_evaluation(tx, file.evaluation.id))
    return why_screen(turn.t, file, picked(file, chosen), chosen, reason, anew=anew)


async def cancel(turn: Turn, tap: DisputeTap) -> None:
    """Leave the dispute and show the feedback again; what was typed is there the next time."""
    async with turn.db.writing() as tx:
        await forget(tx, turn.person, AWAITED, tap.subject)
        file = await opened(tx, turn.services, turn.person, tap.subject)
        screen = await draw(tx, turn.services, turn.t, turn.person, file)
    await turn.show(screen)


async def take_reason(turn: Turn, awaited: Awaited) -> None:
    """Add the typed text to the reason and show where it stands; nothing is filed yet."""
    said = required_text(turn)
    step, chosen = _read(awaited.detail)
    try:
        async with turn.db.writing() as tx:
            file = await disputable(tx, turn, awaited.subject)
            await _add(tx, turn, file, said, anew=step is Step.ANEW)
            if step is Step.CHOOSING:
                screen = await _chooser(tx, turn, file, chosen)
            else:
                step, screen = Step.WRITING, await _why(tx, turn, file, chosen)
            await _expect(tx, turn, awaited.subject, step, chosen)
    except (TooLong, Empty):
        raise
    except Sorry:
        await stop_waiting(turn, AWAITED, awaited.subject)
        raise
    # Below what was typed, so that the buttons are where the thumb is.
    await turn.show_below(screen, awaited.shown_in)


async def on_edit(turn: Turn) -> bool:
    """Let a reason that was not sent yet follow its message; return whether it is one."""
    message = turn.asked_by or 0
    async with turn.db.glancing() as tx:
        piece = await dispute_reasons.of_message(tx, turn.person.id, message)
    if piece is None:
        return False
    said = required_text(turn)
    async with turn.db.writing() as tx:
        file = await disputable(tx, turn, piece.evaluation_id)
        await dispute_reasons.change(tx, piece, said)
        await _require_room(tx, piece.evaluation_id)
        awaited = await awaiting.current(tx, turn.person.id)
        if awaited is None or (awaited.what, awaited.subject) != (AWAITED, piece.evaluation_id):
            return True
        step, chosen = _read(awaited.detail)
        if step is Step.CHOOSING:
            screen = await _chooser(tx, turn, file, chosen)
        else:
            screen = await _why(tx, turn, file, chosen, anew=step is Step.ANEW)
    await turn.show(screen, awaited.shown_in)
    return True


async def _require_room(tx: Transaction, evaluation_id: int) -> None:
    whole = dispute_reasons.joined(await dispute_reasons.of_evaluation(tx, evaluation_id))
    if len(whole) > MAX_TEXT:
        raise TooLong(limit=MAX_TEXT)


async def _add(tx: Transaction, turn: Turn, file: CaseFile, said: str, *, anew: bool) -> None:
    evaluation, message = file.evaluation.id, turn.asked_by or 0
    if anew:
        await dispute_reasons.clear(tx, evaluation)
    await dispute_reasons.add(tx, evaluation, turn.person.id, message, said, turn.now)
    await _require_room(tx, evaluation)


async def file_dispute(turn: Turn, tap: DisputeTap) -> None:
    """Open the dispute with what was typed and tell everyone whom it concerns."""
    try:
        async with turn.db.writing() as tx:
            await locks.alone(tx, f"disputes:{turn.person.id}")
            await alone(tx, tap.subject)
            file = await disputable(tx, turn, tap.subject)
            await overtake(tx, file, turn.now, (Kind.CORRECTION,))
            chosen = picked(file, tap.value)
            pieces = await dispute_reasons.of_evaluation(tx, tap.subject)
            if not pieces:
                raise OutOfDate
            reason = dispute_reasons.joined(pieces)
            dispute = await _open(tx, turn, file, _keys(chosen), reason)
            await dispute_reasons.clear(tx, tap.subject)
            told = await tell_opened(tx, file, dispute, turn.now)
            file = await opened(tx, turn.services, turn.person, tap.subject)
            screen = await draw(tx, turn.services, turn.t, turn.person, file)
    except Sorry:
        await stop_waiting(turn, AWAITED, tap.subject)
        raise
    turn.services.wake()
    await turn.show(screen)
    by = turn.t.day(local_day(dispute.due_at, clock_of(turn.services, turn.person, file.team)))
    afresh = dispute.reviewer_id is not None
    await turn.say(sent_screen(turn.t, [one.name for one in told], by, afresh=afresh))


async def _expect(tx: Transaction, turn: Turn, evaluation_id: int, step: Step, chosen: int) -> None:
    """Take the next texts for the reason of this dispute."""
    expected = Awaited(AWAITED, evaluation_id, f"{chosen}:{step}", turn.pressed_message)
    await awaiting.expect(tx, turn.person.id, expected)


def _read(detail: str) -> tuple[Step, int]:
    """Return where the dispute stands and what was chosen; older questions had only the latter."""
    chosen, _, step = detail.partition(":")
    return Step(step or Step.WRITING), int(chosen or 0)


async def _open(
    tx: Transaction, turn: Turn, file: CaseFile, criteria: tuple[str, ...], reason: str
) -> Dispute:
    """Store the dispute, offered to another evaluator where there is one, and return it."""
    reviewer = await reviewers.choose(tx, file)
    new = NewDispute(
        file.evaluation.id,
        criteria,
        reason,
        dispute_limits.due_at(file, turn.now),
        reviewer.id if reviewer is not None else None,
        dispute_limits.escalates_at(file, turn.now) if reviewer is not None else None,
    )
    dispute_id = await disputes.add(tx, new, turn.now)
    if dispute_id is None:
        raise DisputedAlready
    await awaiting.forget(tx, turn.person.id)
    stored = await disputes.by_id(tx, dispute_id)
    if stored is None:
        raise NotFound
    about = Subject(Thing.DISPUTE, dispute_id)
    details: audit.Details = {"evaluation": file.evaluation.id, "criteria": list(criteria)}
    await audit.note(tx, turn.actor, Action.DISPUTE_OPENED, about, details)
    return stored


async def disputable(tx: Transaction, turn: Turn, evaluation_id: int) -> CaseFile:
    """Return the case file where the person may dispute it now; raise what stands against it."""
    file = await opened(tx, turn.services, turn.person, evaluation_id)
    if not file.is_of(turn.person):
        raise NotYours
    if file.dispute is not None:
        raise DisputedAlready
    if not file.evaluation.counts:
        raise CountsNoMore
    if not file.may_be_disputed(turn.now):
        raise TooLate(day=turn.t.day(file.last_day))
    if await dispute_limits.left(tx, file, turn.now) == 0:
        day = turn.t.day(dispute_limits.next_month(file, turn.now))
        raise TooMany(count=dispute_count(file.team), day=day)
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

"""Reopen: a decision on a dispute is taken back, once, with a reason, and asked for anew."""

from dataclasses import replace

from handlers.corrections import applying
from handlers.disputes import limits
from handlers.disputes.disputing import required_text, stop_waiting
from handlers.disputes.news import tell_reopened
from handlers.disputes.rights import existing, reopenable
from handlers.evaluating.casefile import CaseFile
from handlers.refusals import Sorry
from handlers.taps import DisputeTap
from handlers.turn import Turn
from handlers.views.disputes import reopen_screen, reopened_screen
from scoring.answers import class_outcomes
from scoring.score import score
from storage import assignments, audit, awaiting, disputes, evaluations, outcomes, revisions
from storage.audit import Action, Subject, Thing
from storage.awaiting import Awaited
from storage.database import Transaction
from storage.disputes import Dispute
from storage.revisions import Ending, Kind, NewRevision

REOPENING = "dispute_reopening"


async def ask(turn: Turn, tap: DisputeTap) -> None:
    """Ask why the decision is taken back."""
    async with turn.db.writing() as tx:
        file, dispute = await reopenable(tx, turn.services, turn.person, tap.subject)
        expected = Awaited(REOPENING, dispute.id, "", turn.pressed_message)
        await awaiting.expect(tx, turn.person.id, expected)
    await turn.show(reopen_screen(turn.t, file, dispute))


async def take_reason(turn: Turn, awaited: Awaited) -> None:
    """Take the decision back with the typed reason, and tell everyone whom it concerns."""
    reason = required_text(turn)
    try:
        async with turn.db.writing() as tx:
            await applying.alone(tx, (await existing(tx, awaited.subject)).evaluation_id)
            person, services = turn.person, turn.services
            file, dispute = await reopenable(tx, services, person, awaited.subject)
            await _reopen(tx, turn, file, dispute, reason)
            await awaiting.forget(tx, turn.person.id)
    except Sorry:
        await stop_waiting(turn, REOPENING, awaited.subject)
        raise
    turn.services.wake()
    if awaited.message_id is not None:
        await turn.show(reopened_screen(turn.t, file, dispute), awaited.message_id)
    else:
        await turn.say(reopened_screen(turn.t, file, dispute))


async def _reopen(
    tx: Transaction, turn: Turn, file: CaseFile, dispute: Dispute, reason: str
) -> None:
    """Open the dispute again with the evaluation as it was disputed."""
    await applying.overtake(tx, file, turn.now)
    await _restore(tx, turn, file, dispute, reason)
    due_at = limits.due_at(file, turn.now)
    by = turn.person.id
    if not await disputes.reopen(tx, dispute, turn.now, by=by, reason=reason, due_at=due_at):
        raise await _late(tx, turn, dispute)
    await outcomes.forget(tx, dispute.id)
    again = await disputes.by_id(tx, dispute.id) or dispute
    await tell_reopened(tx, file, dispute, replace(again, reviewer_id=None), by, turn.now)
    details: audit.Details = {"evaluation": file.evaluation.id, "status": dispute.status.value}
    about = Subject(Thing.DISPUTE, dispute.id)
    await audit.note(tx, turn.actor, Action.DISPUTE_REOPENED, about, details)


async def _late(tx: Transaction, turn: Turn, dispute: Dispute) -> Sorry:
    """Return what now stands against reopening it."""
    try:
        await reopenable(tx, turn.services, turn.person, dispute.id)
    except Sorry as sorry:
        return sorry
    return Sorry()


async def _restore(
    tx: Transaction, turn: Turn, file: CaseFile, dispute: Dispute, reason: str
) -> None:
    """Let the disputed version count again, unless something else has changed it since."""
    evaluation, before = file.evaluation, file.disputed
    if before is not None and file.after(before) is evaluation:
        scorecard = file.published.scorecard
        new = NewRevision(
            evaluation_id=evaluation.id,
            dispute_id=dispute.id,
            by=turn.person.id,
            answers=before.answers,
            score=score(scorecard, before.answers),
            outcomes=class_outcomes(scorecard, before.answers),
            kind=Kind.REOPENING,
            reason=reason,
        )
        await revisions.revise(tx, new, turn.now)
        return
    end = Ending(evaluation.id, turn.person.id, Kind.REOPENING, dispute.id, reason)
    await revisions.keep(tx, end, turn.now)
    if evaluation.withdrawn_at is not None:
        await evaluations.reinstate(tx, evaluation.id)
        await _close_again(tx, turn, file)


async def _close_again(tx: Transaction, turn: Turn, file: CaseFile) -> None:
    """Close the assignment that the withdrawal had opened again."""
    evaluation = file.evaluation
    every = await assignments.of_contact(tx, evaluation.contact_id, alone=True)
    mine = [
        one.id
        for one in every
        if one.is_open and not one.second and one.evaluator_id == evaluation.evaluator_id
    ]
    await assignments.finish(tx, mine, evaluation.evaluator_id, evaluation.id, turn.now)

"""Carrying out what puts an evaluation right, or asking for consent where that is due."""

import datetime as dt
from collections.abc import Collection

from handlers.corrections import moving, news
from handlers.corrections.rights import actable, answered, consenting, needs_consent
from handlers.disputes.news import tell_decided
from handlers.evaluating.casefile import CaseFile
from handlers.refusals import NotFound, OutOfDate, Sorry
from handlers.turn import Turn
from handlers.words import N_
from scoring.answers import asked, class_outcomes
from scoring.score import score
from scoring.scorecard import CriticalClass
from storage import (
    assignments,
    audit,
    awaiting,
    corrections,
    disputes,
    draft_discards,
    drafts,
    evaluations,
    locks,
    revisions,
)
from storage.audit import Action, Subject, Thing
from storage.corrections import Correction, Status
from storage.database import Transaction
from storage.drafts import Draft
from storage.people import Person
from storage.revisions import Ending, Kind, NewRevision

DONE_ACTIONS = {
    Kind.CORRECTION: Action.REVISED,
    Kind.AGENT: Action.MOVED,
    Kind.WITHDRAWAL: Action.WITHDRAWN,
}


DISPUTED = "dispute"
"""What is awaited of an agent who writes why they dispute an evaluation."""


class SameAnswers(Sorry):
    """A correction changes something."""

    sentence = N_("Nothing is changed yet. Change an answer or a comment first.")


class NoReason(Sorry):
    """Whoever is concerned reads why."""

    sentence = N_("Please write the reason first.")


async def alone(tx: Transaction, evaluation_id: int) -> None:
    """Let nobody else change, acknowledge or dispute the evaluation before this ends."""
    await locks.alone(tx, f"evaluation:{evaluation_id}")


async def finish(tx: Transaction, turn: Turn, correction: Correction) -> Correction:
    """Carry out what the person has begun, or ask for consent; return it as it stands then."""
    if correction.reason is None:
        raise NoReason
    await alone(tx, correction.evaluation_id)
    correction = await _still(tx, correction, Status.DRAFT)
    evaluation_id, kind = correction.evaluation_id, correction.kind
    file = await actable(tx, turn.services, turn.person, evaluation_id, kind)
    if kind is Kind.CORRECTION:
        await _require_change(tx, file, correction)
    if not await needs_consent(tx, turn.person, file, turn.now):
        return await carry_out(tx, turn, file, correction)
    await corrections.ask(tx, correction.id, turn.now)
    await news.tell_asked(
        tx, file, correction, await consenting(tx, file, turn.person.id), turn.now
    )
    await _note(tx, turn, Action.CORRECTION_ASKED, correction)
    return await _now(tx, correction)


async def carry_out(
    tx: Transaction, turn: Turn, file: CaseFile, correction: Correction
) -> Correction:
    """Do it on the word of whoever acts in *turn*; whoever holds ``alone`` may."""
    by, became_id = turn.person, None
    if correction.kind is Kind.CORRECTION:
        number = await _correct(tx, file, correction, by, turn.now)
    else:
        end = Ending(file.evaluation.id, by.id, correction.kind, reason=correction.reason)
        number = await revisions.keep(tx, end, turn.now)
        await out_of_figures(tx, file, turn.now)
        await _settle(tx, turn, file, correction)
    if correction.kind is Kind.AGENT:
        became_id = await moving.move(tx, turn.services.shelf, file, correction, turn.now)
    done = await corrections.carry_out(
        tx, correction, turn.now, by=by.id, number=number, became_id=became_id
    )
    if not done:
        raise await answered(tx, correction)
    await overtake(tx, file, turn.now)
    # The errors that an agent is just choosing among to dispute are others now.
    await awaiting.forget_about(tx, DISPUTED, file.evaluation.id)
    await news.tell_done(tx, file, correction, by.id, turn.now)
    await _note(tx, turn, DONE_ACTIONS[correction.kind], correction, became=became_id)
    return await _now(tx, correction)


async def out_of_figures(tx: Transaction, file: CaseFile, now: dt.datetime) -> bool:
    """Withdraw the evaluation; say whether its assignment is open again.

    It is not where another evaluation of the contact counts: that one has done it.
    """
    gone = file.evaluation
    await evaluations.withdraw(tx, gone.id, now)
    standing = await evaluations.counting(tx, gone.contact_id, gone.agent_id)
    if standing is None:
        return await assignments.reopen(tx, gone.id)
    await assignments.pass_to(tx, gone.id, standing.id)
    return False


async def overtake(
    tx: Transaction,
    file: CaseFile,
    now: dt.datetime,
    kinds: Collection[Kind] = (Kind.CORRECTION, Kind.AGENT, Kind.WITHDRAWAL),
) -> None:
    """Drop what was begun, or waits for consent, on a version that is about to count no more."""
    for one in await corrections.standing(tx, file.evaluation.id):
        if one.kind in kinds and await corrections.drop(tx, one.id, now):
            await draft_discards.of_correction(tx, one.id, now)
            if one.status is Status.WAITING:
                await news.tell_overtaken(tx, file, one, now)


async def _correct(
    tx: Transaction, file: CaseFile, correction: Correction, by: Person, now: dt.datetime
) -> int:
    draft = await _draft(tx, correction)
    scorecard = file.published.scorecard
    given = draft.answers
    answers = {key: given[key] for key in asked(scorecard, given) if key in given}
    outcomes = class_outcomes(scorecard, answers)
    new = NewRevision(
        evaluation_id=file.evaluation.id,
        dispute_id=None,
        by=by.id,
        answers=answers,
        score=score(scorecard, answers),
        outcomes=outcomes,
        kind=Kind.CORRECTION,
        reason=correction.reason,
    )
    number = await revisions.correct(tx, new, draft.overall, draft.advice, now)
    before = class_outcomes(scorecard, file.evaluation.answers)[CriticalClass.COMPLIANCE]
    if outcomes[CriticalClass.COMPLIANCE] is False and before is not False:
        await news.tell_alarm(tx, file, number, now)
    return number


async def _require_change(tx: Transaction, file: CaseFile, correction: Correction) -> None:
    draft, scorecard = await _draft(tx, correction), file.published.scorecard
    given = draft.answers
    answers = {key: given[key] for key in asked(scorecard, given) if key in given}
    before = file.evaluation
    if (answers, draft.overall, draft.advice) == (before.answers, before.overall, before.advice):
        raise SameAnswers


async def _settle(tx: Transaction, turn: Turn, file: CaseFile, correction: Correction) -> None:
    """Accept an open dispute: what it is about counts no more, and no criterion is decided."""
    dispute, reason = file.dispute, correction.reason or ""
    if dispute is None or not dispute.is_open:
        return
    accepted = disputes.Status.ACCEPTED
    by = turn.person.id
    if await disputes.decide(tx, dispute.id, accepted, turn.now, by=by, comment=reason):
        await draft_discards.of_dispute(tx, dispute.id, turn.now)
        await tell_decided(tx, file, dispute, by, turn.now)
        about = Subject(Thing.DISPUTE, dispute.id)
        details: audit.Details = {"dispute": dispute.id, "status": accepted.value}
        await audit.note(tx, turn.actor, Action.DISPUTE_DECIDED, about, details)


async def _draft(tx: Transaction, correction: Correction) -> Draft:
    draft = await drafts.of_correction(tx, correction.id)
    if draft is None:
        raise NotFound
    return draft


async def _still(tx: Transaction, correction: Correction, status: Status) -> Correction:
    """Return it as it stands now that nobody else changes it."""
    now = await corrections.by_id(tx, correction.id)
    if now is None or now.status is not status:
        raise OutOfDate
    return now


async def _now(tx: Transaction, correction: Correction) -> Correction:
    return await corrections.by_id(tx, correction.id) or correction


async def _note(
    tx: Transaction,
    turn: Turn,
    action: Action,
    correction: Correction,
    became: int | None = None,
) -> None:
    about = Subject(Thing.EVALUATION, correction.evaluation_id)
    details: dict[str, audit.Detail] = {
        "correction": correction.id,
        "kind": correction.kind.value,
        "asked_by": correction.made_by,
    }
    if correction.agent_id is not None:
        details["agent"] = correction.agent_id
    if became is not None:
        details["became"] = became
    await audit.note(tx, turn.actor, action, about, details)


async def note_declined(tx: Transaction, turn: Turn, correction: Correction) -> None:
    """Note in the audit log that consent was refused."""
    await _note(tx, turn, Action.CORRECTION_DECLINED, correction)

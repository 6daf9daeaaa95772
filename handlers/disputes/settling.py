"""Settling a dispute: what its answer does to the evaluation, and who hears of it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from handlers.corrections import applying
from handlers.disputes.news import tell_decided
from handlers.disputes.rights import Rights, answerable, existing, late
from handlers.evaluating.casefile import CaseFile
from handlers.evaluating.choosing_scorecard import scorecard_of
from handlers.refusals import OutOfDate, Sorry
from handlers.turn import Turn
from handlers.words import N_
from scoring import rescoring
from scoring.answers import asked, class_outcomes
from scoring.score import score
from scoring.scorecard import Answer
from storage import (
    audit,
    disputes,
    draft_discards,
    drafts,
    outcomes,
    revisions,
)
from storage.audit import Action, Subject, Thing
from storage.database import Transaction
from storage.disputes import Dispute, Status
from storage.drafts import SUBMITTED, Draft
from storage.people import Person
from storage.revisions import NewRevision


class NothingChanged(Sorry):
    """Accepting a dispute means that some answer becomes another one."""

    sentence = N_("These are the first answers. Change one, or go back and decline the dispute.")


async def settle(tx: Transaction, turn: Turn, draft: Draft) -> None:
    """Let the draft's answers decide its dispute; the draft has its comment already.

    The dispute comes first: of two who decide at once the second waits for the first one there,
    and is refused. Raises ``NothingChanged`` where an acceptance would change nothing.
    """
    if draft.dispute_id is None or draft.overall is None:
        raise OutOfDate
    await applying.alone(tx, (await existing(tx, draft.dispute_id)).evaluation_id)
    rights = await answerable(tx, turn.services, turn.person, draft.dispute_id)
    file, dispute = rights.file, rights.dispute
    now = await _answers(tx, turn, draft, rights)
    changes = rescoring.changed(file.evaluation.answers, now)
    if not changes and not rights.blind:
        raise NothingChanged
    status = Status.ACCEPTED if changes else Status.DECLINED
    await _decide(tx, turn.person, dispute, status, draft.overall, turn.now)
    await drafts.save(tx, draft, replace(draft, status=SUBMITTED), turn.now)
    if draft.advice is not None:
        await disputes.note_learning(tx, dispute.id, draft.advice)
    if changes:
        await applying.overtake(tx, file, turn.now)
        await _revise(tx, turn.person, file, dispute, now, turn.now)
    await _close(tx, turn.person, file, dispute, now, turn.now)
    await _note(tx, turn, Action.DISPUTE_DECIDED, Thing.DISPUTE, dispute, status)
    if changes:
        await _note(tx, turn, Action.REVISED, Thing.EVALUATION, dispute, status)


async def decline(
    tx: Transaction, turn: Turn, file: CaseFile, dispute: Dispute, comment: str
) -> None:
    """Let the first answers stand."""
    await _decide(tx, turn.person, dispute, Status.DECLINED, comment, turn.now)
    await _close(tx, turn.person, file, dispute, file.evaluation.answers, turn.now)
    await _note(tx, turn, Action.DISPUTE_DECIDED, Thing.DISPUTE, dispute, Status.DECLINED)


async def withdraw(
    tx: Transaction, turn: Turn, file: CaseFile, dispute: Dispute, comment: str
) -> None:
    """Accept the dispute by taking the evaluation out of all figures; no criterion is decided."""
    await _decide(tx, turn.person, dispute, Status.ACCEPTED, comment, turn.now)
    await applying.overtake(tx, file, turn.now)
    await applying.out_of_figures(tx, file, turn.now)
    await draft_discards.of_dispute(tx, dispute.id, turn.now)
    await tell_decided(tx, file, dispute, turn.person.id, turn.now)
    await _note(tx, turn, Action.DISPUTE_DECIDED, Thing.DISPUTE, dispute, Status.ACCEPTED)
    await _note(tx, turn, Action.WITHDRAWN, Thing.EVALUATION, dispute, Status.ACCEPTED)


async def _note(
    tx: Transaction, turn: Turn, action: Action, thing: Thing, dispute: Dispute, status: Status
) -> None:
    about = dispute.id if thing is Thing.DISPUTE else dispute.evaluation_id
    details: audit.Details = {"dispute": dispute.id, "status": status.value}
    await audit.note(tx, turn.actor, action, Subject(thing, about), details)


async def _answers(tx: Transaction, turn: Turn, draft: Draft, rights: Rights) -> dict[str, Answer]:
    """Return the answers that count once the draft's are among them."""
    walked = await scorecard_of(tx, turn.services.shelf, draft)
    given = draft.answers
    afresh = {key: given[key] for key in asked(walked, given) if key in given}
    file = rights.file
    return rescoring.revised(
        file.published.scorecard, file.evaluation.answers, afresh, rights.dispute.criteria
    )


async def _decide(
    tx: Transaction,
    person: Person,
    dispute: Dispute,
    status: Status,
    comment: str,
    now: dt.datetime,
) -> None:
    if not await disputes.decide(tx, dispute.id, status, now, by=person.id, comment=comment):
        raise await late(tx, dispute.id)


async def _revise(
    tx: Transaction,
    person: Person,
    file: CaseFile,
    dispute: Dispute,
    answers: Mapping[str, Answer],
    now: dt.datetime,
) -> None:
    scorecard = file.published.scorecard
    new = NewRevision(
        evaluation_id=file.evaluation.id,
        dispute_id=dispute.id,
        by=person.id,
        answers=answers,
        score=score(scorecard, answers),
        outcomes=class_outcomes(scorecard, answers),
    )
    await revisions.revise(tx, new, now)


async def _close(
    tx: Transaction,
    person: Person,
    file: CaseFile,
    dispute: Dispute,
    answers: Mapping[str, Answer],
    now: dt.datetime,
) -> None:
    """Note what became of each disputed criterion, end what was begun, and tell everyone."""
    first = file.evaluation.answers
    scorecard = file.published.scorecard
    found = rescoring.outcomes(scorecard, first, answers, dispute.criteria)
    await outcomes.add(tx, dispute.id, found)
    await draft_discards.of_dispute(tx, dispute.id, now)
    await tell_decided(tx, file, dispute, person.id, now)

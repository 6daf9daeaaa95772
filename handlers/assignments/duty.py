"""What submitting a contact answers: an assignment of one's own, somebody else's, or none.

A second scoring is kept apart from all evaluations, and nothing tells its evaluator that it is one.
"""

import datetime as dt
from dataclasses import dataclass

from handlers.refusals import Sorry
from handlers.words import N_
from scoring.answers import asked
from scoring.score import score
from scoring.scorecard import Scorecard
from storage import assignments, drafts, second_scorings
from storage.assignments import Assignment
from storage.database import Transaction
from storage.drafts import Draft
from storage.people import Person
from storage.second_scorings import NewSecond


class ScoredBefore(Sorry):
    """Nobody scores a contact of a plan twice, whichever of its scorings theirs was."""

    sentence = N_("You have scored this contact already.")


@dataclass(frozen=True, slots=True)
class Duty:
    """What a submission answers: ``own`` is the person's assignment, ``closes`` all that end.

    ``second`` says that it is kept as a second scoring, ``drawn`` that a plan drew the contact.
    """

    own: int | None = None
    closes: tuple[int, ...] = ()
    second: bool = False
    drawn: bool = False


async def to_score(tx: Transaction, contact_id: int, person_id: int) -> int | None:
    """Return the person's open assignment on the contact; raise ``ScoredBefore``."""
    every = await assignments.of_contact(tx, contact_id)
    await _require_new(tx, every, contact_id, person_id)
    return next((one.id for one in every if one.is_open and one.evaluator_id == person_id), None)


async def duty_of(tx: Transaction, draft: Draft, contact_id: int) -> Duty:
    """Return what submitting *draft* for the contact answers; raise ``ScoredBefore``.

    Where somebody else scored the contact while the draft was being filled in on an assignment,
    it becomes a second scoring: nothing is lost, and the agent hears of the contact once.
    """
    me = draft.evaluator_id
    every = await assignments.of_contact(tx, contact_id, alone=True)
    await _require_new(tx, every, contact_id, me)
    mine = [one for one in every if one.is_open and one.evaluator_id == me]
    second = next((one for one in mine if one.second), None)
    if second is not None:
        return Duty(second.id, (second.id,), second=True)
    begun = next((one for one in every if one.id == draft.assignment_id), None)
    if begun is not None and (begun.second or begun.state == assignments.DONE):
        return Duty(begun.id, second=True)
    firsts = [one for one in every if not one.second and one.state != assignments.SKIPPED]
    return Duty(
        next((one.id for one in mine), None),
        tuple(one.id for one in firsts if one.is_open),
        drawn=any(one.agent_id == draft.agent_id for one in firsts),
    )


async def _require_new(
    tx: Transaction, every: tuple[Assignment, ...], contact_id: int, person_id: int
) -> None:
    if every and person_id in await second_scorings.scorers(tx, contact_id, withdrawn=False):
        raise ScoredBefore


async def fulfil(
    tx: Transaction, task: Duty, draft: Draft, evaluation_id: int | None, now: dt.datetime
) -> None:
    """Close what the submission answers, and note on the draft whose assignment it was."""
    await assignments.finish(tx, task.closes, draft.evaluator_id, evaluation_id, now)
    if task.own != draft.assignment_id:
        await drafts.hand_over(tx, draft.id, task.own)


async def keep_second(
    tx: Transaction,
    draft: Draft,
    agent: Person,
    contact_id: int,
    scorecard: Scorecard,
    now: dt.datetime,
) -> None:
    """Store the draft's answers as a second scoring, which nobody is told of."""
    if draft.scorecard_version_id is None:
        raise ValueError("a draft without a scorecard cannot be submitted")
    new = NewSecond(
        draft_id=draft.id,
        contact_id=contact_id,
        agent_id=agent.id,
        evaluator_id=draft.evaluator_id,
        team_id=agent.teams[0] if agent.teams else None,
        scorecard_version_id=draft.scorecard_version_id,
        final=score(scorecard, draft.answers).final,
        answers={key: draft.answers[key] for key in asked(scorecard, draft.answers)},
        overall=draft.overall,
    )
    await second_scorings.add(tx, new, now)

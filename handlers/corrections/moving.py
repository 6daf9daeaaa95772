"""Moving an evaluation to the right agent: the old one stays withdrawn, theirs is made of it."""

import datetime as dt
from dataclasses import replace

from handlers.evaluating.casefile import CaseFile
from handlers.evaluating.submission import OwnContact, tell
from handlers.refusals import NotFound, OutOfDate
from scoring.answers import class_outcomes
from scoring.contacts import Source
from scoring.draft import Stage
from scoring.roles import Role
from scoring.score import score
from scoring.scorecard import CriticalClass
from storage import attachments, contacts, drafts, evaluations, moved_contacts, people
from storage.corrections import Correction
from storage.database import Transaction
from storage.drafts import SUBMITTED
from storage.evaluations import NewEvaluation
from storage.people import Person
from storage.scorecards import Shelf

OURS = frozenset({Source.SCORE, Source.FORWARD})
"""Contacts that scoring itself brought into the journal."""


async def right_agent(tx: Transaction, file: CaseFile, agent_id: int | None) -> Person:
    """Return the agent to whom the evaluation can be moved; raise what stands against it."""
    if agent_id is None:
        raise OutOfDate
    agent = await people.by_id(tx, agent_id)
    if agent is None or not agent.active or not agent.is_a(Role.AGENT):
        raise NotFound
    if agent.id == file.evaluator.id:
        raise OwnContact
    if agent.id == file.agent.id:
        raise OutOfDate
    return agent


async def move(
    tx: Transaction, shelf: Shelf, file: CaseFile, correction: Correction, now: dt.datetime
) -> int:
    """Make the evaluation the right agent's and tell them; return the id of theirs.

    It belongs to the same moment, and to their team as it is now.
    """
    evaluation = file.evaluation
    agent = await right_agent(tx, file, correction.agent_id)
    contact_id = await _contact(tx, file, agent, now)
    draft = await drafts.start(tx, evaluation.evaluator_id, Stage.SUMMARY, now)
    told = replace(
        draft,
        status=SUBMITTED,
        agent_id=agent.id,
        channel=evaluation.channel,
        reference=evaluation.reference,
        contact_id=contact_id,
        scorecard_version_id=evaluation.scorecard_version_id,
        overall=evaluation.overall,
        advice=evaluation.advice,
        answers=evaluation.answers,
    )
    await drafts.save(tx, draft, told, now)
    scorecard = (await shelf.get(tx, evaluation.scorecard_version_id)).scorecard
    outcomes = class_outcomes(scorecard, evaluation.answers)
    new = NewEvaluation(
        draft_id=draft.id,
        contact_id=contact_id,
        agent_id=agent.id,
        evaluator_id=evaluation.evaluator_id,
        team_id=agent.teams[0] if agent.teams else None,
        scorecard_version_id=evaluation.scorecard_version_id,
        answers=evaluation.answers,
        score=score(scorecard, evaluation.answers),
        outcomes=outcomes,
        overall=evaluation.overall,
        advice=evaluation.advice,
    )
    evaluation_id = await evaluations.add(tx, new, evaluation.submitted_at)
    alarming = outcomes[CriticalClass.COMPLIANCE] is False
    await tell(tx, agent, evaluation_id, now, alarming=alarming)
    return evaluation_id


async def _contact(tx: Transaction, file: CaseFile, agent: Person, now: dt.datetime) -> int:
    """Return the right agent's contact: theirs in the journal, this one, or one like it.

    A contact that scoring brought in, and that nothing else speaks of, was theirs from the start.
    """
    evaluation = file.evaluation
    contact = await contacts.by_id(tx, evaluation.contact_id)
    if contact is None:
        raise NotFound
    free = contact.source in OURS and not await moved_contacts.is_used(tx, contact.id)
    if free and await moved_contacts.hand_to(tx, contact, agent.id):
        return contact.id
    contact_id = await contacts.add(
        tx,
        agent.id,
        contact.channel,
        contact.reference,
        now,
        started_at=contact.started_at,
        source=contact.source if contact.source in OURS else Source.SCORE,
    )
    await attachments.follow(tx, contact.id, contact_id, evaluation.id)
    return contact_id

"""Submitting a draft: the evaluation and everything it makes people hear, in one transaction."""

import datetime as dt
from dataclasses import replace
from typing import Protocol

from handlers.assignments.duty import duty_of, fulfil, keep_second
from handlers.refusals import NotFound, Sorry
from handlers.words import N_
from scoring.answers import class_outcomes
from scoring.contacts import Source
from scoring.draft import Stage, Walk, ready
from scoring.score import score
from scoring.scorecard import Channel, CriticalClass, Scorecard
from scoring.selection import Selection
from scoring.zones import QuietHours, next_allowed, zone
from storage import attachments, contacts, drafts, evaluations, outbox, people, teams
from storage.database import Transaction
from storage.drafts import SUBMITTED, Draft
from storage.evaluations import NewEvaluation
from storage.outbox import Message
from storage.people import Person
from storage.scorecards import Shelf
from storage.teams import Team

FEEDBACK = "feedback"
FEEDBACK_COPY = "feedback_copy"
COMPLIANCE_ALERT = "compliance_alert"


class Zoned(Protocol):
    """Somebody who may have a time zone of their own."""

    @property
    def timezone(self) -> str | None:
        """The zone's name, ``None`` for the team's."""


class NotReady(Sorry):
    """Something is still to be answered or justified."""

    sentence = N_("Something is still missing before this can be submitted.")


class OwnContact(Sorry):
    """Nobody scores themself."""

    sentence = N_("You cannot score your own contacts.")


def walk_of(draft: Draft, scorecard: Scorecard) -> Walk:
    """Return where the draft stands in *scorecard*."""
    return Walk(
        scorecard,
        stage=draft.stage,
        criterion=draft.criterion,
        returning=draft.returning,
        answers=draft.answers,
        notes=draft.notes,
        overall=draft.overall,
    )


def with_walk(draft: Draft, walk: Walk) -> Draft:
    """Return the draft standing where *walk* stands, with its answers."""
    return replace(
        draft,
        stage=walk.stage,
        criterion=walk.criterion,
        returning=walk.returning,
        answers=walk.answers,
        notes=walk.notes,
        overall=walk.overall,
    )


class ScoredMeanwhile(Exception):  # noqa: N818  it is asked about, nothing went wrong
    """The contact was scored while the draft was being filled in; nothing is stored yet."""

    def __init__(self, contact_id: int, evaluation_id: int) -> None:
        super().__init__(f"contact {contact_id} has evaluation {evaluation_id}")
        self.contact_id = contact_id
        self.evaluation_id = evaluation_id


async def submit(
    tx: Transaction, shelf: Shelf, draft: Draft, now: dt.datetime, *, knowing: int | None = None
) -> int | None:
    """Turn the draft into an evaluation, queue its messages, and return the evaluation's id.

    ``None`` stands for a second scoring, which is kept apart. Raises ``NotReady`` for an
    unfinished draft, ``OwnContact`` for one's own contact, ``ScoredBefore`` for one of a plan that
    they scored already, ``NotFound`` where the agent is gone, ``StaleDraftError`` for a draft
    that was moved meanwhile, and ``ScoredMeanwhile`` where the evaluation would take the place of
    one made since the draft was begun, unless that is the one that *knowing* names.
    """
    if draft.agent_id is None or draft.channel is None or draft.scorecard_version_id is None:
        raise NotReady
    scorecard = (await shelf.get(tx, draft.scorecard_version_id)).scorecard
    if draft.stage is not Stage.SUMMARY or not ready(walk_of(draft, scorecard)):
        raise NotReady
    agent = await people.by_id(tx, draft.agent_id)
    if agent is None or not agent.active:
        raise NotFound
    if agent.id == draft.evaluator_id:
        raise OwnContact
    contact_id = await _contact(tx, agent.id, draft.channel, draft, now)
    task = await duty_of(tx, draft, contact_id)
    if not task.second:
        await _require_latest(tx, draft, contact_id, agent.id, knowing)
    await drafts.save(tx, draft, replace(draft, status=SUBMITTED), now)
    await attachments.move_to_contact(tx, draft.id, contact_id)
    if task.second:
        await keep_second(tx, draft, agent, contact_id, scorecard, now)
        await fulfil(tx, task, draft, None, now)
        return None
    outcomes = class_outcomes(scorecard, draft.answers)
    new = NewEvaluation(
        draft_id=draft.id,
        contact_id=contact_id,
        agent_id=agent.id,
        evaluator_id=draft.evaluator_id,
        team_id=agent.teams[0] if agent.teams else None,
        scorecard_version_id=draft.scorecard_version_id,
        answers=draft.answers,
        score=score(scorecard, draft.answers),
        outcomes=outcomes,
        overall=draft.overall,
        advice=draft.advice,
        selection=Selection.DRAWN if task.drawn else Selection.CHOSEN,
    )
    evaluation_id = await evaluations.add(tx, new, now)
    await fulfil(tx, task, draft, evaluation_id, now)
    alarming = outcomes[CriticalClass.COMPLIANCE] is False
    await tell(tx, agent, evaluation_id, now, alarming=alarming)
    return evaluation_id


async def _require_latest(
    tx: Transaction, draft: Draft, contact_id: int, agent_id: int, knowing: int | None
) -> None:
    """Raise ``ScoredMeanwhile`` where the contact has an evaluation newer than the draft."""
    # Whoever submits the same contact at this moment waits, and is asked then.
    await evaluations.alone(tx, contact_id)
    there = await evaluations.counting(tx, contact_id, agent_id)
    if there is None or there.submitted_at <= draft.created_at or there.id == knowing:
        return
    # The second of two presses at one moment meets its own evaluation: its draft has moved.
    if there.id != await evaluations.by_draft(tx, draft.id):
        raise ScoredMeanwhile(contact_id, there.id)


async def _contact(
    tx: Transaction, agent_id: int, channel: Channel, draft: Draft, now: dt.datetime
) -> int:
    """Return the journal's contact that the draft was begun from, or one for what it says.

    A draft that went back to its form may speak of another contact by now.
    """
    begun = await contacts.by_id(tx, draft.contact_id) if draft.contact_id is not None else None
    if begun is not None:
        said = (agent_id, channel, draft.reference)
        if (begun.agent_id, begun.channel, begun.reference) == said:
            return begun.id
    source = Source.FORWARD if await attachments.count(tx, draft.id) else Source.SCORE
    return await contacts.add(tx, agent_id, channel, draft.reference, now, source=source)


async def tell(
    tx: Transaction, agent: Person, evaluation_id: int, now: dt.datetime, *, alarming: bool
) -> None:
    """Queue the agent's feedback, its copies, and the alerts that do not wait for the morning."""
    mine = await teams.by_ids(tx, agent.teams)
    later = allowed_at(mine[0] if mine else None, agent, now)
    messages = [Message(FEEDBACK, agent.id, evaluation_id, f"feedback:{evaluation_id}", later)]
    for supervisor in await people.supervisors_of(tx, agent):
        tail = f"{evaluation_id}:{supervisor.id}"
        copy_at = allowed_at(mine[0] if mine else None, supervisor, now)
        messages.append(
            Message(FEEDBACK_COPY, supervisor.id, evaluation_id, f"feedback_copy:{tail}", copy_at)
        )
        if alarming:
            messages.append(
                Message(
                    COMPLIANCE_ALERT,
                    supervisor.id,
                    evaluation_id,
                    f"compliance_alert:{tail}",
                    now,
                    priority=outbox.URGENT,
                )
            )
    await outbox.put(tx, messages, now)


def allowed_at(team: Team | None, person: Zoned, now: dt.datetime) -> dt.datetime:
    """Return when the team's quiet hours let a message reach the person, *now* or later."""
    if team is None or team.quiet_from is None or team.quiet_to is None:
        return now
    quiet = QuietHours(team.quiet_from, team.quiet_to)
    return next_allowed(now, zone(person.timezone or team.timezone), quiet)

"""An evaluation with all that its feedback rests on, and who may read or judge it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from handlers.refusals import NotFound, NotYours
from handlers.turn import Services
from scoring.feedback import LOOK_BACK, Feedback, feedback
from scoring.names import fold
from scoring.periods import add_working_days
from scoring.roles import Relation, Role
from scoring.zones import local_day, zone
from storage import (
    attachments,
    corrections,
    disputes,
    evaluations,
    misses,
    people,
    revisions,
    teams,
)
from storage.attachments import Attachment
from storage.corrections import Correction
from storage.database import Transaction
from storage.disputes import Dispute
from storage.evaluations import Evaluation
from storage.people import Person
from storage.revisions import Kind, Superseded
from storage.scorecards import Published
from storage.teams import Team

DISPUTE_DAYS = 5
"""The working days for a dispute where no team says otherwise."""

DISPUTE_COUNT = 3
"""How many disputes a month an agent may open where no team says otherwise."""


@dataclass(frozen=True, slots=True)
class CaseFile:
    """An evaluation and what belongs to it.

    ``team`` is the agent's at the time of the evaluation; ``clock`` is the agent's zone;
    ``last_day`` is the last one on it to dispute, counted from the day the feedback arrived or
    was corrected last;
    ``teams`` are those whose supervisors read it; ``revisions`` are the versions that count no
    more, the first one first. ``corrections`` are the acts that were carried out on it, or made
    it; ``waiting`` waits for consent. ``names`` are of those who did any of that.
    """

    evaluation: Evaluation
    published: Published
    agent: Person
    evaluator: Person
    team: Team | None
    teams: frozenset[int]
    clock: ZoneInfo
    last_day: dt.date
    feedback: Feedback
    material: tuple[Attachment, ...]
    dispute: Dispute | None
    decider: Person | None
    revisions: tuple[Superseded, ...] = ()
    corrections: tuple[Correction, ...] = ()
    waiting: Correction | None = None
    names: Mapping[int, str] = field(default_factory=dict)

    def is_of(self, person: Person) -> bool:
        """Return whether *person* is the agent whose contact was evaluated."""
        return person.id == self.agent.id

    def may_be_read_by(self, person: Person) -> bool:
        """Return whether *person* is the agent, the evaluator, a supervisor of them or an admin.

        Whoever scored it afresh reads it from the moment of their decision on, not before.
        """
        if self.dispute is not None and self.dispute.decided_by == person.id:
            return True
        return person.id in {self.agent.id, self.evaluator.id} or oversees(person, self.teams)

    @property
    def disputed(self) -> Superseded | None:
        """The version that the dispute put an end to, if it did."""
        if self.dispute is None:
            return None
        since = self.dispute.reopened_at
        ended = [
            one
            for one in self.revisions
            if one.dispute_id == self.dispute.id
            and one.kind is Kind.DISPUTE
            and (since is None or one.revised_at >= since)
        ]
        return ended[-1] if ended else None

    def after(self, version: Superseded) -> Superseded | Evaluation:
        """Return the version that came after that one."""
        following = (one for one in self.revisions if one.number == version.number + 1)
        return next(following, self.evaluation)

    def may_be_disputed(self, now: dt.datetime) -> bool:
        """Return whether the agent may still dispute it."""
        if self.dispute is not None or not self.evaluation.counts:
            return False
        return local_day(now, self.clock) <= self.last_day


def oversees(person: Person, of_teams: frozenset[int]) -> bool:
    """Return whether *person* is an admin or supervises one of the teams."""
    if person.is_a(Role.ADMIN):
        return True
    return person.is_a(Role.SUPERVISOR) and not of_teams.isdisjoint(person.supervises)


def clock_of(services: Services, person: Person, team: Team | None) -> ZoneInfo:
    """Return the zone that *person* reads times in: their own, the team's, or the usual one."""
    usual = team.timezone if team is not None else services.timezone
    return zone(person.timezone or usual)


def dispute_days(team: Team | None) -> int:
    """Return how many working days the team gives for a dispute."""
    return DISPUTE_DAYS if team is None else team.dispute_days


def dispute_count(team: Team | None) -> int:
    """Return how many disputes an agent may open in a calendar month; 0 stands for no limit."""
    return DISPUTE_COUNT if team is None else team.dispute_count


async def opened(
    tx: Transaction, services: Services, reader: Person, evaluation_id: int
) -> CaseFile:
    """Return the case file for *reader*; raise ``NotFound`` or ``NotYours``."""
    file = await load(tx, services, evaluation_id)
    if file is None:
        raise NotFound
    if not file.may_be_read_by(reader):
        raise NotYours
    return file


async def load(tx: Transaction, services: Services, evaluation_id: int) -> CaseFile | None:
    """Return the case file, whoever reads it, or ``None`` where there is no such evaluation."""
    evaluation = await evaluations.by_id(tx, evaluation_id)
    if evaluation is None:
        return None
    dispute = await disputes.of_evaluation(tx, evaluation_id)
    ids = {evaluation.agent_id, evaluation.evaluator_id}
    if dispute is not None:
        ids |= {one for one in (dispute.decided_by, dispute.reopened_by) if one is not None}
    versions = await revisions.superseded(tx, evaluation_id)
    done = await corrections.done_on(tx, evaluation_id)
    waiting = await corrections.waiting_on(tx, evaluation_id)
    ids |= {one.revised_by for one in versions} | {one.made_by for one in done}
    if waiting is not None:
        ids.add(waiting.made_by)
    who = await people.by_ids(tx, ids)
    agent = who[evaluation.agent_id]
    team = await _team(tx, evaluation, agent)
    clock = clock_of(services, agent, team)
    published = await services.shelf.get(tx, evaluation.scorecard_version_id)
    arrived = await disputes.feedback_arrival(tx, evaluation_id, services.clock())
    told = max(
        evaluation.submitted_at,
        arrived or evaluation.submitted_at,
        *(one.revised_at for one in versions if one.kind is Kind.CORRECTION),
    )
    earlier = await misses.missed_before(tx, evaluation, LOOK_BACK - 1)
    return CaseFile(
        evaluation=evaluation,
        published=published,
        agent=agent,
        evaluator=who[evaluation.evaluator_id],
        team=team,
        teams=frozenset(agent.teams) | ({evaluation.team_id} if evaluation.team_id else set()),
        clock=clock,
        last_day=add_working_days(local_day(told, clock), dispute_days(team)),
        feedback=feedback(published.scorecard, evaluation.answers, earlier),
        material=tuple(await attachments.of_contact(tx, evaluation.contact_id)),
        dispute=dispute,
        decider=who.get(dispute.decided_by or 0) if dispute is not None else None,
        revisions=versions,
        corrections=done,
        waiting=waiting,
        names={one.id: one.name for one in who.values()},
    )


async def judges(tx: Transaction, file: CaseFile) -> list[Person]:
    """Return who may decide a dispute about the evaluation, by name.

    Supervisors of the agent and admins whom messages reach, but never the agent. Nobody decides
    about their own evaluation while anybody else can.
    """
    found = {one.id: one for one in await people.with_role(tx, Role.ADMIN)}
    for team_id in file.teams:
        for one in await people.in_team(tx, team_id, Relation.SUPERVISOR):
            if one.is_a(Role.SUPERVISOR):
                found[one.id] = one
    found.pop(file.agent.id, None)
    able = [one for one in found.values() if one.telegram_id is not None and not one.unreachable]
    able.sort(key=lambda one: (fold(one.name), one.id))
    return [one for one in able if one.id != file.evaluator.id] or able


async def deciding(tx: Transaction, file: CaseFile) -> list[Person]:
    """Return who is asked to decide: supervisors of the agent, or admins where none can."""
    able = await judges(tx, file)
    return [one for one in able if not file.teams.isdisjoint(one.supervises)] or able


async def _team(tx: Transaction, evaluation: Evaluation, agent: Person) -> Team | None:
    """Return the team that the evaluation was made in, else the agent's first one."""
    if evaluation.team_id is not None:
        return await teams.by_id(tx, evaluation.team_id)
    return await teams.by_id(tx, agent.teams[0]) if agent.teams else None

"""Whom a team's weekly digests are for, and what they are made of, for many agents at once.

Only evaluations that count are here: the latest valid one of each contact and agent.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    String,
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
    type_coerce,
)

from scoring.roles import Relation, Role
from storage.database import Transaction
from storage.reports import Counted, Window
from storage.tables import (
    DisputeRow,
    EvaluationAnswerRow,
    EvaluationRow,
    MembershipRow,
    PersonRoleRow,
    PersonRow,
)
from storage.types import points

# Statements are built once: to build one takes longer than most of them take to answer.
TEAM: BindParameter[int] = bindparam("team")
AGENTS = EvaluationRow.agent_id.in_(bindparam("agents", expanding=True))
COUNTS = (EvaluationRow.counts.is_(True), AGENTS)
WITHIN = (
    EvaluationRow.submitted_at >= bindparam("first"),
    EvaluationRow.submitted_at < bindparam("after"),
)
REACHED = (PersonRow.active.is_(True), PersonRow.telegram_id.is_not(None))
BY_NAME = (PersonRow.folded, PersonRow.id)


def _is_a(role: Role) -> ColumnElement[bool]:
    return exists().where(PersonRoleRow.person_id == PersonRow.id, PersonRoleRow.role == role)


IN_TEAM = (
    select(PersonRow.id, PersonRow.timezone, MembershipRow.relation)
    .join(MembershipRow, MembershipRow.person_id == PersonRow.id)
    .where(
        MembershipRow.team_id == TEAM,
        or_(
            and_(MembershipRow.relation == Relation.MEMBER, _is_a(Role.AGENT)),
            and_(MembershipRow.relation == Relation.SUPERVISOR, _is_a(Role.SUPERVISOR)),
        ),
        *REACHED,
    )
    .order_by(*BY_NAME)
)

_OWN = MembershipRow.person_id == PersonRow.id
EVALUATORS_NEAR = (
    select(PersonRow.id, PersonRow.timezone)
    .where(
        PersonRow.id.in_(
            select(PersonRoleRow.person_id).where(PersonRoleRow.role == Role.EVALUATOR)
        ),
        or_(exists().where(_OWN, MembershipRow.team_id == TEAM), ~exists().where(_OWN)),
        *REACHED,
    )
    .order_by(*BY_NAME)
)

SUBMITTED = (
    select(
        EvaluationRow.agent_id, EvaluationRow.submitted_at, type_coerce(EvaluationRow.final, String)
    )
    .where(*COUNTS, *WITHIN)
    .order_by(EvaluationRow.submitted_at, EvaluationRow.id)
)

_CRITERION = (
    EvaluationRow.agent_id,
    EvaluationRow.scorecard_version_id,
    EvaluationAnswerRow.criterion,
)
COUNTED = (
    select(
        *_CRITERION,
        func.count(EvaluationAnswerRow.passed),
        func.sum(case((EvaluationAnswerRow.passed.is_(True), 1), else_=0)),
        func.sum(EvaluationAnswerRow.lost),
    )
    .join(EvaluationAnswerRow, EvaluationAnswerRow.evaluation_id == EvaluationRow.id)
    .where(*COUNTS, *WITHIN)
    .group_by(*_CRITERION)
    .order_by(*_CRITERION)
)

WAITING = (
    select(EvaluationRow.agent_id, EvaluationRow.id)
    .where(
        *COUNTS,
        EvaluationRow.acknowledged_at.is_(None),
        EvaluationRow.submitted_at < bindparam("before"),
        ~exists().where(
            DisputeRow.evaluation_id == EvaluationRow.id, DisputeRow.decided_at.is_(None)
        ),
    )
    .order_by(EvaluationRow.submitted_at, EvaluationRow.id)
)


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody active who can be written to; ``timezone`` is their own, if they have one."""

    id: int
    timezone: str | None


async def in_team(tx: Transaction, team_id: int) -> dict[Relation, list[Reader]]:
    """Return the agents among the team's members and its supervisors, each by name."""
    found: dict[Relation, list[Reader]] = {one: [] for one in Relation}
    for ident, timezone, relation in await tx.execute(IN_TEAM, {"team": team_id}):
        found[Relation(relation)].append(Reader(ident, timezone))
    return found


async def evaluators_near(tx: Transaction, team_id: int) -> list[Reader]:
    """Return by name the evaluators who belong to the team, or to none."""
    return [Reader(*row) for row in await tx.execute(EVALUATORS_NEAR, {"team": team_id})]


Submitted = tuple[dt.datetime, float | None]
"""When an evaluation was submitted, and its final score (0 to 100) if it has one."""


async def submitted(
    tx: Transaction, agents: Collection[int], window: Window
) -> dict[int, list[Submitted]]:
    """Return each agent's evaluations in *window* by the agent's id, in order of submission."""
    found: dict[int, list[Submitted]] = {}
    for agent_id, at, score in await tx.execute(SUBMITTED, _of(agents, window)):
        found.setdefault(agent_id, []).append((at, points(score) if score else None))
    return found


async def counted(
    tx: Transaction, agents: Collection[int], window: Window
) -> dict[int, list[Counted]]:
    """Return how each criterion fared with each agent in *window*, by the agent's id.

    A scorecard's oldest version comes first.
    """
    found: dict[int, list[Counted]] = {}
    for agent_id, *row in await tx.execute(COUNTED, _of(agents, window)):
        version, key, times, passed, lost = row
        found.setdefault(agent_id, []).append((version, key, times, passed, lost))
    return found


async def waiting(
    tx: Transaction, agents: Collection[int], before: dt.datetime
) -> dict[int, list[int]]:
    """Return what each agent was told before then and has neither acknowledged nor disputed.

    Ids of evaluations, oldest first, by the agent's id.
    """
    found: dict[int, list[int]] = {}
    for agent_id, ident in await tx.execute(WAITING, {"agents": list(agents), "before": before}):
        found.setdefault(agent_id, []).append(ident)
    return found


def _of(agents: Collection[int], window: Window) -> dict[str, object]:
    first, after = window
    return {"agents": list(agents), "first": first, "after": after}

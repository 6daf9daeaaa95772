"""How far plans are: what was drawn, what is done of it, and what is left with whom.

Second scorings are no part of a plan: they are counted apart.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Integer, Select, bindparam, case, cast, func, select

from storage.assignments import DONE, OPEN, SKIPPED
from storage.database import Transaction
from storage.tables import AssignmentRow, ContactRow, DrawRow, PlanRow

Window = tuple[dt.datetime, dt.datetime]
"""From the first moment to just before the second."""


_DRAWN = (
    select(DrawRow.id)
    .join(PlanRow, PlanRow.id == DrawRow.plan_id)
    .where(PlanRow.team_id == bindparam("team"), DrawRow.drawn_at < bindparam("before"))
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Progress:
    """What was drawn for a team in a period and how much of it is done, skipped, and left.

    ``waiting`` are all contacts left from draws up to the period's end, also earlier ones.
    """

    drawn: int
    done: int
    skipped: int
    waiting: int

    @property
    def left(self) -> int:
        """How many of those drawn are still to be scored."""
        return self.drawn - self.done - self.skipped


@dataclass(frozen=True, slots=True)
class Queue:
    """What one evaluator has before them, and how much of it is past its date."""

    left: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Share:
    """What is left of a team's plans with one evaluator (``None``: with nobody).

    ``left`` counts second scorings too, of which there are ``seconds``.
    """

    evaluator_id: int | None
    left: int
    overdue: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Skipped:
    """A contact that was not scored, whose task it was, and why."""

    reference: str | None
    evaluator_id: int | None
    reason: str


async def progress(
    tx: Transaction, team_id: int, window: Window, *, plan_id: int | None = None
) -> Progress | None:
    """Return how far the team's plans are that were drawn in *window*, or one of them.

    ``None`` where nothing was ever drawn of them before the window's end.
    """
    first, after = window
    plans = (
        PlanRow.team_id == team_id,
        *([PlanRow.id == plan_id] if plan_id is not None else []),
        DrawRow.drawn_at < after,
    )
    # Most teams have no plans, and every report asks: that is built once.
    drawn_ever = _DRAWN if plan_id is None else _DRAWN.where(PlanRow.id == plan_id)
    if (await tx.execute(drawn_ever, {"team": team_id, "before": after})).first() is None:
        return None
    inside = _counted(
        func.count(),
        _number(AssignmentRow.state == DONE),
        _number(AssignmentRow.state == SKIPPED),
    ).where(*plans, DrawRow.drawn_at >= first)
    waiting = _counted(func.count()).where(*plans, AssignmentRow.state == OPEN)
    drawn, done, skipped = (await tx.execute(inside)).one()
    (left,) = (await tx.execute(waiting)).one()
    return Progress(drawn, done, skipped, left)


def _counted(*counts: ColumnElement[int]) -> Select[*tuple[int, ...]]:
    """Return the query of *counts* over the first scorings that plans handed out."""
    return (
        select(*counts)
        .select_from(AssignmentRow)
        .join(DrawRow, DrawRow.id == AssignmentRow.draw_id)
        .join(PlanRow, PlanRow.id == DrawRow.plan_id)
        .where(AssignmentRow.second.is_(False))
    )


async def queue(tx: Transaction, evaluator_id: int, now: dt.datetime) -> Queue:
    """Return what the evaluator has before them."""
    mine = (AssignmentRow.evaluator_id == evaluator_id, AssignmentRow.state == OPEN)
    counted = select(func.count(), _number(AssignmentRow.due_at < now)).where(*mine)
    left, overdue = (await tx.execute(counted)).one()
    return Queue(left, overdue)


async def shares(tx: Transaction, team_id: int, now: dt.datetime) -> list[Share]:
    """Return what is left of the team's plans by evaluator, the longest list first."""
    counted = (
        select(
            AssignmentRow.evaluator_id,
            func.count().label("left_open"),
            _number(AssignmentRow.due_at < now),
            _number(AssignmentRow.second.is_(True)),
        )
        .join(DrawRow, DrawRow.id == AssignmentRow.draw_id)
        .join(PlanRow, PlanRow.id == DrawRow.plan_id)
        .where(PlanRow.team_id == team_id, AssignmentRow.state == OPEN)
        .group_by(AssignmentRow.evaluator_id)
    )
    found = [Share(who, left, over, twice) for who, left, over, twice in await tx.execute(counted)]
    return sorted(found, key=lambda one: (-one.left, one.evaluator_id or 0))


async def skipped_last(tx: Transaction, team_id: int, *, limit: int) -> list[Skipped]:
    """Return which of the team's contacts were skipped last, newest first."""
    wanted = (
        select(ContactRow.reference, AssignmentRow.evaluator_id, AssignmentRow.reason)
        .select_from(AssignmentRow)
        .join(ContactRow, ContactRow.id == AssignmentRow.contact_id)
        .join(DrawRow, DrawRow.id == AssignmentRow.draw_id)
        .join(PlanRow, PlanRow.id == DrawRow.plan_id)
        .where(
            PlanRow.team_id == team_id,
            AssignmentRow.state == SKIPPED,
            AssignmentRow.second.is_(False),
        )
        .order_by(AssignmentRow.finished_at.desc(), AssignmentRow.id.desc())
        .limit(limit)
    )
    rows = await tx.execute(wanted)
    return [Skipped(row.reference, row.evaluator_id, row.reason or "") for row in rows]


async def late_evaluators(tx: Transaction, now: dt.datetime) -> list[int]:
    """Return who has something before them that is past its date."""
    late = (
        AssignmentRow.evaluator_id.is_not(None),
        AssignmentRow.state == OPEN,
        AssignmentRow.due_at < now,
    )
    wanted = select(AssignmentRow.evaluator_id).where(*late).distinct()
    return [one for one in (await tx.execute(wanted)).scalars() if one is not None]


async def late_in_teams(
    tx: Transaction, team_ids: Collection[int], before: dt.datetime
) -> dict[int, int]:
    """Return how many of each team's contacts were to be scored before then and are not."""
    counted = (
        select(PlanRow.team_id, func.count())
        .join(DrawRow, DrawRow.plan_id == PlanRow.id)
        .join(AssignmentRow, AssignmentRow.draw_id == DrawRow.id)
        .where(
            PlanRow.team_id.in_(team_ids),
            AssignmentRow.state == OPEN,
            AssignmentRow.due_at < before,
        )
        .group_by(PlanRow.team_id)
    )
    return {row[0]: row[1] for row in await tx.execute(counted)}


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """Return how many rows fulfil *condition*, 0 where there are none at all."""
    return cast(func.coalesce(func.sum(case((condition, 1), else_=0)), 0), Integer)

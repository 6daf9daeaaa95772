"""Assignments: drawn contacts and who is to score each of them."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import (
    ColumnElement,
    Exists,
    RowMapping,
    Select,
    bindparam,
    exists,
    func,
    insert,
    select,
    update,
)

from storage import draft_discards, drafts
from storage.database import Transaction
from storage.tables import AssignmentRow, DraftRow, DrawRow, PlanRow

OPEN = "open"
DONE = "done"
SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class NewAssignment:
    """What a draw hands out; ``evaluator_id`` is ``None`` where nobody may score the contact.

    A ``second`` one asks for another scoring of a contact that somebody else scores too.
    """

    draw_id: int
    contact_id: int
    agent_id: int
    evaluator_id: int | None
    second: bool
    due_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Assignment:
    """A contact that somebody is to score, or did; ``team_id`` is that of its plan.

    ``evaluation_id`` is what it became, ``reason`` why it was skipped.
    """

    id: int
    team_id: int
    contact_id: int
    agent_id: int
    evaluator_id: int | None
    second: bool
    state: str
    reason: str | None
    evaluation_id: int | None
    due_at: dt.datetime

    @property
    def is_open(self) -> bool:
        """Whether it is still to be scored."""
        return self.state == OPEN


def _wanted() -> Select[tuple[object, ...]]:
    return (
        select(AssignmentRow.__table__, PlanRow.team_id)
        .join(DrawRow, DrawRow.id == AssignmentRow.draw_id)
        .join(PlanRow, PlanRow.id == DrawRow.plan_id)
    )


ALONE = (
    select(AssignmentRow.id)
    .where(AssignmentRow.contact_id == bindparam("contact"))
    .with_for_update()
)
OF_CONTACT = (
    _wanted()
    .where(AssignmentRow.contact_id == bindparam("contact"))
    .order_by(AssignmentRow.due_at, AssignmentRow.id)
)


async def add(tx: Transaction, rows: Sequence[NewAssignment], now: dt.datetime) -> list[int]:
    """Store the assignments as open ones and return their ids, in the order of *rows*."""
    if not rows:
        return []
    new = insert(AssignmentRow).returning(AssignmentRow.id, sort_by_parameter_order=True)
    values = [asdict(row) | {"state": OPEN, "assigned_at": now} for row in rows]
    return list((await tx.execute(new, values)).scalars())


async def load(tx: Transaction, evaluator_ids: Collection[int]) -> Mapping[int, int]:
    """Return how many open assignments each of the evaluators has, 0 included."""
    counted = select(AssignmentRow.evaluator_id, func.count()).where(
        AssignmentRow.evaluator_id.in_(evaluator_ids), AssignmentRow.state == OPEN
    )
    rows = await tx.execute(counted.group_by(AssignmentRow.evaluator_id))
    found = {row[0]: row[1] for row in rows}
    return {who: found.get(who, 0) for who in evaluator_ids}


async def by_id(tx: Transaction, assignment_id: int) -> Assignment | None:
    """Return the assignment, or ``None``."""
    return next(iter(await _assignments(tx, AssignmentRow.id == assignment_id)), None)


async def of_contact(
    tx: Transaction, contact_id: int, *, alone: bool = False
) -> tuple[Assignment, ...]:
    """Return the contact's assignments; *alone* keeps others from changing them meanwhile."""
    if alone:
        await tx.execute(ALONE, {"contact": contact_id})
    rows = (await tx.execute(OF_CONTACT, {"contact": contact_id})).mappings()
    return tuple(_assignment(row) for row in rows)


async def next_of(tx: Transaction, evaluator_id: int) -> Assignment | None:
    """Return what the evaluator scores next, or ``None``.

    What they have begun comes last, as /drafts lists it anyway; then the soonest date decides.
    """
    mine = (AssignmentRow.evaluator_id == evaluator_id, AssignmentRow.state == OPEN)
    order = (_begun(), AssignmentRow.due_at, AssignmentRow.id)
    found = (await tx.execute(_wanted().where(*mine).order_by(*order).limit(1))).mappings()
    return next((_assignment(row) for row in found), None)


async def finish(
    tx: Transaction,
    ids: Collection[int],
    evaluator_id: int,
    evaluation_id: int | None,
    now: dt.datetime,
) -> None:
    """Close the open ones among *ids* as done by that person, whoever was to do them."""
    if not ids:
        return
    these = (AssignmentRow.id.in_(ids), AssignmentRow.state == OPEN)
    values = {
        "state": DONE,
        "evaluator_id": evaluator_id,
        "evaluation_id": evaluation_id,
        "finished_at": now,
    }
    await tx.execute(update(AssignmentRow).where(*these).values(values))


async def skip(tx: Transaction, one: Assignment, reason: str, now: dt.datetime) -> bool:
    """Close it unscored, and what was begun on it; ``False`` where it had moved on since read.

    A second scoring of the same draw that nobody has begun is skipped along with the first one:
    it would have nothing to be held against.
    """
    await draft_discards.of_assignment(tx, one.id, now)
    values = {"state": SKIPPED, "reason": reason, "finished_at": now}
    done = await tx.execute(update(AssignmentRow).where(*_as_read(one)).values(values))
    if done.rowcount != 1:
        return False
    if not one.second:
        draw = select(AssignmentRow.draw_id).where(AssignmentRow.id == one.id).scalar_subquery()
        twin = (
            AssignmentRow.contact_id == one.contact_id,
            AssignmentRow.draw_id == draw,
            AssignmentRow.second.is_(True),
            AssignmentRow.state == OPEN,
            ~_begun(),
        )
        ids = list((await tx.execute(select(AssignmentRow.id).where(*twin))).scalars())
        await tx.execute(update(AssignmentRow).where(AssignmentRow.id.in_(ids)).values(values))
    return True


async def reopen(tx: Transaction, evaluation_id: int) -> bool:
    """Open again what the evaluation closed, and say whether it closed anything.

    It stays with whoever scored it and keeps its date, also one that is past: the plan lacks it.
    """
    these = (
        AssignmentRow.evaluation_id == evaluation_id,
        AssignmentRow.state == DONE,
        AssignmentRow.second.is_(False),
    )
    values = {"state": OPEN, "evaluation_id": None, "finished_at": None}
    done = await tx.execute(update(AssignmentRow).where(*these).values(values))
    return done.rowcount > 0


async def pass_to(tx: Transaction, evaluation_id: int, other_id: int) -> None:
    """Let the other evaluation of the same contact be what the assignment was done by."""
    these = (AssignmentRow.evaluation_id == evaluation_id, AssignmentRow.state == DONE)
    await tx.execute(update(AssignmentRow).where(*these).values(evaluation_id=other_id))


async def reassign(tx: Transaction, one: Assignment, to: int, now: dt.datetime) -> bool:
    """Hand it to somebody else, without what was begun; ``False`` where it had moved on."""
    await draft_discards.of_assignment(tx, one.id, now)
    values = {"evaluator_id": to}
    done = await tx.execute(update(AssignmentRow).where(*_as_read(one)).values(values))
    return done.rowcount == 1


async def open_of_team(
    tx: Transaction, team_id: int, evaluator_id: int | None
) -> tuple[Assignment, ...]:
    """Return what that evaluator (or, with ``None``, nobody) has open of the team's plans.

    The soonest date comes first.
    """
    theirs = (
        PlanRow.team_id == team_id,
        AssignmentRow.state == OPEN,
        AssignmentRow.evaluator_id.is_(None)
        if evaluator_id is None
        else AssignmentRow.evaluator_id == evaluator_id,
    )
    return tuple(await _assignments(tx, *theirs))


def _as_read(one: Assignment) -> tuple[ColumnElement[bool], ...]:
    """Return the condition that it is still open, and the same person's."""
    return (
        AssignmentRow.id == one.id,
        AssignmentRow.state == OPEN,
        AssignmentRow.evaluator_id.is_not_distinct_from(one.evaluator_id),
    )


def _begun() -> Exists:
    """Return the condition that the evaluator has an open draft on the assignment's contact."""
    return exists().where(
        DraftRow.contact_id == AssignmentRow.contact_id,
        DraftRow.evaluator_id == AssignmentRow.evaluator_id,
        DraftRow.status == drafts.OPEN,
        DraftRow.calibration_id.is_(None),
        DraftRow.dispute_id.is_(None),
        DraftRow.correction_id.is_(None),
    )


async def _assignments(tx: Transaction, *conditions: ColumnElement[bool]) -> list[Assignment]:
    found = _wanted().where(*conditions).order_by(AssignmentRow.due_at, AssignmentRow.id)
    return [_assignment(row) for row in (await tx.execute(found)).mappings()]


def _assignment(row: RowMapping) -> Assignment:
    return Assignment(
        id=row["id"],
        team_id=row["team_id"],
        contact_id=row["contact_id"],
        agent_id=row["agent_id"],
        evaluator_id=row["evaluator_id"],
        second=row["second"],
        state=row["state"],
        reason=row["reason"],
        evaluation_id=row["evaluation_id"],
        due_at=row["due_at"],
    )

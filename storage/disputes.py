"""Disputes: an agent's objection to an evaluation, and how it was decided."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from sqlalchemy import ColumnElement, RowMapping, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from scoring.roles import Relation
from storage.database import Transaction
from storage.outbox import QUEUED
from storage.tables import DisputeRow, EvaluationRow, MembershipRow, OutboxRow


class Status(StrEnum):
    """Where a dispute stands; a decision is final."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class NewDispute:
    """What an agent objects to; without ``criteria`` it is the whole evaluation."""

    evaluation_id: int
    criteria: tuple[str, ...]
    reason: str
    due_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Dispute:
    """A dispute as stored; ``decision`` is the comment that its decision came with."""

    id: int
    evaluation_id: int
    criteria: tuple[str, ...]
    reason: str
    status: Status
    opened_at: dt.datetime
    due_at: dt.datetime
    decided_at: dt.datetime | None
    decided_by: int | None
    decision: str | None

    @property
    def is_open(self) -> bool:
        """Whether it still waits for its decision."""
        return self.status is Status.OPEN


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open dispute in a list, with whose evaluation it is about and the disputed score."""

    dispute: Dispute
    agent_id: int
    evaluator_id: int
    final: Fraction | None


async def add(tx: Transaction, new: NewDispute, now: dt.datetime) -> int | None:
    """Store an open dispute and return its id; ``None`` where the evaluation has one already."""
    row = insert(DisputeRow).values(
        evaluation_id=new.evaluation_id,
        criteria=" ".join(new.criteria),
        reason=new.reason,
        status=Status.OPEN,
        opened_at=now,
        due_at=new.due_at,
    )
    try:
        async with tx.begin_nested():
            return (await tx.execute(row.returning(DisputeRow.id))).scalar_one()
    except IntegrityError:
        if await of_evaluation(tx, new.evaluation_id) is None:
            raise
        return None


async def decide(
    tx: Transaction, dispute_id: int, status: Status, now: dt.datetime, *, by: int, comment: str
) -> bool:
    """Decide the dispute; return False, changing nothing, where it is open no more."""
    still_open = (DisputeRow.id == dispute_id, DisputeRow.status == Status.OPEN)
    values = {"status": status, "decided_at": now, "decided_by": by, "decision": comment}
    done = await tx.execute(update(DisputeRow).where(*still_open).values(values))
    return done.rowcount == 1


async def by_id(tx: Transaction, dispute_id: int) -> Dispute | None:
    """Return the dispute, or ``None``."""
    return next(iter(await _disputes(tx, DisputeRow.id == dispute_id)), None)


async def of_evaluation(tx: Transaction, evaluation_id: int) -> Dispute | None:
    """Return the evaluation's dispute, open or decided, or ``None``."""
    return next(iter(await _disputes(tx, DisputeRow.evaluation_id == evaluation_id)), None)


async def of_evaluations(tx: Transaction, ids: Iterable[int]) -> dict[int, Dispute]:
    """Return the disputes of those evaluations, by the evaluation's id."""
    found = await _disputes(tx, DisputeRow.evaluation_id.in_(list(ids)))
    return {dispute.evaluation_id: dispute for dispute in found}


async def waiting(tx: Transaction, teams: Collection[int] | None = None) -> list[Waiting]:
    """Return the open disputes, those due first at the top.

    With *teams*, only those about evaluations made in one of them or of one of their members.
    """
    wanted = (
        select(
            DisputeRow.__table__,
            EvaluationRow.agent_id,
            EvaluationRow.evaluator_id,
            EvaluationRow.final,
        )
        .join(EvaluationRow, EvaluationRow.id == DisputeRow.evaluation_id)
        .where(DisputeRow.status == Status.OPEN)
        .order_by(DisputeRow.due_at, DisputeRow.id)
    )
    if teams is not None:
        wanted = wanted.where(_within(teams))
    rows = (await tx.execute(wanted)).mappings()
    return [
        Waiting(_dispute(row), row["agent_id"], row["evaluator_id"], row["final"]) for row in rows
    ]


async def feedback_arrival(
    tx: Transaction, evaluation_id: int, now: dt.datetime
) -> dt.datetime | None:
    """Return when the agent's feedback reached them: *now* while it is still on its way.

    ``None`` where that is not known, or where it could not be delivered.
    """
    wanted = select(OutboxRow.state, OutboxRow.sent_at).where(
        OutboxRow.key == f"feedback:{evaluation_id}"
    )
    found = (await tx.execute(wanted)).first()
    if found is None:
        return None
    return now if found.state == QUEUED else found.sent_at


def _within(teams: Collection[int]) -> ColumnElement[bool]:
    members = select(MembershipRow.person_id).where(
        MembershipRow.team_id.in_(list(teams)), MembershipRow.relation == Relation.MEMBER
    )
    return or_(EvaluationRow.team_id.in_(list(teams)), EvaluationRow.agent_id.in_(members))


async def _disputes(tx: Transaction, condition: ColumnElement[bool]) -> list[Dispute]:
    wanted = select(DisputeRow.__table__).where(condition).order_by(DisputeRow.id)
    return [_dispute(row) for row in (await tx.execute(wanted)).mappings()]


def _dispute(row: RowMapping) -> Dispute:
    return Dispute(
        id=row["id"],
        evaluation_id=row["evaluation_id"],
        criteria=tuple(row["criteria"].split()),
        reason=row["reason"],
        status=Status(row["status"]),
        opened_at=row["opened_at"],
        due_at=row["due_at"],
        decided_at=row["decided_at"],
        decided_by=row["decided_by"],
        decision=row["decision"],
    )

"""Disputes: an agent's objection to an evaluation, and how it was decided."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from sqlalchemy import ColumnElement, RowMapping, func, insert, or_, select, update
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
    """What an agent objects to; without ``criteria`` it is the whole evaluation.

    ``reviewer_id`` is who is offered to score it afresh, until ``escalates_at``; without anybody
    it waits for the supervisors from the beginning.
    """

    evaluation_id: int
    criteria: tuple[str, ...]
    reason: str
    due_at: dt.datetime
    reviewer_id: int | None = None
    escalates_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Dispute:
    """A dispute as stored; ``decision`` is the comment that its decision came with.

    ``reviewer_id`` is the evaluator who was offered to score it afresh. From ``escalated_at`` on
    it waits for the supervisors as well. ``passed_on`` are those who were offered it before and
    passed it on. ``learning`` is what whoever scored it afresh noted outside of what is disputed.
    ``reopened_at`` says that a first decision was taken back, for the reason ``reopening``.
    """

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
    reviewer_id: int | None = None
    escalates_at: dt.datetime | None = None
    escalated_at: dt.datetime | None = None
    passed_on: tuple[int, ...] = ()
    learning: str | None = None
    reopened_at: dt.datetime | None = None
    reopened_by: int | None = None
    reopening: str | None = None
    first_status: Status | None = None
    first_decision: str | None = None
    first_decided_at: dt.datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether it still waits for its decision."""
        return self.status is Status.OPEN

    @property
    def waits_for_supervisors(self) -> bool:
        """Whether it is up to the supervisors: nobody else was there, or nobody took it."""
        return self.is_open and (self.reviewer_id is None or self.escalated_at is not None)

    @property
    def scored_afresh(self) -> bool:
        """Whether another evaluator's fresh answers decided it."""
        return self.decided_by is not None and self.decided_by == self.reviewer_id


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
        reviewer_id=new.reviewer_id,
        escalates_at=new.escalates_at,
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


async def reopen(
    tx: Transaction,
    dispute: Dispute,
    now: dt.datetime,
    *,
    by: int,
    reason: str,
    due_at: dt.datetime,
) -> bool:
    """Take the decision back; return False, changing nothing, where that was done before.

    The first decision stays beside it. From now on it waits for the supervisors; whoever was asked
    to score it afresh is asked no more.
    """
    decided = (
        DisputeRow.id == dispute.id,
        DisputeRow.status != Status.OPEN,
        DisputeRow.reopened_at.is_(None),
    )
    asked = () if dispute.reviewer_id is None else (dispute.reviewer_id,)
    values = {
        "status": Status.OPEN,
        "reopened_at": now,
        "reopened_by": by,
        "reopening": reason,
        "first_status": dispute.status,
        "first_decision": dispute.decision,
        "first_decided_by": dispute.decided_by,
        "first_decided_at": dispute.decided_at,
        "decided_at": None,
        "decided_by": None,
        "decision": None,
        "reviewer_id": None,
        "passed_on": " ".join(str(one) for one in (*dispute.passed_on, *asked)) or None,
        "escalated_at": now,
        "due_at": due_at,
    }
    done = await tx.execute(update(DisputeRow).where(*decided).values(values))
    return done.rowcount == 1


async def note_learning(tx: Transaction, dispute_id: int, text: str) -> None:
    """Keep what was noted for learning outside of what is disputed."""
    values = {"learning": text}
    await tx.execute(update(DisputeRow).where(DisputeRow.id == dispute_id).values(values))


async def escalate(tx: Transaction, dispute_id: int, now: dt.datetime) -> bool:
    """Hand an open dispute to the supervisors as well; return False where that was done before."""
    waiting = (
        DisputeRow.id == dispute_id,
        DisputeRow.status == Status.OPEN,
        DisputeRow.escalated_at.is_(None),
    )
    done = await tx.execute(update(DisputeRow).where(*waiting).values(escalated_at=now))
    return done.rowcount == 1


async def pass_on(tx: Transaction, dispute: Dispute, to: int | None) -> bool:
    """Offer an open dispute to *to* instead of its reviewer; ``None``: nobody else is there.

    Return False, changing nothing, where it is not open or not offered to that reviewer any more.
    """
    offered = (
        DisputeRow.id == dispute.id,
        DisputeRow.status == Status.OPEN,
        DisputeRow.reviewer_id == dispute.reviewer_id,
    )
    passed = " ".join(str(one) for one in (*dispute.passed_on, dispute.reviewer_id))
    values = {"reviewer_id": to, "passed_on": passed}
    done = await tx.execute(update(DisputeRow).where(*offered).values(values))
    return done.rowcount == 1


async def opened_by(tx: Transaction, agent_id: int, window: tuple[dt.datetime, dt.datetime]) -> int:
    """Return how many disputes the agent opened from the first moment to before the second."""
    number = (
        select(func.count())
        .select_from(DisputeRow)
        .join(EvaluationRow, EvaluationRow.id == DisputeRow.evaluation_id)
        .where(
            EvaluationRow.agent_id == agent_id,
            DisputeRow.opened_at >= window[0],
            DisputeRow.opened_at < window[1],
        )
    )
    return (await tx.execute(number)).scalar_one()


async def review_loads(tx: Transaction) -> dict[int, tuple[int, int]]:
    """Return how many open disputes, and how many in all, people were offered to score afresh."""
    still_open = func.count().filter(DisputeRow.status == Status.OPEN)
    counted = (
        select(DisputeRow.reviewer_id, still_open.label("still_open"), func.count().label("every"))
        .where(DisputeRow.reviewer_id.is_not(None))
        .group_by(DisputeRow.reviewer_id)
    )
    return {row.reviewer_id: (row.still_open, row.every) for row in await tx.execute(counted)}


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
    return await _waiting(tx, *([] if teams is None else [_within(teams)]))


async def offered_to(tx: Transaction, reviewer_id: int) -> list[Waiting]:
    """Return the open disputes that the evaluator is to score afresh, those due first first."""
    return await _waiting(tx, DisputeRow.reviewer_id == reviewer_id)


async def _waiting(tx: Transaction, *conditions: ColumnElement[bool]) -> list[Waiting]:
    wanted = (
        select(
            DisputeRow.__table__,
            EvaluationRow.agent_id,
            EvaluationRow.evaluator_id,
            EvaluationRow.final,
        )
        .join(EvaluationRow, EvaluationRow.id == DisputeRow.evaluation_id)
        .where(DisputeRow.status == Status.OPEN, *conditions)
        .order_by(DisputeRow.due_at, DisputeRow.id)
    )
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
        reviewer_id=row["reviewer_id"],
        escalates_at=row["escalates_at"],
        escalated_at=row["escalated_at"],
        passed_on=tuple(int(one) for one in (row["passed_on"] or "").split()),
        learning=row["learning"],
        reopened_at=row["reopened_at"],
        reopened_by=row["reopened_by"],
        reopening=row["reopening"],
        first_status=Status(row["first_status"]) if row["first_status"] else None,
        first_decision=row["first_decision"],
        first_decided_at=row["first_decided_at"],
    )

"""What decided disputes came to, criterion by criterion: overturn rates and precedents."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, case, delete, exists, func, insert, select

from scoring.rescoring import Outcome
from storage.database import Transaction
from storage.disputes import Status
from storage.reports import Scope, Window, within
from storage.tables import DisputeOutcomeRow, DisputeRow, EvaluationRow, ScorecardVersionRow

ABOUT = (
    DisputeOutcomeRow.criterion == bindparam("criterion"),
    ScorecardVersionRow.key == bindparam("scorecard"),
    EvaluationRow.withdrawn_at.is_(None),
)
DECIDED = exists(
    select(DisputeOutcomeRow.dispute_id)
    .join(DisputeRow, DisputeRow.id == DisputeOutcomeRow.dispute_id)
    .join(EvaluationRow, EvaluationRow.id == DisputeRow.evaluation_id)
    .join(ScorecardVersionRow, ScorecardVersionRow.id == EvaluationRow.scorecard_version_id)
    .where(*ABOUT)
)
"""Whether a dispute about that criterion of that scorecard was ever decided."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How often one evaluator's answers on one criterion were disputed, decided and changed."""

    evaluator_id: int
    scorecard_version_id: int
    criterion: str
    decided: int
    changed: int


@dataclass(frozen=True, slots=True)
class Precedent:
    """A decided dispute about one criterion: ``people`` are those who took part, by their ids."""

    scorecard_version_id: int
    reason: str
    before: int | None
    after: int | None
    changed: bool
    decision: str
    decided_at: dt.datetime
    people: tuple[int, ...]


async def add(tx: Transaction, dispute_id: int, found: Sequence[Outcome]) -> None:
    """Store what became of the dispute's criteria."""
    rows = [
        {
            "dispute_id": dispute_id,
            "criterion": one.criterion,
            "before": one.before,
            "after": one.after,
            "changed": one.changed,
        }
        for one in found
    ]
    if rows:
        await tx.execute(insert(DisputeOutcomeRow), rows)


async def forget(tx: Transaction, dispute_id: int) -> None:
    """Remove what became of the dispute's criteria: its decision was taken back."""
    gone = DisputeOutcomeRow.dispute_id == dispute_id
    await tx.execute(delete(DisputeOutcomeRow).where(gone))


async def tallies(tx: Transaction, scope: Scope, window: Window) -> list[Tally]:
    """Return how disputes about evaluations submitted in *window* went."""
    wanted = (
        select(
            EvaluationRow.evaluator_id,
            EvaluationRow.scorecard_version_id,
            DisputeOutcomeRow.criterion,
            func.count().label("decided"),
            func.sum(case((DisputeOutcomeRow.changed.is_(True), 1), else_=0)).label("changed"),
        )
        .select_from(DisputeOutcomeRow)
        .join(DisputeRow, DisputeRow.id == DisputeOutcomeRow.dispute_id)
        .join(EvaluationRow, EvaluationRow.id == DisputeRow.evaluation_id)
        .where(*scope.conditions(), within(window))
        .group_by(
            EvaluationRow.evaluator_id,
            EvaluationRow.scorecard_version_id,
            DisputeOutcomeRow.criterion,
        )
        .order_by(
            EvaluationRow.scorecard_version_id,
            DisputeOutcomeRow.criterion,
            EvaluationRow.evaluator_id,
        )
    )
    return [
        Tally(
            evaluator_id=row.evaluator_id,
            scorecard_version_id=row.scorecard_version_id,
            criterion=row.criterion,
            decided=row.decided,
            changed=int(row.changed),
        )
        for row in await tx.execute(wanted)
    ]


async def standing(tx: Transaction, scope: Scope, window: Window) -> tuple[int, int]:
    """Return how many disputes there are about evaluations of *window*, and how many are open."""
    counted = (
        select(func.count(), func.count().filter(DisputeRow.status == Status.OPEN))
        .select_from(DisputeRow)
        .join(EvaluationRow, EvaluationRow.id == DisputeRow.evaluation_id)
        .where(*scope.conditions(), within(window))
    )
    every, still_open = (await tx.execute(counted)).one()
    return every, still_open


async def precedents(
    tx: Transaction, scorecard: str, criterion: str, *, limit: int
) -> list[Precedent]:
    """Return the last *limit* decided disputes about that criterion, the latest first."""
    wanted = (
        select(
            EvaluationRow.scorecard_version_id,
            DisputeRow.reason,
            DisputeOutcomeRow.before,
            DisputeOutcomeRow.after,
            DisputeOutcomeRow.changed,
            DisputeRow.decision,
            DisputeRow.decided_at,
            EvaluationRow.agent_id,
            EvaluationRow.evaluator_id,
            DisputeRow.decided_by,
            DisputeRow.reviewer_id,
        )
        .join(DisputeRow, DisputeRow.id == DisputeOutcomeRow.dispute_id)
        .join(EvaluationRow, EvaluationRow.id == DisputeRow.evaluation_id)
        .join(ScorecardVersionRow, ScorecardVersionRow.id == EvaluationRow.scorecard_version_id)
        .where(*ABOUT, DisputeRow.decided_at.is_not(None))
        .order_by(DisputeRow.decided_at.desc(), DisputeRow.id.desc())
        .limit(limit)
    )
    about = {"scorecard": scorecard, "criterion": criterion}
    return [
        Precedent(
            scorecard_version_id=row.scorecard_version_id,
            reason=row.reason,
            before=row.before,
            after=row.after,
            changed=row.changed,
            decision=row.decision or "",
            decided_at=row.decided_at,
            people=tuple(
                one
                for one in (row.agent_id, row.evaluator_id, row.decided_by, row.reviewer_id)
                if one is not None
            ),
        )
        for row in await tx.execute(wanted, about)
    ]

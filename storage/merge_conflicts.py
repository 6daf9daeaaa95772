"""What shows that two entries are two people: one of them has scored or decided on the other."""

from typing import TYPE_CHECKING, TypeAlias

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from storage import drafts
from storage.database import Transaction
from storage.tables import (
    AssignmentRow,
    CalibrationScoringRow,
    CorrectionRow,
    DisputeRow,
    DraftRow,
    EvaluationRow,
    GoalRow,
    SecondScoringRow,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import InstrumentedAttribute

Who: TypeAlias = "InstrumentedAttribute[int] | InstrumentedAttribute[int | None]"

SKIPPED = "skipped"


async def between(tx: Transaction, one: int, other: int) -> int:
    """Return how often one of the two acted on what is the other's.

    Merged, they would have scored themself, heard their own dispute, or been held against
    themself: as agent and evaluator, first and second evaluator, or in a calibration.
    """
    total = 0
    for wanted in _statements(one, other):
        total += (await tx.execute(wanted)).scalar_one()
    return total


def _statements(one: int, other: int) -> list[Select[int]]:
    def both(first: Who, second: Who) -> ColumnElement[bool]:
        there = and_(first == one, second == other)
        return or_(there, and_(first == other, second == one))

    evaluations, second = EvaluationRow, SecondScoringRow
    twin = CalibrationScoringRow.__table__.alias()
    judged = [
        both(evaluations.agent_id, judge)
        for judge in (
            DisputeRow.reviewer_id,
            DisputeRow.decided_by,
            DisputeRow.first_decided_by,
        )
    ]
    judged.append(both(evaluations.evaluator_id, DisputeRow.reviewer_id))
    count = func.count()
    return [
        select(count).where(both(evaluations.agent_id, evaluations.evaluator_id)),
        select(count).where(both(second.agent_id, second.evaluator_id)),
        select(count)
        .select_from(second)
        .join(evaluations, evaluations.contact_id == second.contact_id)
        .where(both(evaluations.evaluator_id, second.evaluator_id)),
        select(count)
        .select_from(DisputeRow)
        .join(evaluations, evaluations.id == DisputeRow.evaluation_id)
        .where(or_(*judged)),
        select(count).where(
            both(AssignmentRow.agent_id, AssignmentRow.evaluator_id),
            AssignmentRow.state != SKIPPED,
        ),
        select(count).where(
            both(DraftRow.agent_id, DraftRow.evaluator_id), DraftRow.status == drafts.OPEN
        ),
        select(count).where(both(GoalRow.agent_id, GoalRow.mentor_id)),
        select(count).where(both(CorrectionRow.made_by, CorrectionRow.decided_by)),
        select(count)
        .select_from(CalibrationScoringRow)
        .join(
            twin,
            and_(
                twin.c.calibration_id == CalibrationScoringRow.calibration_id,
                twin.c.contact_id == CalibrationScoringRow.contact_id,
            ),
        )
        .where(CalibrationScoringRow.evaluator_id == one, twin.c.evaluator_id == other),
    ]

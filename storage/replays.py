"""The latest evaluations by a scorecard, whichever of its versions, with what counts of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Row, select

from scoring.score import AnswerState
from scoring.scorecard import Answer
from storage.database import Transaction
from storage.tables import (
    ContactRow,
    EvaluationAnswerRow,
    EvaluationRow,
    PersonRow,
    ScorecardVersionRow,
    TeamRow,
)

GIVEN = (AnswerState.ANSWERED, AnswerState.NA)

PART = 500
"""How many answers are taken over before others have their turn."""


@dataclass(frozen=True, slots=True)
class PastEvaluation:
    """An evaluation with the answers that count now, after any dispute; options alone.

    ``contact`` is the contact's reference, or ``#`` and its id; ``target`` is what the team it was
    made in wants today (0 to 100).
    """

    id: int
    scorecard_version_id: int
    agent: str
    contact: str
    target: int | None
    answers: Mapping[str, Answer]


async def latest(tx: Transaction, key: str, limit: int) -> list[PastEvaluation]:
    """Return the last *limit* evaluations by scorecard *key*, newest first.

    Those that count, as in all figures.
    """
    versions = select(ScorecardVersionRow.id).where(ScorecardVersionRow.key == key)
    wanted = (
        select(
            EvaluationRow.id,
            EvaluationRow.scorecard_version_id,
            EvaluationRow.contact_id,
            ContactRow.reference,
            PersonRow.name,
            TeamRow.target,
        )
        .join(ContactRow, ContactRow.id == EvaluationRow.contact_id)
        .join(PersonRow, PersonRow.id == EvaluationRow.agent_id)
        .outerjoin(TeamRow, TeamRow.id == EvaluationRow.team_id)
        .where(EvaluationRow.scorecard_version_id.in_(versions), EvaluationRow.counts.is_(True))
        # Ids grow with the moment of submission, and there is an index on them.
        .order_by(EvaluationRow.id.desc())
        .limit(limit)
    )
    rows = (await tx.execute(wanted)).all()
    answers = await _answers(tx, [row.id for row in rows])
    return [_past(row, answers.get(row.id, {})) for row in rows]


async def _answers(tx: Transaction, ids: Sequence[int]) -> dict[int, dict[str, Answer]]:
    wanted = select(
        EvaluationAnswerRow.evaluation_id,
        EvaluationAnswerRow.criterion,
        EvaluationAnswerRow.option,
    ).where(EvaluationAnswerRow.evaluation_id.in_(ids), EvaluationAnswerRow.state.in_(GIVEN))
    found: dict[int, dict[str, Answer]] = {one: {} for one in ids}
    # In parts: thousands of rows at once would keep everybody else waiting.
    async with tx.stream(wanted) as rows:
        async for part in rows.partitions(PART):
            for evaluation_id, criterion, option in part:
                found[evaluation_id][criterion] = Answer(option)
    return found


def _past(
    row: Row[int, int, int, str | None, str, int | None], answers: Mapping[str, Answer]
) -> PastEvaluation:
    return PastEvaluation(
        id=row.id,
        scorecard_version_id=row.scorecard_version_id,
        agent=row.name,
        contact=row.reference or f"#{row.contact_id}",
        target=row.target,
        answers=answers,
    )

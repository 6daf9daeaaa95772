"""Evaluations answer by answer, streamed for export."""

import datetime as dt
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import RowMapping, Select, and_, or_, select

from scoring.score import AnswerState
from scoring.scorecard import Answer
from storage.answers import COLUMNS, answer_of
from storage.database import Transaction
from storage.reports import Scope, Window, within
from storage.tables import ContactRow, EvaluationAnswerRow, EvaluationRow, PersonRow, TeamRow
from storage.tables.base import table_of

GIVEN = (AnswerState.ANSWERED, AnswerState.NA)

Slice = tuple[Scope, Window | None]
"""Whose evaluations, and from when; ``None`` stands for all time."""


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """One answer with what it cost (score points); ``passed`` is ``None`` for N/A."""

    criterion: str
    answer: Answer
    passed: bool | None
    lost: float


@dataclass(frozen=True, slots=True)
class ExportedEvaluation:
    """An evaluation with the names of everybody and everything that it belongs to."""

    id: int
    contact: str
    agent: str
    evaluator: str
    team: str | None
    timezone: str | None
    scorecard_version_id: int
    raw: Fraction | None
    final: Fraction | None
    submitted_at: dt.datetime
    answers: tuple[GivenAnswer, ...]


async def evaluations(
    tx: Transaction, slices: Sequence[Slice]
) -> AsyncIterator[ExportedEvaluation]:
    """Yield the evaluations of any of *slices* that were not withdrawn, in order of submission."""
    if not slices:
        return
    gathered: list[RowMapping] = []
    async with tx.stream(_statement(slices)) as rows:
        async for row in rows.mappings():
            if gathered and row["id"] != gathered[-1]["id"]:
                yield _evaluation(gathered)
                gathered = []
            gathered.append(row)
    if gathered:
        yield _evaluation(gathered)


def _statement(slices: Sequence[Slice]) -> Select[*tuple[object, ...]]:
    agent, evaluator = PersonRow.__table__.alias(), PersonRow.__table__.alias()
    wanted = [
        and_(*scope.conditions(), *([within(window)] if window is not None else []))
        for scope, window in slices
    ]
    return (
        select(
            EvaluationRow.id,
            EvaluationRow.contact_id,
            EvaluationRow.scorecard_version_id,
            EvaluationRow.raw,
            EvaluationRow.final,
            EvaluationRow.submitted_at,
            ContactRow.reference,
            agent.c.name.label("agent"),
            evaluator.c.name.label("evaluator"),
            TeamRow.name.label("team"),
            TeamRow.timezone,
            EvaluationAnswerRow.criterion,
            *(table_of(EvaluationAnswerRow).c[name] for name in COLUMNS),
            EvaluationAnswerRow.passed,
            EvaluationAnswerRow.lost,
        )
        .join(ContactRow, ContactRow.id == EvaluationRow.contact_id)
        .join(agent, agent.c.id == EvaluationRow.agent_id)
        .join(evaluator, evaluator.c.id == EvaluationRow.evaluator_id)
        .outerjoin(TeamRow, TeamRow.id == EvaluationRow.team_id)
        .join(EvaluationAnswerRow, EvaluationAnswerRow.evaluation_id == EvaluationRow.id)
        .where(or_(*wanted), EvaluationAnswerRow.state.in_(GIVEN))
        .order_by(EvaluationRow.submitted_at, EvaluationRow.id)
    )


def _evaluation(rows: Sequence[RowMapping]) -> ExportedEvaluation:
    first = rows[0]
    return ExportedEvaluation(
        id=first["id"],
        contact=first["reference"] or f"#{first['contact_id']}",
        agent=first["agent"],
        evaluator=first["evaluator"],
        team=first["team"],
        timezone=first["timezone"],
        scorecard_version_id=first["scorecard_version_id"],
        raw=first["raw"],
        final=first["final"],
        submitted_at=first["submitted_at"],
        answers=tuple(
            GivenAnswer(
                row["criterion"],
                answer_of(row),
                row["passed"],
                row["lost"],
            )
            for row in rows
        ),
    )

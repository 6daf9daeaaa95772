"""Revisions of evaluations: a new version takes the place of the one that counts, which is kept."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from sqlalchemy import delete, func, insert, literal, select, update

from scoring.score import AnswerState, Score
from scoring.scorecard import Answer, CriticalClass
from storage.answers import COLUMNS, answer_of
from storage.database import Transaction
from storage.evaluations import answer_rows, result_columns
from storage.tables import (
    EvaluationAnswerRow,
    EvaluationRow,
    RevisionAnswerRow,
    RevisionRow,
)

ANSWER = ("criterion", "state", *COLUMNS, "passed", "lost")
GIVEN = (AnswerState.ANSWERED, AnswerState.NA)


@dataclass(frozen=True, slots=True)
class NewRevision:
    """What an evaluation becomes, on whose word and after which dispute."""

    evaluation_id: int
    dispute_id: int
    by: int
    answers: Mapping[str, Answer]
    score: Score
    outcomes: Mapping[CriticalClass, bool | None]


@dataclass(frozen=True, slots=True)
class Superseded:
    """A version that counts no more, numbered from 1; scores run from 0 to 100 and are exact."""

    number: int
    raw: Fraction | None
    final: Fraction | None
    fired: tuple[str, ...]
    revised_at: dt.datetime
    revised_by: int
    dispute_id: int
    answers: Mapping[str, Answer] = field(default_factory=dict)


async def revise(tx: Transaction, new: NewRevision, now: dt.datetime) -> int:
    """Keep the version that counts under its number, which is returned, and make *new* count.

    The caller sees to it that nobody else revises the evaluation meanwhile.
    """
    number = await _keep(tx, new, now)
    values = result_columns(new.score, new.outcomes)
    mine = EvaluationRow.id == new.evaluation_id
    await tx.execute(update(EvaluationRow).where(mine).values(values))
    answers = EvaluationAnswerRow.evaluation_id == new.evaluation_id
    await tx.execute(delete(EvaluationAnswerRow).where(answers))
    rows = answer_rows(new.evaluation_id, new.answers, new.score)
    await tx.execute(insert(EvaluationAnswerRow), rows)
    return number


async def superseded(tx: Transaction, evaluation_id: int) -> tuple[Superseded, ...]:
    """Return the evaluation's versions before the one that counts, the first one first."""
    mine = RevisionRow.evaluation_id == evaluation_id
    wanted = select(RevisionRow.__table__).where(mine).order_by(RevisionRow.number)
    found = [
        Superseded(
            number=row["number"],
            raw=row["raw"],
            final=row["final"],
            fired=tuple(row["fired"].split()),
            revised_at=row["revised_at"],
            revised_by=row["revised_by"],
            dispute_id=row["dispute_id"],
        )
        for row in (await tx.execute(wanted)).mappings()
    ]
    if not found:
        return ()
    answers = await _answers(tx, evaluation_id)
    return tuple(replace(one, answers=answers.get(one.number, {})) for one in found)


async def _keep(tx: Transaction, new: NewRevision, now: dt.datetime) -> int:
    """Copy the version that counts to where superseded ones stand; return its number."""
    highest = select(func.max(RevisionRow.number)).where(
        RevisionRow.evaluation_id == new.evaluation_id
    )
    number = ((await tx.execute(highest)).scalar() or 0) + 1
    scores = select(EvaluationRow.raw, EvaluationRow.final, EvaluationRow.fired)
    found = (await tx.execute(scores.where(EvaluationRow.id == new.evaluation_id))).one()
    kept = insert(RevisionRow).values(
        evaluation_id=new.evaluation_id,
        number=number,
        raw=found.raw,
        final=found.final,
        fired=found.fired,
        revised_at=now,
        revised_by=new.by,
        dispute_id=new.dispute_id,
    )
    await tx.execute(kept)
    table = EvaluationAnswerRow.__table__
    copied = select(
        EvaluationAnswerRow.evaluation_id,
        literal(number),
        *(table.columns[name] for name in ANSWER),
    ).where(EvaluationAnswerRow.evaluation_id == new.evaluation_id)
    target = insert(RevisionAnswerRow).from_select(["evaluation_id", "number", *ANSWER], copied)
    await tx.execute(target)
    return number


async def _answers(tx: Transaction, evaluation_id: int) -> dict[int, dict[str, Answer]]:
    wanted = select(RevisionAnswerRow.__table__).where(
        RevisionAnswerRow.evaluation_id == evaluation_id, RevisionAnswerRow.state.in_(GIVEN)
    )
    found: dict[int, dict[str, Answer]] = {}
    for row in (await tx.execute(wanted)).mappings():
        found.setdefault(row["number"], {})[row["criterion"]] = answer_of(row)
    return found

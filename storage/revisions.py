"""Revisions of evaluations: a new version takes the place of the one that counts, which is kept."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction

from sqlalchemy import Integer, Text, delete, func, insert, literal, select, update

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
from storage.types import UtcDateTime

ANSWER = ("criterion", "state", *COLUMNS, "passed", "lost")
GIVEN = (AnswerState.ANSWERED, AnswerState.NA)


class Kind(StrEnum):
    """What puts an end to a version."""

    DISPUTE = "dispute"
    CORRECTION = "correction"
    AGENT = "agent"
    """It was the contact of somebody else."""
    WITHDRAWAL = "withdrawal"
    REOPENING = "reopening"


ANSWERED_ANEW = frozenset({Kind.DISPUTE, Kind.CORRECTION, Kind.REOPENING})
"""What may change answers; the other kinds end an evaluation as it stands."""


@dataclass(frozen=True, slots=True)
class Ending:
    """Why a version counts no more: on whose word, after which dispute, and in whose words."""

    evaluation_id: int
    by: int
    kind: Kind = Kind.DISPUTE
    dispute_id: int | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class NewRevision:
    """What an evaluation becomes, on whose word and after which dispute."""

    evaluation_id: int
    dispute_id: int | None
    by: int
    answers: Mapping[str, Answer]
    score: Score
    outcomes: Mapping[CriticalClass, bool | None]
    kind: Kind = Kind.DISPUTE
    reason: str | None = None

    @property
    def ending(self) -> Ending:
        """Why the version before counts no more."""
        return Ending(self.evaluation_id, self.by, self.kind, self.dispute_id, self.reason)


@dataclass(frozen=True, slots=True)
class Superseded:
    """A version that counts no more, numbered from 1; scores run from 0 to 100 and are exact."""

    number: int
    raw: Fraction | None
    final: Fraction | None
    fired: tuple[str, ...]
    revised_at: dt.datetime
    revised_by: int
    dispute_id: int | None
    answers: Mapping[str, Answer] = field(default_factory=dict)
    kind: Kind = Kind.DISPUTE
    reason: str | None = None
    overall: str | None = None
    acknowledged_at: dt.datetime | None = None


async def revise(tx: Transaction, new: NewRevision, now: dt.datetime) -> int:
    """Keep the version that counts under its number, which is returned, and make *new* count.

    The caller sees to it that nobody else revises the evaluation meanwhile.
    """
    number = await keep(tx, new.ending, now)
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
            kind=Kind(row["kind"]),
            reason=row["reason"],
            overall=row["overall"],
            acknowledged_at=row["acknowledged_at"],
        )
        for row in (await tx.execute(wanted)).mappings()
    ]
    if not found:
        return ()
    answers = await _answers(tx, evaluation_id)
    return tuple(replace(one, answers=answers.get(one.number, {})) for one in found)


async def keep(tx: Transaction, end: Ending, now: dt.datetime) -> int:
    """Copy the version that counts to where superseded ones stand; return its number.

    The evaluation itself stays as it is.
    """
    number = await count(tx, end.evaluation_id) + 1
    mine = EvaluationRow.id == end.evaluation_id
    copied = (
        *(EvaluationRow.id, literal(number), EvaluationRow.raw, EvaluationRow.final),
        *(EvaluationRow.fired, EvaluationRow.overall, EvaluationRow.advice),
        EvaluationRow.acknowledged_at,
        *(literal(now, UtcDateTime), literal(end.by), literal(end.dispute_id, Integer)),
        *(literal(end.kind.value), literal(end.reason, Text)),
    )
    names = (
        *("evaluation_id", "number", "raw", "final", "fired", "overall", "advice"),
        *("acknowledged_at", "revised_at", "revised_by", "dispute_id", "kind", "reason"),
    )
    await tx.execute(insert(RevisionRow).from_select(names, select(*copied).where(mine)))
    table = EvaluationAnswerRow.__table__
    answers = select(
        EvaluationAnswerRow.evaluation_id,
        literal(number),
        *(table.columns[name] for name in ANSWER),
    ).where(EvaluationAnswerRow.evaluation_id == end.evaluation_id)
    target = insert(RevisionAnswerRow).from_select(["evaluation_id", "number", *ANSWER], answers)
    await tx.execute(target)
    return number


async def count(tx: Transaction, evaluation_id: int) -> int:
    """Return how many versions of the evaluation count no more."""
    highest = select(func.max(RevisionRow.number)).where(RevisionRow.evaluation_id == evaluation_id)
    return (await tx.execute(highest)).scalar() or 0


async def correct(
    tx: Transaction, new: NewRevision, overall: str | None, advice: str | None, now: dt.datetime
) -> int:
    """Do what ``revise`` does, with the comment and advice; return the number of what was kept.

    An acknowledgement given to the version before is asked for again where an option or the score
    became another one.
    """
    mine = EvaluationRow.id == new.evaluation_id
    before = await _options(tx, new.evaluation_id)
    final = (await tx.execute(select(EvaluationRow.final).where(mine))).scalar_one()
    number = await revise(tx, new, now)
    values: dict[str, object] = {"overall": overall, "advice": advice}
    if final != new.score.final or before != await _options(tx, new.evaluation_id):
        values["acknowledged_at"] = None
    await tx.execute(update(EvaluationRow).where(mine).values(values))
    return number


async def _options(tx: Transaction, evaluation_id: int) -> dict[str, tuple[str, int | None]]:
    wanted = select(
        EvaluationAnswerRow.criterion, EvaluationAnswerRow.state, EvaluationAnswerRow.option
    ).where(EvaluationAnswerRow.evaluation_id == evaluation_id)
    return {row.criterion: (row.state, row.option) for row in await tx.execute(wanted)}


async def _answers(tx: Transaction, evaluation_id: int) -> dict[int, dict[str, Answer]]:
    wanted = select(RevisionAnswerRow.__table__).where(
        RevisionAnswerRow.evaluation_id == evaluation_id, RevisionAnswerRow.state.in_(GIVEN)
    )
    found: dict[int, dict[str, Answer]] = {}
    for row in (await tx.execute(wanted)).mappings():
        found.setdefault(row["number"], {})[row["criterion"]] = answer_of(row)
    return found

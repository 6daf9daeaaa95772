"""Hidden double scoring: what second evaluators made of contacts, and the pairs that come of it."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import ColumnElement, Executable, func, insert, select

from scoring.score import AnswerState
from scoring.scorecard import Answer
from storage.answers import COLUMNS, answer_of, columns_of
from storage.calibration_scorings import Told
from storage.calibrations import Contact, contact_of
from storage.database import Transaction
from storage.tables import (
    ContactRow,
    EvaluationAnswerRow,
    EvaluationRow,
    RevisionAnswerRow,
    SecondScoringAnswerRow,
    SecondScoringRow,
)
from storage.tables.base import table_of

Window = tuple[dt.datetime, dt.datetime]
"""From the first moment to just before the second."""

GIVEN = (AnswerState.ANSWERED, AnswerState.NA)


@dataclass(frozen=True, slots=True)
class NewSecond:
    """What a submitted draft brings; ``answers`` are of the criteria that were asked."""

    draft_id: int
    contact_id: int
    agent_id: int
    evaluator_id: int
    team_id: int | None
    scorecard_version_id: int
    final: Fraction | None
    answers: Mapping[str, Answer]
    overall: str | None


@dataclass(frozen=True, slots=True)
class Own:
    """Somebody's own scoring of a contact: the score (0 to 100, exact) and when."""

    evaluator_id: int
    final: Fraction | None
    submitted_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Pair:
    """A second scoring and the evaluation it is held against, by their ids.

    ``apart`` says that they were made by different versions, so nothing can be compared.
    """

    scoring_id: int
    evaluation_id: int
    team_id: int | None
    scorecard_version_id: int
    apart: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """The scorings of several pairs with the contacts they are of."""

    told: tuple[Told, ...]
    contacts: tuple[Contact, ...]


async def add(tx: Transaction, new: NewSecond, now: dt.datetime) -> None:
    """Store the scoring with its answers."""
    row = insert(SecondScoringRow).values(
        draft_id=new.draft_id,
        contact_id=new.contact_id,
        agent_id=new.agent_id,
        evaluator_id=new.evaluator_id,
        team_id=new.team_id,
        scorecard_version_id=new.scorecard_version_id,
        final=new.final,
        overall=new.overall,
        submitted_at=now,
    )
    scoring_id = (await tx.execute(row.returning(SecondScoringRow.id))).scalar_one()
    answers = [
        {
            "scoring_id": scoring_id,
            "criterion": key,
            **columns_of(answer),
        }
        for key, answer in new.answers.items()
    ]
    await tx.execute(insert(SecondScoringAnswerRow), answers)


async def own(tx: Transaction, contact_id: int, evaluator_id: int) -> list[Own]:
    """Return the person's own second scorings of the contact, newest first."""
    mine = (
        SecondScoringRow.contact_id == contact_id,
        SecondScoringRow.evaluator_id == evaluator_id,
    )
    wanted = select(SecondScoringRow.final, SecondScoringRow.submitted_at).where(*mine)
    rows = await tx.execute(wanted.order_by(SecondScoringRow.id.desc()))
    return [Own(evaluator_id, row.final, row.submitted_at) for row in rows]


async def scorers(tx: Transaction, contact_id: int, *, withdrawn: bool = True) -> frozenset[int]:
    """Return who has scored the contact, as its evaluation (also a *withdrawn* one) or second."""
    first = select(EvaluationRow.evaluator_id).where(EvaluationRow.contact_id == contact_id)
    if not withdrawn:
        first = first.where(EvaluationRow.withdrawn_at.is_(None))
    again = select(SecondScoringRow.evaluator_id).where(SecondScoringRow.contact_id == contact_id)
    return frozenset((await tx.execute(first.union(again))).scalars())


async def newest(tx: Transaction, teams: Collection[int] | None) -> dt.datetime | None:
    """Return when the last second scoring in those teams (``None``: anywhere) came in."""
    wanted = select(SecondScoringRow.submitted_at).where(*_in_teams(teams))
    order = SecondScoringRow.submitted_at.desc()
    return (await tx.execute(wanted.order_by(order).limit(1))).scalar_one_or_none()


async def pairs(tx: Transaction, teams: Collection[int] | None, window: Window) -> list[Pair]:
    """Return the pairs of those teams (``None``: all) whose second scoring came in *window*.

    A second scoring is held against the contact's first evaluation by somebody else, also one
    that was withdrawn: those are where people differ most. Without one there is no pair.
    """
    first, after = window
    evaluated = (
        select(func.min(EvaluationRow.id))
        .where(
            EvaluationRow.contact_id == SecondScoringRow.contact_id,
            EvaluationRow.evaluator_id != SecondScoringRow.evaluator_id,
        )
        .correlate(SecondScoringRow)
        .scalar_subquery()
    )
    wanted = (
        select(
            SecondScoringRow.id,
            EvaluationRow.id.label("evaluation_id"),
            SecondScoringRow.team_id,
            SecondScoringRow.scorecard_version_id,
            EvaluationRow.scorecard_version_id.label("first_version"),
        )
        .join(EvaluationRow, EvaluationRow.id == evaluated)
        .where(
            *_in_teams(teams),
            SecondScoringRow.submitted_at >= first,
            SecondScoringRow.submitted_at < after,
        )
        .order_by(SecondScoringRow.id)
    )
    return [
        Pair(
            scoring_id=row.id,
            evaluation_id=row.evaluation_id,
            team_id=row.team_id,
            scorecard_version_id=row.scorecard_version_id,
            apart=row.scorecard_version_id != row.first_version,
        )
        for row in await tx.execute(wanted)
    ]


async def compared(tx: Transaction, found: Iterable[Pair]) -> Compared:
    """Return both scorings of each pair, the evaluations' answers as they were submitted."""
    every = list(found)
    firsts = await _firsts(tx, {one.evaluation_id for one in every})
    seconds = await _seconds(tx, {one.scoring_id for one in every})
    told = sorted([*firsts, *seconds], key=lambda one: (one.contact_id, one.evaluator_id))
    ids = {one.contact_id for one in told}
    rows = await tx.execute(select(ContactRow.__table__).where(ContactRow.id.in_(ids)))
    contacts = tuple(contact_of(row) for row in rows.mappings())
    return Compared(tuple(told), contacts)


def _in_teams(teams: Collection[int] | None) -> list[ColumnElement[bool]]:
    return [] if teams is None else [SecondScoringRow.team_id.in_(list(teams))]


async def _firsts(tx: Transaction, ids: Collection[int]) -> list[Told]:
    now = select(
        EvaluationAnswerRow.evaluation_id,
        EvaluationAnswerRow.criterion,
        *(table_of(EvaluationAnswerRow).c[name] for name in COLUMNS),
    ).where(EvaluationAnswerRow.evaluation_id.in_(ids), EvaluationAnswerRow.state.in_(GIVEN))
    before = select(
        RevisionAnswerRow.evaluation_id,
        RevisionAnswerRow.criterion,
        *(table_of(RevisionAnswerRow).c[name] for name in COLUMNS),
    ).where(
        RevisionAnswerRow.evaluation_id.in_(ids),
        RevisionAnswerRow.number == 1,
        RevisionAnswerRow.state.in_(GIVEN),
    )
    # A revision keeps all that it replaced: where there is one, the first version is there whole.
    answers = await _answers(tx, now, "evaluation_id")
    answers |= await _answers(tx, before, "evaluation_id")
    rows = await tx.execute(select(EvaluationRow.__table__).where(EvaluationRow.id.in_(ids)))
    return [
        Told(row["contact_id"], row["evaluator_id"], answers.get(row["id"], {}), row["overall"])
        for row in rows.mappings()
    ]


async def _seconds(tx: Transaction, ids: Collection[int]) -> list[Told]:
    given = select(SecondScoringAnswerRow.__table__).where(
        SecondScoringAnswerRow.scoring_id.in_(ids)
    )
    answers = await _answers(tx, given, "scoring_id")
    rows = await tx.execute(select(SecondScoringRow.__table__).where(SecondScoringRow.id.in_(ids)))
    return [
        Told(row["contact_id"], row["evaluator_id"], answers.get(row["id"], {}), row["overall"])
        for row in rows.mappings()
    ]


async def _answers(tx: Transaction, wanted: Executable, owner: str) -> dict[int, dict[str, Answer]]:
    """Return the answers by what they belong to, which the column *owner* names."""
    found: dict[int, dict[str, Answer]] = {}
    for row in (await tx.execute(wanted)).mappings():
        found.setdefault(row[owner], {})[row["criterion"]] = answer_of(row)
    return found

"""Evaluations answer by answer, streamed for export."""

import datetime as dt
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import (
    ColumnElement,
    Label,
    RowMapping,
    Select,
    and_,
    case,
    func,
    or_,
    select,
    true,
)

from scoring.score import AnswerState
from scoring.scorecard import Answer
from scoring.selection import Selection
from storage.answers import COLUMNS, answer_of
from storage.assignments import SKIPPED
from storage.database import Transaction
from storage.reports import Scope, Window, within
from storage.tables import (
    AssignmentRow,
    ContactRow,
    DrawContactRow,
    DrawRow,
    EvaluationAnswerRow,
    EvaluationRow,
    PersonRow,
    RevisionRow,
    TeamRow,
)
from storage.tables.base import table_of

ROWS_AT_ONCE = 1000
"""One by one each would cost a change to the database's own thread and back."""

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
class Drawn:
    """How a plan drew a contact: the plan's number, the draw's name, the contact's stratum.

    ``probability`` is the chance that each of the agent's contacts had that could be drawn.
    """

    plan: int
    occurrence: str
    stratum: str
    probability: float | None


@dataclass(frozen=True, slots=True)
class ExportedEvaluation:
    """An evaluation with the names of everybody and everything that it belongs to.

    ``drawn`` is there where a plan drew its contact, ``contact_at`` where the contact's time is
    known.
    """

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
    revision: int
    answers: tuple[GivenAnswer, ...]
    counts: bool = True
    selection: Selection = Selection.CHOSEN
    drawn: Drawn | None = None
    contact_at: dt.datetime | None = None


async def evaluations(
    tx: Transaction, slices: Sequence[Slice], *, errors: bool = False
) -> AsyncIterator[ExportedEvaluation]:
    """Yield the evaluations of any of *slices*, also those that do not count, as submitted.

    With *errors*, only those with answers that are not the best, and of them only these answers.
    """
    if not slices:
        return
    draws = await _draws(tx, slices)
    gathered: list[RowMapping] = []
    async with tx.stream(_statement(slices, errors=errors)) as rows:
        async for portion in rows.mappings().partitions(ROWS_AT_ONCE):
            for row in portion:
                if gathered and row["id"] != gathered[-1]["id"]:
                    yield _evaluation(gathered, draws)
                    gathered = []
                gathered.append(row)
    if gathered:
        yield _evaluation(gathered, draws)


Part = tuple[int, int]
"""A contact's id and its agent's."""


async def _draws(tx: Transaction, slices: Sequence[Slice]) -> dict[Part, Drawn]:
    """Return how plans drew the contacts of the evaluations in *slices*."""
    part = (AssignmentRow.contact_id, AssignmentRow.agent_id)
    wanted = (
        select(*part, DrawRow.id, DrawRow.plan_id, DrawRow.occurrence, DrawContactRow.stratum)
        .add_columns(DrawContactRow.agent_id)
        .join(EvaluationRow, and_(*_same_part(AssignmentRow)))
        .join(DrawRow, DrawRow.id == AssignmentRow.draw_id)
        .outerjoin(
            DrawContactRow,
            and_(
                DrawContactRow.draw_id == DrawRow.id,
                DrawContactRow.contact_id == AssignmentRow.contact_id,
            ),
        )
        .where(
            _any_of(slices),
            EvaluationRow.selection == Selection.DRAWN,
            AssignmentRow.second.is_(False),
            AssignmentRow.state != SKIPPED,
        )
        .order_by(DrawRow.id)
    )
    rows = (await tx.execute(wanted)).all()
    chances = await _chances(tx, {row[2] for row in rows})
    return {
        (contact, agent): Drawn(plan, occurrence, stratum or "", chances.get((draw, then)))
        for contact, agent, draw, plan, occurrence, stratum, then in rows
    }


async def _chances(tx: Transaction, draws: Collection[int]) -> dict[tuple[int, int], float]:
    """Return what part of each agent's contacts that could be drawn those draws chose."""
    chosen = func.sum(case((DrawContactRow.chosen.is_(True), 1), else_=0))
    counted = (
        select(DrawContactRow.draw_id, DrawContactRow.agent_id, chosen, func.count())
        .where(DrawContactRow.draw_id.in_(draws), DrawContactRow.excluded.is_(None))
        .group_by(DrawContactRow.draw_id, DrawContactRow.agent_id)
    )
    return {
        (draw, agent): int(picked) / total
        for draw, agent, picked, total in await tx.execute(counted)
    }


def _same_part(row: type[AssignmentRow]) -> tuple[ColumnElement[bool], ...]:
    return EvaluationRow.contact_id == row.contact_id, EvaluationRow.agent_id == row.agent_id


def _any_of(slices: Sequence[Slice]) -> ColumnElement[bool]:
    wanted = [
        and_(true(), *scope.chosen(), *([within(window)] if window is not None else []))
        for scope, window in slices
    ]
    return or_(*wanted)


def _statement(slices: Sequence[Slice], *, errors: bool) -> Select[*tuple[object, ...]]:
    agent, evaluator = PersonRow.__table__.alias(), PersonRow.__table__.alias()
    return (
        select(
            EvaluationRow.id,
            EvaluationRow.contact_id,
            EvaluationRow.scorecard_version_id,
            EvaluationRow.raw,
            EvaluationRow.final,
            EvaluationRow.submitted_at,
            EvaluationRow.agent_id,
            EvaluationRow.counts,
            EvaluationRow.selection,
            _revision(),
            ContactRow.reference,
            ContactRow.started_at,
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
        .where(
            _any_of(slices),
            EvaluationAnswerRow.state.in_(GIVEN),
            *([EvaluationAnswerRow.passed.is_(False)] if errors else []),
        )
        .order_by(EvaluationRow.submitted_at, EvaluationRow.id)
    )


def _revision() -> Label[int]:
    """Return which version of the evaluation counts: 1 more than those before it."""
    before = select(func.count()).where(RevisionRow.evaluation_id == EvaluationRow.id)
    return (before.correlate(EvaluationRow).scalar_subquery() + 1).label("revision")


def _evaluation(rows: Sequence[RowMapping], draws: Mapping[Part, Drawn]) -> ExportedEvaluation:
    first = rows[0]
    selection = Selection(first["selection"])
    drawn = draws.get((first["contact_id"], first["agent_id"]))
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
        revision=first["revision"],
        answers=tuple(
            GivenAnswer(
                row["criterion"],
                answer_of(row),
                row["passed"],
                row["lost"],
            )
            for row in rows
        ),
        counts=first["counts"],
        selection=selection,
        drawn=drawn if selection is Selection.DRAWN else None,
        contact_at=first["started_at"],
    )

"""What reports are made of: facts, tallies and trends, aggregated where the rows are.

Withdrawn evaluations count nowhere here.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Row, and_, case, func, literal, select

from scoring.report import CriterionTally, EvaluationFact
from scoring.scorecard import CriticalClass
from storage.assignments import OPEN as OPEN_ASSIGNMENT
from storage.database import Transaction
from storage.drafts import OPEN
from storage.scorecards import Shelf
from storage.tables import (
    AssignmentRow,
    DisputeRow,
    DraftRow,
    EvaluationAnswerRow,
    EvaluationRow,
    SecondScoringRow,
)

Window = tuple[dt.datetime, dt.datetime]
"""From the first moment to just before the second."""

Counted = tuple[int, str, int, int, float]
"""A scorecard's version, a criterion's key, times asked, times at its best, points lost."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose evaluations: a team's (as it was when they were submitted) or an agent's."""

    team: int | None = None
    agent: int | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """Return what an evaluation in the scope fulfils."""
        wanted: list[ColumnElement[bool]] = [EvaluationRow.withdrawn_at.is_(None)]
        if self.team is not None:
            wanted.append(EvaluationRow.team_id == self.team)
        if self.agent is not None:
            wanted.append(EvaluationRow.agent_id == self.agent)
        return wanted


def within(window: Window) -> ColumnElement[bool]:
    """Return the condition that an evaluation was submitted in *window*."""
    first, after = window
    return and_(EvaluationRow.submitted_at >= first, EvaluationRow.submitted_at < after)


async def facts(tx: Transaction, scope: Scope, window: Window) -> list[EvaluationFact]:
    """Return what a report needs of each evaluation, in the order of their submission."""
    wanted = (
        select(
            EvaluationRow.agent_id,
            EvaluationRow.final,
            EvaluationRow.customer_ok,
            EvaluationRow.business_ok,
            EvaluationRow.compliance_ok,
            EvaluationRow.acknowledged_at,
            DisputeRow.id.label("dispute_id"),
        )
        .outerjoin(DisputeRow, DisputeRow.evaluation_id == EvaluationRow.id)
        .where(*scope.conditions(), within(window))
        .order_by(EvaluationRow.submitted_at, EvaluationRow.id)
    )
    return [
        EvaluationFact(
            agent_id=row.agent_id,
            final=None if row.final is None else float(row.final),
            outcomes={
                CriticalClass.CUSTOMER: row.customer_ok,
                CriticalClass.BUSINESS: row.business_ok,
                CriticalClass.COMPLIANCE: row.compliance_ok,
            },
            acknowledged=row.acknowledged_at is not None,
            disputed=row.dispute_id is not None,
        )
        for row in await tx.execute(wanted)
    ]


async def tallies(
    tx: Transaction, shelf: Shelf, scope: Scope, window: Window
) -> list[CriterionTally]:
    """Return how each criterion fared, worded as in the newest version that was used."""
    wanted = (
        select(
            EvaluationRow.scorecard_version_id,
            EvaluationAnswerRow.criterion,
            func.count(EvaluationAnswerRow.passed).label("asked"),
            func.sum(case((EvaluationAnswerRow.passed.is_(True), 1), else_=0)).label("passed"),
            func.sum(EvaluationAnswerRow.lost).label("lost"),
        )
        .join(EvaluationRow, EvaluationRow.id == EvaluationAnswerRow.evaluation_id)
        .where(*scope.conditions(), within(window))
        .group_by(EvaluationRow.scorecard_version_id, EvaluationAnswerRow.criterion)
        .order_by(EvaluationRow.scorecard_version_id, EvaluationAnswerRow.criterion)
    )
    rows = (await tx.execute(wanted)).all()
    return await _worded(tx, shelf, rows)


async def tallies_by_agent(
    tx: Transaction, shelf: Shelf, scope: Scope, window: Window
) -> dict[int, list[CriterionTally]]:
    """Return how each criterion fared with each agent, by the agent's id."""
    wanted = (
        select(
            EvaluationRow.agent_id,
            EvaluationRow.scorecard_version_id,
            EvaluationAnswerRow.criterion,
            func.count(EvaluationAnswerRow.passed).label("asked"),
            func.sum(case((EvaluationAnswerRow.passed.is_(True), 1), else_=0)).label("passed"),
            func.sum(EvaluationAnswerRow.lost).label("lost"),
        )
        .join(EvaluationRow, EvaluationRow.id == EvaluationAnswerRow.evaluation_id)
        .where(*scope.conditions(), within(window))
        .group_by(
            EvaluationRow.agent_id,
            EvaluationRow.scorecard_version_id,
            EvaluationAnswerRow.criterion,
        )
        .order_by(EvaluationRow.scorecard_version_id, EvaluationAnswerRow.criterion)
    )
    by_agent: dict[int, list[Counted]] = {}
    for agent_id, version_id, key, asked, passed, lost in await tx.execute(wanted):
        by_agent.setdefault(agent_id, []).append((version_id, key, asked, passed, lost))
    return {agent: await _worded(tx, shelf, rows) for agent, rows in by_agent.items()}


async def repeated(
    tx: Transaction, shelf: Shelf, agent_id: int, until: dt.datetime, *, last: int
) -> list[CriterionTally]:
    """Return the tallies of the criteria that were missed in the agent's *last* contacts."""
    recent = (
        select(EvaluationRow.id)
        .where(*Scope(agent=agent_id).conditions(), EvaluationRow.submitted_at < until)
        .order_by(EvaluationRow.submitted_at.desc(), EvaluationRow.id.desc())
        .limit(last)
    )
    wanted = (
        select(
            EvaluationRow.scorecard_version_id,
            EvaluationAnswerRow.criterion,
            func.count().label("asked"),
            literal(0).label("passed"),
            func.sum(EvaluationAnswerRow.lost).label("lost"),
        )
        .join(EvaluationRow, EvaluationRow.id == EvaluationAnswerRow.evaluation_id)
        .where(EvaluationRow.id.in_(recent), EvaluationAnswerRow.passed.is_(False))
        .group_by(EvaluationRow.scorecard_version_id, EvaluationAnswerRow.criterion)
        .order_by(EvaluationRow.scorecard_version_id, EvaluationAnswerRow.criterion)
    )
    return await _worded(tx, shelf, (await tx.execute(wanted)).all())


async def finals(tx: Transaction, scope: Scope, windows: Sequence[Window]) -> list[list[float]]:
    """Return the final scores submitted in each of *windows*, which may overlap, in one query.

    The database counts equal scores between the windows' limits, so that years of evaluations
    come back as a few hundred rows.
    """
    cuts = sorted({moment for window in windows for moment in window})
    span = case(
        *((EvaluationRow.submitted_at < cut, number) for number, cut in enumerate(cuts[1:])),
        else_=len(cuts),
    ).label("span")
    wanted = (
        select(span, EvaluationRow.final, func.count().label("times"))
        .where(
            *scope.conditions(),
            within((cuts[0], cuts[-1])),
            EvaluationRow.final.is_not(None),
        )
        .group_by("span", EvaluationRow.final)
    )
    counted: dict[int, Counter[float]] = {}
    for row in await tx.execute(wanted):
        counted.setdefault(row.span, Counter())[float(row.final)] += row.times
    return [_between(counted, cuts.index(first), cuts.index(after)) for first, after in windows]


def _between(counted: dict[int, Counter[float]], first: int, after: int) -> list[float]:
    spans = (counted.get(number, Counter()) for number in range(first, after))
    return [value for span in spans for value in sorted(span.elements())]


async def _worded(
    tx: Transaction, shelf: Shelf, rows: Iterable[Row[int, str, int, int, float] | Counted]
) -> list[CriterionTally]:
    """Return the rows as tallies, those of one scorecard's versions together.

    Rows come with the oldest version first, so the wording that stays is the newest.
    """
    together: dict[tuple[str, str], CriterionTally] = {}
    for row in rows:
        version_id, key, asked, passed, lost = row
        scorecard = (await shelf.get(tx, version_id)).scorecard
        criterion = scorecard.criterion(key)
        known = together.get((scorecard.key, key))
        together[scorecard.key, key] = CriterionTally(
            key=key,
            title=criterion.title,
            section=scorecard.section_of(key).title,
            asked=asked + (known.asked if known else 0),
            passed=int(passed) + (known.passed if known else 0),
            lost=float(lost) + (known.lost if known else 0.0),
            critical=criterion.critical,
            advice=criterion.advice,
            scorecard=scorecard.key,
        )
    return list(together.values())


@dataclass(frozen=True, slots=True)
class Workload:
    """An evaluator's work: what was submitted in a window, drafts and assignments open just now.

    ``evaluations`` counts every contact scored, also those scored a second time, unannounced.
    """

    evaluations: int
    drafts: int
    assigned: int = 0


async def workload(tx: Transaction, evaluator_id: int, window: Window) -> Workload:
    """Return what the evaluator did in *window* and what lies open."""
    first, after = window
    done = select(func.count()).where(EvaluationRow.evaluator_id == evaluator_id, within(window))
    again = select(func.count()).where(
        SecondScoringRow.evaluator_id == evaluator_id,
        SecondScoringRow.submitted_at >= first,
        SecondScoringRow.submitted_at < after,
    )
    drafts = select(func.count()).where(
        DraftRow.evaluator_id == evaluator_id, DraftRow.status == OPEN
    )
    assigned = select(func.count()).where(
        AssignmentRow.evaluator_id == evaluator_id, AssignmentRow.state == OPEN_ASSIGNMENT
    )
    every = select(
        done.scalar_subquery() + again.scalar_subquery(),
        drafts.scalar_subquery(),
        assigned.scalar_subquery(),
    )
    return Workload(*(await tx.execute(every)).one())


async def final_scores(tx: Transaction, agent_id: int, window: Window) -> list[float]:
    """Return the agent's final scores in *window*, in the order of their submission."""
    return [
        one.final for one in await facts(tx, Scope(agent=agent_id), window) if one.final is not None
    ]

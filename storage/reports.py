"""What reports are made of: facts, tallies and trends, aggregated where the rows are.

Only evaluations that count are here: the latest valid one of each contact and agent.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, repeat
from types import MappingProxyType

from sqlalchemy import ColumnElement, Row, and_, func, literal, select

from scoring.pooled import Pool, pool
from scoring.report import CriterionTally, EvaluationFact
from scoring.scorecard import CriticalClass
from storage import report_statements as statements
from storage.assignments import OPEN as OPEN_ASSIGNMENT
from storage.database import Transaction
from storage.drafts import OPEN
from storage.report_statements import AFTER, BETWEEN, FIRST, Places
from storage.scorecards import Published, Shelf
from storage.tables import (
    AssignmentRow,
    DraftRow,
    EvaluationAnswerRow,
    EvaluationRow,
    SecondScoringRow,
)
from storage.types import points

Window = tuple[dt.datetime, dt.datetime]
"""From the first moment to just before the second."""

Counted = tuple[int, str, int, int, float]
"""A scorecard's version, a criterion's key, times asked, times at its best, points lost."""

Versions = Mapping[int, Published]
"""Scorecards' versions by their ids."""

Values = dict[str, int | dt.datetime]
"""What stands in the places that a statement keeps open."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose evaluations: a team's (as it was when they were submitted) or an agent's."""

    team: int | None = None
    agent: int | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """Return what an evaluation in the scope fulfils that counts."""
        return [EvaluationRow.counts.is_(True), *self.chosen()]

    def chosen(self) -> list[ColumnElement[bool]]:
        """Return what an evaluation in the scope fulfils, whether it counts or not."""
        wanted: list[ColumnElement[bool]] = []
        if self.team is not None:
            wanted.append(EvaluationRow.team_id == self.team)
        if self.agent is not None:
            wanted.append(EvaluationRow.agent_id == self.agent)
        return wanted

    def values(self) -> Values:
        """Return what stands in the places of a statement that was built for such a scope."""
        mine = {"team": self.team, "agent": self.agent}
        return {name: value for name, value in mine.items() if value is not None}


def within(window: Window) -> ColumnElement[bool]:
    """Return the condition that an evaluation was submitted in *window*."""
    first, after = window
    return and_(EvaluationRow.submitted_at >= first, EvaluationRow.submitted_at < after)


def _filled(scope: Scope, window: Window) -> tuple[Places, Values]:
    mine = scope.values()
    return frozenset(mine), {**mine, FIRST: window[0], AFTER: window[1]}


async def facts(tx: Transaction, scope: Scope, window: Window) -> list[EvaluationFact]:
    """Return what a report needs of each evaluation, in the order of their submission."""
    places, values = _filled(scope, window)
    found = await tx.execute(statements.facts(places), values)
    return [
        EvaluationFact(
            agent_id,
            None if final is None else points(final),
            _outcomes(customer, business, compliance),
            acknowledged,
            disputed,
            drawn,
        )
        for agent_id, final, customer, business, compliance, acknowledged, disputed, drawn in found
    ]


@cache
def _outcomes(
    customer: bool | None,  # noqa: FBT001  a row's columns
    business: bool | None,  # noqa: FBT001
    compliance: bool | None,  # noqa: FBT001
) -> Mapping[CriticalClass, bool | None]:
    """Return the outcomes by class; there are few combinations, which evaluations share."""
    return MappingProxyType(
        {
            CriticalClass.CUSTOMER: customer,
            CriticalClass.BUSINESS: business,
            CriticalClass.COMPLIANCE: compliance,
        }
    )


async def tallies(
    tx: Transaction, shelf: Shelf, scope: Scope, window: Window
) -> list[CriterionTally]:
    """Return how each criterion fared, worded as in the newest version that was used."""
    places, values = _filled(scope, window)
    return await _worded(tx, shelf, (await tx.execute(statements.tallies(places), values)).all())


async def tallies_by_agent(
    tx: Transaction, shelf: Shelf, scope: Scope, window: Window
) -> dict[int, list[CriterionTally]]:
    """Return how each criterion fared with each agent, by the agent's id."""
    places, values = _filled(scope, window)
    found = await tx.execute(statements.tallies_by_agent(places), values)
    by_agent: dict[int, list[Counted]] = {}
    for version_id, key, asked, passed, lost, agent_id in found:
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

    Between every two of the windows' limits the scores come as one text, so that years of
    evaluations are a dozen columns instead of thousands of rows.
    """
    cuts = sorted({moment for window in windows for moment in window})
    mine = scope.values()
    limits = {statements.cut(number): moment for number, moment in enumerate(cuts)}
    found = await tx.execute(statements.scores(frozenset(mine), len(cuts)), {**mine, **limits})
    spans = [_spread(joined) for joined in found.one()]
    places = {cut: number for number, cut in enumerate(cuts)}
    return [
        list(chain.from_iterable(spans[places[first] : places[after]])) for first, after in windows
    ]


async def pool_of(tx: Transaction, team: int, window: Window) -> Pool | None:
    """Return how far the team's scores in *window* scatter within its agents, if that is known."""
    places, values = _filled(Scope(team=team), window)
    found = await tx.execute(statements.scores_by_agent(places), values)
    return pool(_spread(joined) for _, joined in found)


async def scores_of_agents(tx: Transaction, team: int, window: Window) -> list[list[float]]:
    """Return the final scores in *window* of each of the team's agents who has any."""
    places, values = _filled(Scope(team=team), window)
    found = await tx.execute(statements.scores_by_agent(places), values)
    return [own for _, joined in found if (own := _spread(joined))]


def _spread(joined: str | None) -> list[float]:
    """Return the scores in the text, lowest first."""
    counted = Counter(joined.split(BETWEEN) if joined else ())
    scores = sorted((points(score), times) for score, times in counted.items())
    return list(chain.from_iterable(repeat(*one) for one in scores))


async def _worded(
    tx: Transaction, shelf: Shelf, rows: Iterable[Row[int, str, int, int, float] | Counted]
) -> list[CriterionTally]:
    counted = [(version, key, asked, right, lost) for version, key, asked, right, lost in rows]
    return worded(counted, {row[0]: await shelf.get(tx, row[0]) for row in counted})


def worded(rows: Iterable[Counted], versions: Versions) -> list[CriterionTally]:
    """Return the rows as tallies, those of one scorecard's versions together.

    Rows come with the oldest version first, so the wording that stays is the newest.
    """
    together: dict[tuple[str, str], CriterionTally] = {}
    for version, key, asked, passed, lost in rows:
        scorecard = versions[version].scorecard
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

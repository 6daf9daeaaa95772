"""KPI with all that stands around the numbers, read in one go."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from handlers.report_data import today_of, zone_of
from handlers.turn import Services
from scoring import kpi
from scoring.kpi import QUALITY, Composite, Direction, DisciplineLine, Goal, Line, Measure, Tally
from scoring.periods import Period, parse_period, trend
from storage import kpi as configured
from storage import kpi_figures, people, reports
from storage.database import Transaction
from storage.people import Person
from storage.reports import Scope
from storage.teams import Team

MONTHS = 3
"""How many months stand under each figure."""


@dataclass(frozen=True, slots=True)
class Behind:
    """An agent who misses a target, and by what figures."""

    name: str
    measure: Measure


@dataclass(frozen=True, slots=True)
class Sheet:
    """KPI of a team or a person over a period, beside the quality score.

    ``behind`` holds a team's agents who miss a metric's target (by its key), the worst first.
    """

    period: Period
    today: dt.date
    months: tuple[Period, ...]
    quality: Line
    lines: tuple[Line, ...]
    discipline: tuple[DisciplineLine, ...]
    composite: Composite | None
    behind: Mapping[str, tuple[Behind, ...]] = field(default_factory=dict)


async def team_sheet(
    tx: Transaction, services: Services, team: Team, period: Period
) -> Sheet | None:
    """Return the team's KPI, or ``None`` where it never had any figures."""
    return await _sheet(tx, services, Scope(team=team.id), team, period)


async def person_sheet(
    tx: Transaction, services: Services, person: Person, team: Team | None, period: Period
) -> Sheet | None:
    """Return one person's KPI against *team*'s targets, or ``None`` without any figures ever."""
    return await _sheet(tx, services, Scope(agent=person.id), team, period)


async def _sheet(
    tx: Transaction, services: Services, scope: Scope, team: Team | None, period: Period
) -> Sheet | None:
    if not await kpi_figures.exist(tx, scope):
        return None
    today = today_of(services, team)
    months = _months(period, today)
    goals = await configured.goals(tx, team)
    by_agent = await kpi_figures.tallies(tx, scope, period.first, period.last)
    now = kpi.merged(by_agent.values())
    before = [
        kpi.merged((await kpi_figures.tallies(tx, scope, one.first, one.last)).values())
        for one in months
    ]
    where = zone_of(services, team)
    windows = [one.bounds(where) for one in (period, *months)]
    quality, *line = map(kpi.quality, await reports.finals(tx, scope, windows))
    measured = [
        (goal, quality if goal.metric == QUALITY else _measure(goal, now)) for goal in goals
    ]
    wanted = next(goal for goal in goals if goal.metric == QUALITY)
    return Sheet(
        period=period,
        today=today,
        months=tuple(months),
        quality=Line(wanted, quality, tuple(line)),
        lines=kpi.lines(goals, now, before),
        discipline=kpi.discipline(goals, now, before),
        composite=kpi.composite(measured),
        behind=await _behind(tx, goals, by_agent) if scope.team is not None else {},
    )


def _months(period: Period, today: dt.date) -> list[Period]:
    """Return the last months up to the one in which the period ends, oldest first."""
    month = parse_period(f"{min(period.last, today):%Y-%m}", today)
    return trend(month, MONTHS)


def _measure(goal: Goal, now: Mapping[str, Tally]) -> Measure | None:
    return kpi.measure(goal.metric, now.get(goal.metric.key))


async def _behind(
    tx: Transaction, goals: Sequence[Goal], by_agent: Mapping[int, Mapping[str, Tally]]
) -> dict[str, tuple[Behind, ...]]:
    names = await people.by_ids(tx, by_agent) if by_agent else {}
    found: dict[str, tuple[Behind, ...]] = {}
    for goal in goals:
        measured = ((agent, _measure(goal, own)) for agent, own in by_agent.items())
        missing = [
            Behind(names[agent].name, one)
            for agent, one in measured
            if one is not None and kpi.verdict(goal, one) is False
        ]
        sign = 1 if goal.metric.direction is Direction.HIGHER else -1
        missing.sort(key=lambda one, sign=sign: (sign * one.measure.mean, one.name))
        found[goal.metric.key] = tuple(missing)
    return found

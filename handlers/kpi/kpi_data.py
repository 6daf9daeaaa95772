"""KPI with all that stands around the numbers, read in one go."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from handlers.reports.basis import team_figures
from handlers.reports.report_data import pool_of, today_of, zone_of
from handlers.turn import Services
from scoring import kpi
from scoring.kpi import Composite, DisciplineLine, Line, Measure, Tally, Verdict
from scoring.metrics import QUALITY, Aim, Direction
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
    aims = await configured.aims(tx, team)
    by_agent = await kpi_figures.tallies(tx, scope, period.first, period.last)
    now = list(by_agent.values())
    before = [
        list((await kpi_figures.tallies(tx, scope, one.first, one.last)).values()) for one in months
    ]
    quality, *line = await _quality(tx, services, scope, team, (period, *months))
    together = kpi.merged(now)
    measured = [
        (aim, quality if aim.metric == QUALITY else _measure(aim, together)) for aim in aims
    ]
    wanted = next(aim for aim in aims if aim.metric == QUALITY)
    return Sheet(
        period=period,
        today=today,
        months=tuple(months),
        quality=Line(wanted, quality, tuple(line)),
        lines=kpi.lines(aims, now, before),
        discipline=kpi.discipline(aims, now, before),
        composite=kpi.composite(measured),
        behind=await _behind(tx, aims, by_agent) if scope.team is not None else {},
    )


async def _quality(
    tx: Transaction, services: Services, scope: Scope, team: Team | None, periods: Sequence[Period]
) -> list[Measure | None]:
    """Return the quality score of each period, as the report on the team or the person has it."""
    if scope.agent is None and team is not None:
        found = await team_figures(tx, services, team, periods)
        return [kpi.quality_of(one.mean) for one in found]
    where = zone_of(services, team)
    pool = await pool_of(tx, services, team, periods[0])
    finals = await reports.finals(tx, scope, [one.bounds(where) for one in periods])
    return [kpi.quality(scores, pool) for scores in finals]


def _months(period: Period, today: dt.date) -> list[Period]:
    """Return the last months up to the one in which the period ends, oldest first."""
    month = parse_period(f"{min(period.last, today):%Y-%m}", today)
    return trend(month, MONTHS)


def _measure(aim: Aim, now: Mapping[str, Tally]) -> Measure | None:
    return kpi.measure(aim.metric, now.get(aim.metric.key))


async def _behind(
    tx: Transaction, aims: Sequence[Aim], by_agent: Mapping[int, Mapping[str, Tally]]
) -> dict[str, tuple[Behind, ...]]:
    names = await people.by_ids(tx, by_agent) if by_agent else {}
    found: dict[str, tuple[Behind, ...]] = {}
    for aim in aims:
        measured = ((agent, _measure(aim, own)) for agent, own in by_agent.items())
        missing = [
            Behind(names[agent].name, one)
            for agent, one in measured
            if one is not None and kpi.verdict(aim, one) is Verdict.MISSED
        ]
        found[aim.metric.key] = tuple(_worst_first(aim, missing))
    return found


def _worst_first(aim: Aim, missing: list[Behind]) -> list[Behind]:
    sign = 1 if aim.metric.direction is Direction.HIGHER else -1
    return sorted(missing, key=lambda one: (sign * one.measure.mean, one.name))

"""All that a report's file holds, read before it is written."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from handlers.kpi import kpi_data
from handlers.kpi.kpi_data import person_sheet, team_sheet
from handlers.reports.basis import team_figures
from handlers.reports.export_rows import AnswerLine, answer_lines
from handlers.reports.line_keepers import line_keepers_of
from handlers.reports.report_data import PersonReport, TeamReport, pool_of, zone_of
from handlers.reports.training import training_of
from handlers.turn import Services
from handlers.views import funnel_chart, report_charts
from handlers.views.chart_data import Chart
from handlers.views.line_keepers import WorthALook
from handlers.words import Words
from scoring.periods import Period, PeriodKind, parse_period, trend
from scoring.pooled import agent_mean
from scoring.report import Report
from scoring.statistics import Interval
from scoring.training import Need
from storage import reports
from storage.reports import Scope


@dataclass(frozen=True, slots=True)
class TeamParts:
    """What only a team's file holds: what to train, and what is worth a look with its funnel."""

    seen: TeamReport
    needs: Sequence[Need]
    look: WorthALook
    funnel: Chart | None


@dataclass(frozen=True, slots=True)
class FileData:
    """A team's or a person's report with its evaluations answer by answer, and its pictures.

    ``line`` are the last twelve months up to the period's end, oldest first, or weeks for a week;
    ``line_drawn`` says of each whether its mean rests on drawn contacts.
    """

    whose: str
    period: Period
    today: dt.date
    report: Report
    names: Mapping[int, str]
    line: Sequence[tuple[Period, Interval | None]]
    answers: Sequence[AnswerLine]
    chart: Chart | None
    kpi: kpi_data.Sheet | None
    team: TeamParts | None = None
    line_drawn: Sequence[bool] = ()


async def team_data(
    services: Services, t: Words, seen: TeamReport, *, errors: bool = False
) -> FileData:
    """Read what a team's file holds; of the answers only the errors, where no more is wanted."""
    scope, where = Scope(team=seen.team.id), zone_of(services, seen.team)
    async with services.db.reading() as tx:
        needs = await training_of(tx, services, seen)
        look = await line_keepers_of(tx, services, seen)
        kpi = await team_sheet(tx, services, seen.team, seen.period)
        periods = _periods(seen.period, seen.today)
        figures = await team_figures(tx, services, seen.team, periods)
        line = _line(periods, [one.mean for one in figures])
    return FileData(
        whose=seen.team.name,
        period=seen.period,
        today=seen.today,
        report=seen.report,
        names=seen.names,
        line=line,
        answers=await _answers(services, t, scope, seen.period, where, errors=errors),
        chart=report_charts.team_chart(t, seen, named=True),
        kpi=kpi,
        line_drawn=[one.on_drawn for one in figures[-len(line) :]],
        team=TeamParts(seen, needs, look, funnel_chart.funnel_chart(t, look)),
    )


async def person_data(
    services: Services, t: Words, seen: PersonReport, *, errors: bool = False
) -> FileData:
    """Read what one person's file holds; of the answers as ``team_data`` does."""
    person = seen.person
    scope, where = Scope(agent=person.id), zone_of(services, seen.team)
    async with services.db.reading() as tx:
        kpi = await person_sheet(tx, services, person, seen.team, seen.period)
        pool = await pool_of(tx, services, seen.team, seen.period)
        periods = _periods(seen.period, seen.today)
        found = await reports.finals(tx, scope, [one.bounds(where) for one in periods])
        line = _line(periods, [agent_mean(scores, pool) for scores in found])
    return FileData(
        whose=person.name,
        period=seen.period,
        today=seen.today,
        report=seen.report,
        names={person.id: person.name},
        line=line,
        answers=await _answers(services, t, scope, seen.period, where, errors=errors),
        chart=report_charts.agent_chart(t, seen),
        kpi=kpi,
    )


def _periods(period: Period, today: dt.date) -> list[Period]:
    """Return the months up to the period's end, or the weeks up to a week."""
    if period.kind is PeriodKind.WEEK:
        return trend(period)
    return trend(parse_period(f"{min(period.last, today):%Y-%m}", today))


def _line(
    periods: Sequence[Period], means: Sequence[Interval | None]
) -> list[tuple[Period, Interval | None]]:
    """Return the periods' means, from the first with a score on."""
    line = list(zip(periods, means, strict=True))
    known = (place for place, one in enumerate(means) if one is not None)
    return line[next(known, len(line) - 1) :]


async def _answers(
    services: Services, t: Words, scope: Scope, period: Period, where: ZoneInfo, *, errors: bool
) -> list[AnswerLine]:
    return await answer_lines(services, [(scope, period.bounds(where))], t, errors=errors)

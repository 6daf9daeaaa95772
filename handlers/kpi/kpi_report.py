"""The button KPI under a report: everything that was imported, beside the quality score."""

from functools import partial

from handlers.kpi.kpi_data import Sheet, person_sheet, team_sheet
from handlers.refusals import OnlyInPrivate
from handlers.reports.report_data import team_of, today_of
from handlers.reports.report_words import period_of
from handlers.reports.scope import agent_for, team_for
from handlers.reports.showing import show_with_chart
from handlers.taps import ReportKind, ReportTap
from handlers.turn import Turn
from handlers.views import kpi as views
from handlers.views.screen import Picture, Screen


async def pressed(turn: Turn, tap: ReportTap) -> None:
    """Show the KPI of the team or person of the tap, looked at anew, in place of the report."""
    if not turn.private:
        raise OnlyInPrivate
    whose, sheet = await (_team if tap.kind is ReportKind.TEAM else _person)(turn, tap)
    screen = views.sheet_screen(turn.t, whose, sheet, tap)
    await show_with_chart(turn, None, partial(_without, screen), in_place=True)


async def _team(turn: Turn, tap: ReportTap) -> tuple[str, Sheet | None]:
    async with turn.db.reading() as tx:
        team = await team_for(tx, turn, tap.subject)
        period = period_of(tap.period, today_of(turn.services, team))
        return team.name, await team_sheet(tx, turn.services, team, period)


async def _person(turn: Turn, tap: ReportTap) -> tuple[str, Sheet | None]:
    async with turn.db.reading() as tx:
        agent = await agent_for(tx, turn, tap.subject)
        team = await team_of(tx, agent)
        period = period_of(tap.period, today_of(turn.services, team))
        return agent.name, await person_sheet(tx, turn.services, agent, team, period)


def _without(screen: Screen, _picture: Picture | None) -> Screen:
    return screen

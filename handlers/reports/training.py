"""Training needs of a team: read from its report's evaluations, and the button under /team."""

from functools import partial

from handlers.refusals import OnlyInPrivate, OutOfDate
from handlers.reports.report_data import TeamReport, team_report, today_of, zone_of
from handlers.reports.report_words import period_of
from handlers.reports.scope import team_for
from handlers.reports.showing import show_with_chart
from handlers.taps import ReportKind, ReportTap
from handlers.turn import Services, Turn
from handlers.views import training as views
from handlers.views.screen import Picture, Screen
from scoring.training import Need, needs
from storage import reports
from storage.database import Transaction
from storage.reports import Scope


async def training_of(tx: Transaction, services: Services, seen: TeamReport) -> tuple[Need, ...]:
    """Read what the team of the report should train; of agents only those of the team today."""
    window = seen.period.bounds(zone_of(services, seen.team))
    by_agent = await reports.tallies_by_agent(tx, services.shelf, Scope(team=seen.team.id), window)
    return needs(by_agent, seen.report.scored, seen.members)


async def pressed(turn: Turn, tap: ReportTap) -> None:
    """Show the training needs of the tap's team, looked at anew, in place of the report."""
    if not turn.private:
        raise OnlyInPrivate
    if tap.kind is not ReportKind.TEAM:
        raise OutOfDate
    async with turn.db.reading() as tx:
        team = await team_for(tx, turn, tap.subject)
        period = period_of(tap.period, today_of(turn.services, team))
        seen = await team_report(tx, turn.services, team, period)
        found = await training_of(tx, turn.services, seen)
    screen = views.training_screen(turn.t, seen, found)
    await show_with_chart(turn, None, partial(_without, screen), in_place=True)


def _without(screen: Screen, _picture: Picture | None) -> Screen:
    return screen

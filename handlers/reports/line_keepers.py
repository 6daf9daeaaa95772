"""What is worth a look in a team's period: read for its report, and the button under /team."""

from collections.abc import Collection, Mapping
from functools import partial

from handlers.refusals import OnlyInPrivate, OutOfDate
from handlers.reports.report_data import TeamReport, team_report, today_of, zone_of
from handlers.reports.report_words import period_of
from handlers.reports.scope import team_for
from handlers.reports.showing import show_with_chart
from handlers.taps import ReportKind, ReportTap
from handlers.turn import Services, Turn
from handlers.views import funnel_chart
from handlers.views import line_keepers as views
from scoring.line_keepers import line_keepers
from storage import corrections, people
from storage import line_keepers as storage
from storage.database import Transaction
from storage.reports import Scope


async def line_keepers_of(
    tx: Transaction, services: Services, seen: TeamReport
) -> views.WorthALook:
    """Read what is worth a look in the report's evaluations."""
    scope, window = Scope(team=seen.team.id), seen.period.bounds(zone_of(services, seen.team))
    judgements = await storage.judgements(tx, scope, window)
    uses = await storage.criterion_uses(tx, services.shelf, scope, window)
    centre = await storage.judgements(tx, Scope(), window)
    found = line_keepers(judgements, uses, centre)
    put_right = await corrections.tallies(tx, seen.team.id, window)
    named = {one.evaluator_id for one in found.departures}
    named |= {one.evaluator_id for one in put_right}
    return views.WorthALook(seen, found, await _evaluators(tx, named), put_right)


async def pressed(turn: Turn, tap: ReportTap) -> None:
    """Show what is worth a look in the tap's team, looked at anew, in place of the report."""
    if not turn.private:
        raise OnlyInPrivate
    if tap.kind is not ReportKind.TEAM:
        raise OutOfDate
    async with turn.db.reading() as tx:
        team = await team_for(tx, turn, tap.subject)
        period = period_of(tap.period, today_of(turn.services, team))
        seen = await team_report(tx, turn.services, team, period)
        found = await line_keepers_of(tx, turn.services, seen)
    chart = funnel_chart.funnel_chart(turn.t, found)
    screen = partial(views.worth_a_look_screen, turn.t, found)
    await show_with_chart(turn, chart, screen, in_place=True)


async def _evaluators(tx: Transaction, wanted: Collection[int]) -> Mapping[int, str]:
    known = await people.by_ids(tx, wanted) if wanted else {}
    return {one.id: one.name for one in known.values()}

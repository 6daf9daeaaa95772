"""How disputes about a team's evaluations went: the overturn rate by criterion and evaluator."""

from handlers.refusals import OnlyInPrivate
from handlers.reports.report_data import today_of, zone_of
from handlers.reports.report_words import period_of
from handlers.reports.scope import team_for
from handlers.reports.showing import show_with_chart
from handlers.taps import ReportTap
from handlers.turn import Services, Turn
from handlers.views.overturn import Disputed, overturn_screen
from scoring.overturn import rates
from scoring.periods import Period
from scoring.scorecard import Wording
from storage import outcomes, people
from storage.database import Transaction
from storage.reports import Scope
from storage.teams import Team


async def pressed(turn: Turn, tap: ReportTap) -> None:
    """Show the disputes of a team's period in place of its report."""
    if not turn.private:
        raise OnlyInPrivate
    async with turn.db.reading() as tx:
        team = await team_for(tx, turn, tap.subject)
        period = period_of(tap.period, today_of(turn.services, team))
        seen = await disputed(tx, turn.services, team, period)
    screen = overturn_screen(turn.t, seen)
    await show_with_chart(turn, None, lambda _: screen, in_place=True)


async def disputed(tx: Transaction, services: Services, team: Team, period: Period) -> Disputed:
    """Read how disputes about the team's evaluations submitted in the period went."""
    scope, window = Scope(team=team.id), period.bounds(zone_of(services, team))
    found = await outcomes.tallies(tx, scope, window)
    every, still_open = await outcomes.standing(tx, scope, window)
    by_criterion: list[tuple[tuple[str, str], int, int]] = []
    titles: dict[tuple[str, str], Wording] = {}
    for one in found:
        scorecard = (await services.shelf.get(tx, one.scorecard_version_id)).scorecard
        key = scorecard.key, one.criterion
        titles[key] = scorecard.criterion(one.criterion).title  # the newest version's comes last
        by_criterion.append((key, one.decided, one.changed))
    who = await people.by_ids(tx, {one.evaluator_id for one in found})
    return Disputed(
        team=team,
        period=period,
        today=today_of(services, team),
        every=every,
        still_open=still_open,
        total=rates(("", one.decided, one.changed) for one in found),
        criteria=rates(by_criterion),
        evaluators=rates((one.evaluator_id, one.decided, one.changed) for one in found),
        titles=titles,
        names={one.id: one.name for one in who.values()},
    )

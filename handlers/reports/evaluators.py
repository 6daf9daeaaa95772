"""Evaluators of a team compared over the whole centre: the list, and a page for each."""

from collections.abc import Sequence

from handlers.refusals import NotFound, OnlyInPrivate, OutOfDate
from handlers.reports.report_data import today_of, zone_of
from handlers.reports.report_words import period_of
from handlers.reports.scope import team_for
from handlers.reports.showing import show_with_chart
from handlers.taps import ReportKind, ReportTap
from handlers.turn import Turn
from handlers.views import evaluators as views
from scoring.criterion_habits import criterion_habits
from scoring.line_keepers import Judgement, standings
from scoring.periods import Period
from storage import corrections, line_keepers, outcomes, people
from storage.database import Transaction
from storage.reports import Scope, Window
from storage.teams import Team


async def pressed_list(turn: Turn, tap: ReportTap) -> None:
    """Show a page of those who scored in the team, the clearest differences first."""
    async with turn.db.reading() as tx:
        team, period, window = await _asked(tx, turn, tap)
        here = await _here(tx, team, window)
        found = standings(await line_keepers.judgements(tx, Scope(), window)) if here else ()
        known = await people.by_ids(tx, here) if here else {}
    names = {one.id: one.name for one in known.values()}
    listed = tuple(one for one in found if one.evaluator_id in here)
    today = today_of(turn.services, team)
    seen = views.Listed(team, period, today, listed, names)
    screen = views.list_screen(turn.t, seen, tap.value)
    await show_with_chart(turn, None, lambda _: screen, in_place=True)


async def pressed(turn: Turn, tap: ReportTap) -> None:
    """Show one evaluator's page, if they scored in the team in that period."""
    async with turn.db.reading() as tx:
        team, period, window = await _asked(tx, turn, tap)
        if tap.value not in await _here(tx, team, window):
            raise NotFound
        evaluator = await people.by_id(tx, tap.value)
        if evaluator is None:
            raise NotFound
        every = await line_keepers.judgements(tx, Scope(), window)
        rows = await line_keepers.passes(tx, turn.services.shelf, evaluator.id, window)
        put_right = await corrections.tallies(tx, None, window)
        disputed = await outcomes.tallies(tx, Scope(), window)
    own = [one for one in disputed if one.evaluator_id == evaluator.id]
    page = views.Page(
        team=team,
        period=period,
        today=today_of(turn.services, team),
        name=evaluator.name,
        evaluations=_count(every, evaluator.id),
        standings=tuple(one for one in standings(every) if one.evaluator_id == evaluator.id),
        habits=criterion_habits(rows, evaluator.id),
        put_right=next((one for one in put_right if one.evaluator_id == evaluator.id), None),
        decided=sum(one.decided for one in own),
        changed=sum(one.changed for one in own),
    )
    screen = views.page_screen(turn.t, page)
    await show_with_chart(turn, None, lambda _: screen, in_place=True)


async def _asked(tx: Transaction, turn: Turn, tap: ReportTap) -> tuple[Team, Period, Window]:
    if not turn.private:
        raise OnlyInPrivate
    if tap.kind is not ReportKind.TEAM:
        raise OutOfDate
    team = await team_for(tx, turn, tap.subject)
    period = period_of(tap.period, today_of(turn.services, team))
    return team, period, period.bounds(zone_of(turn.services, team))


async def _here(tx: Transaction, team: Team, window: Window) -> set[int]:
    """Return who scored in the team."""
    own = await line_keepers.judgements(tx, Scope(team=team.id), window)
    return {one.evaluator_id for one in own}


def _count(judgements: Sequence[Judgement], evaluator_id: int) -> int:
    return sum(one.evaluator_id == evaluator_id for one in judgements)

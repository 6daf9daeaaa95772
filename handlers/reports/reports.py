"""/team, /agent and /me: what a period's evaluations say, and the buttons under the answer."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from handlers.disputes import overturn
from handlers.goals import goal_making
from handlers.kpi import kpi_report
from handlers.kpi.kpi_data import person_sheet, team_sheet
from handlers.refusals import NotAllowed, NotFound, OnlyInPrivate, Sorry
from handlers.reports import evaluators, export, line_keepers, praise, training
from handlers.reports.report_data import person_report, team_of, team_report, today_of
from handlers.reports.report_words import period_of, split, typed, unknown
from handlers.reports.scope import OVERSEERS, agent_for, agents_for, named, team_for, teams_of
from handlers.reports.showing import show_with_chart
from handlers.routing import Command, press
from handlers.taps import ReportAct, ReportKind, ReportTap
from handlers.turn import Turn
from handlers.views import report_charts, reports
from handlers.views.screen import shorten
from handlers.words import N_
from scoring.periods import token
from scoring.roles import Role
from storage.people import Person
from storage.teams import Team

NAME_SHOWN = 60

ELSEWHERE: Mapping[ReportAct, Callable[[Turn, ReportTap], Awaitable[None]]] = {
    ReportAct.KPI: kpi_report.pressed,
    ReportAct.DISPUTES: overturn.pressed,
    ReportAct.GOAL: goal_making.offer,
    ReportAct.TRAINING: training.pressed,
    ReportAct.PRAISE: praise.pressed_report,
    ReportAct.WORTH_A_LOOK: line_keepers.pressed,
    ReportAct.EVALUATORS: evaluators.pressed_list,
    ReportAct.EVALUATOR: evaluators.pressed,
}
"""What leads from a report to something else."""


class NobodyFound(Sorry):
    """No agent whom the person oversees is called that."""

    sentence = N_("I found no agent “{name}” in your teams.")


async def team(turn: Turn) -> None:
    """Answer /team: the report, or the question which team is meant."""
    text = typed(turn)
    name, period = split(text, turn.now)
    async with turn.db.reading() as tx:
        found = await teams_of(tx, turn.person)
    found = named(found, name) if name else found
    if not found:
        raise unknown(text)
    if len(found) == 1:
        await _show_team(turn, found[0], period)
    else:
        asked = token(period_of(period, today_of(turn.services, found[0])))
        await turn.say(reports.choose_team(turn.t, found, asked, narrowed=bool(name)))


async def agent(turn: Turn) -> None:
    """Answer /agent: the report, or the question which agent is meant."""
    name, period = split(typed(turn), turn.now)
    async with turn.db.reading() as tx:
        found = await agents_for(tx, turn.person, name)
        team = await team_of(tx, found[0]) if found else None
    if not found:
        raise NobodyFound(name=shorten(name, NAME_SHOWN))
    if len(found) == 1:
        await _show_person(turn, found[0], team, period)
    else:
        asked = token(period_of(period, today_of(turn.services, team)))
        await turn.say(reports.choose_agent(turn.t, found, asked))


async def me(turn: Turn) -> None:
    """Answer /me: the agent's own report."""
    await _show_person(turn, turn.person, await _own_team(turn), typed(turn))


async def _own_team(turn: Turn) -> Team | None:
    async with turn.db.reading() as tx:
        return await team_of(tx, turn.person)


async def pressed(turn: Turn, tap: ReportTap) -> None:
    """Handle a press under a report; what it names is looked at anew each time."""
    if tap.act in export.FILES:
        await export.pressed(turn, tap)
    elif tap.act in ELSEWHERE:
        await ELSEWHERE[tap.act](turn, tap)
    elif tap.act is ReportAct.CONSENT:
        await praise.consent(turn, tap)
        await _show_person(turn, turn.person, await _own_team(turn), tap.period, in_place=True)
    elif tap.kind is ReportKind.AGENT:
        await _pressed_person(turn, tap)
    else:
        await _pressed_team(turn, tap)


async def _pressed_team(turn: Turn, tap: ReportTap) -> None:
    if not tap.subject:
        await _choose_team(turn, tap)
        return
    async with turn.db.reading() as tx:
        team = await team_for(tx, turn, tap.subject)
    page = tap.value if tap.act is ReportAct.AGENTS else None
    if page is not None and not turn.private:
        raise OnlyInPrivate
    await _show_team(turn, team, tap.period, page=page, in_place=True)


async def _choose_team(turn: Turn, tap: ReportTap) -> None:
    """Ask again which team is meant: another page of them."""
    if not turn.person.is_a(*OVERSEERS):
        raise NotAllowed
    async with turn.db.reading() as tx:
        found = await teams_of(tx, turn.person)
    if not found:
        raise NotFound
    asked = token(period_of(tap.period, today_of(turn.services, found[0])))
    await turn.show(reports.choose_team(turn.t, found, asked))


async def _pressed_person(turn: Turn, tap: ReportTap) -> None:
    if not turn.private:
        raise OnlyInPrivate
    async with turn.db.reading() as tx:
        agent = await agent_for(tx, turn, tap.subject)
        team = await team_of(tx, agent)
    await _show_person(turn, agent, team, tap.period, back_to=tap.value, in_place=True)


async def _show_team(
    turn: Turn, team: Team, period: str, *, page: int | None = None, in_place: bool = False
) -> None:
    """Show the team's report, or a page of its agents under the same chart."""
    asked = period_of(period, today_of(turn.services, team))
    async with turn.db.reading() as tx:
        seen = await team_report(tx, turn.services, team, asked)
        kpi = await team_sheet(tx, turn.services, team, asked)
    chart = report_charts.team_chart(turn.t, seen, named=turn.private)
    if page is not None:
        screen = partial(reports.agents_screen, turn.t, seen, page=page)
    else:
        screen = partial(reports.team_screen, turn.t, seen, private=turn.private, kpi=kpi)
    await show_with_chart(turn, chart, screen, in_place=in_place)
    await praise.remember_group(turn, team)


async def _show_person(
    turn: Turn,
    person: Person,
    team: Team | None,
    period: str,
    *,
    back_to: int = 0,
    in_place: bool = False,
) -> None:
    asked = period_of(period, today_of(turn.services, team))
    async with turn.db.reading() as tx:
        seen = await person_report(tx, turn.services, person, team, asked)
        kpi = await person_sheet(tx, turn.services, person, team, asked)
    chart = report_charts.agent_chart(turn.t, seen)
    own = person.id == turn.person.id
    screen = partial(
        reports.person_screen,
        turn.t,
        seen,
        own=own,
        back_to=back_to,
        kpi=kpi,
        praise=await praise.may_be_praised(turn) if own else False,
    )
    await show_with_chart(turn, chart, screen, in_place=in_place)


COMMANDS = (
    Command("me", me, N_("My results"), frozenset({Role.AGENT})),
    Command("team", team, N_("A team's results"), OVERSEERS, in_groups=True),
    Command("agent", agent, N_("One agent's results"), OVERSEERS),
    *export.COMMANDS,
)
PRESSES = (press(ReportTap, pressed, in_groups=True),)

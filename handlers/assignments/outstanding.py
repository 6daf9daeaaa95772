"""What is left of a team's plans, by evaluator, for those who oversee the team."""

from handlers.assignments.access import MovedOn, named, put_aside, task_of
from handlers.reports.report_data import today_of, zone_of
from handlers.reports.scope import team_for
from handlers.reports.showing import show_beside
from handlers.taps import TaskAct, TaskTap
from handlers.turn import Turn
from handlers.views import assignments as task_views
from handlers.views import outstanding as views
from handlers.views.screen import Screen
from scoring.periods import parse_period
from storage import assignments, contacts, people, plan_progress, second_scorings
from storage.database import Transaction


async def show_team(turn: Turn, tap: TaskTap) -> None:
    """Show how far the team's plans are, and what is left with whom."""
    async with turn.db.reading() as tx:
        screen = await _team(tx, turn, tap.subject)
    await show_beside(turn, screen)


async def _team(tx: Transaction, turn: Turn, team_id: int) -> Screen:
    team = await team_for(tx, turn, team_id)
    month = parse_period("month", today_of(turn.services, team))
    shares = await plan_progress.shares(tx, team.id, turn.now)
    skipped = await plan_progress.skipped_last(tx, team.id, limit=views.SKIPPED)
    ids = {one.evaluator_id for one in shares} | {one.evaluator_id for one in skipped}
    known = await people.by_ids(tx, [one for one in ids if one is not None])
    left = views.Outstanding(
        team=team,
        month=month.first,
        progress=await plan_progress.progress(
            tx, team.id, month.bounds(zone_of(turn.services, team))
        ),
        shares=shares,
        skipped=skipped,
        names={one.id: one.name for one in known.values()},
        doubled=await second_scorings.newest(tx, [team.id]) is not None,
    )
    return views.team_screen(turn.t, left)


async def show_person(turn: Turn, tap: TaskTap) -> None:
    """Show what is left with one evaluator, or with nobody."""
    await put_aside(turn)
    async with turn.db.reading() as tx:
        await team_for(tx, turn, tap.subject)
        screen = await persons_list(tx, turn, tap.subject, tap.value or None, tap.page)
    await turn.show(screen)


async def persons_list(
    tx: Transaction, turn: Turn, team_id: int, evaluator_id: int | None, page: int
) -> Screen:
    """Return a page of what is left of the team's plans with that evaluator (``None``: nobody)."""
    team = await team_for(tx, turn, team_id)
    every = await assignments.open_of_team(tx, team_id, evaluator_id)
    page = min(max(page, 0), max(len(every) - 1, 0) // views.PAGE)
    entries = []
    for one in every[page * views.PAGE :][: views.PAGE]:
        contact = await contacts.by_id(tx, one.contact_id)
        agent = await people.by_id(tx, one.agent_id)
        if contact is not None and agent is not None:
            entries.append(views.Entry(one, contact, agent.name))
    evaluator = await people.by_id(tx, evaluator_id) if evaluator_id is not None else None
    left = views.PersonsList(
        team=team,
        evaluator=evaluator,
        entries=entries,
        total=len(every),
        page=page,
        now=turn.now,
        zone=zone_of(turn.services, team),
    )
    return views.person_screen(turn.t, left)


async def show_task(turn: Turn, tap: TaskTap) -> None:
    """Show an outstanding contact, to be passed on or skipped."""
    await put_aside(turn)
    try:
        async with turn.db.reading() as tx:
            await team_for(tx, turn, tap.team)
            one = await named(tx, turn, tap)
            task = await task_of(tx, turn.services, turn.person, one, tap)
            screen = task_views.task_screen(turn.t, task)
    except MovedOn:
        await turn.toast(turn.t("This had moved on. Here is where it stands now."))
        async with turn.db.reading() as tx:
            screen = await _team(tx, turn, tap.team)
    await turn.show(screen)


def team_tap(team_id: int) -> TaskTap:
    """Return the press that leads to what is left of the team's plans."""
    return TaskTap(TaskAct.TEAM, team_id)

"""/goals: what agents work on, each goal with its figures; supervisors set and drop them."""

import datetime as dt
from collections.abc import Awaitable, Callable, Mapping

from handlers.disputes.disputing import forget
from handlers.goals import goal_making, goal_news
from handlers.goals.goal_data import opened
from handlers.refusals import NotYours
from handlers.reports.report_data import today_of
from handlers.routing import Command, Typed, press
from handlers.taps import GoalAct, GoalTap
from handlers.turn import Turn
from handlers.views import goal_making as making_views
from handlers.views import goals as views
from handlers.views.screen import Screen
from handlers.words import N_
from scoring.goals import GoalState
from scoring.roles import Role
from storage import goals, people
from storage.database import Transaction
from storage.goals import Seen, Which
from storage.people import Person

SETTERS = frozenset({Role.SUPERVISOR, Role.ADMIN})
CONCERNED = frozenset({Role.AGENT, Role.SUPERVISOR, Role.ADMIN})
LOOK_BACK = dt.timedelta(days=90)
"""The days whose costs are offered where no report's period says otherwise."""


async def list_goals(turn: Turn) -> None:
    """Answer /goals: one's own, those one helps with, and those of the teams one oversees."""
    async with turn.db.reading() as tx:
        screen = await _list(tx, turn, Which.OPEN, 0)
    await turn.say(screen)


async def pressed(turn: Turn, tap: GoalTap) -> None:
    """Handle a press about goals."""
    await ACTS[tap.act](turn, tap)


async def _turn_page(turn: Turn, tap: GoalTap) -> None:
    which = Which.CLOSED if tap.number else Which.OPEN
    async with turn.db.reading() as tx:
        screen = await _list(tx, turn, which, max(tap.subject, 0))
    await turn.show(screen)


async def _list(tx: Transaction, turn: Turn, which: Which, skip: int) -> Screen:
    seen = Seen(turn.person.id, _teams(turn.person))
    entries, total = await goals.page(tx, seen, which, limit=views.PAGE, offset=skip)
    agents = await people.by_ids(tx, {one.agent_id for one in entries})
    listed = views.Listed(
        entries=entries,
        names={one.id: one.name for one in agents.values()},
        reader=turn.person.id,
        which=which,
        skipped=skip,
        total=total,
        sets=_sets(turn.person),
    )
    return views.list_screen(turn.t, listed)


def _teams(person: Person) -> tuple[int, ...] | None:
    if person.is_a(Role.ADMIN):
        return None
    return person.supervises if person.is_a(Role.SUPERVISOR) else ()


def _sets(person: Person) -> bool:
    return person.is_a(Role.ADMIN) or (person.is_a(Role.SUPERVISOR) and bool(person.supervises))


async def _card(turn: Turn, tap: GoalTap) -> None:
    async with turn.db.reading() as tx:
        file = await opened(tx, turn.services, turn.person, tap.subject)
    await turn.show(views.card_screen(turn.t, file, turn.person))


async def _choose_agent(turn: Turn, tap: GoalTap) -> None:
    today = today_of(turn.services, None)
    async with turn.db.writing() as tx:
        await forget(tx, turn.person, goal_making.AWAITED, tap.subject)
        found = await goal_making.agents_to_choose(tx, turn)
    period = f"{today - LOOK_BACK}..{today}"
    await turn.show(making_views.agents_screen(turn.t, found, tap.subject, period))


async def _ask_drop(turn: Turn, tap: GoalTap) -> None:
    async with turn.db.reading() as tx:
        file = await opened(tx, turn.services, turn.person, tap.subject)
    if not file.may_be_changed_by(turn.person):
        raise NotYours
    if file.goal.is_open:
        await turn.show(views.drop_screen(turn.t, file))
    else:
        await turn.show(views.card_screen(turn.t, file, turn.person))


async def _drop(turn: Turn, tap: GoalTap) -> None:
    """Drop the goal and tell who works on it; a second press only shows that it was."""
    async with turn.db.writing() as tx:
        file = await opened(tx, turn.services, turn.person, tap.subject)
        if not file.may_be_changed_by(turn.person):
            raise NotYours
        if await goals.close(tx, file.goal.id, GoalState.DROPPED, turn.now):
            await goal_news.tell(tx, goal_news.DROPPED, file, turn.now, without=turn.person.id)
        file = await opened(tx, turn.services, turn.person, tap.subject)
    turn.services.wake()
    await turn.show(views.card_screen(turn.t, file, turn.person))


ACTS: Mapping[GoalAct, Callable[[Turn, GoalTap], Awaitable[None]]] = {
    GoalAct.LIST: _turn_page,
    GoalAct.CARD: _card,
    GoalAct.AGENTS: _choose_agent,
    GoalAct.SET: goal_making.ask_date,
    GoalAct.WRITE: goal_making.ask_typed_date,
    GoalAct.BY: goal_making.ask_mentor,
    GoalAct.MAKE: goal_making.make,
    GoalAct.DROP: _ask_drop,
    GoalAct.DROP_SURE: _drop,
    GoalAct.AGAIN: goal_making.again,
}

COMMANDS = (Command("goals", list_goals, N_("What is being worked on"), CONCERNED),)
PRESSES = (press(GoalTap, pressed),)
TYPED = (Typed(goal_making.AWAITED, goal_making.take_date, SETTERS),)
NOTICES = goal_news.NOTICES

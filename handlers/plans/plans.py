"""/plans: what is drawn for scoring, team by team, and what was drawn."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from handlers.plans import draw_files, draw_job, draw_news
from handlers.plans.drawing import draw, ended_period, note
from handlers.plans.plan_data import drawn_file, plan_file
from handlers.plans.plan_settings import changed, field_named
from handlers.refusals import NotFound, Sorry
from handlers.reports.scope import OVERSEERS, team_for, teams_of
from handlers.routing import Command, press
from handlers.taps import PlanAct, PlanTap
from handlers.turn import Turn
from handlers.views import draws as draw_views
from handlers.views import plan_questions
from handlers.views import plans as views
from handlers.views.screen import Screen
from handlers.words import N_
from scoring.roles import Role
from scoring.zones import local_day, zone
from storage import audit, draws, locks, plans
from storage.audit import Action, Subject, Thing
from storage.database import Transaction
from storage.draws import Draw
from storage.plans import Plan
from storage.teams import Team

LOCK = "plans"

Step = Callable[[Transaction, Turn, PlanTap], Awaitable[Screen]]


class HasDrawn(Sorry):
    """A plan whose draws are to be kept was to be deleted."""

    sentence = N_("This plan has drawn already, so it stays. Pause it instead.")


class NothingToDraw(Sorry):
    """All that the plan wants of the period was drawn, or the journal has nothing more."""

    sentence = N_("There is nothing more to draw: all is drawn, or the journal has no more.")


async def list_plans(turn: Turn) -> None:
    """Answer /plans."""
    async with turn.db.reading() as tx:
        screen = await _list(tx, turn, PlanTap(PlanAct.LIST))
    await turn.say(screen)


async def pressed(turn: Turn, tap: PlanTap) -> None:
    """Handle a press; whose team the plan is of is looked at anew."""
    if tap.act is PlanAct.FILE:
        await _send_file(turn, tap)
        return
    async with turn.db.writing() as tx:
        screen = await STEPS[tap.act](tx, turn, tap)
    if tap.act is PlanAct.NOW:
        turn.services.wake()
    await turn.show(screen)


async def _plan(tx: Transaction, turn: Turn, plan_id: int) -> tuple[Plan, Team]:
    """Return the plan and its team; raise ``NotFound`` or ``NotYours``."""
    plan = await plans.by_id(tx, plan_id)
    if plan is None:
        raise NotFound
    return plan, await team_for(tx, turn, plan.team_id)


async def _drawn(tx: Transaction, turn: Turn, draw_id: int) -> Draw:
    """Return the draw; raise ``NotFound`` or ``NotYours``."""
    found = await draws.by_id(tx, draw_id)
    if found is None:
        raise NotFound
    await team_for(tx, turn, found.team_id)
    return found


async def _list(tx: Transaction, turn: Turn, tap: PlanTap) -> Screen:
    teams = {team.id: team for team in await teams_of(tx, turn.person)}
    found = await plans.of_teams(tx, teams)
    order = {team: place for place, team in enumerate(teams)}
    found.sort(key=lambda one: (not one.active, order[one.team_id], one.id))
    skip = tap.value if 0 <= tap.value < len(found) else 0
    return views.list_screen(turn.t, found, teams, skip, admin=turn.person.is_a(Role.ADMIN))


async def _teams(tx: Transaction, turn: Turn, tap: PlanTap) -> Screen:
    found = await teams_of(tx, turn.person)
    skip = tap.value if 0 <= tap.value < len(found) else 0
    return views.teams_screen(turn.t, found, skip)


async def _new(tx: Transaction, turn: Turn, tap: PlanTap) -> Screen:
    """Make a plan; one that is still as plans are made is shown instead of a second such."""
    team = await team_for(tx, turn, tap.subject)
    await locks.alone(tx, LOCK)
    there = await plans.of_teams(tx, [team.id])
    untouched = (one for one in there if replace(one, id=0) == Plan(0, team.id))
    plan = next(untouched, None)
    if plan is None:
        plan = await plans.add(tx, team.id, turn.now, by=turn.person.id)
        await audit.note(tx, turn.actor, Action.PLAN_MADE, Subject(Thing.PLAN, plan.id))
    return await _shown(tx, turn, plan)


async def _card(tx: Transaction, turn: Turn, tap: PlanTap) -> Screen:
    plan, _ = await _plan(tx, turn, tap.subject)
    return await _shown(tx, turn, plan)


async def _shown(tx: Transaction, turn: Turn, plan: Plan) -> Screen:
    file = await plan_file(tx, plan, turn.now)
    return views.card_screen(turn.t, file, admin=turn.person.is_a(Role.ADMIN))


async def _ask(tx: Transaction, turn: Turn, tap: PlanTap) -> Screen:
    plan, team = await _plan(tx, turn, tap.subject)
    return plan_questions.question_screen(turn.t, plan, team, field_named(tap.field))


async def _set(tx: Transaction, turn: Turn, tap: PlanTap) -> Screen:
    """Store the choice; lists stay open for the next one, other questions are answered."""
    await locks.alone(tx, LOCK)
    plan, team = await _plan(tx, turn, tap.subject)
    field = field_named(tap.field)
    after = changed(plan, field, tap.value)
    await _save(tx, turn, plan, after)
    if field in plan_questions.OPEN:
        return plan_questions.question_screen(turn.t, after, team, field)
    return await _shown(tx, turn, after)


async def _runs(tx: Transaction, turn: Turn, tap: PlanTap) -> Screen:
    await locks.alone(tx, LOCK)
    plan, _ = await _plan(tx, turn, tap.subject)
    after = replace(plan, active=bool(tap.value))
    await _save(tx, turn, plan, after)
    return await _shown(tx, turn, after)


async def _save(tx: Transaction, turn: Turn, before: Plan, after: Plan) -> None:
    """Store the plan, and enter in the audit log what is another setting now."""
    await plans.save(tx, after)
    known = plans.settings_of(before)
    details = {key: one for key, one in plans.settings_of(after).items() if known[key] != one}
    if details:
        about = Subject(Thing.PLAN, after.id)
        await audit.note(tx, turn.actor, Action.PLAN_CHANGED, about, details)


async def _drop(tx: Transaction, turn: Turn, tap: PlanTap) -> Screen:
    plan, team = await _plan(tx, turn, tap.subject)
    return views.drop_screen(turn.t, plan, team)


async def _drop_sure(tx: Transaction, turn: Turn, tap: PlanTap) -> Screen:
    plan, _ = await _plan(tx, turn, tap.subject)
    if not await plans.remove(tx, plan.id):
        raise HasDrawn
    about = Subject(Thing.PLAN, plan.id)
    await audit.note(tx, turn.actor, Action.PLAN_CHANGED, about, {"deleted": True})
    return await _list(tx, turn, PlanTap(PlanAct.LIST))


async def _now(tx: Transaction, turn: Turn, tap: PlanTap) -> Screen:
    """Draw the period that ended last, or what its draws lack, at once."""
    plan, team = await _plan(tx, turn, tap.subject)
    period = ended_period(plan, local_day(turn.now, zone(team.timezone)))
    made = await draw(tx, team, plan, period, turn.now, again=True)
    if made is None:
        raise NothingToDraw
    await draw_news.queue(tx, team, [made], turn.now)
    await note(tx, turn.actor, [made])
    found = await _drawn(tx, turn, made.draw_id)
    return draw_views.card_screen(turn.t, await drawn_file(tx, found))


async def _draws(tx: Transaction, turn: Turn, tap: PlanTap) -> Screen:
    plan, team = await _plan(tx, turn, tap.subject)
    skip = max(0, tap.value)
    # One more than a page shows whether there is another.
    found = await draws.of_plan(tx, plan.id, offset=skip, limit=draw_views.PAGE + 1)
    chosen = await draws.chosen_counts(tx, [one.id for one in found])
    return draw_views.list_screen(turn.t, plan, team, found, chosen, skip)


async def _draw(tx: Transaction, turn: Turn, tap: PlanTap) -> Screen:
    found = await _drawn(tx, turn, tap.subject)
    return draw_views.card_screen(turn.t, await drawn_file(tx, found))


async def _send_file(turn: Turn, tap: PlanTap) -> None:
    async with turn.db.writing() as tx:
        found = await _drawn(tx, turn, tap.subject)
        file = await drawn_file(tx, found)
        content = await draw_files.csv(tx, found)
        await audit.note(tx, turn.actor, Action.EXPORTED, Subject(Thing.DRAW, found.id))
    await turn.toast()
    await turn.say(draw_views.file_screen(turn.t, file, content))


STEPS: Mapping[PlanAct, Step] = {
    PlanAct.LIST: _list,
    PlanAct.TEAMS: _teams,
    PlanAct.NEW: _new,
    PlanAct.CARD: _card,
    PlanAct.ASK: _ask,
    PlanAct.SET: _set,
    PlanAct.RUNS: _runs,
    PlanAct.DROP: _drop,
    PlanAct.DROP_SURE: _drop_sure,
    PlanAct.NOW: _now,
    PlanAct.DRAWS: _draws,
    PlanAct.DRAW: _draw,
}

COMMANDS = (Command("plans", list_plans, N_("What is drawn for scoring"), OVERSEERS),)
PRESSES = (press(PlanTap, pressed, OVERSEERS),)
NOTICES = draw_news.NOTICES
JOBS = draw_job.JOBS

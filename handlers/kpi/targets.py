"""/targets: which metrics a team uses, their targets, and the weights of its composite."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from handlers.kpi import target_metrics, target_texts
from handlers.people.team_settings import Setting, changed
from handlers.refusals import NotFound, Sorry
from handlers.reports.report_words import typed
from handlers.reports.scope import OVERSEERS, named, team_for, teams_of
from handlers.routing import Command, Typed, press
from handlers.taps import TargetAct, TargetTap
from handlers.turn import Turn
from handlers.views import targets as views
from handlers.views.screen import Screen, shorten
from handlers.words import N_
from scoring.metrics import QUALITY, Aim, Kind
from scoring.roles import Role
from storage import audit, awaiting, kpi, locks, teams
from storage.audit import Action, Subject, Thing
from storage.awaiting import Awaited
from storage.database import Transaction
from storage.teams import Team

TARGET = "targets.target"
WEIGHT = "targets.weight"
NEW = target_metrics.NEW
ASKED = frozenset({TARGET, WEIGHT, NEW})
NAME = 60

Step = Callable[[Transaction, Turn, Team, TargetTap], Awaitable[Screen]]


class NoSuchTeam(Sorry):
    """None of the person's teams is called that."""

    sentence = N_("I found no team “{name}” among yours.")


class NoWeight(Sorry):
    """A weight was given to what cannot be a part of the composite."""

    sentence = N_("Only a metric with a target can have a weight.")


class NoTarget(Sorry):
    """A target was given to discipline."""

    sentence = N_("Discipline is counted, it has no target.")


async def targets(turn: Turn) -> None:
    """Answer /targets: the team's targets, or the question which team is meant."""
    name = typed(turn)
    async with turn.db.writing() as tx:
        await _forget(tx, turn)
        found = await teams_of(tx, turn.person)
        if name and not (found := named(found, name)):
            raise NoSuchTeam(name=shorten(name, NAME))
        screen = (
            await _overview(tx, turn, found[0])
            if len(found) == 1
            else views.choose_team(turn.t, found)
        )
    await turn.say(screen)


async def pressed(turn: Turn, tap: TargetTap) -> None:
    """Handle a press; whose team it is about is looked at anew each time."""
    async with turn.db.writing() as tx:
        await _forget(tx, turn)
        if tap.act is TargetAct.LIST:
            screen = views.choose_team(turn.t, await teams_of(tx, turn.person))
        else:
            team = await team_for(tx, turn, tap.team)
            screen = await STEPS[tap.act](tx, turn, team, tap)
    await turn.show(screen)


async def target_typed(turn: Turn, awaited: Awaited) -> None:
    """Take a typed text as the target that was asked for."""
    async with turn.db.writing() as tx:
        team = await team_for(tx, turn, awaited.subject)
        await _set_target(tx, turn, team, await _aim(tx, team, awaited.detail), turn.text)
        await awaiting.forget(tx, turn.person.id)
        screen = await _overview(tx, turn, team)
    await turn.say(screen)


async def weight_typed(turn: Turn, awaited: Awaited) -> None:
    """Take a typed text as the weight that was asked for."""
    async with turn.db.writing() as tx:
        team = await team_for(tx, turn, awaited.subject)
        weight = target_texts.weight(turn.text)
        await _set_weight(tx, turn, team, await _aim(tx, team, awaited.detail), weight)
        await awaiting.forget(tx, turn.person.id)
        screen = await _composite(tx, turn, team)
    await turn.say(screen)


async def metric_typed(turn: Turn, awaited: Awaited) -> None:
    """Take a typed text as a new metric's key and name."""
    async with turn.db.writing() as tx:
        team = await team_for(tx, turn, awaited.subject)
        key = await target_metrics.add(tx, turn)
        screen = await _metric(tx, turn, team, key)
    await turn.say(screen)


async def _overview(tx: Transaction, turn: Turn, team: Team) -> Screen:
    team = await teams.by_id(tx, team.id) or team
    several = len(await teams_of(tx, turn.person)) > 1
    admin = turn.person.is_a(Role.ADMIN)
    aims = await kpi.aims(tx, team)
    return views.team_screen(turn.t, team, aims, several=several, admin=admin)


async def _metric(tx: Transaction, turn: Turn, team: Team, key: str) -> Screen:
    """Show a metric; the next text is its target, where it can have one."""
    aim = await _aim(tx, team, key)
    if aim.metric.kind is Kind.PERFORMANCE:
        await awaiting.expect(tx, turn.person.id, Awaited(TARGET, team.id, key))
    traits = turn.person.is_a(Role.ADMIN) and await target_metrics.changeable(tx, aim.metric)
    return views.metric_screen(turn.t, team, aim, traits=traits)


async def _composite(tx: Transaction, turn: Turn, team: Team) -> Screen:
    return views.composite_screen(turn.t, team, await kpi.aims(tx, team))


async def _aim(tx: Transaction, team: Team, key: str) -> Aim:
    """Return what the team wants of the metric; raise ``NotFound`` where there is none."""
    found = (aim for aim in await kpi.aims(tx, team) if aim.metric.key == key)
    aim = next(found, None)
    if aim is None:
        raise NotFound
    return aim


async def _set_target(tx: Transaction, turn: Turn, team: Team, aim: Aim, text: str) -> None:
    if aim.metric == QUALITY:
        # The team's own setting, which /teams shows too.
        await locks.alone(tx, locks.TEAMS)
        fresh = await teams.by_id(tx, team.id) or team
        saved = changed(turn.t, fresh, Setting.TARGET, text)
        await teams.save(tx, saved)
        await _note(tx, turn, team, aim, {"target": saved.target})
    elif aim.metric.kind is Kind.DISCIPLINE:
        raise NoTarget
    else:
        target = target_texts.target(turn.t, aim, text)
        await kpi.save_aim(tx, team, replace(aim, target=target, used=True))
        await _note(tx, turn, team, aim, {"target": target})


async def _note(
    tx: Transaction, turn: Turn, team: Team, aim: Aim, after: dict[str, float | None]
) -> None:
    details: audit.Details = {"metric": aim.metric.key, **after}
    await audit.note(tx, turn.actor, Action.TARGET_CHANGED, Subject(Thing.TEAM, team.id), details)


async def _set_weight(tx: Transaction, turn: Turn, team: Team, aim: Aim, weight: int) -> None:
    if not 0 <= weight <= target_texts.MOST_WEIGHT:
        raise target_texts.NotAWeight
    if weight and not views.may_weigh(aim):
        raise NoWeight
    await kpi.save_aim(tx, team, replace(aim, weight=weight))
    await _note(tx, turn, team, aim, {"weight": weight})


async def _forget(tx: Transaction, turn: Turn) -> None:
    awaited = await awaiting.current(tx, turn.person.id)
    if awaited is not None and awaited.what in ASKED:
        await awaiting.forget(tx, turn.person.id)


async def _show_team(tx: Transaction, turn: Turn, team: Team, _tap: TargetTap) -> Screen:
    return await _overview(tx, turn, team)


async def _show_metric(tx: Transaction, turn: Turn, team: Team, tap: TargetTap) -> Screen:
    return await _metric(tx, turn, team, tap.metric)


async def _use(tx: Transaction, turn: Turn, team: Team, tap: TargetTap) -> Screen:
    aim = await _aim(tx, team, tap.metric)
    if aim.metric == QUALITY:
        raise NotFound
    await kpi.save_aim(tx, team, replace(aim, used=bool(tap.value)))
    await _note(tx, turn, team, aim, {"used": bool(tap.value)})
    return await _metric(tx, turn, team, tap.metric)


async def _clear(tx: Transaction, turn: Turn, team: Team, tap: TargetTap) -> Screen:
    await _set_target(tx, turn, team, await _aim(tx, team, tap.metric), "none")
    team = await teams.by_id(tx, team.id) or team
    return await _metric(tx, turn, team, tap.metric)


async def _show_composite(tx: Transaction, turn: Turn, team: Team, _tap: TargetTap) -> Screen:
    return await _composite(tx, turn, team)


async def _ask_weight(tx: Transaction, turn: Turn, team: Team, tap: TargetTap) -> Screen:
    aim = await _aim(tx, team, tap.metric)
    if not views.may_weigh(aim):
        raise NoWeight
    await awaiting.expect(tx, turn.person.id, Awaited(WEIGHT, team.id, tap.metric))
    return views.weight_screen(turn.t, team, aim)


async def _give_weight(tx: Transaction, turn: Turn, team: Team, tap: TargetTap) -> Screen:
    await _set_weight(tx, turn, team, await _aim(tx, team, tap.metric), tap.value)
    return await _composite(tx, turn, team)


async def _off(tx: Transaction, turn: Turn, team: Team, _tap: TargetTap) -> Screen:
    for aim in await kpi.aims(tx, team):
        if aim.weight:
            await _set_weight(tx, turn, team, aim, 0)
    return await _composite(tx, turn, team)


async def _new(tx: Transaction, turn: Turn, team: Team, _tap: TargetTap) -> Screen:
    target_metrics.require_admin(turn)
    await awaiting.expect(tx, turn.person.id, Awaited(NEW, team.id))
    return views.new_screen(turn.t, team)


async def _trait(tx: Transaction, turn: Turn, team: Team, tap: TargetTap) -> Screen:
    aim = await _aim(tx, team, tap.metric)
    await target_metrics.give_trait(tx, turn, aim.metric, tap.value)
    return await _metric(tx, turn, team, tap.metric)


async def _remove(tx: Transaction, turn: Turn, team: Team, tap: TargetTap) -> Screen:
    aim = await _aim(tx, team, tap.metric)
    await target_metrics.remove(tx, turn, aim.metric)
    return await _overview(tx, turn, team)


STEPS: Mapping[TargetAct, Step] = {
    TargetAct.TEAM: _show_team,
    TargetAct.METRIC: _show_metric,
    TargetAct.USE: _use,
    TargetAct.CLEAR: _clear,
    TargetAct.COMPOSITE: _show_composite,
    TargetAct.WEIGHT: _ask_weight,
    TargetAct.SET_WEIGHT: _give_weight,
    TargetAct.OFF: _off,
    TargetAct.NEW: _new,
    TargetAct.TRAIT: _trait,
    TargetAct.REMOVE: _remove,
}

COMMANDS = (Command("targets", targets, N_("A team's targets"), OVERSEERS),)
PRESSES = (press(TargetTap, pressed, OVERSEERS),)
TYPED = (
    Typed(TARGET, target_typed, OVERSEERS),
    Typed(WEIGHT, weight_typed, OVERSEERS),
    Typed(NEW, metric_typed, OVERSEERS),
)

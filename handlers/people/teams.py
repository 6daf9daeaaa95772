"""/teams: making teams and changing their settings."""

from handlers.people import archiving
from handlers.people.names import team_name
from handlers.people.team_settings import Setting, changed, told_of
from handlers.refusals import NotFound, OutOfDate, Sorry
from handlers.routing import Command, Typed, press
from handlers.taps import TeamAct, TeamTap
from handlers.turn import Turn
from handlers.views import teams as views
from handlers.views.screen import Screen
from handlers.words import N_
from scoring.roles import Role
from storage import audit, awaiting, locks, teams
from storage.audit import Action, Subject, Thing
from storage.awaiting import Awaited
from storage.database import Transaction
from storage.teams import Team

ADMINS = frozenset({Role.ADMIN})
NEW = "team.new"
SET = "team.set"
CHOSEN = frozenset({Setting.LANGUAGE, Setting.QUIET, Setting.TARGET, Setting.DISPUTE_COUNT})
"""The settings that have buttons for a value."""


class NameTaken(Sorry):
    """Another team has that name."""

    sentence = N_("There is a team of that name already. Please choose another one.")


async def list_all(turn: Turn) -> None:
    """Answer /teams."""
    async with turn.db.reading() as tx:
        screen = await _page(tx, turn, "0")
    await turn.say(screen)


async def pressed(turn: Turn, tap: TeamTap) -> None:
    """Handle a press on the list, a card or a question."""
    async with turn.db.writing() as tx:
        screen = await _screen(tx, turn, tap)
    await turn.show(screen)


async def _screen(tx: Transaction, turn: Turn, tap: TeamTap) -> Screen:
    if tap.act is TeamAct.NEW:
        await awaiting.expect(tx, turn.person.id, Awaited(NEW))
        return views.new_screen(turn.t)
    if tap.act is TeamAct.ASK:
        return await _ask(tx, turn, await _team(tx, tap.team), _setting(tap.field))
    await _forget(tx, turn)
    if tap.act is TeamAct.LIST:
        return await _page(tx, turn, tap.value)
    if tap.act in archiving.ACTS:
        return await archiving.ACTS[tap.act](tx, turn, tap)
    if tap.act is TeamAct.SET:
        if _setting(tap.field) not in CHOSEN:
            raise OutOfDate
        await _change(tx, turn, tap.team, _setting(tap.field), tap.value)
    return await _card(tx, turn, tap.team)


async def _page(tx: Transaction, turn: Turn, page: str) -> Screen:
    every = await teams.everything(tx)
    old = len(await teams.archived(tx))
    number = int(page) if page.isascii() and page.isdigit() else 0
    number = number if number * views.PAGE < len(every) else 0
    return views.list_screen(turn.t, every, number, old)


async def _team(tx: Transaction, team_id: int) -> Team:
    team = await teams.by_id(tx, team_id)
    if team is None:
        raise NotFound
    return team


def _setting(field: str) -> Setting:
    try:
        return Setting(field)
    except ValueError as error:
        raise OutOfDate from error


async def _card(tx: Transaction, turn: Turn, team_id: int) -> Screen:
    team = await _team(tx, team_id)
    if team.archived:
        return views.archived_card(turn.t, team)
    return views.card_screen(turn.t, team, await teams.sizes(tx), turn.now)


async def _ask(tx: Transaction, turn: Turn, team: Team, setting: Setting) -> Screen:
    await awaiting.expect(tx, turn.person.id, Awaited(SET, team.id, setting.value))
    return views.question_screen(turn.t, team, setting)


async def _forget(tx: Transaction, turn: Turn) -> None:
    awaited = await awaiting.current(tx, turn.person.id)
    if awaited is not None and awaited.what in (NEW, SET):
        await awaiting.forget(tx, turn.person.id)


async def _change(tx: Transaction, turn: Turn, team_id: int, setting: Setting, text: str) -> None:
    await locks.alone(tx, locks.TEAMS)
    before = await _team(tx, team_id)
    after = changed(turn.t, before, setting, text)
    await _refuse_taken(tx, after.name, team_id)
    await teams.save(tx, after)
    details: audit.Details = {"setting": setting.value, **told_of(before, after, setting)}
    await audit.note(tx, turn.actor, Action.TEAM_SET, Subject(Thing.TEAM, team_id), details)


async def _refuse_taken(tx: Transaction, name: str, team_id: int = 0) -> None:
    same = await teams.by_name(tx, name)
    written = [one.id for one in await teams.of_all_times(tx) if one.name == name]
    if (same is not None and same.id != team_id) or any(one != team_id for one in written):
        raise NameTaken


async def name_new(turn: Turn, _awaited: Awaited) -> None:
    """Take a typed text as a new team's name."""
    name = team_name(turn.text)
    async with turn.db.writing() as tx:
        await locks.alone(tx, locks.TEAMS)
        await _refuse_taken(tx, name)
        services = turn.services
        made = await teams.add(tx, name, services.timezone, services.language, turn.now)
        await awaiting.forget(tx, turn.person.id)
        await audit.note(tx, turn.actor, Action.TEAM_MADE, Subject(Thing.TEAM, made.id))
        screen = await _card(tx, turn, made.id)
    await turn.say(screen)


async def set_typed(turn: Turn, awaited: Awaited) -> None:
    """Take a typed text as the setting that was asked for."""
    async with turn.db.writing() as tx:
        await _change(tx, turn, awaited.subject, _setting(awaited.detail), turn.text)
        await awaiting.forget(tx, turn.person.id)
        screen = await _card(tx, turn, awaited.subject)
    await turn.say(screen)


COMMANDS = (Command("teams", list_all, N_("Look after teams and their settings"), ADMINS),)
PRESSES = (press(TeamTap, pressed, ADMINS),)
TYPED = (Typed(NEW, name_new, ADMINS), Typed(SET, set_typed, ADMINS))

"""/settings: what holds for the whole organisation."""

from handlers.refusals import OutOfDate
from handlers.routing import Command, press
from handlers.taps import SettingAct, SettingTap
from handlers.turn import Turn
from handlers.views import organisation as views
from handlers.views.screen import Screen
from handlers.words import N_
from scoring.roles import Role
from storage import audit, masking_past, settings
from storage.audit import Action, Subject, Thing
from storage.database import Transaction

ADMINS = frozenset({Role.ADMIN})


async def show(turn: Turn) -> None:
    """Answer /settings."""
    async with turn.db.reading() as tx:
        screen = await _list(tx, turn)
    await turn.say(screen)


async def pressed(turn: Turn, tap: SettingTap) -> None:
    """Handle a press on the list or under a question."""
    async with turn.db.writing() as tx:
        screen = await _screen(tx, turn, tap)
    await turn.show(screen)


async def _screen(tx: Transaction, turn: Turn, tap: SettingTap) -> Screen:
    if tap.act is SettingAct.ASK:
        return views.question_screen(turn.t, await settings.organisation(tx), _known(tap.name))
    if tap.act is SettingAct.SET:
        await _change(tx, turn, _known(tap.name), tap.value)
    return await _list(tx, turn)


def _known(name: str) -> str:
    if name not in views.CHOICES:
        raise OutOfDate
    return name


async def _change(tx: Transaction, turn: Turn, name: str, value: int) -> None:
    if value not in views.CHOICES[name]:
        raise OutOfDate
    before = int(getattr(await settings.organisation(tx), name))
    if before == value:
        return
    await settings.change(tx, name, value, turn.now, by=turn.person.id)
    if name == "masking" and value:
        await masking_past.begin_again(tx, turn.now)
    details: audit.Details = {"setting": name, "before": before, "after": value}
    await audit.note(tx, turn.actor, Action.SETTING_CHANGED, Subject(Thing.SETTINGS), details)


async def _list(tx: Transaction, turn: Turn) -> Screen:
    new_teams = views.NewTeams(turn.services.timezone, turn.services.language)
    return views.list_screen(turn.t, await settings.organisation(tx), new_teams)


COMMANDS = (Command("settings", show, N_("Settings of the organisation"), ADMINS),)
PRESSES = (press(SettingTap, pressed, ADMINS),)

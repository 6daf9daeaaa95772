"""/scorecards: what contacts are scored by, what is retired, and the files of both."""

from handlers.refusals import NotFound
from handlers.routing import Command, press
from handlers.scorecards import uploads
from handlers.taps import ScorecardAct, ScorecardTap, UploadTap
from handlers.turn import Turn
from handlers.views import scorecards as views
from handlers.views.scorecards import Card
from handlers.views.screen import Screen
from handlers.words import N_
from scoring.roles import Role
from storage import audit, scorecards
from storage.audit import Action, Subject, Thing
from storage.scorecards import Published

ADMINS = frozenset({Role.ADMIN})


async def list_all(turn: Turn) -> None:
    """Answer /scorecards."""
    await turn.say(await _list(turn))


async def pressed(turn: Turn, tap: ScorecardTap) -> None:
    """Handle a press under a scorecard or the list."""
    if tap.act is ScorecardAct.FILE:
        await turn.say(views.file_screen(turn.t, await _version(turn, tap.subject)))
    elif tap.act is ScorecardAct.RETIRE_SURE:
        await _retire(turn, await _version(turn, tap.subject))
    elif tap.act is ScorecardAct.BRING_BACK:
        await _bring_back(turn, await _version(turn, tap.subject))
    elif tap.act is ScorecardAct.RETIRE:
        await turn.show(views.retire_screen(turn.t, await _version(turn, tap.subject)))
    elif tap.act is ScorecardAct.CARD:
        await turn.show(await _card(turn, tap.subject))
    else:
        await turn.show(await _list(turn))


async def _list(turn: Turn) -> Screen:
    async with turn.db.reading() as tx:
        current = await scorecards.current(tx, turn.services.shelf)
        retired = await scorecards.retired(tx, turn.services.shelf)
    return views.list_screen(turn.t, current, retired)


async def _version(turn: Turn, version_id: int) -> Published:
    async with turn.db.reading() as tx:
        try:
            return await turn.services.shelf.get(tx, version_id)
        except KeyError as error:
            raise NotFound from error


async def _card(turn: Turn, version_id: int) -> Screen:
    one = await _version(turn, version_id)
    async with turn.db.reading() as tx:
        newest = await scorecards.latest(tx, turn.services.shelf, one.key)
        retired = await scorecards.is_retired(tx, one.key)
    day = turn.t.day(one.published_at.date(), year=True)
    return views.card_screen(turn.t, Card(one, newest or one, retired), day)


async def _retire(turn: Turn, one: Published) -> None:
    async with turn.db.writing() as tx:
        await scorecards.retire(tx, one.key, turn.now)
        about, details = Subject(Thing.SCORECARD, one.id), {"key": one.key}
        await audit.note(tx, turn.actor, Action.SCORECARD_RETIRED, about, details)
    await turn.show(await _list(turn))


async def _bring_back(turn: Turn, one: Published) -> None:
    async with turn.db.writing() as tx:
        await scorecards.bring_back(tx, one.key)
        about, details = Subject(Thing.SCORECARD, one.id), {"key": one.key}
        await audit.note(tx, turn.actor, Action.SCORECARD_BACK, about, details)
        about, details = Subject(Thing.SCORECARD, one.id), {"key": one.key}
        await audit.note(tx, turn.actor, Action.SCORECARD_PUBLISHED, about, details)
    await turn.show(await _list(turn))


COMMANDS = (Command("scorecards", list_all, N_("Scorecards"), ADMINS),)
PRESSES = (press(ScorecardTap, pressed, ADMINS), press(UploadTap, uploads.pressed, ADMINS))

"""/scorecards: what contacts are scored by, and publishing a new version of it."""

from handlers.refusals import NotFound
from handlers.routing import Command, press
from handlers.taps import ScorecardAct, ScorecardTap
from handlers.turn import Turn
from handlers.views import scorecards as views
from handlers.views.screen import File, Screen, lines
from handlers.words import N_
from scoring.roles import Role
from scoring.scorecard_file import write_scorecard
from storage import scorecards
from storage.scorecards import Published

ADMINS = frozenset({Role.ADMIN})


async def list_all(turn: Turn) -> None:
    """Answer /scorecards."""
    await turn.say(await _list(turn))


async def _list(turn: Turn) -> Screen:
    async with turn.db.reading() as tx:
        current = await scorecards.current(tx, turn.services.shelf)
    return views.list_screen(turn.t, current)


async def pressed(turn: Turn, tap: ScorecardTap) -> None:
    """Handle a press under a scorecard, an upload, or the list."""
    if tap.act is ScorecardAct.PUBLISH:
        await turn.show(await _publish(turn, tap.subject))
    elif tap.act is ScorecardAct.DROP:
        await turn.show(Screen(lines(turn.t("Discarded. Nothing has changed."))))
    elif tap.act is ScorecardAct.FILE:
        await _send_file(turn, await _version(turn, tap.subject))
    elif tap.act is ScorecardAct.RETIRE_SURE:
        await _retire(turn, await _version(turn, tap.subject))
    elif tap.act is ScorecardAct.RETIRE:
        await turn.show(views.retire_screen(turn.t, await _version(turn, tap.subject)))
    elif tap.act is ScorecardAct.CARD:
        await turn.show(_card(turn, await _version(turn, tap.subject)))
    else:
        await turn.show(await _list(turn))


async def _version(turn: Turn, version_id: int) -> Published:
    async with turn.db.reading() as tx:
        try:
            return await turn.services.shelf.get(tx, version_id)
        except KeyError as error:
            raise NotFound from error


def _card(turn: Turn, one: Published) -> Screen:
    return views.card_screen(turn.t, one, turn.t.day(one.published_at.date(), year=True))


async def _publish(turn: Turn, upload: int) -> Screen:
    async with turn.db.writing() as tx:
        kept = await scorecards.upload(tx, upload)
        if kept is None:
            raise NotFound
        scorecard, published = kept
        if published:
            newest = await scorecards.latest(tx, turn.services.shelf, scorecard.key)
        else:
            newest = await scorecards.publish_upload(tx, upload, turn.now, by=turn.person.id)
    if newest is None:
        raise NotFound
    return views.published_screen(turn.t, newest)


async def _send_file(turn: Turn, one: Published) -> None:
    content = write_scorecard(one.scorecard).encode()
    name = f"{one.key}-v{one.version}.yaml"
    await turn.say(Screen(lines(), file=File(name, content)))


async def _retire(turn: Turn, one: Published) -> None:
    async with turn.db.writing() as tx:
        await scorecards.retire(tx, one.key, turn.now)
    await turn.show(await _list(turn))


COMMANDS = (Command("scorecards", list_all, N_("Scorecards"), ADMINS),)
PRESSES = (press(ScorecardTap, pressed, ADMINS),)

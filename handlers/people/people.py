"""/people: finding people by page and by name."""

from handlers import asking
from handlers.people import invite, links_for_all, merging, other_names, people_card
from handlers.routing import Command, Typed, press
from handlers.taps import PeopleAct, PeopleTap
from handlers.turn import Turn
from handlers.views import people as views
from handlers.views.screen import Screen
from handlers.words import N_
from scoring.roles import Role
from scoring.text import printable
from storage import awaiting, people_outside, people_search, teams, undelivered
from storage.awaiting import Awaited
from storage.database import Transaction

ADMINS = frozenset({Role.ADMIN})
SEARCH = "people.search"
MAX_WORDS = 60


async def list_all(turn: Turn) -> None:
    """Answer /people with the first page; text after the command is searched for."""
    await _search(turn, turn.text.partition(" ")[2])


async def search(turn: Turn, _awaited: Awaited) -> None:
    """Take a typed text as a part of the name that is looked for."""
    await _search(turn, turn.text)


async def _search(turn: Turn, text: str) -> None:
    async with turn.db.writing() as tx:
        screen = await _page(tx, turn, " ".join(printable(text).split())[:MAX_WORDS], 0)
    await turn.say(screen)


async def _page(tx: Transaction, turn: Turn, words: str, page: int) -> Screen:
    """Return a page of the list; a text typed under it narrows it."""
    page = max(page, 0)
    found, total = await people_search.page(tx, words, offset=page * views.PAGE, limit=views.PAGE)
    if not found and page:
        return await _page(tx, turn, words, 0)
    await asking.offer(tx, turn, Awaited(SEARCH, detail=words))
    ids = {team for one in found for team in (*one.teams, *one.supervises)}
    names = {team.id: team.name for team in await teams.by_ids(tx, ids)}
    aside = await undelivered.count(tx)
    outside = await people_outside.count(tx)
    view = views.PeoplePage(found, names, total, page, words, aside, outside)
    return views.list_screen(turn.t, view)


async def pressed(turn: Turn, tap: PeopleTap) -> None:
    """Handle a press in the list, on a card or while inviting."""
    if tap.act in (PeopleAct.LIST, PeopleAct.EVERYBODY):
        await turn.show(await _turned(turn, tap))
    elif tap.act is PeopleAct.INVITE:
        await invite.hand_out(turn, tap)
    elif tap.act is PeopleAct.MERGE:
        await merging.ask_whom(turn, tap)
    elif tap.act is PeopleAct.LINKS:
        await links_for_all.ask(turn)
    elif tap.act is PeopleAct.LINKS_SURE:
        await links_for_all.hand_out(turn, tap)
    elif tap.act is PeopleAct.TWIN:
        await invite.somebody_else(turn)
    elif tap.act in other_names.ACTS:
        async with turn.db.writing() as tx:
            screen = await other_names.ACTS[tap.act](tx, turn, tap)
        await turn.show(screen)
    else:
        await people_card.pressed(turn, tap)


async def _turned(turn: Turn, tap: PeopleTap) -> Screen:
    async with turn.db.writing() as tx:
        awaited = turn.asked or await awaiting.current(tx, turn.person.id)
        searching = awaited is not None and awaited.what == SEARCH
        words = awaited.detail if awaited is not None and searching else ""
        return await _page(tx, turn, "" if tap.act is PeopleAct.EVERYBODY else words, tap.value)


COMMANDS = (Command("people", list_all, N_("Look after people and roles"), ADMINS),)
PRESSES = (press(PeopleTap, pressed, ADMINS), *merging.PRESSES)
TYPED = (Typed(SEARCH, search, ADMINS), *people_card.TYPED, *other_names.TYPED, *merging.TYPED)

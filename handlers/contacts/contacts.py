"""/contacts: the journal, by page, by words and by filter."""

import datetime as dt

from handlers import asking
from handlers.contacts import card as contact_card
from handlers.contacts import moves as contact_moves
from handlers.contacts.access import READERS, reach
from handlers.contacts.filters import NAMES, NO_FILTERS, Filters, filters_of
from handlers.evaluating.casefile import clock_of
from handlers.refusals import OutOfDate
from handlers.routing import Command, Typed, press
from handlers.taps import ContactAct, ContactTap
from handlers.turn import Turn
from handlers.views import contacts as views
from handlers.views.screen import Screen, shorten
from handlers.words import N_
from scoring.text import printable
from scoring.zones import local_day, moment_of
from storage import awaiting, customer_keys, journal, teams
from storage.awaiting import Awaited
from storage.database import Transaction
from storage.journal import Sought

SEARCH = "contacts.search"
MAX_WORDS = 60


async def list_all(turn: Turn) -> None:
    """Answer /contacts with the newest; text after the command is searched for."""
    await _search(turn, turn.text.partition(" ")[2])


async def search(turn: Turn, _awaited: Awaited) -> None:
    """Take a typed text as what is looked for."""
    await _search(turn, turn.text)


async def _search(turn: Turn, text: str) -> None:
    words = shorten(" ".join(printable(text).split()), MAX_WORDS)
    await turn.say(await _list(turn, words, 0, NO_FILTERS))


async def _list(turn: Turn, words: str, page: int, filters: Filters) -> Screen:
    """Return a page of what matches; a text typed under it is searched for."""
    # A large journal takes its time to read: nobody who writes waits for that.
    async with turn.db.reading() as tx:
        screen = await _read(tx, turn, words, page, filters)
    async with turn.db.jotting() as tx:
        await asking.offer(tx, turn, Awaited(SEARCH, detail=words))
    return screen


async def _read(tx: Transaction, turn: Turn, words: str, page: int, filters: Filters) -> Screen:
    keys = await customer_keys.of_typed(tx, words, turn.services.timezone) if words else ()
    sought = Sought(
        words, filters.one_status, filters.one_channel, filters.one_type, customers=tuple(keys)
    )
    whose = reach(turn.person)
    offset = page * views.PAGE
    entries, total = await journal.page(tx, sought, whose, offset=offset, limit=views.PAGE)
    if not entries and page:
        return await _read(tx, turn, words, 0, filters)
    team = await teams.by_id(tx, whose[0]) if whose else None
    zone = clock_of(turn.services, turn.person, team)
    today = local_day(turn.now, zone)
    monday = moment_of(today - dt.timedelta(days=today.weekday()), dt.time(), zone)
    every = total if sought == Sought() else await journal.count(tx, whose)
    week = await journal.count(tx, whose, since=monday)
    shown = views.Journal(entries, total, every, week, zone, today, page, words, filters)
    return views.list_screen(turn.t, shown)


async def pressed(turn: Turn, tap: ContactTap) -> None:
    """Handle a press in the journal."""
    if tap.act is ContactAct.FILTER:
        await _choose(turn, tap)
    elif tap.act in LISTS:
        await _turn_page(turn, tap)
    elif tap.act in contact_moves.ACTS:
        await contact_moves.ACTS[tap.act](turn, tap)
    else:
        await contact_card.ACTS[tap.act](turn, tap)


async def _turn_page(turn: Turn, tap: ContactTap) -> None:
    """Show another page of the list, narrowed as it was, or the whole of it."""
    filters = filters_of(tap.chosen)
    async with turn.db.glancing() as tx:
        awaited = turn.asked or await awaiting.current(tx, turn.person.id)
    kept = awaited is not None and awaited.what in (SEARCH, contact_moves.COMMENT)
    words = awaited.detail if awaited is not None and kept else ""
    if tap.act is ContactAct.EVERYTHING:
        words = ""
    await turn.show(await _list(turn, words, max(tap.page, 0), filters))


async def _choose(turn: Turn, tap: ContactTap) -> None:
    if not 0 <= tap.value < len(NAMES):
        raise OutOfDate
    await turn.show(views.filter_screen(turn.t, NAMES[tap.value], filters_of(tap.chosen)))


LISTS = frozenset({ContactAct.LIST, ContactAct.EVERYTHING})

COMMANDS = (Command("contacts", list_all, N_("The journal of contacts"), READERS),)
PRESSES = (press(ContactTap, pressed, READERS),)
TYPED = (Typed(SEARCH, search, READERS), *contact_moves.TYPED)
NOTICES = contact_moves.NOTICES

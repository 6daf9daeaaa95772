"""/audit: the audit log in pages, of one person or one kind of act, and as a file."""

import asyncio
from collections.abc import Sequence

from handlers import asking
from handlers.people.people_card import zone_of
from handlers.privacy.erasing import act_of
from handlers.refusals import NotFound, OutOfDate, Sorry
from handlers.routing import Command, Typed, press
from handlers.tables import csv_files
from handlers.tables.csv_files import FOR_EXCEL
from handlers.tables.tables import safe_cell
from handlers.taps import AuditAct, AuditTap
from handlers.turn import Turn
from handlers.views import audit as views
from handlers.views.screen import File, Screen, lines, shorten
from handlers.words import N_
from scoring.names import name_key
from scoring.roles import Role
from scoring.text import printable
from storage import audit, audit_reading, people, people_search
from storage.audit import Action, Entry, Subject, Thing
from storage.audit_reading import Sought
from storage.awaiting import Awaited
from storage.database import Transaction

ADMINS = frozenset({Role.ADMIN})
SEARCH = "audit.search"
FILE = "audit.csv"
MOST_ROWS = 50_000
COLUMNS = (
    *("number", "at", "actor_id", "actor", "roles", "action", "subject", "subject_id", "details"),
    *("previous", "hash"),
)


class NobodyCalled(Sorry):
    """No person's name holds the text."""

    sentence = N_("I found nobody called “{name}”.")


class SeveralCalled(Sorry):
    """The text stands in more than one person's name."""

    sentence = N_("Several people are called like that: {names}. Please write more of the name.")


async def show(turn: Turn) -> None:
    """Answer /audit with the newest entries; text after the command is a person's name."""
    name = printable(turn.text.partition(" ")[2])
    await _say(turn, name)


async def search(turn: Turn, _awaited: Awaited) -> None:
    """Take a typed text as a part of the name of whoever acted or was acted upon."""
    await _say(turn, printable(turn.text))


async def _say(turn: Turn, name: str) -> None:
    async with turn.db.writing() as tx:
        person = await _called(tx, name) if name else 0
        screen = await _page(tx, turn, AuditTap(AuditAct.LIST, person))
    await turn.say(screen)


async def _called(tx: Transaction, name: str) -> int:
    found, total = await people_search.page(tx, name, limit=4)
    exact = [one for one in found if name_key(one.name) == name_key(name)]
    found = exact if len(exact) == 1 else found
    if not found:
        raise NobodyCalled(name=shorten(name, 60))
    if len(found) > 1:
        names = [shorten(one.name, 40) for one in found[:3]]
        raise SeveralCalled(names=", ".join([*names, *(["…"] if total > len(names) else [])]))
    return found[0].id


async def pressed(turn: Turn, tap: AuditTap) -> None:
    """Handle a press under the log."""
    if tap.act is AuditAct.EXPORT:
        await turn.say(Screen(lines(), file=await _export(turn, tap)))
    elif tap.act is AuditAct.ACT:
        await _send_act(turn, tap.page)
    elif tap.act is AuditAct.ACTIONS:
        await turn.show(views.actions_screen(turn.t, tap.person, tap.page))
    else:
        async with turn.db.writing() as tx:
            screen = await _page(tx, turn, tap)
        await turn.show(screen)


def _sought(tap: AuditTap) -> Sought:
    if not 0 <= tap.action <= len(Action):
        raise OutOfDate
    return Sought(tap.person, views.action_at(tap.action) if tap.action else None)


async def _page(tx: Transaction, turn: Turn, tap: AuditTap) -> Screen:
    page, sought = min(max(tap.page, 0), MOST_ROWS), _sought(tap)
    found, total = await audit_reading.page(tx, sought, offset=page * views.PAGE, limit=views.PAGE)
    if not found and page:
        return await _page(tx, turn, AuditTap(AuditAct.LIST, tap.person, tap.action))
    await asking.offer(tx, turn, Awaited(SEARCH))
    names = await _names(tx, found, tap.person)
    zone = zone_of(turn)
    view = views.LogPage(found, total, names, zone, tap.person, tap.action, page)
    return views.list_screen(turn.t, view)


async def _names(tx: Transaction, entries: Sequence[Entry], person: int = 0) -> dict[int, str]:
    """Return the names, as they are now, of everybody whom the entries speak of."""
    ids = {one.actor_id for one in entries if one.actor_id is not None}
    ids |= {one.subject_id for one in entries if one.subject == Thing.PERSON}
    known = await people.by_ids(tx, ids | ({person} if person else set()))
    return {ident: one.name for ident, one in known.items()}


async def _export(turn: Turn, tap: AuditTap) -> File:
    async with turn.db.writing() as tx:
        found, _ = await audit_reading.page(tx, _sought(tap), offset=0, limit=MOST_ROWS)
        everybody = {one.id: one.name for one in await people.known(tx)}
        about = Subject(Thing.FILE)
        details: audit.Details = {"what": "audit", "rows": len(found)}
        await audit.note(tx, turn.actor, Action.EXPORTED, about, details)
    return File(FILE, await asyncio.to_thread(_csv, found, everybody))


def _csv(entries: Sequence[Entry], names: dict[int, str]) -> bytes:
    rows = (
        [
            str(one.id),
            one.at.isoformat(timespec="microseconds"),
            "" if one.actor_id is None else str(one.actor_id),
            safe_cell(names.get(one.actor_id or 0, "")),
            one.roles,
            one.action,
            one.subject,
            str(one.subject_id),
            one.details,
            one.previous,
            one.hash,
        ]
        for one in entries
    )
    return csv_files.content([COLUMNS, *rows], FOR_EXCEL)


async def _send_act(turn: Turn, number: int) -> None:
    async with turn.db.reading() as tx:
        entry = await audit_reading.by_id(tx, number)
        if entry is None or entry.action not in views.ERASURES:
            raise NotFound
        file = await act_of(tx, turn.t, entry, zone_of(turn))
    await turn.say(Screen(lines(), file=file))


COMMANDS = (Command("audit", show, N_("Who did what"), ADMINS),)
PRESSES = (press(AuditTap, pressed, ADMINS),)
TYPED = (Typed(SEARCH, search, ADMINS),)

"""Importing contacts: a file of calls, chats, e-mails and messages becomes the journal."""

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable, Sequence
from zoneinfo import ZoneInfo

import structlog

from handlers.contacts.contact_refusals import CutShort
from handlers.contacts.rows import COLUMNS, Reading, habits_of
from handlers.people.known import Known
from handlers.tables import import_outcome, tables
from handlers.tables.import_outcome import ImportOutcome, RejectedRow
from handlers.tables.limits import LARGE
from handlers.tables.tables import Table
from handlers.tables.uncollected import uncollected
from handlers.turn import Services
from handlers.words import Words, known_language, words
from scoring.customers import customer_key
from scoring.zones import zone
from storage import aliases, audit, contacts_bulk, customer_keys, masking, people, teams
from storage.audit import Action, Subject, Thing
from storage.contacts_bulk import Merged, NewContact
from storage.database import Transaction
from storage.people import Person
from storage.trouble import StorageUnavailableError

log = structlog.get_logger(__name__)

Progress = Callable[[int, int], Awaitable[None]]
"""Is told how many contacts are stored already, and of how many."""


async def import_contacts(
    services: Services,
    name: str,
    content: bytes,
    *,
    by: int | None = None,
    t: Words | None = None,
    progress: Progress | None = None,
) -> ImportOutcome:
    """Store the contacts in the file and return what came of it; raise ``Sorry`` for a bad file.

    The whole file is checked before the first row is stored. Rejected rows come back in the file's
    own format, with reasons in *t* or the language of the admin whose id is *by*. A contact that is
    there already takes what the file says of it; the same file sent again changes nothing.
    """
    with uncollected():
        table = await tables.read(name, content, LARGE, header=_header)
        return await import_table(services, table, by=by, t=t, progress=progress)


def _header(names: Sequence[str]) -> Sequence[str]:
    return tables.expect_columns(names, COLUMNS)


async def import_table(
    services: Services,
    table: Table,
    *,
    by: int | None = None,
    t: Words | None = None,
    progress: Progress | None = None,
) -> ImportOutcome:
    """Do what ``import_contacts`` does with a table that has been read already."""
    tables.expect(table, COLUMNS)
    reading, t = await _reading(services, by, t)
    good, rejected = await asyncio.to_thread(_understood, table, reading, t)
    merged = await _store(services, good, by, progress)
    file = await import_outcome.returned(table, rejected)
    return ImportOutcome(
        added=merged.added,
        changed=merged.changed,
        same=merged.same,
        rejected=tuple(rejected),
        files=() if file is None else (file,),
    )


def _understood(
    table: Table, reading: Reading, t: Words
) -> tuple[list[NewContact], list[RejectedRow]]:
    reading.habits = habits_of(table)
    return import_outcome.understood(table.rows, reading.contact, t)


async def _reading(services: Services, by: int | None, t: Words | None) -> tuple[Reading, Words]:
    """Return what rows are read against, gathered once, and the language of the reasons."""
    async with services.db.reading() as tx:
        known = await people.known(tx)
        others = await aliases.everybody(tx)
        zones = {team.id: zone(team.timezone) for team in await teams.everything(tx)}
        sender = await people.by_id(tx, by) if by is not None else None
    usual = zone(services.timezone)
    clocks = {one.id: _clock(one, zones, usual) for one in known}
    language = known_language(sender.language if sender else None, services.language)
    return Reading(Known(known, others), clocks, services.clock()), t or words(language)


def _clock(person: Person, zones: dict[int, ZoneInfo], usual: ZoneInfo) -> ZoneInfo:
    """Return the zone in which a time without an offset is read: that of the agent's team."""
    return zones[person.teams[0]] if person.teams else usual


async def _note(tx: Transaction, merged: Merged, by: int | None, now: dt.datetime) -> None:
    details: audit.Details = {
        "what": "contacts",
        "added": merged.added,
        "changed": merged.changed,
        "same": merged.same,
    }
    actor = await audit.acting(tx, by, now)
    await audit.note(tx, actor, Action.IMPORTED, Subject(Thing.FILE), details)


def _customers(portion: Sequence[NewContact]) -> set[str]:
    """Return by what the customers in the portion are known."""
    return {customer_key(one.customer, one.country) for one in portion if one.customer}


async def _store(
    services: Services, good: Sequence[NewContact], by: int | None, progress: Progress | None
) -> Merged:
    """Store the contacts portion by portion, so that others work on meanwhile.

    Each portion is audited in its own transaction. What a stop in the middle leaves out is added
    when the same file is sent again; ``CutShort`` says how far it came.
    """
    if not good:
        async with services.db.writing() as tx:
            await _note(tx, Merged(), by, services.clock())
    merged, stored = Merged(), 0
    async with services.db.writing() as tx:
        mask, how = await masking.current(tx, services.clock()), contacts_bulk.inserting(tx)
        old = await customer_keys.hashed_before(tx)
    for portion in contacts_bulk.chunks(good):
        now = services.clock()
        ready = await asyncio.to_thread(contacts_bulk.prepare, how, mask, portion, now)
        try:
            async with services.db.writing() as tx:
                if old:
                    await customer_keys.unify(tx, _customers(portion), services.timezone)
                part = await contacts_bulk.merge_ready(tx, how, ready, now)
                await _note(tx, part, by, now)
        except StorageUnavailableError as error:
            if not stored:
                raise
            log.error("import_cut_short", stored=stored, cause=str(error))  # noqa: TRY400
            raise CutShort(stored=stored, total=len(good)) from error
        merged += part
        stored += len(portion)
        if progress is not None:
            await progress(stored, len(good))
    return merged

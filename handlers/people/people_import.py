"""Importing people: a file of names, roles and teams becomes people and their invitations."""

import asyncio
import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from handlers.people.import_plan import Change, Matching, by_name, change, newcomer
from handlers.people.rows import COLUMNS, Wanted, understand
from handlers.refusals import Sorry, wording
from handlers.tables import import_outcome, tables
from handlers.tables.csv_files import FOR_EXCEL
from handlers.tables.import_outcome import ImportOutcome, RejectedRow
from handlers.tables.tables import Row, Table
from handlers.turn import Services
from handlers.views.screen import File
from handlers.words import Words, known_language, words
from scoring.names import name_key
from scoring.roles import Relation
from storage import audit, invitations, locks, people, people_bulk, teams
from storage.audit import Action, Actor, Subject, Thing
from storage.database import Transaction
from storage.people import Person

INVITES = "invites.csv"
INVITE_COLUMNS = ("name", "roles", "team", "link")


@dataclass(frozen=True, slots=True)
class _Stored:
    """What was written: new people's ids, changes, and tokens by person."""

    accepted: Sequence[tuple[Wanted, int]]
    changes: Sequence[Change]
    added: int
    tokens: dict[int, str]


async def import_people(
    services: Services,
    name: str,
    content: bytes,
    *,
    by: int | None,
    link: Callable[[str], str],
    t: Words | None = None,
) -> ImportOutcome:
    """Store the people in the file and return what came of it; raise ``Sorry`` for a bad file.

    The whole file is checked first and its good rows are stored together. Rejected rows come back
    in the file's own format; ``invites.csv`` has a *link* (made of a token) for everybody who has
    not joined and holds no working link, so the same file sent again voids none. *by* is the
    admin's id, if one sent it; reasons are in *t* or that person's language.
    """
    table = await tables.read(name, content, header=_header)
    return await import_table(services, table, by=by, link=link, t=t)


def _header(names: Sequence[str]) -> None:
    tables.expect_columns(names, COLUMNS)


async def import_table(
    services: Services,
    table: Table,
    *,
    by: int | None,
    link: Callable[[str], str],
    t: Words | None = None,
) -> ImportOutcome:
    """Do what ``import_people`` does with a table that has been read already."""
    tables.expect(table, COLUMNS)
    t = t or await _language(services, by)
    wanted, rejected = await asyncio.to_thread(_understood, table, t)
    async with services.db.writing() as tx:
        stored, refused = await _store(tx, services, wanted, by, t)
    rejected = [*rejected, *refused]
    files = (await _invites(table, stored, link), await import_outcome.returned(table, rejected))
    changed = sum(one.is_any for one in stored.changes)
    return ImportOutcome(
        added=stored.added,
        changed=changed,
        same=len(stored.changes) - changed,
        rejected=tuple(sorted(rejected, key=lambda one: one.row.number)),
        files=tuple(file for file in files if file is not None),
        touched=tuple(one.person.id for one in stored.changes if one.roles is not None),
    )


async def _language(services: Services, by: int | None) -> Words:
    async with services.db.reading() as tx:
        person = await people.by_id(tx, by) if by is not None else None
    return words(known_language(person.language if person else None, services.language))


def _understood(table: Table, t: Words) -> tuple[list[Wanted], list[RejectedRow]]:
    def read(row: Row) -> Wanted:
        return understand(table, row)

    return import_outcome.understood(table.rows, read, t)


async def _store(
    tx: Transaction, services: Services, wanted: Iterable[Wanted], by: int | None, t: Words
) -> tuple[_Stored, list[RejectedRow]]:
    now = services.clock()
    await locks.alone(tx, locks.PEOPLE, locks.TEAMS)
    matched, refused = await _match(tx, wanted, by, t)
    ids = await _teams(tx, services, [one for one, _ in matched], now)
    fresh = [one for one, person in matched if person is None]
    new_ids = await people_bulk.add_many(tx, [newcomer(one, ids) for one in fresh], now)
    changes = [change(person, one, ids) for one, person in matched if person is not None]
    await _apply([one for one in changes if one.is_any], tx)
    given = iter(new_ids)
    accepted = [(one, person.id if person else next(given)) for one, person in matched]
    bound = {person.id for _, person in matched if person and person.telegram_id is not None}
    settled = bound | await invitations.holders(tx, now)
    waiting = [person_id for _, person_id in accepted if person_id not in settled]
    tokens = await invitations.issue_first(tx, waiting, now, by=by)
    stored = _Stored(accepted, changes, len(new_ids), tokens)
    await _note(tx, stored, await audit.acting(tx, by, now))
    return stored, refused


async def _note(tx: Transaction, stored: _Stored, actor: Actor) -> None:
    roles = [one.person.id for one in stored.changes if one.roles is not None]
    moved = [one.person.id for one in stored.changes if (one.teams, one.supervises) != (None, None)]
    details: audit.Details = {
        "what": "people",
        "added": stored.added,
        "invited": sorted(stored.tokens),
        "roles_changed": roles,
        "teams_changed": moved,
    }
    await audit.note(tx, actor, Action.IMPORTED, Subject(Thing.FILE), details)


async def _match(
    tx: Transaction, wanted: Iterable[Wanted], by: int | None, t: Words
) -> tuple[list[tuple[Wanted, Person | None]], list[RejectedRow]]:
    matching = Matching(by_name(await people.known(tx)), await people.admins(tx), by)
    matched: list[tuple[Wanted, Person | None]] = []
    refused: list[RejectedRow] = []
    for one in wanted:
        try:
            matched.append((one, matching.person(one)))
        except Sorry as sorry:
            refused.append(RejectedRow(one.row, wording(t, sorry)))
    return matched, refused


async def _teams(
    tx: Transaction, services: Services, wanted: Iterable[Wanted], now: dt.datetime
) -> dict[str, int]:
    """Return the teams' ids by their key, having made those that were not there yet.

    A new team takes the time zone and language of the first row that names it.
    """
    ids = {name_key(team.name): team.id for team in await teams.everything(tx)}
    for one in wanted:
        for name in (*(one.teams or ()), *(one.supervises or ())):
            if name_key(name) not in ids:
                zone, language = one.timezone or services.timezone, one.language
                made = await teams.add(tx, name, zone, language or services.language, now)
                ids[name_key(name)] = made.id
    return ids


async def _apply(changes: Sequence[Change], tx: Transaction) -> None:
    roles = {one.person.id: one.roles for one in changes if one.roles is not None}
    await people_bulk.replace_roles(tx, roles)
    members = {one.person.id: one.teams for one in changes if one.teams is not None}
    await people_bulk.replace_teams(tx, Relation.MEMBER, members)
    supervised = {one.person.id: one.supervises for one in changes if one.supervises is not None}
    await people_bulk.replace_teams(tx, Relation.SUPERVISOR, supervised)
    for one in changes:
        if one.language is not None:
            await people.set_language(tx, one.person.id, one.language)
        if one.timezone is not None:
            await people.set_timezone(tx, one.person.id, one.timezone)


async def _invites(table: Table, stored: _Stored, link: Callable[[str], str]) -> File | None:
    rows = [
        [
            one.name,
            ";".join(sorted(one.roles)),
            ";".join(one.teams or ()),
            link(stored.tokens[person_id]),
        ]
        for one, person_id in stored.accepted
        if person_id in stored.tokens
    ]
    if not rows:
        return None
    as_csv = replace(table, style=table.style or FOR_EXCEL)
    return File(INVITES, await tables.write(as_csv, INVITE_COLUMNS, rows))

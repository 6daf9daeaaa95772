"""Importing people: a file of names, roles and teams becomes people and their invitations."""

import asyncio
import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from handlers.people.import_plan import Archived, Change, change, matching, newcomer, team_ids
from handlers.people.known import Known
from handlers.people.rows import COLUMNS, Wanted, understand
from handlers.refusals import Sorry, wording
from handlers.tables import import_outcome, tables
from handlers.tables.csv_files import FOR_EXCEL
from handlers.tables.import_outcome import ImportOutcome, RejectedRow
from handlers.tables.tables import Row, Table
from handlers.turn import Services
from handlers.views.screen import File
from handlers.words import Words, known_language, words
from scoring.roles import Relation
from storage import aliases, audit, invitations, locks, people, people_bulk, teams
from storage.audit import Action, Actor, Subject, Thing
from storage.database import Transaction
from storage.people import Person
from storage.teams import Team

INVITES = "invites.csv"
INVITE_COLUMNS = ("name", "roles", "team", "link")


@dataclass(frozen=True, slots=True)
class Plan:
    """What the good rows of a file would do, and the rows that nothing comes of.

    Teams that are to be made have negative ids; *team_ids* are by name as it is written in the
    file, *teams* are all that are there. *waiting* are the rows whose person will get a link.
    """

    matched: Sequence[tuple[Wanted, Person | None]]
    changes: Sequence[Change]
    refused: Sequence[RejectedRow]
    team_ids: Mapping[str, int]
    teams: Sequence[Team]
    people: Sequence[Person]
    waiting: Sequence[Wanted]

    @property
    def new(self) -> list[Wanted]:
        """The rows of people who are to be taken in."""
        return [one for one, person in self.matched if person is None]

    @property
    def does_something(self) -> bool:
        """Whether anybody comes, changes or gets a link."""
        return bool(self.new or self.waiting or any(one.is_any for one in self.changes))


@dataclass(frozen=True, slots=True)
class _Stored:
    """What was written: people's ids, and tokens by person."""

    accepted: Sequence[tuple[Wanted, int]]
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
    wanted, rejected = await asyncio.to_thread(understood, table, t)
    async with services.db.writing() as tx:
        plan = await planned(tx, services, wanted, by, t)
        return await apply(tx, services, table, plan, rejected, by=by, link=link)


async def _language(services: Services, by: int | None) -> Words:
    async with services.db.reading() as tx:
        person = await people.by_id(tx, by) if by is not None else None
    return words(known_language(person.language if person else None, services.language))


def understood(table: Table, t: Words) -> tuple[list[Wanted], list[RejectedRow]]:
    """Return what the table's rows want, and those that are not understood."""

    def read(row: Row) -> Wanted:
        return understand(table, row)

    return import_outcome.understood(table.rows, read, t)


async def planned(
    tx: Transaction, services: Services, wanted: Sequence[Wanted], by: int | None, t: Words
) -> Plan:
    """Return what the rows mean for the people who are there now.

    In a writing transaction nobody changes people or teams before it ends.
    """
    await locks.alone(tx, locks.PEOPLE, locks.TEAMS)
    known, others = await people.known(tx), await aliases.everybody(tx)
    match = matching(wanted, Known(known, others), await people.admins(tx), by)
    matched: list[tuple[Wanted, Person | None]] = []
    refused: list[RejectedRow] = []
    there = await teams.of_all_times(tx)
    gone = Archived(there)
    for one in wanted:
        try:
            gone.refuse(one)
            matched.append((one, match.person(one)))
        except Sorry as sorry:
            refused.append(RejectedRow(one.row, wording(t, sorry)))
    ids = team_ids([one for one, _ in matched], there)
    changes = [
        change(person, one, ids, others.get(person.id, ()))
        for one, person in matched
        if person is not None
    ]
    holders = await invitations.holders(tx, services.clock())
    waiting = [
        one
        for one, person in matched
        if person is None or (person.telegram_id is None and person.id not in holders)
    ]
    return Plan(matched, changes, refused, ids, there, known, waiting)


async def apply(
    tx: Transaction,
    services: Services,
    table: Table,
    plan: Plan,
    rejected: Sequence[RejectedRow],
    *,
    by: int | None,
    link: Callable[[str], str],
) -> ImportOutcome:
    """Store what *plan*, made in the same transaction, says and return what came of it."""
    stored = await _store(tx, services, plan, by)
    every = [*rejected, *plan.refused]
    files = (await _invites(table, stored, link), await import_outcome.returned(table, every))
    changed = sum(one.is_any for one in plan.changes)
    return ImportOutcome(
        added=stored.added,
        changed=changed,
        same=len(plan.changes) - changed,
        rejected=tuple(sorted(every, key=lambda one: one.row.number)),
        files=tuple(file for file in files if file is not None),
        touched=tuple(one.person.id for one in plan.changes if one.roles is not None),
    )


async def _store(tx: Transaction, services: Services, plan: Plan, by: int | None) -> _Stored:
    now = services.clock()
    real = await _made(tx, services, plan, now)
    ids = {name: real.get(team, team) for name, team in plan.team_ids.items()}
    fresh = plan.new
    new_ids = await people_bulk.add_many(tx, [newcomer(one, ids) for one in fresh], now)
    called = {person_id: one.aliases or () for one, person_id in zip(fresh, new_ids, strict=True)}
    await aliases.replace(tx, {one: names for one, names in called.items() if names})
    await _change(tx, [_real(one, real) for one in plan.changes if one.is_any])
    given = iter(new_ids)
    accepted = [(one, person.id if person else next(given)) for one, person in plan.matched]
    waiting = {one.row.number for one in plan.waiting}
    invited = [person_id for one, person_id in accepted if one.row.number in waiting]
    tokens = await invitations.issue_first(tx, invited, now, by=by)
    stored = _Stored(accepted, len(new_ids), tokens)
    await _note(tx, plan, stored, await audit.acting(tx, by, now))
    return stored


async def _note(tx: Transaction, plan: Plan, stored: _Stored, actor: Actor) -> None:
    changes = plan.changes
    details: audit.Details = {
        "what": "people",
        "added": stored.added,
        "invited": sorted(stored.tokens),
        "roles_changed": [one.person.id for one in changes if one.roles is not None],
        "teams_changed": [
            one.person.id for one in changes if (one.teams, one.supervises) != (None, None)
        ],
        "renamed": [one.person.id for one in changes if one.name is not None],
        "keys_changed": [one.person.id for one in changes if one.external_key is not None],
        "aliases_changed": [one.person.id for one in changes if one.aliases is not None],
    }
    await audit.note(tx, actor, Action.IMPORTED, Subject(Thing.FILE), details)


async def _made(
    tx: Transaction, services: Services, plan: Plan, now: dt.datetime
) -> dict[int, int]:
    """Make the teams that were not there yet and return their ids by those in the plan.

    A new team takes the time zone and language of the first row that names it.
    """
    real: dict[int, int] = {}
    for one, _ in plan.matched:
        for name in (*(one.teams or ()), *(one.supervises or ())):
            team = plan.team_ids[name]
            if team < 0 and team not in real:
                zone, language = one.timezone or services.timezone, one.language
                made = await teams.add(tx, name, zone, language or services.language, now)
                real[team] = made.id
    return real


def _real(one: Change, real: Mapping[int, int]) -> Change:
    """Return the change with the ids of the teams that have been made."""

    def of(ids: tuple[int, ...] | None) -> tuple[int, ...] | None:
        return None if ids is None else tuple(real.get(team, team) for team in ids)

    return replace(one, teams=of(one.teams), supervises=of(one.supervises))


async def _change(tx: Transaction, changes: Sequence[Change]) -> None:
    roles = {one.person.id: one.roles for one in changes if one.roles is not None}
    await people_bulk.replace_roles(tx, roles)
    members = {one.person.id: one.teams for one in changes if one.teams is not None}
    await people_bulk.replace_teams(tx, Relation.MEMBER, members)
    supervised = {one.person.id: one.supervises for one in changes if one.supervises is not None}
    await people_bulk.replace_teams(tx, Relation.SUPERVISOR, supervised)
    called = {one.person.id: one.aliases for one in changes if one.aliases is not None}
    await aliases.replace(tx, called)
    for one in changes:
        if one.name is not None:
            await people.rename(tx, one.person.id, one.name)
        if one.external_key is not None:
            await people.set_external_key(tx, one.person.id, one.external_key)
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

"""The audit log: entries are added and never changed, and tampering shows."""

import asyncio
import dataclasses
import datetime as dt

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from scoring.roles import Role
from storage import audit, audit_reading
from storage.audit import Action, Actor, Subject, Thing
from storage.audit_reading import Sought
from storage.database import Database
from tests.storage.conftest import NOW

ADMIN = Actor(7, frozenset({Role.ADMIN}), NOW)
IVAN = Subject(Thing.PERSON, 3)


async def note(database: Database, action: Action = Action.INVITED, **details: audit.Detail) -> int:
    async with database.writing() as tx:
        return (await audit.note(tx, ADMIN, action, IVAN, details)).id


async def verdict(database: Database) -> audit_reading.Verdict:
    async with database.reading() as tx:
        return await audit_reading.verify(tx)


async def tamper(database: Database, statement: str) -> None:
    """Change the log as somebody does who may take the triggers away."""
    drop = (
        ["DROP TRIGGER audit_entries_refuse_update", "DROP TRIGGER audit_entries_refuse_delete"]
        if database.is_sqlite
        else ["DROP TRIGGER audit_entries_refuse ON audit_entries"]
    )
    async with database.writing() as tx:
        for one in (*drop, statement):
            await tx.execute(text(one))


async def test_entries_hold_together(database: Database) -> None:
    for number in range(3):
        await note(database, value=number)
    found = await verdict(database)
    assert (found.count, found.broken) == (3, None)
    async with database.reading() as tx:
        newest, total = await audit_reading.page(tx, Sought(), offset=0, limit=1)
    assert total == 3
    assert newest[0].hash == found.last
    assert newest[0].told() == {"value": 2}


async def test_an_empty_log_holds(database: Database) -> None:
    assert await verdict(database) == audit_reading.Verdict(0, audit.FIRST)


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_entries SET action = 'x'", "DELETE FROM audit_entries"]
)
async def test_the_database_refuses_to_change_the_log(database: Database, statement: str) -> None:
    await note(database)
    with pytest.raises(DBAPIError, match="append-only"):
        async with database.writing() as tx:
            await tx.execute(text(statement))
    assert (await verdict(database)).count == 1


@pytest.mark.parametrize(
    ("statement", "first"),
    [
        ("UPDATE audit_entries SET actor_id = 8 WHERE id = 2", 2),
        ("UPDATE audit_entries SET details = '{}' WHERE id = 3", 3),
        ("UPDATE audit_entries SET at = '2026-01-01 00:00:00+00' WHERE id = 1", 1),
        ("DELETE FROM audit_entries WHERE id = 1", 2),
        ("DELETE FROM audit_entries WHERE id = 2", 3),
        ("UPDATE audit_entries SET id = 9 WHERE id = 3", 9),
    ],
)
async def test_the_first_entry_that_breaks_is_named(
    database: Database, statement: str, first: int
) -> None:
    for number in range(4):
        await note(database, value=number)
    if database.is_sqlite:
        statement = statement.replace("+00'", ".000000'")
    await tamper(database, statement)
    found = await verdict(database)
    expected = 4 if first == 9 else first
    assert found.broken == expected


async def test_an_entry_rewritten_with_a_fitting_hash_breaks_the_next(database: Database) -> None:
    for number in range(3):
        await note(database, value=number)
    async with database.reading() as tx:
        second = await audit_reading.by_id(tx, 2)
    assert second is not None
    forged = audit.hash_of(dataclasses.replace(second, actor_id=99))
    change = f"SET actor_id = 99, hash = '{forged}' WHERE id = 2"
    await tamper(database, f"UPDATE audit_entries {change}")
    assert (await verdict(database)).broken == 3


async def test_writers_at_one_moment_make_one_chain(database: Database, second: Database) -> None:
    await asyncio.gather(*(note(one, value=1) for one in (database, second) for _ in range(8)))
    assert await verdict(database) == await verdict(second)
    assert (await verdict(database)).count == 16
    assert (await verdict(database)).broken is None


async def failing_act(database: Database) -> None:
    async with database.writing() as tx:
        await audit.note(tx, ADMIN, Action.INVITED, IVAN)
        raise RuntimeError


async def test_an_act_that_fails_leaves_no_entry(database: Database) -> None:
    with pytest.raises(RuntimeError):
        await failing_act(database)
    assert (await verdict(database)).count == 0


@pytest.mark.parametrize("said", ["Ivan Petrov", "Пётр", "he was rude!", "x" * 81])
async def test_nobodys_words_get_into_the_log(database: Database, said: str) -> None:
    with pytest.raises(ValueError, match="no word of the program"):
        await note(database, reason=said)
    with pytest.raises(ValueError, match="no word of the program"):
        await note(database, many=["agent", said])
    assert (await verdict(database)).count == 0


async def test_a_refusal_is_noted_once_a_minute(database: Database) -> None:
    async def refused(what: str, seconds: int, person: int = 7) -> bool:
        actor = Actor(person, frozenset(), NOW + dt.timedelta(seconds=seconds))
        async with database.writing() as tx:
            return await audit.note_refusal(tx, actor, what) is not None

    assert await refused("audit", 0)
    assert not await refused("audit", 59)
    assert await refused("forget", 59)
    assert await refused("audit", 59, person=8)
    assert await refused("audit", 61)
    assert await refused("what? is this", 62)


async def test_entries_are_found_by_person_and_action(database: Database) -> None:
    other = Actor(9, frozenset(), NOW)
    async with database.writing() as tx:
        await audit.note(tx, ADMIN, Action.INVITED, IVAN)
        await audit.note(tx, other, Action.EXPORTED, Subject(Thing.TEAM, 3))
        await audit.note(tx, audit.program(NOW), Action.IMPORTED, Subject(Thing.FILE))

    async def found(sought: Sought) -> list[int]:
        async with database.reading() as tx:
            entries, _ = await audit_reading.page(tx, sought, offset=0, limit=9)
        return [one.id for one in entries]

    assert await found(Sought()) == [3, 2, 1]
    assert await found(Sought(person=3)) == [1]
    assert await found(Sought(person=9)) == [2]
    assert await found(Sought(action=Action.IMPORTED)) == [3]
    assert await found(Sought(person=7, action=Action.EXPORTED)) == []

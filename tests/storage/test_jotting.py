"""Brief writers on SQLite: together in one transaction, each for themself in what goes wrong."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from storage.database import Database
from storage.trouble import StorageUnavailableError

ADD = text("INSERT INTO notes (words) VALUES (:words)")
ALL = text("SELECT words FROM notes ORDER BY id")
ORPHAN = text("INSERT INTO replies (note) VALUES (999)")
TABLES = (
    "CREATE TABLE notes (id INTEGER PRIMARY KEY, words TEXT UNIQUE)",
    "CREATE TABLE replies (note INTEGER REFERENCES notes (id) DEFERRABLE INITIALLY DEFERRED)",
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the database is."""
    return tmp_path / "notes.db"


@pytest.fixture
async def notes(file: Path) -> AsyncIterator[Database]:
    """A SQLite database with a table of notes."""
    database = Database(f"sqlite+aiosqlite:///{file}?timeout=5")
    async with database.writing() as tx:
        for one in TABLES:
            await tx.execute(text(one))
    yield database
    await database.close()


async def jot(notes: Database, words: str) -> None:
    async with notes.jotting() as tx:
        await tx.execute(ADD, {"words": words})


async def stored(notes: Database) -> list[str]:
    async with notes.reading() as tx:
        return list((await tx.execute(ALL)).scalars())


async def commits(notes: Database) -> list[str]:
    """Return the list to which the statements that end transactions of brief writers are added."""
    seen: list[str] = []
    connection = await notes._jots.connection()
    connection.own.set_trace_callback(lambda sql: seen.append(sql) if sql == "COMMIT" else None)
    return seen


async def test_those_who_wait_are_committed_together(notes: Database) -> None:
    seen = await commits(notes)

    await asyncio.gather(*(jot(notes, str(one)) for one in range(10)))

    assert await stored(notes) == [str(one) for one in range(10)]
    assert len(seen) < 10


async def test_whoever_is_alone_is_committed_alone(notes: Database) -> None:
    seen = await commits(notes)

    await jot(notes, "one")
    await jot(notes, "two")

    assert await stored(notes) == ["one", "two"]
    assert len(seen) == 2


async def test_what_one_does_wrong_undoes_nothing_of_the_others(notes: Database) -> None:
    async def wrong() -> None:
        async with notes.jotting() as tx:
            await tx.execute(ADD, {"words": "undone"})
            raise LookupError

    done = await asyncio.gather(
        jot(notes, "one"),
        wrong(),
        jot(notes, "one"),  # there can be only one of it
        jot(notes, "two"),
        return_exceptions=True,
    )

    assert [type(one) for one in done] == [type(None), LookupError, IntegrityError, type(None)]
    assert await stored(notes) == ["one", "two"]


async def test_nobody_is_told_that_it_is_stored_when_the_commit_fails(notes: Database) -> None:
    async def orphan() -> None:
        async with notes.jotting() as tx:
            await tx.execute(ORPHAN)  # which SQLite finds out at the end

    done = await asyncio.gather(
        jot(notes, "one"), orphan(), jot(notes, "two"), return_exceptions=True
    )

    assert all(isinstance(one, sqlite3.IntegrityError) for one in done)
    assert await stored(notes) == []
    await jot(notes, "later")
    assert await stored(notes) == ["later"]


async def test_a_full_disk_is_told_to_everybody_who_wrote_before_it(notes: Database) -> None:
    connection = await notes._jots.connection()
    (pages,) = connection.own.execute("PRAGMA page_count").fetchone()
    connection.own.execute(f"PRAGMA max_page_count={pages + 4}")

    done = await asyncio.gather(
        jot(notes, "small"), jot(notes, "x" * 100_000), return_exceptions=True
    )
    connection.own.execute(f"PRAGMA max_page_count={pages + 400}")
    kept = await stored(notes)
    await jot(notes, "later")

    assert isinstance(done[1], StorageUnavailableError)
    assert kept == (["small"] if done[0] is None else [])
    assert await stored(notes) == [*kept, "later"]


async def test_another_programs_lock_is_waited_for_without_holding_anybody_up(
    notes: Database, file: Path
) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        waiting = asyncio.create_task(jot(notes, "at last"))
        turns = 0
        while turns < 50:  # the loop goes on turning meanwhile
            await asyncio.sleep(0)
            turns += 1
        assert not waiting.done()
        other.execute("ROLLBACK")
        await waiting

    assert await stored(notes) == ["at last"]


async def test_whoever_is_cut_off_waiting_leaves_no_lock_behind(
    notes: Database, file: Path
) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        cut_off = asyncio.create_task(jot(notes, "never"))
        for _ in range(50):
            await asyncio.sleep(0)
        cut_off.cancel()
        await asyncio.gather(cut_off, return_exceptions=True)
        other.execute("ROLLBACK")
        await jot(notes, "next")
        other.execute("BEGIN IMMEDIATE")  # which would fail if it were still held
        other.execute("ROLLBACK")

    assert await stored(notes) == ["next"]


async def test_whoever_is_cut_off_before_the_commit_stops_it_for_nobody(notes: Database) -> None:
    others = [asyncio.create_task(jot(notes, str(one))) for one in range(5)]
    await asyncio.sleep(0)
    others[0].cancel()
    await asyncio.gather(*others, return_exceptions=True)

    assert set(await stored(notes)) >= {"1", "2", "3", "4"}


async def test_a_long_writer_and_brief_ones_take_turns(notes: Database) -> None:
    async def long(words: str) -> None:
        async with notes.writing() as tx:
            await tx.execute(ADD, {"words": words})
            await asyncio.sleep(0)
            await tx.execute(ADD, {"words": f"{words} more"})

    await asyncio.gather(
        *(jot(notes, f"a{one}") for one in range(5)),
        long("b"),
        *(jot(notes, f"c{one}") for one in range(5)),
    )

    every = await stored(notes)
    assert sorted(every) == sorted(
        [*(f"a{one}" for one in range(5)), "b", "b more", *(f"c{one}" for one in range(5))]
    )
    assert every.index("b more") == every.index("b") + 1


async def test_a_glance_sees_what_was_stored_just_now(notes: Database) -> None:
    async with notes.glancing() as tx:
        before = list((await tx.execute(ALL)).scalars())
        await jot(notes, "one")
        after = list((await tx.execute(ALL)).scalars())

    assert (before, after) == ([], ["one"])


async def test_a_database_that_is_closed_has_stored_what_was_begun(
    notes: Database, file: Path
) -> None:
    writers = [asyncio.create_task(jot(notes, str(one))) for one in range(3)]
    await asyncio.gather(*writers)
    await notes.close()

    with closing(sqlite3.connect(file)) as other:
        assert other.execute("SELECT count(*) FROM notes").fetchone() == (3,)


async def test_brief_writers_and_readers_on_either_database(database: Database) -> None:
    async with database.jotting() as tx:
        await tx.execute(text("CREATE TABLE jots (words TEXT)"))
        await tx.execute(text("INSERT INTO jots VALUES ('one')"))
    with pytest.raises(LookupError):
        await _fail(database)

    async with database.glancing() as tx:
        assert list((await tx.execute(text("SELECT words FROM jots"))).scalars()) == ["one"]
    async with database.writing() as tx:
        await tx.execute(text("DROP TABLE jots"))


async def _fail(database: Database) -> None:
    async with database.jotting() as tx:
        await tx.execute(text("INSERT INTO jots VALUES ('two')"))
        raise LookupError

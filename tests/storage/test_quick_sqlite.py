"""Reading more rows than come along with a statement, all at once and as they are needed."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from storage.database import Database
from storage.quick_sqlite import AT_ONCE

NUMBERS = text(
    "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :last)"
    " SELECT n FROM numbers"
)


@pytest.fixture
async def sqlite(tmp_path: Path) -> AsyncIterator[Database]:
    """A SQLite database without tables."""
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'numbers.db'}")
    yield database
    await database.close()


@pytest.mark.parametrize("last", [1, AT_ONCE - 1, AT_ONCE, AT_ONCE + 1, 3 * AT_ONCE])
async def test_every_row_comes_whatever_their_number(sqlite: Database, last: int) -> None:
    async with sqlite.reading() as tx:
        rows = (await tx.execute(NUMBERS, {"last": last})).scalars().all()

    assert list(rows) == list(range(1, last + 1))


@pytest.mark.parametrize("last", [1, AT_ONCE, 2 * AT_ONCE + 7])
async def test_a_stream_brings_the_same_rows(sqlite: Database, last: int) -> None:
    async with sqlite.reading() as tx, tx.stream(NUMBERS, {"last": last}) as rows:
        found = [row.n async for row in rows]

    assert found == list(range(1, last + 1))


async def test_a_stream_may_be_left_in_the_middle(sqlite: Database) -> None:
    async with sqlite.reading() as tx:
        async with tx.stream(NUMBERS, {"last": 5 * AT_ONCE}) as rows:
            first = await anext(aiter(rows))
        again = (await tx.execute(NUMBERS, {"last": 2})).scalars().all()

    assert (first.n, list(again)) == (1, [1, 2])


async def test_what_a_change_returns_and_counts(sqlite: Database) -> None:
    async with sqlite.writing() as tx:
        await tx.execute(text("CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT UNIQUE)"))
        add = text("INSERT INTO things (name) VALUES (:name) RETURNING id")
        first = (await tx.execute(add, {"name": "one"})).scalar_one()
        await tx.execute(
            text("INSERT INTO things (name) VALUES (:name)"), [{"name": "two"}, {"name": "three"}]
        )
        changed = await tx.execute(text("UPDATE things SET name = name || '!' WHERE id > 1"))

    assert (first, changed.rowcount) == (1, 2)


async def test_a_refused_statement_leaves_nothing_behind(sqlite: Database) -> None:
    async with sqlite.writing() as tx:
        await tx.execute(text("CREATE TABLE things (name TEXT UNIQUE)"))
    add = text("INSERT INTO things (name) VALUES ('one')")

    async def twice() -> None:
        async with sqlite.writing() as tx:
            await tx.execute(add)
            await tx.execute(add)

    with pytest.raises(IntegrityError):
        await twice()

    async with sqlite.reading() as tx:
        assert (await tx.execute(text("SELECT count(*) FROM things"))).scalar_one() == 0

"""Which errors of a database are told as "not just now", and which are mistakes of ours."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage.database import Database, ping
from storage.trouble import StorageUnavailableError

SLOW_SORT = "SELECT count(*) FROM (SELECT n FROM generate_series(1, 300000) n ORDER BY random()) x"


@pytest.fixture
async def server(postgres_url: str) -> AsyncIterator[Database]:
    """An open database on PostgreSQL."""
    database = Database(postgres_url)
    yield database
    await database.close()


async def run(database: Database, *statements: str) -> None:
    async with database.writing() as tx:
        for one in statements:
            await tx.execute(text(one))


@pytest.mark.parametrize(
    "statements",
    [
        ("SET LOCAL work_mem = 64", "SET LOCAL temp_file_limit = 64", SLOW_SORT),
        ("SET LOCAL transaction_read_only = on", "DELETE FROM outbox"),
        ("SELECT pg_terminate_backend(pg_backend_pid())",),
    ],
    ids=["no room for files", "a standby", "ended by the server"],
)
async def test_a_server_that_cannot_work_just_now_is_unavailable(
    server: Database, statements: tuple[str, ...]
) -> None:
    with pytest.raises(StorageUnavailableError):
        await run(server, *statements)
    await ping(server)


async def test_a_lock_that_is_not_to_be_had_in_time_is_told_as_such(
    server: Database, postgres_url: str
) -> None:
    other = Database(postgres_url)
    async with other.writing() as tx:
        await tx.execute(text("LOCK TABLE teams"))
        with pytest.raises(StorageUnavailableError):
            await run(server, "SET LOCAL lock_timeout = 10", "SELECT * FROM teams")
    await run(server, "SELECT * FROM teams")
    await other.close()


async def test_two_who_wait_for_each_other_are_parted_and_one_goes_on(
    server: Database, postgres_url: str
) -> None:
    other, both_hold = Database(postgres_url), asyncio.Barrier(2)

    async def lock(database: Database, first: str, then: str) -> bool:
        try:
            async with database.writing() as tx:
                await tx.execute(text("SET LOCAL deadlock_timeout = 10"))
                await tx.execute(text(f"LOCK TABLE {first}"))
                await both_hold.wait()
                await tx.execute(text(f"LOCK TABLE {then}"))
        except StorageUnavailableError:
            return False
        return True

    went_on = await asyncio.gather(lock(server, "teams", "people"), lock(other, "people", "teams"))
    assert sorted(went_on) == [False, True]
    await other.close()


async def test_a_file_that_may_not_be_written_is_unavailable(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    with pytest.raises(StorageUnavailableError):
        await run(database, "PRAGMA query_only = ON", "DELETE FROM outbox")
    await database.close()


async def test_a_wrong_statement_is_a_mistake(database: Database) -> None:
    with pytest.raises(DBAPIError):
        await run(database, "SELECT the_connection_is_full_and_locked FROM teams")
    await ping(database)

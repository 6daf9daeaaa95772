"""The database itself: moments, transactions, the schema and its copies."""

import asyncio
import datetime as dt
import sqlite3
import threading
import uuid
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError, StatementError

from bot.running import prepare, utc_now
from handlers.turn import Services
from storage import backup, migrate, people, scorecards, teams
from storage.backup import BackupError
from storage.database import Database, ping
from storage.diagnosis import diagnose
from storage.scorecards import Shelf
from storage.trouble import StorageUnavailableError
from tests.postgres import Server, create, drop
from tests.storage.conftest import NOW


async def test_the_schema_is_what_the_tables_say(database: Database) -> None:
    assert await migrate.differences(database) == []
    present, newest = await migrate.revisions(database)
    assert present == newest


async def test_bringing_a_current_schema_up_to_date_changes_nothing(database: Database) -> None:
    await migrate.upgrade(database)
    assert await migrate.differences(database) == []


async def test_migrating_does_not_look_at_foreign_keys_and_afterwards_they_hold(
    sqlite_url: str,
) -> None:
    database = Database(sqlite_url)
    dangling = "INSERT INTO person_roles (person_id, role) VALUES (4711, 'agent')"
    async with database.engine.connect() as connection:
        async with migrate._without_foreign_keys(connection):
            await connection.exec_driver_sql(dangling)
        with pytest.raises(IntegrityError):
            await connection.exec_driver_sql(dangling)
    await database.close()


async def test_several_processes_may_start_at_once(postgres_server: Server) -> None:
    name = f"fresh_{uuid.uuid4().hex}"
    url = await asyncio.to_thread(create, postgres_server, name)
    processes = [Services(Database(url), Shelf(), utc_now) for _ in range(3)]
    await asyncio.gather(*[prepare(one) for one in processes])
    assert await migrate.differences(processes[0].db) == []
    async with processes[0].db.reading() as tx:
        assert len(await scorecards.current(tx, Shelf())) == 2
    for one in processes:
        await one.db.close()
    await asyncio.to_thread(drop, postgres_server, name)


async def test_a_moment_comes_back_in_utc(database: Database, ivan: int) -> None:
    kyiv = dt.datetime(2026, 11, 23, 12, 30, 15, 250, tzinfo=dt.timezone(dt.timedelta(hours=2)))
    async with database.writing() as tx:
        await people.set_unreachable(tx, ivan, kyiv)
        query = "SELECT unreachable_since FROM people WHERE id = 1"
        kept = (await tx.exec_driver_sql(query)).scalar_one()
    assert "10:30:15.000250" in str(kept)


async def test_a_moment_without_a_zone_is_refused(database: Database, ivan: int) -> None:
    naive = NOW.replace(tzinfo=None)
    async with database.reading() as tx:
        with pytest.raises((ValueError, StatementError), match="without a time zone"):
            await people.set_unreachable(tx, ivan, naive)


async def test_writers_on_sqlite_queue_up_and_none_is_lost(sqlite_url: str) -> None:
    first, second = Database(sqlite_url), Database(sqlite_url)
    async with first.writing() as tx:
        team = await teams.add(tx, "Support", "UTC", "en", NOW)

    async def count(one: Database) -> None:
        async with one.writing() as tx:
            (found,) = await teams.by_ids(tx, [team.id])
            await teams.save(tx, replace(found, target=(found.target or 0) + 1))

    await asyncio.gather(*[count(one) for one in (first, second) for _ in range(10)])
    async with first.reading() as tx:
        (found,) = await teams.by_ids(tx, [team.id])
    assert found.target == 20
    await first.close()
    await second.close()


async def test_what_is_raised_inside_a_transaction_undoes_it(database: Database) -> None:
    async def half() -> None:
        async with database.writing() as tx:
            await teams.add(tx, "Half", "UTC", "en", NOW)
            await people.set_unreachable(tx, 1, NOW.replace(tzinfo=None))

    with pytest.raises((ValueError, StatementError)):
        await half()
    async with database.reading() as tx:
        assert await teams.by_name(tx, "Half") is None


@pytest.mark.parametrize(
    "url", ["sqlite+aiosqlite:////no/such/folder/x.db", "postgresql+asyncpg://nobody@127.0.0.1:1/x"]
)
async def test_a_database_that_is_not_there_is_unavailable(url: str) -> None:
    missing = Database(url)
    with pytest.raises(StorageUnavailableError):
        await ping(missing)
    await missing.close()
    while any("_connection_worker" in one.name for one in threading.enumerate()):  # noqa: ASYNC110
        await asyncio.sleep(0.001)  # the driver's thread has to tell this loop that it ends


async def test_a_diagnosis_names_no_password() -> None:
    found = await diagnose("postgresql+asyncpg://etalon:hush@127.0.0.1:1/quality")
    assert found.trouble is not None
    assert "127.0.0.1:1" in found.trouble
    assert "hush" not in found.where + found.trouble


async def test_a_diagnosis_of_a_good_database_finds_nothing(database_url: str) -> None:
    found = await diagnose(database_url)
    assert (found.trouble, found.is_current, found.has_admin) == (None, True, False)


async def test_a_backup_is_whole_while_somebody_writes(sqlite_url: str, tmp_path: Path) -> None:
    database = Database(sqlite_url)
    copy = tmp_path / "copy.db"
    async with database.writing() as tx:
        await teams.add(tx, "Support", "UTC", "en", NOW)
    async with database.writing() as tx:
        await teams.add(tx, "Not yet committed", "UTC", "en", NOW)
        await backup.backup(sqlite_url, copy)
    await database.close()
    with sqlite3.connect(copy) as opened:
        assert opened.execute("SELECT name FROM teams").fetchall() == [("Support",)]
        assert opened.execute("PRAGMA integrity_check").fetchone() == ("ok",)


async def test_a_backup_never_replaces_a_file(sqlite_url: str, tmp_path: Path) -> None:
    there = tmp_path / "there.db"
    there.write_text("precious")
    with pytest.raises(BackupError, match="exists already"):
        await backup.backup(sqlite_url, there)
    assert there.read_text() == "precious"

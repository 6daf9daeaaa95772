"""Looking through a database: what does not hold together is named, what does is not."""

import sqlite3

import pytest
from sqlalchemy import make_url

from bot.check import check
from bot.settings import load_settings
from storage.database import Database
from storage.integrity import faults
from tests.reports.cases import store
from tests.storage.conftest import NOW

LOST = "INSERT INTO person_roles (person_id, role) VALUES (4711, 'agent')"


async def test_a_database_at_work_holds_together(database: Database, ivan: int, anna: int) -> None:
    async with database.writing() as tx:
        await store(tx, ivan, "yny", by=anna, at=NOW)
    assert await faults(database) == []


async def test_an_evaluation_of_which_a_half_is_missing_is_noticed(
    database: Database, ivan: int, anna: int
) -> None:
    async with database.writing() as tx:
        await store(tx, ivan, "yny", by=anna, at=NOW)
        await tx.exec_driver_sql("DELETE FROM evaluation_answers")
    assert await faults(database) == ["Evaluations without answers: 1."]


async def test_a_row_that_leads_nowhere_is_noticed(database: Database) -> None:
    if database.is_sqlite:
        with sqlite3.connect(database.url.database or "") as file:  # looks at no foreign keys
            file.execute(LOST)
    else:
        async with database.writing() as tx:
            await tx.exec_driver_sql("SET LOCAL session_replication_role = replica")
            await tx.exec_driver_sql(LOST)
    [fault] = await faults(database)
    assert fault == "Rows of person_roles that lead to people which are not there: 1."


async def test_a_schema_that_somebody_has_changed_is_noticed(database: Database) -> None:
    async with database.writing() as tx:
        await tx.exec_driver_sql("DROP INDEX ix_outbox_state_due")
    [fault] = await faults(database)
    assert fault == "Differences between the schema and what the migrations made: 1."


async def test_a_damaged_file_is_noticed(sqlite_url: str) -> None:
    damage(sqlite_url)
    database = Database(sqlite_url)
    assert [one for one in await faults(database) if one.startswith("The file is damaged:")]
    await database.close()


async def test_check_says_what_to_do_about_it(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    assert all(one.good for one in await check(load_settings()))
    damage(sqlite_url)
    bad = [one for one in await check(load_settings()) if not one.good]
    assert bad
    assert all("docs/running.md" in one.remedy for one in bad)


def damage(url: str) -> None:
    """Take an index out of the file's table of contents and leave its pages behind."""
    with sqlite3.connect(make_url(url).database or "") as file:
        file.execute("PRAGMA writable_schema=ON")
        file.execute("DELETE FROM sqlite_master WHERE name = 'ix_contacts_at'")

"""Damage of every kind: one plain sentence from ``check``, and no copy that claims to be good."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.check import check
from bot.settings import load_settings
from storage import backup, people
from storage.backup import BackupError
from storage.database import Database
from storage.people import NewPerson
from tests.storage.conftest import NOW

PAGE = 4096
PEOPLE = 400


def settle(file: Path) -> None:
    """Bring everything into the file itself."""
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def header(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.write(b"\x00" * 100)


def schema_page(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.seek(100)
        opened.write(b"\xa5" * (PAGE - 100))


def half(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.truncate(file.stat().st_size // 2 // PAGE * PAGE)


def middle_pages(file: Path) -> None:
    pages = file.stat().st_size // PAGE
    with file.open("r+b") as opened:
        for page in range(2, pages, 3):
            opened.seek(page * PAGE)
            opened.write(b"\x5a" * PAGE)


def another_file(file: Path) -> None:
    file.write_bytes(b"name,roles\nIvan Petrov,agent\n" * 500)


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def no_revision(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("DELETE FROM alembic_version")
    connection.close()


def odd_values(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE people SET created_at = x'00ff', active = 'what'")
        connection.execute("DROP INDEX ix_outbox_state_due")
    connection.close()


def copies_in(folder: Path) -> list[str]:
    return [one.name for one in folder.glob("copy*")]


KINDS = (header, schema_page, half, middle_pages, another_file, emptied, no_revision)


@pytest.fixture
async def file(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database with people in it, closed."""
    database = Database(sqlite_url)
    async with database.writing() as tx:
        for number in range(PEOPLE):
            await people.add(tx, NewPerson(f"Person Number {number}", set()), NOW)
    await database.close()
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    path = Path(sqlite_url.partition("///")[2])
    settle(path)
    return path


@pytest.mark.parametrize("damage", [*KINDS, odd_values])
async def test_check_says_so_in_a_plain_sentence(
    file: Path, damage: Callable[[Path], None]
) -> None:
    assert all(one.good for one in await check(load_settings()))
    damage(file)
    bad = [one for one in await check(load_settings()) if not one.good]
    assert len(bad) == 1
    assert "\n" not in str(bad[0].text)
    assert "copy" in bad[0].remedy


@pytest.mark.parametrize("damage", [one for one in KINDS if one is not no_revision])
async def test_a_damaged_database_gives_no_copy_that_claims_to_be_good(
    file: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    damage(file)
    with pytest.raises(BackupError) as told:
        await backup.backup(f"sqlite+aiosqlite:///{file}", tmp_path / "copy.db")
    assert "\n" not in str(told.value)
    assert copies_in(tmp_path) == []


async def test_a_copy_says_how_many_rows_are_in_it(file: Path, tmp_path: Path) -> None:
    rows = await backup.backup(f"sqlite+aiosqlite:///{file}", tmp_path / "copy.db")
    assert rows > PEOPLE
    with sqlite3.connect(tmp_path / "copy.db") as connection:
        assert connection.execute("SELECT count(*) FROM people").fetchone() == (PEOPLE,)
    connection.close()


async def test_a_database_that_is_not_there_yet_is_no_emptied_one(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/new/etalon.db")
    assert all(one.good for one in await check(load_settings()))
    assert not (tmp_path / "new").exists()

"""Backups: whole under load, brought back as the guide says, and compared row by row."""

import asyncio
import contextlib
import os
import shutil
import subprocess
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from storage import backup, migrate, outbox, teams
from storage.backup import BackupError
from storage.database import Database
from storage.integrity import faults
from storage.outbox import Message
from storage.tables import OutboxRow, TeamRow
from tests.postgres import Server, create, drop
from tests.storage.conftest import NOW
from tests.storage.released import as_they_are_now, build, contents, rows_of
from tests.storage.test_migrations import in_any_order

REVISION = "0001"
PERSON, TEAMS = 2, 2
"""Somebody in those rows whom messages reach, and how many teams are there."""
WRITERS, BEFORE = 3, 10
ABOUT = "about-a-team"
COUNTS = select(
    select(func.count()).select_from(TeamRow).scalar_subquery(),
    select(func.count()).where(OutboxRow.kind == ABOUT).scalar_subquery(),
)


@pytest.fixture
def tools(postgres_server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL's own tools, of the same version as the server."""
    path = os.pathsep.join((str(postgres_server.bin_path), os.environ["PATH"]))
    monkeypatch.setenv("PATH", path)


@pytest.fixture
def new_url(postgres_server: Server) -> Iterator[Callable[[], str]]:
    """Makes empty databases and returns their URL."""
    names: list[str] = []

    def make() -> str:
        names.append(f"backup_{uuid.uuid4().hex}")
        return create(postgres_server, names[-1])

    yield make
    for name in names:
        drop(postgres_server, name)


@contextlib.asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    database = Database(url)
    yield database
    await database.close()


@contextlib.asynccontextmanager
async def under_load(database: Database) -> AsyncIterator[None]:
    """Let writers store teams and a message about each, always both, without a rest."""
    done, at_work = asyncio.Event(), asyncio.Event()
    written = 0

    async def write() -> None:
        nonlocal written
        while not done.is_set():
            async with database.writing() as tx:
                team = await teams.add(tx, uuid.uuid4().hex, "UTC", "en", NOW)
                message = Message(ABOUT, PERSON, team.id, f"team:{team.id}", NOW)
                await outbox.put(tx, [message], NOW)
            written += 1
            if written == BEFORE:
                at_work.set()

    writers = [asyncio.create_task(write()) for _ in range(WRITERS)]
    await at_work.wait()
    yield
    done.set()
    await asyncio.gather(*writers)


async def assert_whole(restored: Database) -> None:
    """Check that everything old is there, and of what was written meanwhile both or nothing."""
    before = as_they_are_now(rows_of(REVISION))
    old = in_any_order(before)
    new = in_any_order(await contents(restored, before))
    for name, rows in old.items():
        assert set(rows) <= set(new[name]), name
    async with restored.reading() as tx:
        [(made, told)] = await tx.execute(COUNTS)
    assert made - TEAMS == told >= BEFORE
    assert await faults(restored) == []


async def filled(database: Database) -> None:
    await build(database, REVISION)
    await migrate.upgrade(database)


def bring_back(copy: Path, file: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        file.with_name(file.name + ending).unlink(missing_ok=True)
    shutil.copyfile(copy, file)


async def test_a_file_is_copied_under_load_and_takes_the_others_place(tmp_path: Path) -> None:
    file, copy = tmp_path / "etalon.db", tmp_path / "backup.db"
    url = f"sqlite+aiosqlite:///{file}"
    async with opened(url) as database:
        await filled(database)
        async with under_load(database):
            await backup.backup(url, copy)
    bring_back(copy, file)
    async with opened(url) as restored:
        await assert_whole(restored)


async def test_a_server_is_dumped_under_load_and_restored_elsewhere(
    tools: None, new_url: Callable[[], str], tmp_path: Path
) -> None:
    url, elsewhere = await asyncio.to_thread(lambda: (new_url(), new_url()))
    dump = tmp_path / "backup.dump"
    async with opened(url) as database:
        await filled(database)
        async with under_load(database):
            await backup.backup(url, dump)
    address = elsewhere.replace("+asyncpg", "")
    await asyncio.to_thread(
        subprocess.run,
        ["pg_restore", "--no-owner", f"--dbname={address}", str(dump)],
        check=True,
    )
    async with opened(elsewhere) as restored:
        await assert_whole(restored)


def names_in(folder: Path) -> list[str]:
    return [one.name for one in folder.iterdir()]


async def test_without_pg_dump_one_is_told_what_to_type(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackupError, match="pg_dump --format=custom") as told:
        await backup.backup(postgres_url, tmp_path / "backup.dump")
    assert "not installed here" in str(told.value)
    assert names_in(tmp_path) == []


async def test_a_dump_that_fails_leaves_no_file_and_says_why(
    tools: None, postgres_url: str, tmp_path: Path
) -> None:
    gone = postgres_url.replace("/test_", "/gone_")
    with pytest.raises(BackupError, match="does not exist"):
        await backup.backup(gone, tmp_path / "backup.dump")
    assert names_in(tmp_path) == []


async def test_the_password_is_not_among_the_words_that_others_can_read() -> None:
    url = "postgresql+asyncpg://etalon:hush@db.example:5433/quality?ssl=require"
    assert backup.address_of(url) == "postgresql://etalon@db.example:5433/quality?sslmode=require"

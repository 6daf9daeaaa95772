"""A full disk, a file that is gone, a server that takes no writes: no act is confirmed."""

import contextlib
import os
import resource
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot.check import check
from bot.settings import load_settings
from handlers.turn import Services
from storage import file_watch, probing
from storage.database import Database
from storage.trouble import StorageUnavailableError
from tests.bot.test_database_faults import SORRY, begin
from tests.storage.conftest import NOW
from tests.story import Centre


def file_of(centre: Centre) -> Path:
    return Path(make_url(centre.db.url).database or "")


@contextlib.contextmanager
def no_room() -> Iterator[None]:
    """Let no file of this process grow beyond what a full disk would leave."""
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, usual[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)


async def troubles(services: Services) -> str | None:
    return await probing.trouble(services.db, services.clock())


def test_a_full_disk_is_noticed_though_the_database_answers(centre: Centre) -> None:
    assert centre.run(troubles) is None
    with no_room():
        assert centre.run(troubles) == probing.FULL
    assert centre.run(troubles) is None


def test_admins_are_told_once_and_once_again_when_it_is_over(centre: Centre) -> None:
    admin = centre.admin
    said: list[tuple[int, str]] = []

    async def say(chat: int, text: str) -> None:
        said.append((chat, text))

    async def step(_services: Services) -> None:
        centre.running.guard.forget()
        await centre.running.guard.step(say)

    centre.run(step)
    with no_room():
        centre.run(step)
        centre.run(step)
    centre.run(step)
    assert [chat for chat, _ in said] == [admin.id, admin.id]
    assert "I cannot save anything just now" in said[0][1]
    assert said[1][1] == "Everything can be saved again."


@pytest.mark.parametrize("how", [file_watch.GONE, file_watch.REPLACED])
def test_nothing_is_confirmed_into_a_file_that_is_not_there_any_more(
    centre: Centre, tmp_path: Path, how: str
) -> None:
    _, anna = begin(centre)
    file = file_of(centre)
    shutil.copyfile(file, tmp_path / "other.db")
    if how == file_watch.GONE:
        file.unlink()
    else:
        (tmp_path / "other.db").replace(file)
    assert anna.tap("All met") == SORRY
    assert how in (centre.run(troubles) or "")


async def test_a_server_that_takes_no_writes_is_not_ready(postgres_url: str) -> None:
    database = Database(f"{postgres_url}")
    name = make_url(postgres_url).database
    async with database.writing() as tx:
        await tx.exec_driver_sql(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
    await database.close()
    again = Database(postgres_url)
    assert await probing.trouble(again, NOW) == probing.AWAY
    await again.close()


async def test_check_tries_a_write(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    assert "a write was tried and worked" in [one.text for one in await check(load_settings())]
    with no_room():
        bad = [one for one in await check(load_settings()) if not one.good]
    assert [one.text for one in bad] == [probing.FULL]


async def test_writes_into_a_removed_file_are_refused(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    await troubles_of(database)
    os.unlink(database.url.database or "")  # noqa: PTH108  a story's accident
    with pytest.raises(StorageUnavailableError, match=file_watch.GONE):
        async with database.jotting():
            pass
    await database.close()


async def troubles_of(database: Database) -> None:
    assert await probing.trouble(database, NOW) is None

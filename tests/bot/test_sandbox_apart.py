"""Invented people and real ones never meet: a database knows whose it is."""

import asyncio
import contextlib
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import identity, people
from storage.database import Database
from storage.diagnosis import diagnose
from storage.identity import Owner
from storage.people import NewPerson
from tests.bot.test_command_line import TOKEN, environment, etalon
from tests.storage.conftest import NOW

NOBODY = "http://127.0.0.1:1"


def file_of(url: str) -> Path:
    return Path(url.partition("///")[2])


async def claimed(url: str, owner: Owner) -> None:
    database = Database(url)
    async with database.writing() as tx:
        await identity.claim(tx, owner, NOW)
    await database.close()


async def taken_in(url: str, telegram_id: int) -> None:
    database = Database(url)
    async with database.writing() as tx:
        await people.add(tx, NewPerson("Somebody", set(), telegram_id=telegram_id), NOW)
    await database.close()


@contextlib.contextmanager
def running(folder: Path, *words: str, **variables: str) -> Iterator[list[str]]:
    """Run a command until it has printed the sandbox's address; give what it printed."""
    with subprocess.Popen(  # noqa: S603  our own program
        [sys.executable, "-m", "bot", *words],
        cwd=folder,
        env=environment(HTTP_PORT="0", **variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        said = []
        for line in process.stdout:
            said.append(line)
            if line.startswith("Etalon sandbox: "):
                break
        try:
            yield said
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)


@pytest.mark.parametrize("words", [("sandbox", "--empty"), ("run",)])
def test_without_a_token_the_production_database_is_left_alone(
    tmp_path: Path, sqlite_url: str, words: tuple[str, ...]
) -> None:
    before = file_of(sqlite_url).read_bytes()
    with running(tmp_path, *words, DATABASE_URL=sqlite_url) as said:
        assert any("leaves DATABASE_URL alone" in line for line in said)
    assert file_of(sqlite_url).read_bytes() == before
    found = asyncio.run(diagnose(f"sqlite+aiosqlite:///{tmp_path}/data/sandbox/etalon.db"))
    assert found.owner is Owner.SANDBOX


def test_a_bot_with_a_token_refuses_a_sandboxs_database(tmp_path: Path, sqlite_url: str) -> None:
    asyncio.run(claimed(sqlite_url, Owner.SANDBOX))
    done = etalon(
        tmp_path,
        "run",
        DATABASE_URL=sqlite_url,
        TELEGRAM_BOT_TOKEN=TOKEN,
        TELEGRAM_API_URL=NOBODY,
    )
    assert done.returncode == 1
    assert "is a sandbox's database" in done.stderr


def test_the_sandbox_refuses_a_real_database_in_its_folder(tmp_path: Path, sqlite_url: str) -> None:
    asyncio.run(claimed(sqlite_url, Owner.TELEGRAM))
    folder = tmp_path / "data" / "sandbox"
    folder.mkdir(parents=True)
    file_of(sqlite_url).rename(folder / "etalon.db")
    done = etalon(tmp_path, "sandbox")
    assert done.returncode == 1
    assert "holds a real centre's data" in done.stderr


@pytest.mark.parametrize(
    ("telegram_id", "owner"), [(1001, Owner.SANDBOX), (123_456_789, Owner.TELEGRAM)]
)
async def test_a_database_of_an_earlier_version_is_known_by_its_people(
    sqlite_url: str, telegram_id: int, owner: Owner
) -> None:
    assert (await diagnose(sqlite_url)).owner is None
    await taken_in(sqlite_url, telegram_id)
    assert (await diagnose(sqlite_url)).owner is owner


def test_check_says_that_it_is_a_sandboxs(tmp_path: Path, sqlite_url: str) -> None:
    asyncio.run(claimed(sqlite_url, Owner.SANDBOX))
    variables = {"DATABASE_URL": sqlite_url, "TELEGRAM_BOT_TOKEN": TOKEN}
    done = etalon(tmp_path, "check", TELEGRAM_API_URL=NOBODY, **variables)
    assert done.returncode == 1
    assert "is a sandbox's database" in done.stdout


def test_a_file_open_to_all_is_closed_at_the_start(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "sandbox"
    with running(tmp_path, "sandbox", "--empty"):
        pass
    (folder / "etalon.db").chmod(0o644)
    with running(tmp_path, "sandbox", "--empty"):
        assert (folder / "etalon.db").stat().st_mode & 0o077 == 0
    with contextlib.closing(sqlite3.connect(folder / "etalon.db")) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)

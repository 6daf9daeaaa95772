"""The command line: what each command prints, its exit code, and how a running bot ends."""

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot import tasks
from bot.settings import Settings, load_settings
from bot.tasks import TaskError
from scoring.builtin import builtin_text

TOKEN = "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"  # noqa: S105  nobody's
PEOPLE = (
    "name,roles,team,supervisor_of\nIvan Petrov,agent,Support,\nOlena Koval,supervisor,,Support\n"
)
LIMIT = 60


def etalon(folder: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder and return what it printed and its exit code."""
    return subprocess.run(  # noqa: S603  our own program
        [sys.executable, "-m", "bot", *words],
        cwd=folder,
        env=environment(**variables),
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=False,
    )


def environment(**variables: str) -> dict[str, str]:
    """Return an environment with our variables alone."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return {**kept, "PYTHONPATH": str(Path(__file__).parents[2]), **variables}


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, sqlite_url: str) -> Settings:
    """The settings of a sandbox in an empty folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    return load_settings()


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A sandbox in a process of its own, once it has printed its address."""
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "sandbox", "--empty"],
        cwd=tmp_path,
        env=environment(HTTP_PORT="0", TELEGRAM_BOT_TOKEN=TOKEN),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        yield process
        process.kill()


def test_a_sandbox_prints_its_page_answers_and_ends_in_good_order(
    sandbox: subprocess.Popen[str],
) -> None:
    assert sandbox.stdout is not None
    line = sandbox.stdout.readline().strip()
    said, _, address = line.partition(": ")
    assert said == "Etalon sandbox"
    with urllib.request.urlopen(address) as page:  # noqa: S310  it is our own
        assert b"<html" in page.read()
    with urllib.request.urlopen(f"{address}healthz") as health:  # noqa: S310  the same
        assert health.status == 200
    sandbox.send_signal(signal.SIGTERM)
    assert sandbox.wait(10) == 0
    assert sandbox.stderr is not None
    assert "Traceback" not in sandbox.stderr.read()


def test_a_configuration_with_mistakes_is_told_in_sentences(tmp_path: Path) -> None:
    done = etalon(tmp_path, "check", HTTP_PORT="eighty", LANGUAGE="de", TELEGRAM_BOT_TOKEN=TOKEN)
    assert done.returncode == 2
    assert {line.partition(":")[0] for line in done.stderr.splitlines()} == {
        "HTTP_PORT",
        "LANGUAGE",
    }
    assert TOKEN not in done.stdout + done.stderr


def test_an_api_that_does_not_answer_is_told_with_what_to_do(tmp_path: Path) -> None:
    done = etalon(
        tmp_path,
        "check",
        TELEGRAM_BOT_TOKEN=TOKEN,
        TELEGRAM_API_URL="http://127.0.0.1:1",
        ADMIN_IDS="1",
    )
    assert done.returncode == 1
    assert "http://127.0.0.1:1 does not answer" in done.stdout
    assert "TELEGRAM_API_URL" in done.stdout
    assert TOKEN not in done.stdout + done.stderr


def test_a_database_that_cannot_be_opened_is_told_before_anything_starts(tmp_path: Path) -> None:
    url = "postgresql+asyncpg://x:hush@127.0.0.1:1/y"
    done = etalon(tmp_path, "run", DATABASE_URL=url, TELEGRAM_BOT_TOKEN=TOKEN)
    assert done.returncode == 1
    assert "No PostgreSQL answers at 127.0.0.1:1" in done.stderr
    assert "hush" not in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["TELEGRAM_TOKEN", "TELEGRAM_BOT_TOKN", "MY_BOT"])
def test_a_misspelt_token_does_not_start_the_sandbox(tmp_path: Path, name: str) -> None:
    done = etalon(tmp_path, "run", **{name: TOKEN})
    assert done.returncode == 2
    assert f"{name} is not read by Etalon; TELEGRAM_BOT_TOKEN is likely" in done.stderr
    assert "etalon sandbox" in done.stderr
    assert TOKEN not in done.stderr
    assert not (tmp_path / "data").exists()


def test_check_names_a_variable_that_nothing_reads(tmp_path: Path) -> None:
    done = etalon(tmp_path, "check", TIMZONE="Europe/Kyiv")
    assert done.returncode == 1
    assert "WRONG  TIMZONE is set, and nothing reads it" in done.stdout
    assert "Was TIMEZONE meant?" in done.stdout


def test_check_does_not_claim_that_a_missing_database_is_there(tmp_path: Path) -> None:
    said = etalon(tmp_path, "check").stdout
    assert "is not there yet: the first start makes it" in said
    assert "is there, its schema" not in said
    assert not (tmp_path / "data").exists()


def test_check_shows_no_password_of_the_bot_api(tmp_path: Path) -> None:
    root = "http://user:hush@127.0.0.1:1"
    done = etalon(tmp_path, "check", TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_API_URL=root)
    assert "http://127.0.0.1:1 does not answer" in done.stdout
    assert "hush" not in done.stdout + done.stderr


@pytest.mark.parametrize("moment", ["9999-12-31", "9999-12-31T23:59+00:00", "0001-01-01"])
def test_a_job_at_the_end_of_time_is_refused_in_a_sentence(tmp_path: Path, moment: str) -> None:
    done = etalon(tmp_path, "jobs", "run", "reminders", "--at", moment)
    assert done.returncode == 2
    assert "lies too far away" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["check", "run", "migrate", "backup copy.db", "jobs list"])
def test_a_newer_schema_is_told_in_a_sentence(
    tmp_path: Path, sqlite_url: str, command: str
) -> None:
    with contextlib.closing(sqlite3.connect(make_url(sqlite_url).database or "")) as file:
        file.execute("UPDATE alembic_version SET version_num = '9001'")
        file.commit()
    variables = {"DATABASE_URL": sqlite_url, "TELEGRAM_BOT_TOKEN": TOKEN}
    root = "http://127.0.0.1:1"
    done = etalon(tmp_path, *command.split(), TELEGRAM_API_URL=root, **variables)
    assert "Traceback" not in done.stderr
    if command.startswith("backup"):
        assert done.returncode == 0  # a copy is a copy
    else:
        assert done.returncode == 1
        assert "(9001) is newer than this version of Etalon knows" in done.stdout + done.stderr


def test_a_copy_to_a_place_that_cannot_be_written_is_told(tmp_path: Path, sqlite_url: str) -> None:
    for target in ("/proc/copy.db", "/proc/none/copy.db"):
        done = etalon(tmp_path, "backup", target, DATABASE_URL=sqlite_url)
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        assert "/proc" in done.stderr


def test_what_is_made_is_for_its_owners_eyes_only(tmp_path: Path) -> None:
    etalon(tmp_path, "migrate", TELEGRAM_BOT_TOKEN=TOKEN)
    etalon(tmp_path, "backup", "copy.db", TELEGRAM_BOT_TOKEN=TOKEN)
    for name in ("data/etalon.db", "copy.db"):
        assert (tmp_path / name).stat().st_mode & 0o077 == 0


def test_the_help_names_every_command_of_the_contract(tmp_path: Path) -> None:
    said = etalon(tmp_path, "--help").stdout
    for command in ("run", "sandbox", "check", "migrate", "import", "export", "jobs", "backup"):
        assert f" {command} " in said


def test_starting_loads_neither_charts_nor_spreadsheets(tmp_path: Path) -> None:
    code = "import sys, bot.launch; print({'matplotlib', 'openpyxl'} & set(sys.modules))"
    done = subprocess.run(  # noqa: S603  our own program
        [sys.executable, "-c", code],
        env=environment(),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=True,
    )
    assert done.stdout.strip() == "set()"


async def test_people_are_imported_and_their_links_written_for_their_eyes_only(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "people.csv").write_text(PEOPLE)
    report = await tasks.import_people(settings, tmp_path / "people.csv")
    assert report.good
    assert report.lines[0].startswith("2 added")
    invites = tmp_path / "invites.csv"
    assert (
        invites.read_text(encoding="utf-8-sig").count("https://t.me/etalon_sandbox_bot?start=") == 2
    )
    assert invites.stat().st_mode & 0o077 == 0
    again = await tasks.import_people(settings, tmp_path / "people.csv")
    assert again.lines == ("0 added, 0 changed, 2 the same, 0 rejected.",)


async def test_a_rejected_row_is_named_and_the_exit_code_says_so(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "people.csv").write_text(PEOPLE + "Nobody,juggler,Support,\n")
    report = await tasks.import_people(settings, tmp_path / "people.csv")
    assert not report.good
    assert report.lines[0].startswith("row 4: ")
    assert "juggler" in report.lines[0]


async def test_a_scorecard_is_published_once(settings: Settings, tmp_path: Path) -> None:
    card = tmp_path / "voice.yaml"
    card.write_text(builtin_text("voice").replace("weight: 15", "weight: 16", 1))
    first = await tasks.import_scorecard(settings, card)
    assert first.lines == ("voice, version 2: published.",)
    again = await tasks.import_scorecard(settings, card)
    assert again.lines == ("voice, version 2: published before; nothing has changed.",)
    card.write_text("key: voice\n")
    assert not (await tasks.import_scorecard(settings, card)).good


async def test_evaluations_are_exported_by_the_files_ending(
    settings: Settings, tmp_path: Path
) -> None:
    for name in ("all.csv", "all.xlsx"):
        await tasks.export_evaluations(settings, tmp_path / name)
    assert b"evaluation" in (tmp_path / "all.csv").read_bytes()
    assert (tmp_path / "all.xlsx").read_bytes().startswith(b"PK")
    with pytest.raises(TaskError, match=r"\.csv or \.xlsx"):
        await tasks.export_evaluations(settings, tmp_path / "all.pdf")


async def test_a_job_that_is_not_there_is_told_with_those_that_are(settings: Settings) -> None:
    with pytest.raises(TaskError, match="reminders"):
        await tasks.run_job(settings, "reminder", None)


async def test_jobs_are_listed_with_their_next_time_and_run_once(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "people.csv").write_text(PEOPLE)
    await tasks.import_people(settings, tmp_path / "people.csv")
    listed = "\n".join((await tasks.list_jobs(settings)).lines)
    assert "reminders" in listed
    assert "Support: daily 10:00, next " in listed
    (ran,) = (await tasks.run_job(settings, "reminders", None)).lines
    (again,) = (await tasks.run_job(settings, "reminders", None)).lines
    assert ran.endswith(" Support: run")
    assert again.endswith(" Support: already run")


async def test_the_audit_log_is_verified(
    settings: Settings, tmp_path: Path, sqlite_url: str
) -> None:
    people = tmp_path / "people.csv"
    people.write_text(PEOPLE)
    await tasks.import_people(settings, people)
    whole = await tasks.verify_audit(settings)
    assert whole.good
    assert "holds. Entries: 1;" in whole.lines[0]
    with contextlib.closing(sqlite3.connect(make_url(sqlite_url).database or "")) as file:
        file.execute("DROP TRIGGER audit_entries_refuse_update")
        file.execute("UPDATE audit_entries SET details = '{}'")
        file.commit()
    broken = await tasks.verify_audit(settings)
    assert not broken.good
    assert broken.lines == ("The audit log is broken at entry 1; 0 before it hold.",)


async def test_a_backup_is_written_once(settings: Settings, tmp_path: Path) -> None:
    await tasks.back_up(settings, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").stat().st_mode & 0o077 == 0
    assert (tmp_path / "copy.db").read_bytes().startswith(b"SQLite format 3")
    with pytest.raises(TaskError, match="exists already"):
        await tasks.back_up(settings, tmp_path / "copy.db")


@pytest.mark.parametrize("name", ["no-such-file.csv", "."])
async def test_a_file_that_cannot_be_read_is_told(settings: Settings, name: str) -> None:
    with pytest.raises(TaskError, match="cannot be read"):
        await tasks.import_people(settings, Path(name))

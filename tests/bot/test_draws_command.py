"""Draws at the prompt: they are listed, drawn again, and a draw that was touched does not match."""

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import Executable, delete, update

from bot import draw_tasks
from bot.settings import Settings, load_settings
from bot.tasks import TaskError
from handlers.plans.drawing import draw, ended_period
from scoring.roles import Role
from scoring.scorecard import Channel
from storage import contacts, people, plans, teams
from storage.database import Database
from storage.people import NewPerson
from storage.tables import AssignmentRow, DrawContactRow, DrawRow
from tests.bot.test_command_line import etalon

NOW = dt.datetime(2026, 11, 23, 6, 0, tzinfo=dt.UTC)


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, sqlite_url: str) -> Settings:
    """The settings of a sandbox in an empty folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    return load_settings()


@pytest.fixture
async def number(sqlite_url: str) -> int:
    """A draw of two of an agent's six contacts, given to an evaluator."""
    database = Database(sqlite_url)
    async with database.writing() as tx:
        team = await teams.add(tx, "Support", "UTC", "en", NOW)
        agent = await people.add(tx, NewPerson("Ivan", {Role.AGENT}, teams=[team.id]), NOW)
        await people.add(tx, NewPerson("Anna", {Role.EVALUATOR}, telegram_id=7), NOW)
        for day in range(1, 7):
            at = NOW - dt.timedelta(days=day)
            await contacts.add(tx, agent, Channel.CALL, f"c{day}", NOW, started_at=at)
        plan = await plans.add(tx, team.id, NOW, by=None)
        period = ended_period(plan, NOW.date())
        made = await draw(tx, team, plan, period, NOW, again=False)
    await database.close()
    assert made is not None
    return made.draw_id


async def change(url: str, *statements: Executable) -> None:
    database = Database(url)
    async with database.writing() as tx:
        for statement in statements:
            await tx.execute(statement)
    await database.close()


async def test_a_draw_is_listed_and_matches(settings: Settings, number: int) -> None:
    (listed,) = (await draw_tasks.list_draws(settings)).lines
    assert listed.strip().startswith(f"{number} 2026-W47   Support: 2 of 2 drawn from 6, seed ")
    report = await draw_tasks.verify_draw(settings, number)
    assert report.good
    assert report.lines[0].startswith(f"Draw {number} matches: the same 2 of 6 contacts, hash ")


async def test_a_contact_that_was_slipped_in_or_out_is_named(
    settings: Settings, sqlite_url: str, number: int
) -> None:
    await change(sqlite_url, update(DrawContactRow).values(chosen=~DrawContactRow.chosen))
    report = await draw_tasks.verify_draw(settings, number)
    assert not report.good
    assert [line.partition(":")[0] for line in report.lines[1:]] == [
        "drawn now, not then",
        "drawn then, not now",
        "assigned without being drawn",
        "drawn without being assigned",
    ]


async def test_a_population_that_was_touched_is_told_by_its_hash(
    settings: Settings, sqlite_url: str, number: int
) -> None:
    one = DrawContactRow.contact_id == 3
    await change(sqlite_url, update(DrawContactRow).where(one).values(excluded="short"))
    report = await draw_tasks.verify_draw(settings, number)
    assert not report.good
    assert report.lines[1].startswith("hash: ")
    await change(sqlite_url, delete(DrawContactRow).where(one))
    report = await draw_tasks.verify_draw(settings, number)
    assert report.lines[1] == "population: 5 contacts, 6 when drawn"
    assert report.lines[2].startswith("hash: ")


async def test_another_seed_gives_another_draw(
    settings: Settings, sqlite_url: str, number: int
) -> None:
    matches = []
    for seed in range(20):
        await change(sqlite_url, update(DrawRow).values(seed=seed))
        matches.append((await draw_tasks.verify_draw(settings, number)).good)
    assert not all(matches)


async def test_assignments_that_were_taken_away_are_told(
    settings: Settings, sqlite_url: str, number: int
) -> None:
    await change(sqlite_url, delete(AssignmentRow))
    report = await draw_tasks.verify_draw(settings, number)
    assert [line.partition(":")[0] for line in report.lines[1:]] == ["drawn without being assigned"]


async def test_a_draw_that_is_not_there_is_told(settings: Settings) -> None:
    with pytest.raises(TaskError, match="There is no draw 5"):
        await draw_tasks.verify_draw(settings, 5)
    assert (await draw_tasks.list_draws(settings)).lines == ("Nothing was drawn yet.",)


def test_the_exit_code_says_whether_it_matches(
    tmp_path: Path, sqlite_url: str, number: int
) -> None:
    good = etalon(tmp_path, "draws", "verify", str(number), DATABASE_URL=sqlite_url)
    assert (good.returncode, good.stdout.count("matches")) == (0, 1)
    missing = etalon(tmp_path, "draws", "verify", "99", DATABASE_URL=sqlite_url)
    assert missing.returncode == 1
    assert "There is no draw 99" in missing.stderr

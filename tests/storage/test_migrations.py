"""Migrations: up from every released schema with everything that was in it, on both databases."""

import asyncio
import datetime as dt
import subprocess
import sys
import uuid
from collections.abc import AsyncIterator, Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from sqlalchemy import text

from scoring.scorecard import Channel
from scoring.selection import Selection
from storage import (
    calibrations,
    contacts,
    drafts,
    evaluations,
    migrate,
    migrating,
    outbox,
    people,
    people_search,
    proposals,
    revisions,
    schedules,
    scorecards,
    teams,
)
from storage.database import Database
from storage.integrity import faults
from storage.scorecards import Shelf
from tests.postgres import Server, create, drop
from tests.storage.conftest import NOW
from tests.storage.released import (
    Rows,
    as_they_are_now,
    build,
    contents,
    dangling,
    released,
    rows_of,
)
from tests.story import Centre, Person

ROOT = Path(__file__).parents[2]
START = """
import asyncio
import sys
from storage import migrate
from storage.database import Database

async def start():
    database = Database(sys.argv[1])
    print("ready", flush=True)
    sys.stdin.readline()
    await migrate.upgrade(database)
    await database.close()

asyncio.run(start())
"""
PROCESSES = 3


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database with nothing in it, not even tables."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'data' / 'empty.db'}"
        return
    server: Server = request.getfixturevalue("postgres_server")
    name = f"empty_{uuid.uuid4().hex}"
    yield create(server, name)
    drop(server, name)


@pytest.fixture
async def empty(empty_url: str) -> AsyncIterator[Database]:
    """The same, opened."""
    database = Database(empty_url)
    yield database
    await database.close()


def in_any_order(rows: Rows) -> dict[str, list[str]]:
    return {name: sorted(str(sorted(row.items())) for row in kept) for name, kept in rows.items()}


def test_the_newest_revision_is_the_one_the_library_finds() -> None:
    assert migrate.newest() == migrating.newest()


def test_rows_of_the_first_schema_are_kept() -> None:
    assert "0001" in released()


@pytest.mark.parametrize("revision", released())
async def test_every_row_of_a_released_schema_survives(empty: Database, revision: str) -> None:
    await build(empty, revision)
    before = as_they_are_now(rows_of(revision))
    await migrate.upgrade(empty)
    assert in_any_order(await contents(empty, before)) == in_any_order(before)
    assert await dangling(empty) == []
    assert await faults(empty) == []


async def test_what_a_released_version_wrote_is_read_as_it_was_meant(empty: Database) -> None:
    await build(empty, "0001")
    await migrate.upgrade(empty)
    async with empty.reading() as tx:
        ivan = await people.by_telegram_id(tx, 9002)
        [team] = await teams.by_ids(tx, [1])
        disputed = await evaluations.by_id(tx, 2)
        [first] = await revisions.superseded(tx, 2)
        draft = await drafts.by_id(tx, 4)
        session = await calibrations.by_id(tx, 1)
        [contact] = await contacts.by_reference(tx, "48213", limit=5)
        proposal = await proposals.by_id(tx, 1)
        [card] = await scorecards.current(tx, Shelf())
        depth, _ = await outbox.depth(tx, NOW + dt.timedelta(days=1))
        planned = await schedules.everything(tx)
    assert ivan is not None
    assert (ivan.name, ivan.teams) == ("Ivan Petrov", (1,))
    assert team.name == "Support"
    assert disputed is not None
    assert (disputed.final, first.final) == (Fraction(70), Fraction(50))
    assert disputed.answers["greeting"].option == 0
    assert draft is not None
    assert draft.status == drafts.OPEN
    assert session is not None
    assert session.people == (4, 5)
    assert (contact.topic, contact.duration_s) == ("Delivery", 312)
    assert proposal is not None
    assert proposal.text == "Draw more night calls."
    assert card.scorecard.title.say("en") == "Calls"
    assert depth == 1
    assert {one.name for one in planned} >= {"weekly-digest", "reminders"}


@pytest.mark.parametrize("revision", released())
async def test_names_of_older_versions_are_compared_and_searched_as_new_ones(
    empty: Database, revision: str
) -> None:
    await build(empty, revision)
    await migrate.upgrade(empty)
    async with empty.reading() as tx:
        [same] = await people.by_name(tx, "PETROV  Ivan\u200b")
        [heard], _ = await people_search.page(tx, "петров")
    assert same.name == heard.name == "Ivan Petrov"


async def filled(url: str) -> None:
    database = Database(url)
    await build(database, "0001")
    await database.close()


async def test_what_was_scored_again_counts_once_after_the_upgrade(empty: Database) -> None:
    await build(empty, "0004")
    await migrate.upgrade(empty)
    async with empty.reading() as tx:
        told = {number: await evaluations.by_id(tx, number) for number in range(1, 8)}
    counted = {number for number, one in told.items() if one is not None and one.counts}
    assert counted == {2, 3, 7}  # the latest one by contact; 4 was withdrawn, 5 came before 7


async def test_what_a_plan_drew_is_known_after_the_upgrade(empty: Database) -> None:
    await build(empty, "0004")
    await migrate.upgrade(empty)
    async with empty.reading() as tx:
        told = {number: await evaluations.by_id(tx, number) for number in range(1, 8)}
    drawn = {
        number
        for number, one in told.items()
        if one is not None and one.selection is Selection.DRAWN
    }
    assert drawn == {5, 7}  # 6 came before the draw, the others are of contacts not drawn


async def test_marked_references_are_found_after_the_upgrade(empty: Database) -> None:
    await build(empty, "0004")
    marked = {"#51": "#51", "№ 52": "№ 52", "No. 52": "no. 52", "A-54": "a-54"}
    async with empty.writing() as tx:
        for number, (reference, key) in enumerate(marked.items(), start=50):
            await tx.execute(
                text(
                    "INSERT INTO contacts (id, identity, reference, reference_key, agent_id,"
                    " channel, status, at, source, created_at) SELECT :id, :identity, :reference,"
                    " :key, agent_id, channel, status, at, source, created_at FROM contacts"
                    " WHERE id = 1"
                ),
                {"id": number, "identity": key, "reference": reference, "key": key},
            )
    await migrate.upgrade(empty)
    async with empty.writing() as tx:
        found = {
            reference: {one.id for one in await contacts.by_reference(tx, reference, limit=5)}
            for reference in ("51", "52", "a-54")
        }
        again = [await contacts.add(tx, 2, Channel.CALL, one, NOW) for one in ("51", "#52")]
    assert found == {"51": {50}, "52": {51, 52}, "a-54": {53}}
    assert again == [50, 51]


def test_people_go_on_where_they_were_before_the_upgrade(empty_url: str) -> None:
    asyncio.run(filled(empty_url))
    centre = Centre(empty_url)
    ivan, olena, borys = (
        somebody(centre, name, telegram_id)
        for name, telegram_id in (("Ivan", 9002), ("Olena", 9003), ("Borys", 9005))
    )
    ivan.send("/feedback")
    assert "70" in "".join(ivan.buttons)
    olena.send("/team")
    assert "Support" in olena.text
    borys.send("/drafts")
    borys.tap(next(label for label in borys.buttons if "Maria Sidorova" in label))
    borys.tap("Forgot the company name")
    borys.tap("Да")
    borys.tap("Full")
    borys.tap("Отправить")
    assert centre.count("evaluations") == 3
    centre.close()


def somebody(centre: Centre, name: str, telegram_id: int) -> Person:
    centre.far.post("people", first_name=name, id=telegram_id)
    person = Person(name, telegram_id, centre.far)
    person.send("/start")
    return person


def test_a_first_start_of_several_processes_migrates_once(empty_url: str) -> None:
    processes = [
        subprocess.Popen(  # noqa: S603  our own program
            [sys.executable, "-c", START, empty_url],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(PROCESSES)
    ]
    for one in processes:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    for one in processes:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    said = [one.communicate(timeout=60) for one in processes]
    assert [one.returncode for one in processes] == [0] * PROCESSES, said
    assert asyncio.run(differences(empty_url)) == []


async def differences(url: str) -> list[object]:
    database = Database(url)
    try:
        return await migrate.differences(database)
    finally:
        await database.close()

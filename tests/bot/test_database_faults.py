"""A database that cannot work just now: people get a sentence, nothing is half written or lost."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection

from handlers.turn import Services
from storage import integrity
from storage.database import Database
from storage.trouble import StorageUnavailableError
from tests.postgres import Server, cut, restart, stop
from tests.story import Centre, Person

SORRY = "I cannot save anything just now. Please try again in a minute."
LONG = "The customer said it all again. " * 100
PLENTY = 1_000_000


@pytest.fixture
def hasty(sqlite_url: str) -> Iterator[Centre]:
    """A centre whose statements wait a moment only for another program's lock."""
    centre = Centre(f"{sqlite_url}?timeout=0.05")
    yield centre
    centre.close()


@pytest.fixture
def served(postgres_url: str) -> Iterator[Centre]:
    """A centre on PostgreSQL."""
    centre = Centre(postgres_url)
    yield centre
    centre.close()


def begin(centre: Centre) -> tuple[Person, Person]:
    """Let an evaluator come as far as the first criterion; return agent and evaluator."""
    ivan = centre.hire("Ivan Petrov", roles="agent", team="Support")
    anna = centre.hire("Anna Bondar")
    anna.send("/score petrov")
    anna.tap("Call")
    anna.tap("Skip")
    return ivan, anna


def finish(centre: Centre, ivan: Person, anna: Person) -> None:
    """Let her finish: the evaluation is there once, and so is its feedback."""
    anna.tap("All met")
    anna.tap("Submit")
    ivan.sees("100.0 of 100", within=15.0)
    centre.delivered(within=15.0)
    assert len([one for one in ivan.messages if "100.0 of 100" in one.text]) == 1
    assert centre.count("evaluations") == 1
    assert centre.run(faults_of) == []


async def faults_of(services: Services) -> list[str]:
    return await integrity.faults(services.db)


def file_of(database: Database) -> Path:
    return Path(make_url(database.url).database or "")


@contextmanager
def busy(centre: Centre) -> Iterator[None]:
    """Let another program write into the file and not come to an end."""
    other = sqlite3.connect(file_of(centre.db))
    other.execute("BEGIN IMMEDIATE")
    yield
    other.rollback()
    other.close()


@contextmanager
def full(centre: Centre) -> Iterator[None]:
    """Let the file be as large as it can be."""
    with sqlite3.connect(file_of(centre.db)) as other:
        other.execute("VACUUM")
        [(pages,)] = other.execute("PRAGMA page_count")
    limit = pages

    def bound(connection: DBAPIConnection, *_: object) -> None:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA max_page_count={limit}")
        cursor.close()

    event.listen(centre.db.engine.sync_engine, "checkout", bound)
    yield
    limit = PLENTY


def test_while_another_program_writes_people_are_asked_to_try_again(hasty: Centre) -> None:
    ivan, anna = begin(hasty)
    with busy(hasty):
        assert anna.tap("All met") == SORRY
        anna.send("/score petrov")
        assert anna.text == SORRY
    assert hasty.count("drafts") == 1
    finish(hasty, ivan, anna)


def test_a_schedule_that_met_a_busy_database_runs_afterwards_once(hasty: Centre) -> None:
    begin(hasty)
    with busy(hasty), pytest.raises(StorageUnavailableError):
        hasty.job("weekly-digest")
    assert [one.new for one in hasty.job("weekly-digest")] == [True]
    assert [one.new for one in hasty.job("weekly-digest")] == [False]


def test_when_the_disk_is_full_nothing_is_half_stored(centre: Centre) -> None:
    ivan, anna = begin(centre)
    with full(centre):
        anna.forward([LONG] * 5)
        assert anna.heard(SORRY)
        kept = centre.count("attachments")
        assert kept < 5
        centre.admin.bring_people("people.csv", people_table(400))
        assert centre.admin.heard(SORRY)
        assert centre.count("people") == 3
    anna.forward([LONG])
    assert centre.count("attachments") == kept + 1
    finish(centre, ivan, anna)


def people_table(many: int) -> str:
    rows = [f"Agent Number {number},agent,Team {number % 5}" for number in range(many)]
    return "\n".join(["name,roles,team", *rows])


def test_connections_that_are_cut_are_opened_anew(
    served: Centre, postgres_server: Server, postgres_url: str
) -> None:
    ivan, anna = begin(served)
    for label in ("All met", "Submit"):
        served.run(lambda _: cut(postgres_server, postgres_url))
        if anna.tap(label) == SORRY:
            anna.tap(label)
    ivan.sees("100.0 of 100", within=15.0)
    served.delivered(within=15.0)
    assert len([one for one in ivan.messages if "100.0 of 100" in one.text]) == 1
    assert served.count("evaluations") == 1


def test_a_server_that_stops_and_comes_back_costs_nothing(
    served: Centre, postgres_server: Server
) -> None:
    ivan, anna = begin(served)
    stop(postgres_server)
    try:
        assert anna.tap("All met") == SORRY
        anna.send("/score petrov")
        assert anna.text == SORRY
        assert served.page("/healthz")[0] == 503
        assert served.page("/healthz/live")[0] == 200
        assert "etalon_database_up 0.0" in served.page("/metrics")[1]
    finally:
        restart(postgres_server)
    assert served.page("/healthz")[0] == 200
    finish(served, ivan, anna)
    metrics = served.page("/metrics")[1]
    assert "etalon_database_up 1.0" in metrics
    assert 'etalon_errors_total{where="storage"} 2.0' in metrics

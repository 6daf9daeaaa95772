"""How SQLite finds what a report reads: by indexes that hold it, whatever else there is."""

import datetime as dt
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import Select
from sqlalchemy.dialects import sqlite

from storage import report_statements as statements
from storage.database import Database
from storage.report_statements import AFTER, FIRST, Places

TEAM, AGENT = frozenset({"team"}), frozenset({"agent"})
NOW = dt.datetime(2026, 11, 23, 10, tzinfo=dt.UTC)
VALUES = {"team": 1, "agent": 1, FIRST: NOW, AFTER: NOW}


@pytest.fixture
async def file(sqlite_url: str) -> AsyncIterator[Database]:
    """A SQLite database."""
    database = Database(sqlite_url)
    yield database
    await database.close()


async def plan(file: Database, statement: Select[*tuple[object, ...]]) -> list[str]:
    """Return how SQLite would go about it, step by step."""
    cuts = {statements.cut(number): NOW for number in range(3)}
    written = statement.params({**VALUES, **cuts}).compile(
        dialect=sqlite.dialect(),
        compile_kwargs={"literal_binds": True},
    )
    async with file.reading() as tx:
        found = await tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {written}")
        return [str(step) for *_, step in found]


@pytest.mark.parametrize(
    ("places", "index"),
    [(TEAM, "ix_evaluations_team_report"), (AGENT, "ix_evaluations_agent_scores")],
)
async def test_a_years_scores_are_read_from_an_index_alone(
    file: Database, places: Places, index: str
) -> None:
    steps = [step for step in await plan(file, statements.scores(places, 3)) if "SEARCH" in step]
    assert len(steps) == 2
    assert all(f"COVERING INDEX {index}" in step for step in steps)


async def test_a_teams_report_reads_its_evaluations_from_an_index_alone(file: Database) -> None:
    for statement in (statements.facts(TEAM), statements.tallies(TEAM)):
        first, *_ = await plan(file, statement)
        assert "COVERING INDEX ix_evaluations_team_report" in first


async def test_answers_lie_in_the_order_of_their_key(file: Database) -> None:
    steps = await plan(file, statements.tallies(TEAM))
    assert any("USING PRIMARY KEY (evaluation_id=?)" in step for step in steps)


async def test_nothing_is_sorted_that_an_index_has_in_order(file: Database) -> None:
    for places in (TEAM, AGENT):
        assert not any("ORDER BY" in step for step in await plan(file, statements.facts(places)))

"""A database to remember in: every test of this folder runs on SQLite and on PostgreSQL."""

import datetime as dt
from collections.abc import AsyncIterator

import pytest

from scoring.roles import Role
from storage import people, teams
from storage.database import Database
from storage.people import NewPerson

NOW = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An open database."""
    database = Database(database_url)
    yield database
    await database.close()


@pytest.fixture
async def second(database_url: str) -> AsyncIterator[Database]:
    """The same database, opened as another process would."""
    database = Database(database_url)
    yield database
    await database.close()


@pytest.fixture
async def team(database: Database) -> int:
    """The id of a team in Kyiv's time zone."""
    async with database.writing() as tx:
        return (await teams.add(tx, "Support", "Europe/Kyiv", "en", NOW)).id


@pytest.fixture
async def ivan(database: Database, team: int) -> int:
    """The id of an agent who has opened the bot's chat."""
    async with database.writing() as tx:
        new = NewPerson("Ivan Petrov", {Role.AGENT}, teams=[team], telegram_id=501)
        return await people.add(tx, new, NOW)


@pytest.fixture
async def anna(database: Database) -> int:
    """The id of an evaluator who has not opened the chat yet."""
    async with database.writing() as tx:
        return await people.add(tx, NewPerson("Anna Bondar", {Role.EVALUATOR}), NOW)

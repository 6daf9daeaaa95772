"""Handing on open work without Telegram, on both kinds of database."""

import datetime as dt
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select

from scoring.roles import Role
from scoring.scorecard import Wording
from storage import goals, handing_on, people
from storage.database import Database
from storage.goals import NewGoal
from storage.people import NewPerson
from storage.tables import GoalRow

NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


@pytest.fixture
async def db(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url)
    yield database
    await database.close()


async def test_goals_go_to_another_mentor_but_never_to_their_own_agent(db: Database) -> None:
    async with db.writing() as tx:
        ids = [
            await people.add(tx, NewPerson(name, {Role.EVALUATOR, Role.AGENT}), NOON)
            for name in ("Anna", "Boris", "Ivan")
        ]
        anna, boris, ivan = ids
        for agent in (boris, ivan):
            new = NewGoal(
                agent_id=agent,
                scorecard="voice",
                criterion="greets",
                title=Wording.of({"en": "Greets"}),
                advice=None,
                due=NOON.date(),
                mentor_id=anna,
                made_by=anna,
            )
            await goals.add(tx, new, NOON)
        assert await handing_on.count(tx, anna) == {handing_on.GOALS: 2}
        done = await handing_on.hand_on(tx, anna, boris, NOON)
        assert [len(moved) for moved in done.values()] == [1]
        assert await handing_on.count(tx, anna) == {handing_on.GOALS: 1}
        mentors = select(GoalRow.mentor_id).where(GoalRow.agent_id == ivan)
        assert (await tx.execute(mentors)).scalar_one() == boris

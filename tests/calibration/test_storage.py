"""What a session remembers, on SQLite and on PostgreSQL."""

import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from scoring.roles import Role
from scoring.scorecard import Answer, Channel
from storage import calibration_scorings, calibrations, contacts, people, scorecards
from storage.calibration_scorings import NewScoring
from storage.calibrations import Session, Status
from storage.database import Database
from storage.people import NewPerson
from storage.scorecards import Shelf

NOW = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)
DUE = NOW + dt.timedelta(days=3)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An open database."""
    database = Database(database_url)
    yield database
    await database.close()


@pytest.fixture
async def session(database: Database) -> Session:
    """A planned session of Anna and Borys on one call of Ivan's."""
    async with database.writing() as tx:
        anna = await people.add(tx, NewPerson("Anna Bondar", {Role.EVALUATOR}), NOW)
        borys = await people.add(tx, NewPerson("Borys Lys", {Role.EVALUATOR}), NOW)
        ivan = await people.add(tx, NewPerson("Ivan Petrov", {Role.AGENT}), NOW)
        contact = await contacts.add(tx, ivan, Channel.CALL, "48213", NOW)
        planned = await calibrations.plan(tx, anna, [anna, borys], NOW)
        await calibrations.add_contact(tx, planned.id, contact)
    return await stored(database, planned.id)


async def stored(database: Database, session_id: int) -> Session:
    """Return the session as it is stored."""
    async with database.reading() as reading:
        found = await calibrations.by_id(reading, session_id)
    assert found is not None
    return found


async def test_it_is_opened_once(database: Database, session: Session) -> None:
    async with database.writing() as tx:
        assert await calibrations.begin(tx, session.id, 7, DUE, NOW)
    async with database.writing() as tx:
        assert not await calibrations.begin(tx, session.id, 8, DUE, NOW)
    found = await stored(database, session.id)
    assert (found.status, found.seed, found.due_at) == (Status.OPEN, 7, DUE)


async def test_it_is_over_at_its_deadline_and_not_before(
    database: Database, session: Session
) -> None:
    assert not session.is_over(DUE)
    async with database.writing() as tx:
        await calibrations.begin(tx, session.id, 7, DUE, NOW)
    found = await stored(database, session.id)
    assert found.is_running(DUE - dt.timedelta(seconds=1))
    assert found.is_over(DUE)


async def test_it_is_closed_once_and_keeps_when(database: Database, session: Session) -> None:
    async with database.writing() as tx:
        assert not await calibrations.close(tx, session.id, NOW)
        await calibrations.begin(tx, session.id, 7, DUE, NOW)
        assert await calibrations.close(tx, session.id, NOW)
        assert not await calibrations.close(tx, session.id, DUE)
    found = await stored(database, session.id)
    assert (found.status, found.closed_at) == (Status.CLOSED, NOW)


async def test_what_is_chosen_twice_is_there_once(database: Database, session: Session) -> None:
    async with database.writing() as tx:
        await calibrations.add_contact(tx, session.id, session.contacts[0].id)
        await calibrations.invite(tx, session.id, session.people[0])
    found = await stored(database, session.id)
    assert found.contacts == session.contacts
    assert found.people == session.people


async def test_an_invited_person_sees_it_only_once_it_is_open(
    database: Database, session: Session
) -> None:
    anna, borys = session.people
    async with database.writing() as tx:
        assert await calibrations.of_person(tx, borys) == []
        assert [one.id for one in await calibrations.of_person(tx, anna)] == [session.id]
        await calibrations.begin(tx, session.id, 7, DUE, NOW)
        assert [one.id for one in await calibrations.of_person(tx, borys)] == [session.id]


async def test_answers_come_back_as_they_were_given(database: Database, session: Session) -> None:
    answers = {"greets": Answer(1, (0, 2), "Too fast", "Otherwise fine"), "closes": Answer(None)}
    contact, borys = session.contacts[0].id, session.people[1]
    async with database.writing() as tx:
        new = NewScoring(session.id, contact, borys, 1, answers, "Well done")
        await calibration_scorings.add(tx, new, NOW)
        assert await calibration_scorings.done(tx, session.id) == {(contact, borys)}
        (told,) = await calibration_scorings.everything(tx, session.id)
    assert told.answers == answers
    assert told.overall == "Well done"
    assert told.bare().answers == (("closes", None), ("greets", 1))


async def test_the_plan_keeps_its_scorecard_version(database: Database, session: Session) -> None:
    shelf = Shelf()
    async with database.writing() as tx:
        version = (await scorecards.current(tx, shelf))[0].id
        await calibrations.save_plan(tx, replace(session, scorecard_version_id=version, days=5))
    found = await stored(database, session.id)
    assert (found.scorecard_version_id, found.days) == (version, 5)

"""What several people do at one moment to the same person, on both kinds of database."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator

import pytest

from handlers.people.admin_rule import LastAdmin, may_have
from scoring.roles import Role
from storage import invitations, people
from storage.database import Database
from storage.invitations import AccountTakenError, UnknownInvitationError
from storage.people import NewPerson

NOON = dt.datetime(2026, 11, 4, 12, tzinfo=dt.UTC)


@pytest.fixture
async def db(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url)
    yield database
    await database.close()


async def invite(db: Database, name: str) -> str:
    async with db.writing() as tx:
        person_id = await people.add(tx, NewPerson(name, {Role.AGENT}), NOON)
        return await invitations.issue(tx, person_id, NOON)


async def redeem(db: Database, token: str, account: int) -> int:
    async with db.writing() as tx:
        return await invitations.redeem(tx, token, account, NOON)


async def test_of_many_who_open_one_link_one_comes_in(db: Database) -> None:
    token = await invite(db, "Ivan Petrov")
    rush = (redeem(db, token, account) for account in range(100, 110))
    outcomes = await asyncio.gather(*rush, return_exceptions=True)
    assert sum(isinstance(one, int) for one in outcomes) == 1
    assert sum(isinstance(one, UnknownInvitationError) for one in outcomes) == 9


async def test_one_account_with_two_links_becomes_one_person(db: Database) -> None:
    tokens = [await invite(db, name) for name in ("Ivan", "Oleh")]
    rush = (redeem(db, token, 100) for token in tokens)
    outcomes = await asyncio.gather(*rush, return_exceptions=True)
    assert sum(isinstance(one, int) for one in outcomes) == 1
    assert sum(isinstance(one, AccountTakenError) for one in outcomes) == 1
    async with db.reading() as tx:
        assert len(await invitations.holders(tx, NOON)) == 1


async def test_two_admins_who_unmake_each_other_leave_one(db: Database) -> None:
    async with db.writing() as tx:
        ids = [await people.add(tx, NewPerson(name, {Role.ADMIN}), NOON) for name in "AB"]

    async def unmake(by: int, whom: int) -> None:
        async with db.writing() as tx:
            admins = await people.admins(tx)
            person = (await people.by_ids(tx, [whom]))[whom]
            may_have({Role.AGENT}, person, admins, by)
            await people.set_roles(tx, whom, {Role.AGENT})

    rush = (unmake(ids[0], ids[1]), unmake(ids[1], ids[0]))
    outcomes = await asyncio.gather(*rush, return_exceptions=True)
    assert sum(isinstance(one, LastAdmin) for one in outcomes) == 1
    async with db.reading() as tx:
        assert len(await people.with_role(tx, Role.ADMIN)) == 1

"""Invitations: each link lets one account in, once, in time."""

import asyncio
import datetime as dt

import pytest

from storage import invitations, people
from storage.database import Database
from storage.invitations import (
    LIFETIME,
    AccountTakenError,
    ExpiredInvitationError,
    InvitationError,
    UnknownInvitationError,
)
from tests.storage.conftest import NOW


async def issue(database: Database, person: int) -> str:
    async with database.writing() as tx:
        return await invitations.issue(tx, person, NOW)


async def redeem(
    database: Database, token: str, account: int, now: dt.datetime = NOW
) -> int | type[InvitationError]:
    try:
        async with database.writing() as tx:
            return await invitations.redeem(tx, token, account, now)
    except InvitationError as error:
        return type(error)


async def test_a_link_binds_the_account_to_the_invited_person(
    database: Database, anna: int
) -> None:
    assert await redeem(database, await issue(database, anna), 777) == anna
    async with database.reading() as tx:
        person = await people.by_telegram_id(tx, 777)
    assert person is not None
    assert person.id == anna


async def test_of_two_accounts_that_race_for_one_link_a_single_one_gets_in(
    database: Database, second: Database, anna: int
) -> None:
    token = await issue(database, anna)
    results = await asyncio.gather(redeem(database, token, 777), redeem(second, token, 778))
    assert set(results) == {anna, UnknownInvitationError}
    async with database.reading() as tx:
        bound = [await people.by_telegram_id(tx, account) for account in (777, 778)]
    assert len([person for person in bound if person is not None]) == 1


async def test_a_link_works_until_it_expires(database: Database, anna: int) -> None:
    token = await issue(database, anna)
    assert await redeem(database, token, 777, NOW + LIFETIME) is ExpiredInvitationError
    almost = NOW + LIFETIME - dt.timedelta(seconds=1)
    assert await redeem(database, token, 777, almost) == anna


async def test_a_new_link_replaces_the_one_before(database: Database, anna: int) -> None:
    first, later = await issue(database, anna), await issue(database, anna)
    assert await redeem(database, first, 777) is UnknownInvitationError
    assert await redeem(database, later, 777) == anna


async def test_an_account_that_is_somebody_here_stays_themself(
    database: Database, anna: int, ivan: int
) -> None:
    token = await issue(database, anna)
    assert await redeem(database, token, 501) is AccountTakenError
    async with database.reading() as tx:
        person = await people.by_telegram_id(tx, 501)
    assert person is not None
    assert person.id == ivan


@pytest.mark.parametrize("token", ["", "x", "0" * 400, "пароль"])
async def test_a_made_up_token_is_unknown(database: Database, token: str) -> None:
    assert await redeem(database, token, 777) is UnknownInvitationError


async def test_only_the_hash_of_a_token_is_kept(database: Database, anna: int) -> None:
    token = await issue(database, anna)
    async with database.reading() as tx:
        rows = (await tx.exec_driver_sql("SELECT * FROM invitations")).all()
    assert token not in str(rows)
    assert invitations.digest(token) in str(rows)

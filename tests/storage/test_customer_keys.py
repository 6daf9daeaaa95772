"""Contacts of customers who were known by their digits as they were written get the new key."""

import datetime as dt
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select, update

from scoring.roles import Role
from scoring.scorecard import Channel
from storage import (
    contacts_bulk,
    customer_keys,
    erasure_customers,
    masking,
    people,
    settings,
    teams,
)
from storage.contacts_bulk import NewContact
from storage.database import Database
from storage.people import NewPerson
from storage.settings import HASHED_BEFORE, hashed_key
from storage.tables import ContactRow

NOW = dt.datetime(2026, 11, 4, 12, tzinfo=dt.UTC)
DIGITS = {"A": "0670000001", "B": "380670000001", "C": "00380670000001", "D": "0670000002"}


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url)
    yield database
    await database.close()


async def journal(database: Database, *, masked: bool) -> None:
    """Store contacts of one customer and another, known as they were before."""
    async with database.writing() as tx:
        kyiv = (await teams.add(tx, "Kyiv", "Europe/Kyiv", "uk", NOW)).id
        agent = await people.add(tx, NewPerson("Ivan Petrov", {Role.AGENT}, teams=[kyiv]), NOW)
        if not masked:
            await settings.change(tx, "masking", 0, NOW, by=agent)
        new = [
            NewContact(name, agent, Channel.CALL, customer=digits, country="UA")
            for name, digits in DIGITS.items()
        ]
        await contacts_bulk.merge(tx, new, NOW)
        secret = await settings.known_by(tx, NOW)
        for name, digits in DIGITS.items():
            old = hashed_key(secret, digits, HASHED_BEFORE) if masked else digits
            row = update(ContactRow).where(ContactRow.identity == name)
            await tx.execute(row.values(customer_key=old))


async def keys(database: Database) -> dict[str | None, str | None]:
    async with database.reading() as tx:
        found = await tx.execute(select(ContactRow.identity, ContactRow.customer_key))
        return {row.identity: row.customer_key for row in found}


async def test_at_night_numbers_that_are_kept_get_their_key_once(database: Database) -> None:
    await journal(database, masked=False)
    async with database.writing() as tx:
        assert await customer_keys.go_on(tx, "UTC", NOW) == 4
        assert await customer_keys.go_on(tx, "UTC", NOW) == 0
    found = await keys(database)
    assert found["A"] == found["B"] == found["C"] == "+380670000001"
    assert found["D"] == "+380670000002"


@pytest.mark.parametrize("masked", [True, False])
@pytest.mark.parametrize("typed", ["+380 67 000 00 01", "067 000-00-01"])
async def test_before_that_a_search_finds_and_unites_them(
    database: Database, typed: str, masked: bool
) -> None:
    await journal(database, masked=masked)
    async with database.writing() as tx:
        assert await customer_keys.hashed_before(tx) == masked
        [found] = await erasure_customers.of_customer(tx, typed)
        assert len(found) == 3
        assert await erasure_customers.alike(tx, found[0], by_reference=False) == found
    united = await keys(database)
    assert len({united[name] for name in "ABC"}) == 1
    assert masking.is_hashed(united["A"]) == masked


async def test_a_hash_from_before_is_known_again_when_the_number_comes_again(
    database: Database,
) -> None:
    await journal(database, masked=True)
    async with database.writing() as tx:
        assert await customer_keys.unify(tx, ["+380670000001", "+380670000009"], "UTC") == 3
        assert await customer_keys.unify(tx, ["+380670000001"], "UTC") == 0
        secret = await settings.known_by(tx, NOW)
    found = await keys(database)
    assert found["A"] == hashed_key(secret, "+380670000001")
    assert found["D"] == hashed_key(secret, "0670000002", HASHED_BEFORE)

"""Settings of the organisation, the customers' key, and masking what was stored before."""

import asyncio

import pytest
from sqlalchemy import select

from scoring.masking import PHONE
from scoring.scorecard import Channel
from storage import contacts_bulk, erasure_customers, masking, masking_past, settings
from storage.contacts_bulk import Merged, NewContact
from storage.database import Database
from storage.settings import Organisation
from storage.tables import ContactRow
from tests.storage.conftest import NOW

NUMBER = "+380 67 123-45-67"


async def choose(database: Database, name: str, value: int, by: int) -> None:
    async with database.writing() as tx:
        await settings.change(tx, name, value, NOW, by=by)


async def bring(database: Database, agent: int) -> Merged:
    new = NewContact(
        "1", agent, Channel.CALL, customer=NUMBER, topic=f"Call {NUMBER}", text=f"It is {NUMBER}"
    )
    async with database.writing() as tx:
        return await contacts_bulk.merge(tx, [new], NOW)


async def stored(database: Database) -> tuple[str | None, ...]:
    wanted = select(ContactRow.customer, ContactRow.topic, ContactRow.text, ContactRow.customer_key)
    async with database.reading() as tx:
        return tuple((await tx.execute(wanted)).one())


async def test_what_nobody_has_changed_is_as_the_code_has_it(database: Database, anna: int) -> None:
    async with database.reading() as tx:
        assert await settings.organisation(tx) == Organisation()
    await choose(database, "customer_months", 12, anna)
    await choose(database, "masking", 0, anna)
    await choose(database, "customer_months", 6, anna)
    async with database.reading() as tx:
        assert await settings.organisation(tx) == Organisation(masking=False, customer_months=6)


async def test_there_is_no_other_setting(database: Database, anna: int) -> None:
    with pytest.raises(ValueError, match="customer_key"):
        await choose(database, "customer_key", 1, anna)


async def test_processes_that_start_at_one_moment_share_the_key(
    database: Database, second: Database
) -> None:
    async def key(of: Database) -> bytes:
        async with of.writing() as tx:
            return await settings.known_by(tx, NOW)

    keys = await asyncio.gather(*(key(one) for one in (database, second) for _ in range(4)))
    assert len(set(keys)) == 1
    assert len(keys[0]) == 32


async def test_a_contact_is_masked_on_its_way_in_and_comes_in_once(
    database: Database, ivan: int
) -> None:
    assert await bring(database, ivan) == Merged(added=1)
    assert await bring(database, ivan) == Merged(same=1)
    customer, topic, text, key = await stored(database)
    assert (customer, topic, text) == ("…567", f"Call {PHONE}", f"It is {PHONE}")
    assert masking.is_hashed(key)


async def test_what_came_in_before_is_masked_later_and_found_by_its_number(
    database: Database, ivan: int
) -> None:
    await choose(database, "masking", 0, ivan)
    await bring(database, ivan)
    assert (await stored(database))[0] == NUMBER
    await choose(database, "masking", 1, ivan)
    async with database.writing() as tx:
        await masking_past.begin_again(tx, NOW)
        plain = await erasure_customers.of_customer(tx, "380671234567")
        assert await masking_past.go_on(tx, NOW) == 1
        assert await masking_past.go_on(tx, NOW) == 0
        assert await erasure_customers.of_customer(tx, "380671234567") == plain != []
    assert (await stored(database))[:3] == ("…567", f"Call {PHONE}", f"It is {PHONE}")


async def test_masking_what_came_in_before_goes_on_where_it_was(
    database: Database, ivan: int
) -> None:
    many = masking_past.STEP + 3
    await choose(database, "masking", 0, ivan)
    async with database.writing() as tx:
        calls = [NewContact(str(one), ivan, Channel.CALL, customer=NUMBER) for one in range(many)]
        await contacts_bulk.merge(tx, calls, NOW)
    await choose(database, "masking", 1, ivan)
    async with database.writing() as tx:
        await masking_past.begin_again(tx, NOW)
        assert await masking_past.go_on(tx, NOW) == many
        assert await masking_past.go_on(tx, NOW) == 0
        customers = (await tx.execute(select(ContactRow.customer).distinct())).scalars().all()
    assert list(customers) == ["…567"]


async def test_what_was_erased_does_not_come_back(database: Database, ivan: int) -> None:
    await bring(database, ivan)
    async with database.writing() as tx:
        [found] = await erasure_customers.of_customer(tx, NUMBER)
        await erasure_customers.erase(tx, found, NOW)
    assert await bring(database, ivan) == Merged(same=1)
    customer, _, text, key = await stored(database)
    assert (customer, text, key) == (None, None, None)

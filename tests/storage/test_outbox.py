"""The outbox: news is queued once, delivered by one, and nothing is forgotten."""

import asyncio
import datetime as dt

import pytest
from sqlalchemy import select

from storage import outbox, people, undelivered
from storage.database import Database
from storage.outbox import ORDINARY, URGENT, Claimed, Message
from storage.tables import OutboxRow
from tests.storage.conftest import NOW

LEASE = dt.timedelta(seconds=60)
SECOND = dt.timedelta(seconds=1)
DAY = dt.timedelta(days=1)


def news(to: int, key: str, *, at: dt.datetime = NOW, priority: int = ORDINARY) -> Message:
    return Message("news", to, 1, key, at, data=key, priority=priority)


async def put(database: Database, *messages: Message) -> int:
    async with database.writing() as tx:
        return await outbox.put(tx, messages, NOW)


async def claim(
    database: Database, owner: str = "one", now: dt.datetime = NOW, limit: int = 10
) -> list[Claimed]:
    async with database.writing() as tx:
        return await outbox.claim(tx, owner, now, LEASE, limit)


async def test_the_same_news_is_queued_once(database: Database, ivan: int) -> None:
    assert await put(database, news(ivan, "a"), news(ivan, "b")) == 2
    assert await put(database, news(ivan, "a"), news(ivan, "c")) == 1
    assert len(await claim(database)) == 3


async def test_a_claimed_message_is_not_claimed_again_before_its_lease_ends(
    database: Database, second: Database, ivan: int
) -> None:
    await put(database, news(ivan, "a"))
    assert len(await claim(database, "one")) == 1
    assert await claim(second, "two", NOW + LEASE - SECOND) == []
    assert len(await claim(second, "two", NOW + LEASE)) == 1


async def test_a_lease_of_before_the_clock_was_set_back_holds_nobody_up(
    database: Database, second: Database, ivan: int
) -> None:
    await put(database, news(ivan, "a", at=NOW - DAY))
    assert len(await claim(database, "one")) == 1
    assert await claim(second, "two", NOW - LEASE / 2) == []
    assert len(await claim(second, "two", NOW - DAY)) == 1


async def test_two_processes_share_the_messages_without_overlap(
    database: Database, second: Database, ivan: int
) -> None:
    await put(database, *[news(ivan, f"n{number}") for number in range(40)])
    rounds = await asyncio.gather(
        *[
            claim(one, owner, limit=5)
            for owner, one in [("one", database), ("two", second)]
            for _ in range(4)
        ]
    )
    ids = [message.id for taken in rounds for message in taken]
    assert len(ids) == len(set(ids))
    rest = await claim(database, "three", limit=40)
    assert len(ids) + len(rest) == 40


async def test_urgent_news_comes_first_then_the_oldest(database: Database, ivan: int) -> None:
    await put(
        database,
        news(ivan, "late", at=NOW),
        news(ivan, "early", at=NOW - SECOND),
        news(ivan, "urgent", at=NOW, priority=URGENT),
    )
    order = [one.data for one in await claim(database)]
    assert order == ["urgent", "early", "late"]


async def test_news_before_its_time_waits(database: Database, ivan: int) -> None:
    await put(database, news(ivan, "a", at=NOW + SECOND))
    assert await claim(database) == []
    assert len(await claim(database, now=NOW + SECOND)) == 1


async def test_news_for_somebody_who_has_not_come_waits_until_they_do(
    database: Database, anna: int
) -> None:
    await put(database, news(anna, "a"))
    assert await claim(database) == []
    async with database.writing() as tx:
        await people.bind(tx, anna, 777)
    assert len(await claim(database)) == 1


async def test_news_for_somebody_who_never_comes_is_put_aside(
    database: Database, anna: int, ivan: int
) -> None:
    await put(database, news(anna, "a"), news(ivan, "b"))
    async with database.writing() as tx:
        assert await outbox.give_up_unbound(tx, NOW) == 0
        assert await outbox.give_up_unbound(tx, NOW + SECOND) == 1
        await people.bind(tx, anna, 777)
    assert [one.recipient_id for one in await claim(database)] == [ivan]


async def test_released_messages_can_be_claimed_at_once(database: Database, ivan: int) -> None:
    await put(database, news(ivan, "a"))
    await claim(database, "one")
    async with database.writing() as tx:
        await outbox.release(tx, "one")
    assert len(await claim(database, "two")) == 1


async def test_a_retry_counts_its_attempts_only_where_it_failed(
    database: Database, ivan: int
) -> None:
    await put(database, news(ivan, "a"))
    (message,) = await claim(database)
    async with database.writing() as tx:
        await outbox.retry(tx, message, NOW, error="TimedOut")
    (message,) = await claim(database)
    assert message.attempts == 1
    async with database.writing() as tx:
        await outbox.retry(tx, message, NOW, error="paced", counts=False)
    (message,) = await claim(database)
    assert message.attempts == 1


async def test_what_is_sent_dead_or_uncertain_is_not_claimed_any_more(
    database: Database, ivan: int
) -> None:
    await put(database, news(ivan, "a"), news(ivan, "b"), news(ivan, "c"))
    one, two, three = await claim(database)
    async with database.writing() as tx:
        await outbox.sent(tx, one, NOW, telegram_message=5)
        await outbox.give_up(tx, two, error="BadRequest")
        await outbox.give_up(tx, three, error="TimedOut", uncertain=True)
    assert await claim(database, now=NOW + 2 * LEASE) == []


@pytest.mark.parametrize("late", ["sent", "retry", "dead", "uncertain"])
async def test_whoever_lost_the_lease_cannot_undo_what_came_after(
    database: Database, second: Database, ivan: int, late: str
) -> None:
    await put(database, news(ivan, "a"))
    (frozen,) = await claim(database, "one")
    (message,) = await claim(second, "two", NOW + LEASE)
    assert not await ends(database, frozen, late)
    async with second.writing() as tx:
        assert await outbox.sent(tx, message, NOW + LEASE, telegram_message=7)
    assert not await ends(database, frozen, late)
    assert not await ends(database, message, late)
    assert await claim(database, now=NOW + 3 * LEASE) == []
    async with database.reading() as tx:
        row = (await tx.execute(select(OutboxRow.state, OutboxRow.message_id))).one()
    assert (row.state, row.message_id) == ("sent", 7)


async def test_the_same_owner_with_an_older_lease_is_another(database: Database, ivan: int) -> None:
    await put(database, news(ivan, "a"))
    (before,) = await claim(database, "one")
    (after,) = await claim(database, "one", NOW + LEASE)
    assert (before.owner, before.lease, after.lease) == ("one", 1, 2)
    assert not await ends(database, before, "sent")
    assert await ends(database, after, "sent")


async def test_a_message_queued_anew_by_an_admin_is_nobodys(database: Database, ivan: int) -> None:
    await put(database, news(ivan, "a"))
    (message,) = await claim(database)
    assert await ends(database, message, "uncertain")
    async with database.writing() as tx:
        assert await undelivered.send_again(tx, NOW) == 1
    assert not await ends(database, message, "dead")
    assert len(await claim(database)) == 1


async def ends(database: Database, message: Claimed, how: str) -> bool:
    async with database.writing() as tx:
        if how == "sent":
            return await outbox.sent(tx, message, NOW, telegram_message=5)
        if how == "retry":
            return await outbox.retry(tx, message, NOW, error="TimedOut")
        uncertain = how == "uncertain"
        return await outbox.give_up(tx, message, error="BadRequest", uncertain=uncertain)


async def test_an_uncertain_message_can_be_queued_again(database: Database, ivan: int) -> None:
    await put(database, news(ivan, "a"))
    (message,) = await claim(database)
    async with database.writing() as tx:
        await outbox.give_up(tx, message, error="being sent", uncertain=True)
        await outbox.retry(tx, message, NOW, error="RetryAfter")
    assert len(await claim(database)) == 1


async def test_depth_tells_how_much_waits_and_how_long(database: Database, ivan: int) -> None:
    await put(database, news(ivan, "a", at=NOW - 9 * SECOND), news(ivan, "b", at=NOW + SECOND))
    async with database.reading() as tx:
        assert await outbox.depth(tx, NOW) == (1, 9.0)
        assert await outbox.depth(tx, NOW - 10 * SECOND) == (0, 0.0)


async def test_the_same_news_from_two_processes_at_once_is_queued_once(
    database: Database, second: Database, ivan: int
) -> None:
    counts = await asyncio.gather(put(database, news(ivan, "a")), put(second, news(ivan, "a")))
    assert sorted(counts) == [0, 1]


class MindChangedError(Exception):
    """Something went wrong after the news was queued."""


async def test_messages_of_a_failed_transaction_are_not_there(
    database: Database, ivan: int
) -> None:
    async def change_mind() -> None:
        async with database.writing() as tx:
            await outbox.put(tx, [news(ivan, "a")], NOW)
            raise MindChangedError

    with pytest.raises(MindChangedError):
        await change_mind()
    assert await claim(database) == []

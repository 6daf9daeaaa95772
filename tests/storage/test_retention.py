"""Retention: what is old goes, what still matters stays."""

import datetime as dt

import pytest
from sqlalchemy import func, select

from storage import invitations, outbox, pictures, retention
from storage.database import Database, Transaction
from storage.invitations import UnknownInvitationError
from storage.outbox import Message
from storage.tables import Base
from tests.storage.conftest import NOW

DAY = dt.timedelta(days=1)


async def count(tx: Transaction, table: str) -> int:
    rows = select(func.count()).select_from(Base.metadata.tables[table])
    return (await tx.execute(rows)).scalar_one()


async def tidy(database: Database, now: dt.datetime) -> None:
    async with database.writing() as tx:
        await retention.tidy(tx, now)


async def test_a_link_is_forgotten_a_month_after_it_has_expired(
    database: Database, anna: int
) -> None:
    async with database.writing() as tx:
        token = await invitations.issue(tx, anna, NOW)
    await tidy(database, NOW + 6 * DAY)
    async with database.reading() as tx:
        assert await invitations.owner(tx, token) == anna
    await tidy(database, NOW + 38 * DAY)
    async with database.writing() as tx:
        assert await count(tx, "invitations") == 0
        with pytest.raises(UnknownInvitationError):
            await invitations.redeem(tx, token, 777, NOW)


async def test_delivered_news_is_forgotten_and_waiting_news_is_not(
    database: Database, ivan: int
) -> None:
    news = [Message("x", ivan, 1, key, NOW) for key in ("sent", "waiting")]
    async with database.writing() as tx:
        await outbox.put(tx, news, NOW)
        first, _ = await outbox.claim(tx, "me", NOW, DAY, 2)
        await outbox.sent(tx, first, NOW, telegram_message=1)
    await tidy(database, NOW + 179 * DAY)
    async with database.reading() as tx:
        assert await count(tx, "outbox") == 2
    await tidy(database, NOW + 181 * DAY)
    async with database.reading() as tx:
        assert await count(tx, "outbox") == 1
        assert (await outbox.depth(tx, NOW + 181 * DAY))[0] == 1


async def test_a_picture_is_drawn_anew_after_two_months(database: Database) -> None:
    async with database.writing() as tx:
        await pictures.remember(tx, "digest", "file", NOW)
        await retention.tidy(tx, NOW + 59 * DAY)
        assert await pictures.known(tx, "digest") == "file"
        await retention.tidy(tx, NOW + 61 * DAY)
        assert await pictures.known(tx, "digest") is None

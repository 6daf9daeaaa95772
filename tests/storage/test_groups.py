"""Groups, consent and posts on both databases."""

import asyncio
import datetime as dt

from scoring.periods import parse_period
from storage import groups
from storage.database import Database
from storage.groups import Group
from tests.storage.conftest import NOW

CHAT = Group(-1001234567890123, "Support chat")
MONTH = parse_period("2026-10", NOW.date())


async def test_a_group_is_known_to_who_showed_the_report_there_by_its_latest_title(
    database: Database, team: int, ivan: int, anna: int
) -> None:
    renamed = Group(CHAT.chat_id, "Support & friends")
    async with database.writing() as tx:
        await groups.remember(tx, CHAT, team, anna, NOW)
        await groups.remember(tx, Group(-5, "Another"), team, anna, NOW + dt.timedelta(hours=1))
        await groups.remember(tx, renamed, team, anna, NOW + dt.timedelta(hours=2))
        assert await groups.of(tx, anna, team) == [renamed, Group(-5, "Another")]
        assert await groups.of(tx, ivan, team) == []
        await groups.moved(tx, -5, -1009)
        await groups.forget(tx, CHAT.chat_id)
        assert await groups.of(tx, anna, team) == [Group(-1009, "Another")]


async def test_nobody_has_agreed_until_they_do_and_they_can_take_it_back(
    database: Database, ivan: int
) -> None:
    async with database.writing() as tx:
        assert await groups.agreed(tx) == set()
        for _ in range(2):
            await groups.agree(tx, ivan, NOW, agreed=True)
        assert await groups.agreed(tx) == {ivan}
        for _ in range(2):
            await groups.agree(tx, ivan, NOW, agreed=False)
        assert await groups.agreed(tx) == set()


async def test_a_praise_is_claimed_once_however_many_processes_post(
    database: Database, second: Database, team: int, anna: int
) -> None:
    async def claiming(where: Database) -> bool:
        async with where.writing() as tx:
            return await groups.claim_praise(tx, team, CHAT.chat_id, MONTH, NOW, by=anna)

    claimed = await asyncio.gather(claiming(database), claiming(second))
    assert sorted(claimed) == [False, True]
    async with database.writing() as tx:
        await groups.drop_praise(tx, team, CHAT.chat_id, MONTH)
    assert await claiming(database)

"""Schedules: what is due, what ran, and one run however many processes try."""

import asyncio
import datetime as dt

from storage import schedules
from storage.database import Database
from storage.schedules import Schedule, Wanted
from tests.storage.conftest import NOW

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


async def have(database: Database, *wanted: Wanted, now: dt.datetime = NOW) -> list[Schedule]:
    async with database.writing() as tx:
        await schedules.synchronise(tx, wanted, now)
        return await schedules.everything(tx)


async def test_rows_follow_what_is_wanted(database: Database, team: int) -> None:
    (row,) = await have(database, Wanted("digest", team, "weekly mon 09:00", NOW + DAY))
    (moved,) = await have(database, Wanted("digest", team, "weekly mon 08:00", NOW + HOUR))
    assert moved == Schedule(row.id, "digest", team, "weekly mon 08:00", NOW + HOUR)
    assert await have(database) == []


async def test_an_overdue_row_keeps_its_moment_so_that_it_is_caught_up(
    database: Database, team: int
) -> None:
    await have(database, Wanted("digest", team, "daily 09:00", NOW + HOUR))
    later = NOW + 3 * DAY
    (row,) = await have(database, Wanted("digest", team, "daily 09:00", later + HOUR), now=later)
    assert row.next_due == NOW + HOUR


async def test_due_rows_are_those_whose_moment_has_come(database: Database, team: int) -> None:
    await have(
        database,
        Wanted("late", team, "daily 10:00", NOW),
        Wanted("early", team, "daily 09:00", NOW - HOUR),
        Wanted("not yet", team, "daily 11:00", NOW + HOUR),
    )
    async with database.reading() as tx:
        assert [one.name for one in await schedules.due(tx, NOW)] == ["early", "late"]
        assert await schedules.lag(tx, NOW) == 3600.0


async def test_of_two_processes_one_runs_an_occurrence(
    database: Database, second: Database, team: int
) -> None:
    (row,) = await have(database, Wanted("digest", team, "daily 09:00", NOW))

    async def begin(one: Database) -> bool:
        async with one.writing() as tx:
            return await schedules.begin_run(tx, row.id, "2026-11-23", NOW)

    assert sorted(await asyncio.gather(begin(database), begin(second))) == [False, True]
    assert not await begin(database)


async def test_a_run_that_fails_can_begin_again(database: Database, team: int) -> None:
    (row,) = await have(database, Wanted("digest", team, "daily 09:00", NOW))
    async with database.reading() as tx:  # it is rolled back at its end
        assert await schedules.begin_run(tx, row.id, "2026-11-23", NOW)
    async with database.writing() as tx:
        assert await schedules.begin_run(tx, row.id, "2026-11-23", NOW)


async def test_a_row_moves_only_forward(database: Database, team: int) -> None:
    (row,) = await have(database, Wanted("digest", team, "daily 09:00", NOW))
    async with database.writing() as tx:
        await schedules.move(tx, row.id, NOW + DAY)
        await schedules.move(tx, row.id, NOW + HOUR)
        (moved,) = await schedules.everything(tx)
    assert moved.next_due == NOW + DAY

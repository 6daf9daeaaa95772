"""Schedules: once each, on the team's own clock, whatever ticks, stops or fails."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.metrics import Metrics
from bot.schedules import TICK, Ticking, UnknownJobError, run_due, run_job, synchronise
from handlers.jobs import Job, Occurrence
from handlers.turn import Services
from scoring.roles import Role
from storage import outbox, people, schedules, teams
from storage.database import Database, Transaction
from storage.outbox import Message
from storage.people import NewPerson
from storage.scorecards import Shelf
from storage.teams import Team
from tests.story import Clock

MONDAY = dt.datetime(2026, 11, 23, 0, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
WEEK = dt.timedelta(weeks=1)


class Diary:
    """A job that notes what it was asked to do, in the outbox like any other."""

    def __init__(self) -> None:
        self.reader = 0
        self.failing = False
        self.ran: list[tuple[str, str, dt.datetime]] = []

    async def write(
        self, _services: Services, tx: Transaction, team: Team, occurrence: Occurrence
    ) -> None:
        """Queue a message and note the occurrence; fail after that, if told to."""
        key = f"{team.id}:{occurrence.key}"
        await outbox.put(tx, [Message("x", self.reader, 1, key, occurrence.due)], occurrence.due)
        if self.failing:
            raise ArithmeticError
        self.ran.append((team.name, occurrence.key, occurrence.due))


@pytest.fixture
async def services(database_url: str, clock: Clock) -> AsyncIterator[Services]:
    """The services on a database of either kind."""
    database = Database(database_url)
    clock.set(MONDAY)
    yield Services(database, Shelf(), clock)
    await database.close()


@pytest.fixture
async def diary(services: Services) -> Diary:
    """A diary for two teams that live by different clocks."""
    diary = Diary()
    async with services.db.writing() as tx:
        await teams.add(tx, "Kyiv", "Europe/Kyiv", "uk", MONDAY)
        await teams.add(tx, "London", "Europe/London", "en", MONDAY)
        diary.reader = await people.add(tx, NewPerson("Reader", {Role.ADMIN}), MONDAY)
    return diary


def weekly(diary: Diary) -> dict[str, Job]:
    return {"digest": Job("digest", "weekly mon {digest_time}", diary.write)}


async def queued(services: Services) -> int:
    async with services.db.reading() as tx:
        found = await tx.exec_driver_sql("SELECT count(*) FROM outbox")
        count: int = found.scalar_one()
    return count


async def test_each_team_is_served_at_its_own_nine_o_clock(
    services: Services, diary: Diary
) -> None:
    jobs = weekly(diary)
    await synchronise(services, jobs, MONDAY)
    await run_due(services, jobs, MONDAY + 6 * HOUR)
    assert diary.ran == []
    await run_due(services, jobs, MONDAY + 7 * HOUR)
    await run_due(services, jobs, MONDAY + 9 * HOUR)
    assert diary.ran == [
        ("Kyiv", "2026-W48", MONDAY + 7 * HOUR),
        ("London", "2026-W48", MONDAY + 9 * HOUR),
    ]


async def test_two_ticking_processes_run_an_occurrence_once(
    services: Services, diary: Diary, database_url: str
) -> None:
    jobs = weekly(diary)
    await synchronise(services, jobs, MONDAY)
    other = replace(services, db=Database(database_url))
    at = MONDAY + 10 * HOUR
    await asyncio.gather(*[run_due(one, jobs, at) for one in (services, other, services, other)])
    await other.db.close()
    assert sorted(team for team, _, _ in diary.ran) == ["Kyiv", "London"]
    assert await queued(services) == 2


async def test_after_a_long_stop_the_latest_occurrence_alone_is_caught_up(
    services: Services, diary: Diary
) -> None:
    jobs = weekly(diary)
    await synchronise(services, jobs, MONDAY)
    back = MONDAY + 3 * WEEK + DAY
    await synchronise(services, jobs, back)
    await run_due(services, jobs, back)
    await run_due(services, jobs, back)
    assert [key for _, key, _ in diary.ran] == ["2026-W51", "2026-W51"]
    async with services.db.reading() as tx:
        assert await schedules.due(tx, back) == []


async def test_a_job_that_fails_leaves_nothing_behind_and_stays_due(
    services: Services, diary: Diary
) -> None:
    jobs = weekly(diary)
    await synchronise(services, jobs, MONDAY)
    diary.failing = True
    at = MONDAY + 10 * HOUR
    assert len(await run_due(services, jobs, at)) == 2
    assert await queued(services) == 0
    diary.failing = False
    assert await run_due(services, jobs, at) == []
    assert await queued(services) == 2


async def test_clock_changes_keep_the_local_hour(services: Services, diary: Diary) -> None:
    jobs = {"daily": Job("daily", "daily 10:00", diary.write)}
    before = dt.datetime(2027, 3, 27, 0, 0, tzinfo=dt.UTC)  # summer time begins on the 28th
    await synchronise(services, jobs, before)
    for hours in range(72):
        await run_due(services, jobs, before + hours * HOUR)
    london = [due for team, _, due in diary.ran if team == "London"]
    assert [due.hour for due in london] == [10, 9, 9]


async def test_a_digest_moved_on_its_day_is_not_sent_twice(
    services: Services, diary: Diary
) -> None:
    jobs = weekly(diary)
    await synchronise(services, jobs, MONDAY)
    await run_due(services, jobs, MONDAY + 9 * HOUR)
    async with services.db.writing() as tx:
        for team in await teams.everything(tx):
            await teams.save(tx, replace(team, digest_time=dt.time(18)))
    await synchronise(services, jobs, MONDAY + 10 * HOUR)
    await run_due(services, jobs, MONDAY + 20 * HOUR)
    assert len(diary.ran) == 2


async def test_a_job_run_by_hand_runs_once_and_the_tick_does_not_repeat_it(
    services: Services, diary: Diary
) -> None:
    jobs = weekly(diary)
    at = MONDAY + 9 * HOUR
    await synchronise(services, jobs, MONDAY)
    assert [one.new for one in await run_job(services, jobs, "digest", at)] == [True, True]
    assert [one.new for one in await run_job(services, jobs, "digest", at)] == [False, False]
    await run_due(services, jobs, at)
    assert await queued(services) == 2


async def test_a_job_run_ahead_of_time_does_not_stop_those_in_between(
    services: Services, diary: Diary
) -> None:
    jobs = weekly(diary)
    await synchronise(services, jobs, MONDAY)
    await run_job(services, jobs, "digest", MONDAY + WEEK + 9 * HOUR)
    await run_due(services, jobs, MONDAY + 9 * HOUR)
    assert sorted(key for _, key, _ in diary.ran) == ["2026-W48"] * 2 + ["2026-W49"] * 2


async def test_there_is_no_job_of_that_name(services: Services, diary: Diary) -> None:
    with pytest.raises(UnknownJobError):
        await run_job(services, weekly(diary), "diggest", MONDAY)


async def test_a_digest_moved_to_an_hour_that_is_over_comes_at_once(
    services: Services, diary: Diary
) -> None:
    jobs = weekly(diary)
    await synchronise(services, jobs, MONDAY)
    eight = MONDAY + 6 * HOUR  # in Kyiv: nine is still to come
    async with services.db.writing() as tx:
        team = await teams.by_name(tx, "Kyiv")
        assert team is not None
        await teams.save(tx, replace(team, digest_time=dt.time(7)))
    await synchronise(services, jobs, eight)
    await run_due(services, jobs, eight)
    assert [(team, key) for team, key, _ in diary.ran] == [("Kyiv", "2026-W48")]


@pytest.mark.parametrize("back", [HOUR, DAY, WEEK])
async def test_a_clock_that_was_set_back_repeats_nothing_and_leaves_nothing_out(
    services: Services, diary: Diary, back: dt.timedelta
) -> None:
    jobs = weekly(diary)
    await synchronise(services, jobs, MONDAY)
    ticks = [MONDAY + hours * HOUR for hours in range(11)]
    start = ticks[-1] - back
    ticks += [start + hours * HOUR for hours in range((back + WEEK) // HOUR + 1)]
    for at in ticks:
        await synchronise(services, jobs, at)
        await run_due(services, jobs, at)
    ran = [(team, key) for team, key, _ in diary.ran]
    assert len(set(ran)) == len(ran)
    assert {("Kyiv", "2026-W48"), ("Kyiv", "2026-W49")} <= set(ran)


async def test_a_job_that_rests_does_not_rest_for_days_when_the_clock_is_set_back(
    services: Services, clock: Clock, diary: Diary
) -> None:
    ticking = Ticking(services, weekly(diary), Metrics())
    await ticking.tick()
    diary.failing = True
    clock.set(MONDAY + 10 * HOUR)
    await ticking.tick()
    diary.failing = False
    clock.set(MONDAY + 9 * HOUR + HOUR / 2)
    await ticking.tick()
    assert sorted(team for team, _, _ in diary.ran) == ["Kyiv", "London"]


async def test_it_ticks_on_when_the_machines_clock_is_set_back(services: Services) -> None:
    ticks = asyncio.Semaphore(0)

    async def leads() -> bool:
        ticks.release()
        return False

    ticking = Ticking(services, {}, Metrics(), leads, seconds=0.02)
    ticking.start()
    async with asyncio.timeout(10):
        await ticks.acquire()
        tomorrow = dt.datetime.now(dt.UTC) + DAY
        job = ticking._scheduler.get_job(TICK)
        job.modify(next_run_time=tomorrow)  # where a clock set back by a day leaves it
        for _ in range(5):
            await ticks.acquire()
    await ticking.stop(1.0)

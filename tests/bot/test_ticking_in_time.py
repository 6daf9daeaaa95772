"""Whatever clocks do and however often somebody ticks: each occurrence once, at local time.

Clocks jump here in every direction, several tickers tick at once, jobs fail, and teams move to
another hour or another zone. The rule they are held to: when a tick sees that an occurrence has
come since the tick before, that one has run; of several that came meanwhile the latest alone.
"""

import asyncio
import datetime as dt
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from shutil import copyfile
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.schedules import run_due, synchronise
from handlers.jobs import Job, Occurrence
from handlers.turn import Services
from scoring.recurrence import Daily, Rule, Weekly, last_due, occurrence_key
from storage import teams
from storage.database import Database, Transaction
from storage.scorecards import Shelf
from storage.teams import Team
from tests.background import Background
from tests.clock import MONDAY
from tests.scoring.clocks import minutes, placed_moments, places, shown

RULES = st.one_of(
    st.just("daily {digest_time}"),
    st.sampled_from(["mon", "fri", "sun"]).map(lambda day: f"weekly {day} {{digest_time}}"),
    st.sampled_from([1, 29, 31]).map(lambda day: f"monthly {day} {{digest_time}}"),
)
SECOND, HOUR, DAY = dt.timedelta(seconds=1), dt.timedelta(hours=1), dt.timedelta(days=1)
TWICE_WITHIN = 180
"""Minutes: clocks that show a time twice do so within three hours."""

jumps = st.one_of(
    st.integers(1, 7200).map(lambda number: number * SECOND),
    st.integers(1, 60).map(lambda number: number * HOUR),
    st.sampled_from([7, 8, 31, 40]).map(lambda number: number * DAY),
    st.sampled_from([-1, -2]).map(lambda number: number * HOUR),
    st.sampled_from([-1, -7, -31]).map(lambda number: number * DAY),
)


@dataclass(frozen=True)
class Step:
    """The clock jumps, the team may change, and then some tick at once."""

    jump: dt.timedelta
    tickers: int
    fails: bool
    hour: dt.time | None
    zone: ZoneInfo | None


steps = st.builds(
    Step,
    jump=jumps,
    tickers=st.integers(1, 3),
    fails=st.sampled_from([False, False, False, True]),
    hour=st.none() | st.none() | st.none() | minutes,
    zone=st.none() | st.none() | st.none() | places,
)


@dataclass
class Centre:
    """A team with one job, and what has become of it."""

    processes: list[Services]
    team: Team
    rule: str
    fails: bool = False
    ran: list[str] = field(default_factory=list)
    now: dt.datetime = MONDAY

    async def act(
        self, _services: Services, _tx: Transaction, team: Team, occurrence: Occurrence
    ) -> None:
        """Do the job: fail if told to, else note what was done, at the right local time."""
        if self.fails:
            raise ArithmeticError
        assert occurrence.due <= self.now
        _at_local_time(self.job.rule_for(team), occurrence)
        self.ran.append(occurrence.key)

    @property
    def job(self) -> Job:
        """The job."""
        return Job("digest", self.rule, self.act)

    def current(self) -> str:
        """Return the name of the latest occurrence, whether it ran or not."""
        rule, where = self.job.rule_for(self.team), ZoneInfo(self.team.timezone)
        return occurrence_key(rule, last_due(rule, self.now, where), where)

    async def tick(self, at: dt.datetime, tickers: int) -> None:
        """Let so many processes tick at that moment."""
        self.now = at
        await asyncio.gather(*(self._one(at, one) for one in range(tickers)))

    async def _one(self, at: dt.datetime, number: int) -> None:
        services, jobs = self.processes[number % len(self.processes)], {"digest": self.job}
        await synchronise(services, jobs, at)
        await run_due(services, jobs, at)


def _at_local_time(rule: Rule, occurrence: Occurrence) -> None:
    """Check that clocks show the rule's time for the first time then, or were moved past it."""
    wall = dt.datetime.combine(_day(rule, occurrence.key), rule.at)
    assert shown(occurrence.due, occurrence.zone) >= wall
    before = [occurrence.due - minute * 60 * SECOND for minute in range(1, TWICE_WITHIN)]
    assert all(shown(one, occurrence.zone) < wall for one in [occurrence.due - SECOND, *before])


def _day(rule: Rule, key: str) -> dt.date:
    """Return the day that an occurrence of that name belongs to."""
    if isinstance(rule, Daily):
        return dt.date.fromisoformat(key)
    year, _, number = key.partition("-")
    if isinstance(rule, Weekly):
        return dt.date.fromisocalendar(int(year), int(number.removeprefix("W")), rule.weekday + 1)
    last = monthrange(int(year), int(number))[1]
    return dt.date(int(year), int(number), min(rule.day, last))


@dataclass
class Stage:
    """An event loop and two processes on one database."""

    background: Background
    processes: list[Services]

    async def centre(self, rule: str, hour: dt.time, zone: ZoneInfo, at: dt.datetime) -> Centre:
        """Found a new team instead of those before."""
        async with self.processes[0].db.writing() as tx:
            await tx.exec_driver_sql("DELETE FROM teams")
            team = await teams.add(tx, "Support", zone.key, "en", at)
            await teams.save(tx, replace(team, digest_time=hour))
        return Centre(self.processes, replace(team, digest_time=hour), rule)

    async def change(self, centre: Centre, step: Step) -> None:
        """Let the team live by another hour or another clock."""
        zone = step.zone.key if step.zone is not None else centre.team.timezone
        hour = step.hour if step.hour is not None else centre.team.digest_time
        centre.team = replace(centre.team, timezone=zone, digest_time=hour)
        async with self.processes[0].db.writing() as tx:
            await teams.save(tx, centre.team)


@pytest.fixture(scope="module")
def stage(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Two processes on one database, for all examples."""
    file = tmp_path_factory.mktemp("time") / "etalon.db"
    copyfile(sqlite_template, file)
    background = Background()

    async def open_both() -> list[Services]:
        url = f"sqlite+aiosqlite:///{file}"
        return [Services(Database(url), Shelf(), lambda: dt.datetime.now(dt.UTC)) for _ in "12"]

    processes = background.call(open_both())
    yield Stage(background, processes)
    for one in processes:
        background.call(one.db.close())
    background.close()


@settings(max_examples=40, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(placed_moments, RULES, minutes, st.lists(steps, min_size=1, max_size=12))
def test_each_occurrence_runs_once_at_its_local_time(
    stage: Stage,
    placed: tuple[ZoneInfo, dt.datetime],
    rule: str,
    hour: dt.time,
    way: list[Step],
) -> None:
    stage.background.call(_live(stage, placed, rule, hour, way))


async def _live(
    stage: Stage,
    placed: tuple[ZoneInfo, dt.datetime],
    rule: str,
    hour: dt.time,
    way: list[Step],
) -> None:
    zone, now = placed
    centre = await stage.centre(rule, hour, zone, now)
    await centre.tick(now, 2)
    assert centre.ran == [], "what came before the team did is none of its business"
    before = earliest = centre.current()
    for step in way:
        now += step.jump
        await stage.change(centre, step)
        centre.fails = step.fails
        await centre.tick(now, step.tickers)
        current = centre.current()
        assert len(set(centre.ran)) == len(centre.ran), f"twice: {centre.ran}"
        assert all(key > earliest for key in centre.ran), f"before its time: {centre.ran}"
        if current > before and not step.fails:
            assert current in centre.ran, f"{current} was left out: {centre.ran}"
        # What failed is still to come: only a tick that succeeds has seen it.
        before = min(before, current) if step.fails else current
        earliest = min(earliest, current)

"""Schedules: rows in the database say what is due; a tick runs it, once however many tick."""

import asyncio
import contextlib
import datetime as dt
import secrets
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler  # type: ignore[import-untyped]  # none

from bot.metrics import Metrics
from handlers.jobs import Job, Occurrence
from handlers.turn import Services
from scoring.recurrence import Rule, last_due, next_due, occurrence_key
from scoring.zones import zone
from storage import schedules, teams
from storage.schedules import Schedule, Wanted
from storage.teams import Team

log = structlog.get_logger(__name__)

TICK = "tick"
TICK_SECONDS = 20
FIRST_REST, LONGEST_REST = dt.timedelta(minutes=1), dt.timedelta(hours=1)


class UnknownJobError(Exception):
    """There is no job of that name."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What became of one occurrence; ``new`` tells whether it ran just now."""

    job: str
    team: str
    occurrence: str
    new: bool


@dataclass(frozen=True, slots=True)
class _Due:
    """A schedule with what it is made of."""

    schedule: Schedule
    job: Job
    team: Team

    @property
    def rule(self) -> Rule:
        return self.job.rule_for(self.team)

    def latest(self, at: dt.datetime) -> Occurrence:
        """Return the latest occurrence at or before *at*."""
        return _latest(self.rule, at, zone(self.team.timezone))


async def synchronise(services: Services, jobs: Mapping[str, Job], at: dt.datetime) -> None:
    """Give each team its schedules, as its settings want them at that moment."""
    async with services.db.writing() as tx:
        there = {(one.name, one.team_id): one for one in await schedules.everything(tx)}
        wanted = [
            _wanted(job, team, at, there.get((job.name, team.id)))
            for team in await teams.everything(tx)
            for job in jobs.values()
        ]
        await schedules.synchronise(tx, wanted, at)


async def run_due(
    services: Services,
    jobs: Mapping[str, Job],
    at: dt.datetime,
    *,
    resting: Iterable[int] = (),
    got_on: Callable[[], None] = lambda: None,
) -> list[int]:
    """Run what is due at that moment, each schedule's latest occurrence alone.

    Returns the ids of the schedules whose job failed; they stay due. Those in *resting* are left
    out. *got_on* hears of each job that has ended.
    """
    async with services.db.reading() as tx:
        every = {team.id: team for team in await teams.everything(tx)}
        rows = await schedules.due(tx, at)
    waiting = set(resting)
    failed = []
    for row in rows:
        if row.id in waiting or row.name not in jobs or row.team_id not in every:
            continue
        if not await _run_overdue(services, _Due(row, jobs[row.name], every[row.team_id]), at):
            failed.append(row.id)
        got_on()
    return failed


async def run_job(
    services: Services, jobs: Mapping[str, Job], name: str, at: dt.datetime
) -> list[Ran]:
    """Run the job's occurrence that is due at that moment for every team, once.

    Raises ``UnknownJobError``.
    """
    if name not in jobs:
        raise UnknownJobError(name)
    await synchronise(services, jobs, services.clock())
    async with services.db.reading() as tx:
        every = {team.id: team for team in await teams.everything(tx)}
        rows = [row for row in await schedules.named(tx, name) if row.team_id in every]
    ran = []
    for row in rows:
        one = _Due(row, jobs[name], every[row.team_id])
        occurrence = one.latest(at)
        new = await _run(services, one, occurrence)
        ran.append(Ran(name, one.team.name, occurrence.key, new))
    return ran


async def _run_overdue(services: Services, one: _Due, at: dt.datetime) -> bool:
    """Run the schedule's latest occurrence; return False where its job failed."""
    occurrence = one.latest(at)
    try:
        if _has_come(one.schedule, occurrence):
            await _run(services, one, occurrence)
        # Otherwise the rule has changed meanwhile, and its new moment lies ahead.
        await _move_on(services, one, at)
    except Exception:
        number = secrets.token_hex(3).upper()
        log.exception("job_failed", incident=number, job=one.job.name, team=one.team.id)
        return False
    return True


async def _run(services: Services, one: _Due, occurrence: Occurrence) -> bool:
    """Run the occurrence in one transaction with the note that it ran; return whether it was new.

    The note is what makes it run once, and the messages it queues come or go with it.
    """
    async with services.db.writing() as tx:
        new = await schedules.begin_run(tx, one.schedule.id, occurrence.key, services.clock())
        if new:
            await one.job.action(services, tx, one.team, occurrence)
    if new:
        log.info("job_ran", job=one.job.name, team=one.team.id, occurrence=occurrence.key)
        services.wake()
    return new


async def _move_on(services: Services, one: _Due, at: dt.datetime) -> None:
    ahead = _ahead(one.rule, at, zone(one.team.timezone))
    async with services.db.writing() as tx:
        await schedules.move(tx, one.schedule.id, ahead.due, ahead.key)


def _wanted(job: Job, team: Team, at: dt.datetime, there: Schedule | None) -> Wanted:
    """Return what the schedule should wait for: what lies ahead of *at*.

    Where its rule or its team's zone has changed so that what it waits for is already over, that
    is caught up.
    """
    rule, where = job.rule_for(team), zone(team.timezone)
    latest = _latest(rule, at, where)
    missed = there is not None and _has_come(there, latest)
    occurrence = latest if missed else _ahead(rule, at, where)
    return Wanted(job.name, team.id, rule.text(), occurrence.due, occurrence.key)


def _latest(rule: Rule, at: dt.datetime, where: ZoneInfo) -> Occurrence:
    due = last_due(rule, at, where)
    return Occurrence(occurrence_key(rule, due, where), due, where)


def _ahead(rule: Rule, at: dt.datetime, where: ZoneInfo) -> Occurrence:
    due = next_due(rule, at, where)
    return Occurrence(occurrence_key(rule, due, where), due, where)


def _has_come(there: Schedule, latest: Occurrence) -> bool:
    """Return whether *latest* is what the schedule waits for, or later.

    Names tell, as moments move with the rule; those of one kind of period are equally long.
    """
    if there.occurrence is None or len(there.occurrence) != len(latest.key):
        return latest.due >= there.next_due
    return latest.key >= there.occurrence


async def _nobody_else() -> bool:
    return True


class Ticking:
    """Runs what is due every twenty seconds; what failed rests longer each time.

    Of several processes the one for which *leads* says so does it, so that the others need not
    wait for its transactions. Should two do it all the same, what is due still runs once.
    """

    def __init__(
        self,
        services: Services,
        jobs: Mapping[str, Job],
        metrics: Metrics,
        leads: Callable[[], Awaitable[bool]] = _nobody_else,
        seconds: float = TICK_SECONDS,
    ) -> None:
        self._services = services
        self._jobs = jobs
        self._metrics = metrics
        self._leads = leads
        self._seconds = seconds
        self._resting: dict[int, tuple[dt.timedelta, dt.datetime]] = {}
        self._scheduler = AsyncIOScheduler(timezone=dt.UTC)
        self._at_work = asyncio.Lock()
        self._watch: asyncio.Task[None] | None = None
        self.ticked_at: float | None = None
        """When, by the loop's clock, it last got on: a tick that succeeded, or a job in one."""

    def start(self) -> None:
        """Tick now and from now on."""
        self._got_on()
        self._scheduler.add_job(
            self.tick,
            "interval",
            id=TICK,
            seconds=self._seconds,
            next_run_time=dt.datetime.now(dt.UTC),
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
        )
        self._scheduler.start()
        self._watch = asyncio.create_task(self._watching())

    async def stop(self, seconds: float) -> None:
        """Tick no more, and let a tick that is under way finish within *seconds*."""
        if not self._scheduler.running:
            return
        if self._watch is not None:
            self._watch.cancel()
        self._scheduler.remove_all_jobs()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds), self._at_work:
                pass
        self._scheduler.shutdown(wait=False)

    async def tick(self) -> None:
        """Bring the rows up to date with the teams, and run what is due."""
        async with self._at_work:
            await self._tick()

    async def _watching(self) -> None:
        """Keep it ticking when the machine's clock is set back.

        APScheduler waits for a time of that clock, which may then be days ahead.
        """
        longest = dt.timedelta(seconds=self._seconds)
        while (job := self._scheduler.get_job(TICK)) is not None:
            now = dt.datetime.now(dt.UTC)
            if job.next_run_time - now > longest:
                job.modify(next_run_time=now)
            await asyncio.sleep(self._seconds)

    async def _tick(self) -> None:
        now = self._services.clock()
        # A rest that has not begun yet is one of before the clock was set back.
        resting = [
            ident for ident, (rest, until) in self._resting.items() if until - rest <= now < until
        ]
        try:
            if not await self._leads():
                self._got_on()
                return
            await synchronise(self._services, self._jobs, now)
            failed = await run_due(
                self._services, self._jobs, now, resting=resting, got_on=self._got_on
            )
        except Exception:
            log.exception("tick_failed")
            self._metrics.failures.labels("ticking").inc()
            return
        self._got_on()
        self._rest(failed, resting, now)

    def _got_on(self) -> None:
        self.ticked_at = asyncio.get_running_loop().time()

    def _rest(self, failed: list[int], resting: list[int], now: dt.datetime) -> None:
        before, self._resting = self._resting, {}
        for ident in resting:
            self._resting[ident] = before[ident]
        for ident in failed:
            self._metrics.failures.labels("job").inc()
            last = before.get(ident, (FIRST_REST / 2, now))[0]
            rest = min(last * 2, LONGEST_REST)
            self._resting[ident] = (rest, now + rest)

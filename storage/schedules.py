"""Schedules: what recurs for which team, when it is due next, and what ran already."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import RowMapping, delete, select, update

from storage import locks, upserts
from storage.database import Transaction
from storage.tables import ScheduleRow, ScheduleRunRow

LOCK = "schedules"


@dataclass(frozen=True, slots=True)
class Schedule:
    """One job of one team; ``rule`` is its text.

    ``next_due`` is the occurrence it waits for and ``occurrence`` the name of that; rows of older
    versions have no name.
    """

    id: int
    name: str
    team_id: int
    rule: str
    next_due: dt.datetime
    occurrence: str | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A schedule as it should be: which occurrence it is to wait for, and the name of that."""

    name: str
    team_id: int
    rule: str
    next_due: dt.datetime
    occurrence: str | None = None


async def everything(tx: Transaction) -> list[Schedule]:
    """Return all schedules by name and team."""
    rows = select(ScheduleRow.__table__).order_by(ScheduleRow.name, ScheduleRow.team_id)
    return [_schedule(row) for row in (await tx.execute(rows)).mappings()]


async def due(tx: Transaction, at: dt.datetime) -> list[Schedule]:
    """Return the schedules that are due at that moment, the longest waiting first."""
    rows = select(ScheduleRow.__table__).where(ScheduleRow.next_due <= at)
    found = await tx.execute(rows.order_by(ScheduleRow.next_due, ScheduleRow.id))
    return [_schedule(row) for row in found.mappings()]


async def named(tx: Transaction, name: str) -> list[Schedule]:
    """Return the schedules of that job, by team."""
    rows = select(ScheduleRow.__table__).where(ScheduleRow.name == name)
    found = await tx.execute(rows.order_by(ScheduleRow.team_id))
    return [_schedule(row) for row in found.mappings()]


async def synchronise(tx: Transaction, wanted: Sequence[Wanted], now: dt.datetime) -> None:
    """Make the schedules those in *wanted*.

    One that is overdue keeps its moment, so that it is caught up; one that lies ahead moves with
    its rule, its team's time zone or a clock that was set back. Processes that do this at once do
    it one after another.
    """
    await locks.alone(tx, LOCK)
    known = {(one.name, one.team_id): one for one in await everything(tx)}
    fresh = [one for one in wanted if (one.name, one.team_id) not in known]
    for one in fresh:
        await _add(tx, one)
    for one in wanted:
        there = known.pop((one.name, one.team_id), None)
        if there is not None:
            await _adjust(tx, there, one, now)
    if known:
        gone = [one.id for one in known.values()]
        await tx.execute(delete(ScheduleRow).where(ScheduleRow.id.in_(gone)))


async def begin_run(tx: Transaction, schedule_id: int, occurrence: str, now: dt.datetime) -> bool:
    """Note that the occurrence runs in this transaction; return False where it ran already.

    Of several processes one gets True: the others wait for its transaction and then see the row,
    or, when it was rolled back, run the occurrence themselves.
    """
    row = upserts.into(tx, ScheduleRunRow).values(
        schedule_id=schedule_id, occurrence=occurrence, ran_at=now
    )
    done = await tx.execute(row.on_conflict_do_nothing().returning(ScheduleRunRow.id))
    return done.first() is not None


async def move(
    tx: Transaction, schedule_id: int, next_due: dt.datetime, occurrence: str | None = None
) -> None:
    """Let the schedule wait for that occurrence, unless it waits for a later moment already."""
    earlier = (ScheduleRow.id == schedule_id, ScheduleRow.next_due < next_due)
    values = {"next_due": next_due, "occurrence": occurrence}
    await tx.execute(update(ScheduleRow).where(*earlier).values(values))


async def lag(tx: Transaction, now: dt.datetime) -> float:
    """Return for how many seconds the most overdue schedule has been due."""
    earliest = select(ScheduleRow.next_due).order_by(ScheduleRow.next_due).limit(1)
    first = (await tx.execute(earliest)).scalar_one_or_none()
    return 0.0 if first is None else max(0.0, (now - first).total_seconds())


async def forget_runs(tx: Transaction, before: dt.datetime) -> None:
    """Remove the notes of runs before that moment."""
    await tx.execute(delete(ScheduleRunRow).where(ScheduleRunRow.ran_at < before))


async def _add(tx: Transaction, one: Wanted) -> None:
    row = upserts.into(tx, ScheduleRow).values(
        name=one.name,
        team_id=one.team_id,
        rule=one.rule,
        next_due=one.next_due,
        occurrence=one.occurrence,
    )
    await tx.execute(row.on_conflict_do_nothing())


async def _adjust(tx: Transaction, there: Schedule, wanted: Wanted, now: dt.datetime) -> None:
    values: dict[str, object] = {}
    if there.rule != wanted.rule:
        values["rule"] = wanted.rule
    waits, should = (
        {"next_due": one.next_due, "occurrence": one.occurrence} for one in (there, wanted)
    )
    if there.next_due > now and waits != should:
        values |= should
    if values:
        await tx.execute(update(ScheduleRow).where(ScheduleRow.id == there.id).values(values))


def _schedule(row: RowMapping) -> Schedule:
    return Schedule(
        id=row["id"],
        name=row["name"],
        team_id=row["team_id"],
        rule=row["rule"],
        next_due=row["next_due"],
        occurrence=row["occurrence"],
    )

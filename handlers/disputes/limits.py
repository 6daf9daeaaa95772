"""How many disputes an agent may open in a month on their clock, and by when one is due."""

import datetime as dt

from handlers.evaluating.casefile import CaseFile, dispute_count, dispute_days
from scoring.periods import add_working_days
from scoring.zones import local_day, moment_of
from storage import disputes
from storage.database import Transaction

DAY_ENDS = dt.time(23, 59)


async def left(tx: Transaction, file: CaseFile, now: dt.datetime) -> int | None:
    """Return how many disputes the agent may still open this month; ``None``: without limit."""
    most = dispute_count(file.team)
    if not most:
        return None
    begin, end = _month(local_day(now, file.clock))
    window = (moment_of(begin, dt.time(), file.clock), moment_of(end, dt.time(), file.clock))
    return max(0, most - await disputes.opened_by(tx, file.agent.id, window))


def next_month(file: CaseFile, now: dt.datetime) -> dt.date:
    """Return the day from which the agent may open disputes again."""
    return _month(local_day(now, file.clock))[1]


def due_at(file: CaseFile, now: dt.datetime) -> dt.datetime:
    """Return when the decision is due: the end of the last of the team's working days for it."""
    return _end_of(file, now, max(1, dispute_days(file.team)))


def escalates_at(file: CaseFile, now: dt.datetime) -> dt.datetime:
    """Return until when another evaluator may take it: the end of half of these days."""
    return _end_of(file, now, max(1, dispute_days(file.team)) // 2)


def _end_of(file: CaseFile, now: dt.datetime, days: int) -> dt.datetime:
    last = add_working_days(local_day(now, file.clock), days)
    return moment_of(last, DAY_ENDS, file.clock)


def _month(day: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first day of the month that *day* is in, and of the one after it."""
    first = day.replace(day=1)
    return first, (first + dt.timedelta(days=31)).replace(day=1)

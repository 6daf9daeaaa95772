"""A KPI file's rows: each cell understood, or the sentence that says what is wrong with it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from handlers.people.rows import Surplus
from handlers.refusals import Sorry
from handlers.tables.limits import LARGE
from handlers.tables.tables import Columns, Row, Table
from handlers.tables.written import AmbiguousDateError, Habits, habits, intact, moment, number
from handlers.views.screen import shorten
from handlers.words import N_
from scoring.metrics import Metric, Unit

COLUMNS = Columns(
    ("agent", "date", "metric", "value"),
    ("agent_key",),
    rows=LARGE.rows,
    instead={"agent": "agent_key"},
)
MOST = 10**12
"""A larger number is no figure of anybody's day."""

EARLIEST_YEAR = 2000
"""An earlier year is a slip of the hand."""

SHOWN = 40


class NoAgent(Sorry):
    """The agent's cell is empty."""

    sentence = N_("The agent is missing.")


class NotADate(Sorry):
    """Something else than a date."""

    sentence = N_("“{text}” is no date: please write it like 2026-10-31 or 31.10.2026.")


class AmbiguousDate(Sorry):
    """Day and month could be either way round, and no other row tells."""

    sentence = N_(
        "“{text}” is no date that reads one way only: day and month could be either way round. "
        "Please write it like 2026-10-31."
    )


class UnknownMetric(Sorry):
    """Something else than a configured metric."""

    sentence = N_("I know no metric “{metric}”: it is one of {known}.")


class NotANumber(Sorry):
    """Something else than a number of at least 0."""

    sentence = N_("“{text}” is no number: please write it like 91.5 or 91,5, not below 0.")


class TooHigh(Sorry):
    """More than there can be of the metric in a day."""

    sentence = N_("{value} is too high: at most {limit}.")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a row says: one agent's day in one metric."""

    row: Row
    agent: str
    agent_key: str
    day: dt.date
    metric: Metric
    value: float


def habits_of(table: Table) -> Habits:
    """Return how the file writes values and dates."""
    return habits(
        (row["value"] for row in table.rows),
        (row["date"] for row in table.rows),
        workbook=table.style is None,
    )


def understand(metrics: Mapping[str, Metric], known: Habits, row: Row) -> Wanted:
    """Return what *row* wants, *metrics* being by key; raise the ``Sorry`` that says what not."""
    if row.surplus:
        raise Surplus
    if not (row["agent"] or row["agent_key"]):
        raise NoAgent
    metric = _metric(metrics, row["metric"])
    agent, key = (intact(column, row[column]) for column in ("agent", "agent_key"))
    day, value = _day(row["date"], known), _value(metric, row["value"], known)
    return Wanted(row, agent, key, day, metric, value)


def _metric(metrics: Mapping[str, Metric], cell: str) -> Metric:
    metric = metrics.get("_".join(cell.casefold().split()))
    if metric is None:
        raise UnknownMetric(metric=shorten(cell, SHOWN), known=", ".join(metrics))
    return metric


def _day(cell: str, known: Habits) -> dt.date:
    try:
        read = moment(cell, known)
    except AmbiguousDateError as error:
        raise AmbiguousDate(text=shorten(cell, SHOWN)) from error
    except ValueError as error:
        raise NotADate(text=shorten(cell, SHOWN)) from error
    if read.year < EARLIEST_YEAR or read.time() != dt.time() or read.tzinfo is not None:
        raise NotADate(text=shorten(cell, SHOWN))
    return read.date()


def _value(metric: Metric, cell: str, known: Habits) -> float:
    intact("value", cell)
    bare = cell.removesuffix("%").rstrip() if metric.unit is Unit.PERCENT else cell
    try:
        value = number(bare, known)
    except ValueError as error:
        raise NotANumber(text=shorten(cell, SHOWN)) from error
    if value > MOST:
        raise NotANumber(text=shorten(cell, SHOWN))
    if value > metric.most:
        raise TooHigh(value=shorten(cell, SHOWN), limit=int(metric.most))
    return float(value)

"""A KPI file's rows: each cell understood, or the sentence that says what is wrong with it."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from handlers.people.rows import Surplus
from handlers.refusals import Sorry
from handlers.tables.limits import LARGE
from handlers.tables.tables import Columns, Row
from handlers.views.screen import shorten
from handlers.words import N_
from scoring.metrics import Metric, Unit

COLUMNS = Columns(
    ("agent", "date", "metric", "value"),
    ("agent_key",),
    rows=LARGE.rows,
    instead={"agent": "agent_key"},
)
DAY = re.compile(
    r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})(?:[ T]00:00(?::00)?)?"
)
DOTTED = re.compile(r"(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{4})")
NUMBER = re.compile(r"[0-9]{1,12}(?:[.,][0-9]{1,20})?")
EARLIEST_YEAR = 2000
"""An earlier year is a slip of the hand."""

SHOWN = 40


class NoAgent(Sorry):
    """The agent's cell is empty."""

    sentence = N_("The agent is missing.")


class NotADate(Sorry):
    """Something else than a date."""

    sentence = N_("“{text}” is no date: please write it like 2026-10-31 or 31.10.2026.")


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


def understand(metrics: Mapping[str, Metric], row: Row) -> Wanted:
    """Return what *row* wants, *metrics* being by key; raise the ``Sorry`` that says what not."""
    if row.surplus:
        raise Surplus
    if not (row["agent"] or row["agent_key"]):
        raise NoAgent
    metric = _metric(metrics, row["metric"])
    day, value = _day(row["date"]), _value(metric, row["value"])
    return Wanted(row, row["agent"], row["agent_key"], day, metric, value)


def _metric(metrics: Mapping[str, Metric], cell: str) -> Metric:
    metric = metrics.get("_".join(cell.casefold().split()))
    if metric is None:
        raise UnknownMetric(metric=shorten(cell, SHOWN), known=", ".join(metrics))
    return metric


def _day(cell: str) -> dt.date:
    found = DAY.fullmatch(cell) or DOTTED.fullmatch(cell)
    try:
        if found is not None and int(found["year"]) >= EARLIEST_YEAR:
            return dt.date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError as error:
        raise NotADate(text=shorten(cell, SHOWN)) from error
    raise NotADate(text=shorten(cell, SHOWN))


def _value(metric: Metric, cell: str) -> float:
    bare = cell.removesuffix("%").rstrip() if metric.unit is Unit.PERCENT else cell
    if NUMBER.fullmatch(bare) is None:
        raise NotANumber(text=shorten(cell, SHOWN))
    value = float(bare.replace(",", "."))
    if value > metric.most:
        raise TooHigh(value=shorten(cell, SHOWN), limit=int(metric.most))
    return value

"""A workbook's cells as their texts: what stands there as a person sees it.

A number's unit is in its format, not in its value: 91.5 % is kept as 0.915, and five past three of
a day's hours as 0.128. What Excel has lost the last digits of is written as Excel writes it then,
so that no made-up digits pass for real ones.
"""

import datetime as dt
import re
from decimal import Decimal

from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell

MOST_DIGITS = 15
"""More than so many a spreadsheet cannot keep (IEEE 754, as Excel uses it)."""

TOO_LONG = 10**MOST_DIGITS
ROUNDED = 12
"""Decimals of a percentage: a computed 0.915 is rarely exact."""

NOT_SHOWN = re.compile(r'"[^"]*"|\\.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
"""What of a number's format is quoted words, or a colour, a currency or a condition."""

FIRST_YEAR = 1901
"""An earlier date is a duration of a day or more: spreadsheets count from 1899."""

ZERO = dt.datetime(1899, 12, 30)  # noqa: DTZ001  without a zone, as spreadsheets have it


def text_of(cell: ReadOnlyCell | EmptyCell) -> str:
    """Return a cell's value as a person would type it."""
    value: object = cell.value
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number(value, _shape(cell))
    return "" if value is None else _time(value, cell)


def _time(value: object, cell: ReadOnlyCell | EmptyCell) -> str:
    if isinstance(value, dt.datetime):
        return _moment(value)
    if isinstance(value, dt.timedelta):
        return _clock(value, with_seconds=True)
    if isinstance(value, dt.time):
        return _clock(_since_midnight(value), with_seconds="s" in _shape(cell).lower())
    return str(value)


def _shape(cell: ReadOnlyCell | EmptyCell) -> str:
    """Return the format's visible part for numbers that are not below 0."""
    shape = str(cell.number_format) if isinstance(cell, ReadOnlyCell) else ""
    if not shape or shape == "General":
        return ""
    return NOT_SHOWN.sub("", shape).split(";")[0]


def _number(value: float, shape: str) -> str:
    if "%" in shape:
        percent = round(Decimal(repr(value)) * 100, ROUNDED)
        return f"{_plain(percent)}%"
    if abs(value) >= TOO_LONG:
        return f"{Decimal(value).normalize():E}"
    return _plain(Decimal(repr(value)))


def _plain(value: Decimal) -> str:
    """Return the number without an exponent and without noughts at its end."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _moment(value: dt.datetime) -> str:
    if value.year < FIRST_YEAR:
        return _clock(value - ZERO, with_seconds=True)
    return value.isoformat(sep=" ")


def _since_midnight(value: dt.time) -> dt.timedelta:
    return dt.timedelta(
        hours=value.hour,
        minutes=value.minute,
        seconds=value.second,
        microseconds=value.microsecond,
    )


def _clock(value: dt.timedelta, *, with_seconds: bool) -> str:
    total = round(value.total_seconds())
    hours, minutes, rest = total // 3600, total // 60 % 60, total % 60
    return f"{hours}:{minutes:02}:{rest:02}" if with_seconds else f"{hours}:{minutes:02}"

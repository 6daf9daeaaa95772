"""A day as people type it."""

import datetime as dt
import re

from handlers.refusals import Sorry
from handlers.words import N_

WRITTEN = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
DOTTED = re.compile(r"([0-9]{1,2})[./]([0-9]{1,2})(?:[./]([0-9]{4}))?\.?")


class NotADate(Sorry):
    """Something else than a date."""

    sentence = N_("Please write a date such as 2026-12-15 or 15.12.")


def date_typed(text: str, today: dt.date) -> dt.date:
    """Return the day that *text* names; without a year it is the next such day after *today*.

    Raises ``NotADate``.
    """
    text = text.strip()
    try:
        if found := WRITTEN.fullmatch(text):
            return dt.date(*(int(part) for part in found.groups()))
        if found := DOTTED.fullmatch(text):
            return _dotted(int(found[1]), int(found[2]), found[3], today)
    except ValueError as error:
        raise NotADate from error
    raise NotADate


def _dotted(day: int, month: int, year: str | None, today: dt.date) -> dt.date:
    if year is not None:
        return dt.date(int(year), month, day)
    this_year = dt.date(today.year, month, day)
    return this_year if this_year > today else dt.date(today.year + 1, month, day)

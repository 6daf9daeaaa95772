"""Reporting periods in words: in a title, under a chart's line, on buttons."""

import datetime as dt

from babel.dates import format_date

from handlers.words import N_, Words
from scoring.periods import Period, PeriodKind, token

SWITCHES = {
    "month": N_("Month"),
    "last_month": N_("Last month"),
    "quarter": N_("Quarter"),
    "year": N_("Year"),
}
"""The periods that buttons offer, by their token."""

SWITCHES_SHOWN = 3


def title(t: Words, period: Period, today: dt.date) -> str:
    """Return the period's name, such as November; the year is named where it is not this one."""
    first, elsewhere = period.first, period.first.year != today.year
    if period.kind is PeriodKind.MONTH:
        return t.month(first, year=elsewhere)
    if period.kind is PeriodKind.YEAR:
        return str(first.year)
    if period.kind is PeriodKind.QUARTER:
        return _quarter(t, first, year=elsewhere)
    return days(t, first, period.last, year=elsewhere)


def days(t: Words, first: dt.date, last: dt.date, *, year: bool = False) -> str:
    """Return a span of days such as 16–22 Nov."""
    if first == last:
        return t.day(first, year=year)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{t.day(last, year=year)}"
    return f"{t.day(first, year=first.year != last.year)} – {t.day(last, year=year)}"


def short(t: Words, period: Period, *, year: bool = False) -> str:
    """Return the period's name as it fits under a line, such as Nov, or Dec 2025 with its year."""
    first = period.first
    if period.kind is PeriodKind.MONTH:
        return format_date(first, "LLL y" if year else "LLL", locale=t.language)
    if period.kind is PeriodKind.QUARTER:
        return format_date(first, "QQQ y" if year else "QQQ", locale=t.language)
    if period.kind is PeriodKind.YEAR:
        return str(first.year)
    return t.day(first, year=year)


def line_label(t: Words, kind: PeriodKind, count: int) -> str:
    """Return how much a trend covers, such as 12 months."""
    forms = {
        PeriodKind.WEEK: lambda: t.plural("{count} week", "{count} weeks", count),
        PeriodKind.MONTH: lambda: t.plural("{count} month", "{count} months", count),
        PeriodKind.QUARTER: lambda: t.plural("{count} quarter", "{count} quarters", count),
        PeriodKind.YEAR: lambda: t.plural("{count} year", "{count} years", count),
        PeriodKind.RANGE: lambda: t.plural("{count} period", "{count} periods", count),
    }
    return forms[kind]()


def switches(shown: Period) -> dict[str, str]:
    """Return the tokens and labels of the periods to offer beside the one that is shown."""
    others = {name: label for name, label in SWITCHES.items() if name != token(shown)}
    return dict(list(others.items())[:SWITCHES_SHOWN])


def _quarter(t: Words, first: dt.date, *, year: bool) -> str:
    number = (first.month + 2) // 3
    if year:
        return t("Quarter {number}, {year}", number=number, year=first.year)
    return t("Quarter {number}", number=number)

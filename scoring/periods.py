"""Reporting periods: which days a word such as ``last month`` means, and what to set them against.

A period is made of calendar days; ``Period.bounds`` places it on a team's clock.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from scoring.zones import moment_of

EARLIEST_YEAR = 1970
"""No report can be asked for before this year."""

_DAY = timedelta(days=1)


class PeriodKind(StrEnum):
    """The unit of the calendar that a period is, or a range of days of its own."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    RANGE = "range"


class Extent(StrEnum):
    """How much of its unit a period covers, and how it was named."""

    TO_DATE = "to_date"
    """The current unit up to the day of asking (``month``)."""
    LAST = "last"
    """The whole unit before the current one (``last month``)."""
    WHOLE = "whole"
    """A whole unit or range named by its own dates (``2026-10``)."""
    PART = "part"
    """The opening days of an earlier unit, to set a period to date against."""


class UnknownPeriod(ValueError):  # noqa: N818  # names what the person wrote
    """These words name no period."""

    def __init__(self, text: str) -> None:
        """Keep *text* as it was written."""
        super().__init__(text)
        self.text = text


class ReversedPeriod(UnknownPeriod):
    """The range ends before it begins."""


class FuturePeriod(UnknownPeriod):
    """The period begins after today, so nothing can have been submitted in it."""


class DistantYear(UnknownPeriod):
    """The year lies before ``EARLIEST_YEAR`` or after the next one."""


@dataclass(frozen=True, slots=True)
class Period:
    """The days from *first* to *last*, both included."""

    kind: PeriodKind
    first: date
    last: date
    extent: Extent = Extent.WHOLE

    def __post_init__(self) -> None:
        """Raise ``ReversedPeriod`` when the last day comes before the first."""
        if self.last < self.first:
            raise ReversedPeriod(f"{self.first}..{self.last}")

    @property
    def days(self) -> int:
        """How many days the period has, at least 1."""
        return (self.last - self.first).days + 1

    def bounds(self, where: ZoneInfo) -> tuple[datetime, datetime]:
        """Return the first moment (UTC) of the period in *where* and the first one after it."""
        midnight = time()
        return moment_of(self.first, midnight, where), moment_of(self.last + _DAY, midnight, where)


def parse_period(text: str, today: date) -> Period:
    """Return the period that *text* names on the day *today*; empty text is the month to date.

    Understood in any case: ``week``, ``month``, ``quarter``, ``year`` (to date) and ``last`` with
    each, in English, Russian and Ukrainian; ``2026-10``; ``2026-10-01..2026-10-15``; and what
    ``token`` writes. Raises ``UnknownPeriod``, or its exacter kinds ``ReversedPeriod``,
    ``FuturePeriod`` and ``DistantYear``.
    """
    words = text.replace("_", " ").casefold().split() or [PeriodKind.MONTH.value]
    named = _by_words(words, today)
    return named or _by_dates(" ".join(words), text, today)


def read_token(text: str) -> Period:
    """Return the period that ``token`` wrote by its dates, whatever day it is.

    What was queued for a period is told of it even where a clock was set back meanwhile, or a job
    was run ahead of its time. Raises ``UnknownPeriod``.
    """
    dates = text.casefold()
    period = _read_range(dates) or _read_unit(dates)
    if period is None:
        raise UnknownPeriod(text)
    return period


def token(period: Period) -> str:
    """Return an ASCII name of at most 24 bytes that ``parse_period`` takes for the same days.

    A period named by a word keeps it (``month``, ``last_month``), so it moves on with the
    calendar; any other carries its dates (``2026-W47``, ``2026-10``, ``2026-Q4``, ``2026``).
    """
    if period.extent is Extent.TO_DATE:
        return period.kind.value
    if period.extent is Extent.LAST:
        return f"last_{period.kind}"
    if period.extent is Extent.WHOLE and period.kind is not PeriodKind.RANGE:
        return _written(period.kind, period.first)
    return f"{period.first}..{period.last}"


def previous(period: Period) -> Period:
    """Return the period that a change is reckoned against.

    To date: the same number of opening days of the unit before, at most all of it. A whole unit:
    the whole one before. A range: as many days just before it.
    """
    before = _whole_before(period)
    if period.extent in (Extent.LAST, Extent.WHOLE):
        return before
    last = min(before.last, before.first + (period.days - 1) * _DAY)
    return Period(period.kind, before.first, last, Extent.PART)


def trend(period: Period, count: int = 12) -> list[Period]:
    """Return *count* periods of the same kind, oldest first, of which *period* is the last.

    Those before it are whole. Raises ``ValueError`` for a count below 1.
    """
    if count < 1:
        raise ValueError(f"a trend needs at least one period, not {count}")
    line = [period]
    while len(line) < count:
        line.append(_whole_before(line[-1]))
    return line[::-1]


def add_working_days(day: date, count: int) -> date:
    """Return the working day (Monday to Friday) that is *count* of them after *day*.

    Counting begins on the day after; 0 gives *day* itself. Raises ``ValueError`` below 0.
    """
    if count < 0:
        raise ValueError(f"working days are counted forward, not {count}")
    if count == 0:
        return day
    from_weekday = min(day.weekday(), 4)  # a weekend counts on from its Friday
    monday = day - day.weekday() * _DAY
    weeks, weekday = divmod(from_weekday + count, 5)
    return monday + (7 * weeks + weekday) * _DAY


_WORDS = {
    PeriodKind.WEEK: "week неделя неделю недели неделе тиждень тижня тижні",
    PeriodKind.MONTH: "month месяц месяца месяце місяць місяця місяці",
    PeriodKind.QUARTER: "quarter квартал квартала квартале кварталу кварталі",
    PeriodKind.YEAR: "year год года году рік року році",
}
_UNITS = {word: kind for kind, words in _WORDS.items() for word in words.split()}
_LAST = {
    "last",
    *("прошлый", "прошлая", "прошлую", "прошлой", "прошлого", "прошлом"),
    *("минулий", "минулого", "минулому"),
}


def _by_words(words: list[str], today: date) -> Period | None:
    """Return the period named in plain words, relative to *today*."""
    kind = _UNITS.get(words[-1])
    if kind is None:
        return None
    current = _unit(kind, today)
    if len(words) == 1:
        return Period(kind, current.first, today, Extent.TO_DATE)
    if len(words) == 2 and words[0] in _LAST:
        last = _whole_before(current)
        return Period(kind, last.first, last.last, Extent.LAST)
    return None


def _by_dates(dates: str, text: str, today: date) -> Period:
    """Return the period named by *dates*, which the person wrote as *text*."""
    try:
        period = _read_range(dates) or _read_unit(dates)
    except ReversedPeriod:
        raise ReversedPeriod(text) from None
    except (ValueError, OverflowError):  # a thirteenth month, a thirtieth of February
        period = None
    if period is None:
        raise UnknownPeriod(text)
    if period.first.year < EARLIEST_YEAR or period.last.year > today.year + 1:
        raise DistantYear(text)
    if period.first > today:
        raise FuturePeriod(text)
    return period


_RANGE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}) ?\.\. ?([0-9]{4}-[0-9]{2}-[0-9]{2})")
_UNIT = re.compile(  # each group bears the name of its kind
    r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})|-w(?P<week>[0-9]{2})|-q(?P<quarter>[1-4]))?"
)


def _read_range(dates: str) -> Period | None:
    found = _RANGE.fullmatch(dates)
    if found is None:
        return None
    first, last = (date.fromisoformat(day) for day in found.groups())
    return Period(PeriodKind.RANGE, first, last)


def _read_unit(dates: str) -> Period | None:
    found = _UNIT.fullmatch(dates)
    if found is None or found.lastgroup is None:
        return None
    kind = PeriodKind(found.lastgroup)
    year, number = int(found["year"]), int(found[kind.value])
    if kind is PeriodKind.WEEK:
        return _unit(kind, date.fromisocalendar(year, number, 1))
    month = {PeriodKind.MONTH: number, PeriodKind.QUARTER: 3 * number - 2}.get(kind, 1)
    return _unit(kind, date(year, month, 1))


def _written(kind: PeriodKind, first: date) -> str:
    """Return the number of the unit that begins on *first*."""
    week = first.isocalendar()
    return {
        PeriodKind.WEEK: f"{week.year}-W{week.week:02}",
        PeriodKind.MONTH: f"{first.year}-{first.month:02}",
        PeriodKind.QUARTER: f"{first.year}-Q{(first.month + 2) // 3}",
        PeriodKind.YEAR: f"{first.year}",
    }[kind]


_MONTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.YEAR: 12}


def _unit(kind: PeriodKind, day: date) -> Period:
    """Return the whole week (from Monday), month, quarter or year that *day* belongs to."""
    if kind is PeriodKind.WEEK:
        monday = day - day.weekday() * _DAY
        return Period(kind, monday, monday + 6 * _DAY)
    months = _MONTHS[kind]
    opening = (day.month - 1) // months * months + 1
    closing = opening + months - 1
    last = date(day.year, closing, monthrange(day.year, closing)[1])
    return Period(kind, date(day.year, opening, 1), last)


def _whole_before(period: Period) -> Period:
    """Return the whole unit before the one of *period*, or the range of equal length."""
    eve = period.first - _DAY
    if period.kind is PeriodKind.RANGE:
        return Period(period.kind, period.first - period.days * _DAY, eve)
    return _unit(period.kind, eve)

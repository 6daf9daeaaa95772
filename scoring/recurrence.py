"""What recurs: daily, weekly and monthly rules on a team's own clock, and their occurrences.

Each rule has one day in every day, week or month. An occurrence belongs to that day whatever the
clocks do: a time that they skip moves to the first moment after it, one that they show twice
comes once. The occurrence of a whole skipped day falls at the start of the next one, and where
that one's own is at midnight too the two are one, named after the later day.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from scoring.zones import local_day, moment_of

_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class UnknownRule(ValueError):  # noqa: N818  # names what was written
    """This text is no rule of recurrence."""

    def __init__(self, text: str) -> None:
        """Keep *text* as it was written."""
        super().__init__(text)
        self.text = text


@dataclass(frozen=True, slots=True)
class Daily:
    """Every day at the local time *at*."""

    at: time

    def __post_init__(self) -> None:
        """Raise ``ValueError`` unless *at* is a naive time in whole minutes."""
        _require_minutes(self.at)

    def day_in(self, day: date) -> date:
        """Return the rule's day in the period that *day* belongs to: itself."""
        return day

    def after(self, day: date) -> date:
        """Return the rule's day in the period after that of *day*."""
        return day + _DAY

    def before(self, day: date) -> date:
        """Return the rule's day in the period before that of *day*."""
        return day - _DAY

    def key(self, day: date) -> str:
        """Return the name of the period that *day* belongs to, such as ``2026-11-22``."""
        return day.isoformat()

    def text(self) -> str:
        """Return the rule as ``parse_rule`` reads it, such as ``daily 10:00``."""
        return f"daily {self.at:%H:%M}"


@dataclass(frozen=True, slots=True)
class Weekly:
    """Every week on *weekday* (0 is Monday) at the local time *at*."""

    weekday: int
    at: time

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a weekday outside 0 to 6 or a time not in whole minutes."""
        if not 0 <= self.weekday <= 6:
            raise ValueError(f"a weekday is 0 (Monday) to 6, not {self.weekday}")
        _require_minutes(self.at)

    def day_in(self, day: date) -> date:
        """Return the rule's day in the week (from Monday) that *day* belongs to."""
        return day + (self.weekday - day.weekday()) * _DAY

    def after(self, day: date) -> date:
        """Return the rule's day in the week after that of *day*."""
        return self.day_in(day) + _WEEK

    def before(self, day: date) -> date:
        """Return the rule's day in the week before that of *day*."""
        return self.day_in(day) - _WEEK

    def key(self, day: date) -> str:
        """Return the ISO 8601 week that *day* belongs to, such as ``2026-W47``."""
        week = day.isocalendar()
        return f"{week.year}-W{week.week:02}"

    def text(self) -> str:
        """Return the rule as ``parse_rule`` reads it, such as ``weekly mon 09:00``."""
        return f"weekly {_WEEKDAYS[self.weekday]} {self.at:%H:%M}"


@dataclass(frozen=True, slots=True)
class Monthly:
    """Every month on *day* (the last one where it has fewer) at the local time *at*."""

    day: int
    at: time

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a day outside 1 to 31 or a time not in whole minutes."""
        if not 1 <= self.day <= 31:
            raise ValueError(f"a day of the month is 1 to 31, not {self.day}")
        _require_minutes(self.at)

    def day_in(self, day: date) -> date:
        """Return the rule's day in the month that *day* belongs to."""
        return day.replace(day=min(self.day, _length(day)))

    def after(self, day: date) -> date:
        """Return the rule's day in the month after that of *day*."""
        return self.day_in(day.replace(day=_length(day)) + _DAY)

    def before(self, day: date) -> date:
        """Return the rule's day in the month before that of *day*."""
        return self.day_in(day.replace(day=1) - _DAY)

    def key(self, day: date) -> str:
        """Return the month that *day* belongs to, such as ``2026-11``."""
        return f"{day.year}-{day.month:02}"

    def text(self) -> str:
        """Return the rule as ``parse_rule`` reads it, such as ``monthly 1 09:00``."""
        return f"monthly {self.day} {self.at:%H:%M}"


Rule = Daily | Weekly | Monthly


def due_at(rule: Rule, day: date, where: ZoneInfo) -> datetime:
    """Return when (UTC) *rule* is due in the day, week or month that *day* belongs to."""
    return moment_of(rule.day_in(day), rule.at, where)


def next_due(rule: Rule, after: datetime, where: ZoneInfo) -> datetime:
    """Return the first occurrence (UTC) strictly after a moment."""
    day = rule.before(local_day(after, where))
    while (due := due_at(rule, day, where)) <= after:
        day = rule.after(day)
    return due


def last_due(rule: Rule, at: datetime, where: ZoneInfo) -> datetime:
    """Return the latest occurrence (UTC) at or before a moment."""
    return due_at(rule, _last_day(rule, at, where), where)


def occurrence_key(rule: Rule, occurrence: datetime, where: ZoneInfo) -> str:
    """Return the name of the period whose occurrence this is: one name for each, ever.

    A moment between two occurrences has the name of the one before it. The name does not depend
    on the rule's time of day, so that moving a digest on its day does not send it twice.
    """
    return rule.key(_last_day(rule, occurrence, where))


_RULE = re.compile(
    r"(?:daily|weekly (?P<weekday>[a-z]{3})|monthly (?P<day>[0-9]{1,2}))"
    r" (?P<at>[0-9]{2}:[0-9]{2})"
)


def parse_rule(text: str) -> Rule:
    """Return the rule written as ``daily 10:00``, ``weekly mon 09:00`` or ``monthly 1 09:00``.

    Case and blanks do not matter. Raises ``UnknownRule``.
    """
    found = _RULE.fullmatch(" ".join(text.casefold().split()))
    if found is None:
        raise UnknownRule(text)
    try:
        return _read(found["weekday"], found["day"], time.fromisoformat(found["at"]))
    except ValueError as impossible:  # a weekday, day or hour that does not exist
        raise UnknownRule(text) from impossible


def _read(weekday: str | None, day: str | None, at: time) -> Rule:
    if weekday is not None:
        return Weekly(_WEEKDAYS.index(weekday), at)
    if day is not None:
        return Monthly(int(day), at)
    return Daily(at)


def _last_day(rule: Rule, at: datetime, where: ZoneInfo) -> date:
    """Return the rule's day whose occurrence is the latest at or before a moment."""
    day = rule.after(local_day(at, where))
    while due_at(rule, day, where) > at:
        day = rule.before(day)
    return day


def _length(month: date) -> int:
    """Return how many days the month of a date has."""
    return monthrange(month.year, month.month)[1]


def _require_minutes(at: time) -> None:
    if at.tzinfo is not None or at.second or at.microsecond:
        raise ValueError(f"a local time in whole minutes is needed, not {at}")

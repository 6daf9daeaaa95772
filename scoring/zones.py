"""Local time: a team's own clock and calendar, through every clock change.

Moments are aware and come back in UTC. A local time that a change of clocks skips stands for the
first moment after it; one that comes twice stands for the first of the two.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_DAY = timedelta(days=1)


class UnknownZone(ValueError):  # noqa: N818  # names what the person wrote, as UnknownPeriod does
    """No time zone has this name."""

    def __init__(self, name: str) -> None:
        """Keep *name* as it was written."""
        super().__init__(name)
        self.name = name


@dataclass(frozen=True, slots=True)
class QuietHours:
    """The local hours in which messages are held back, from *start* until just before *end*.

    They cross midnight when *start* is the later one; two equal times hold nothing back.
    """

    start: time
    end: time


def zone(name: str) -> ZoneInfo:
    """Return the zone with an IANA *name*; raise ``UnknownZone`` where there is none."""
    try:
        return ZoneInfo(name.strip())
    except (ZoneInfoNotFoundError, ValueError, OSError) as missing:  # OSError: it names a folder
        raise UnknownZone(name) from missing


def local_day(moment: datetime, where: ZoneInfo) -> date:
    """Return the date that calendars in *where* show at *moment*."""
    return _aware(moment).astimezone(where).date()


def moment_of(day: date, at: time, where: ZoneInfo) -> datetime:
    """Return the first moment (UTC) at which clocks in *where* show *at* on *day*, or are past it.

    So a skipped time, or a whole skipped day, stands for the moment when the clocks went forward.
    """
    wall = datetime.combine(day, at, tzinfo=where)
    moment = wall.astimezone(UTC)
    if _shown(moment, where) == wall.replace(tzinfo=None):
        return moment
    return _first_past(
        wall.replace(tzinfo=None), where, wall.replace(fold=1).astimezone(UTC), moment
    )


def next_allowed(moment: datetime, where: ZoneInfo, quiet: QuietHours | None) -> datetime:
    """Return *moment* in UTC, or the end of the quiet hours in *where* that it falls in."""
    allowed = _aware(moment).astimezone(UTC)
    if quiet is None or quiet.start == quiet.end:
        return allowed
    today = local_day(moment, where)
    for day in (today - _DAY, today, today + _DAY):
        begins, ends = _quiet_on(day, where, quiet)
        if begins <= allowed < ends:
            allowed = ends
    return allowed


def _quiet_on(day: date, where: ZoneInfo, quiet: QuietHours) -> tuple[datetime, datetime]:
    """Return the first moment of the quiet hours that begin on *day*, and the first after."""
    until = day if quiet.start < quiet.end else day + _DAY
    return moment_of(day, quiet.start, where), moment_of(until, quiet.end, where)


def _first_past(wall: datetime, where: ZoneInfo, low: datetime, high: datetime) -> datetime:
    """Return the second after *low*, up to *high*, when clocks first show *wall* or later.

    Between the two the clocks went forward once, and they do so on a whole second.
    """
    low = low.replace(microsecond=0)
    missed, past = 0, int((high - low).total_seconds())
    while past - missed > 1:
        middle = (missed + past) // 2
        if _shown(low + timedelta(seconds=middle), where) < wall:
            missed = middle
        else:
            past = middle
    return low + timedelta(seconds=past)


def _shown(moment: datetime, where: ZoneInfo) -> datetime:
    """Return what clocks in *where* show at *moment*, as a naive time."""
    return moment.astimezone(where).replace(tzinfo=None, fold=0)


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"a moment needs its time zone: {moment}")
    return moment

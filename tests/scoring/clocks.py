"""Zones whose clocks misbehave in every known way, and days that are often those of a change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

KYIV = ZoneInfo("Europe/Kyiv")
NEW_YORK = ZoneInfo("America/New_York")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")  # its clocks move by half an hour
APIA = ZoneInfo("Pacific/Apia")  # had no 30 December 2011
SAO_PAULO = ZoneInfo("America/Sao_Paulo")  # clocks went forward at midnight
KATHMANDU = ZoneInfo("Asia/Kathmandu")  # a quarter of an hour beside everybody else

ZONES = [
    *(KYIV, NEW_YORK, LORD_HOWE, APIA, SAO_PAULO, KATHMANDU, ZoneInfo("UTC")),
    ZoneInfo("Africa/Casablanca"),  # clocks go back for Ramadan
    ZoneInfo("America/Nuuk"),  # from 2024 clocks go forward across midnight
    ZoneInfo("America/Havana"),  # midnight comes twice in autumn
]

FIRST, LAST = date(2005, 1, 1), date(2035, 12, 31)
DAY = timedelta(days=1)


def utc(text: str) -> datetime:
    """Return the moment that *text* (ISO 8601 without a zone) names in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def shown(moment: datetime, where: ZoneInfo) -> datetime:
    """Return what clocks in *where* show at a moment."""
    return moment.astimezone(where).replace(tzinfo=None)


def _changes(where: ZoneInfo) -> list[date]:
    """Return the UTC days between which the offset in *where* changes, each with its eve."""
    noons = [
        datetime.combine(FIRST + number * DAY, time(12), UTC)
        for number in range((LAST - FIRST).days)
    ]
    offsets = [noon.astimezone(where).utcoffset() for noon in noons]
    return [
        day
        for index in range(1, len(noons))
        if offsets[index] != offsets[index - 1]
        for day in (noons[index - 1].date(), noons[index].date())
    ]


_CHANGES = {where: _changes(where) for where in ZONES}


def days_in(where: ZoneInfo) -> st.SearchStrategy[date]:
    """Return days, half of them beside a change of clocks where there is one."""
    some = st.dates(FIRST, LAST)
    return some | st.sampled_from(_CHANGES[where]) if _CHANGES[where] else some


def _moments_on(where: ZoneInfo, day: date) -> st.SearchStrategy[tuple[ZoneInfo, datetime]]:
    noon = datetime.combine(day, time(12), UTC)
    return st.integers(-36 * 3600, 36 * 3600).map(lambda s: (where, noon + timedelta(seconds=s)))


places = st.sampled_from(ZONES)
minutes = st.builds(time, st.integers(0, 23), st.integers(0, 59))
placed_days = places.flatmap(lambda where: st.tuples(st.just(where), days_in(where)))
placed_moments = placed_days.flatmap(lambda placed: _moments_on(*placed))

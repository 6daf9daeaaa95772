"""What arrives by itself, in a team whose clocks and whose bot's clock behave oddly."""

import datetime as dt
from collections import Counter

import pytest

from bot.schedules import run_due, synchronise
from handlers.routes import jobs
from tests.person import Person
from tests.reports.cases import Desk
from tests.story import Centre

HOUR, DAY, WEEK = dt.timedelta(hours=1), dt.timedelta(days=1), dt.timedelta(weeks=1)
BY_ITSELF = {"digest-agent", "digest-team", "monthly-chart", "monthly-paper", "reminder"}


@pytest.fixture
def zone() -> str:
    """Where the team is."""
    return "Europe/Kyiv"


@pytest.fixture
def desk(centre: Centre, zone: str) -> Desk:
    """A centre with a team in that zone."""
    return Desk(centre)


@pytest.fixture
def olga(centre: Centre, zone: str) -> Person:
    """The supervisor of the team."""
    return centre.hire("Olga Supervisor", "supervisor", supervises="Support", timezone=zone)


@pytest.fixture
def ivan(centre: Centre, zone: str) -> Person:
    """An agent of the team."""
    return centre.hire("Ivan Petrov", "agent", team="Support", timezone=zone)


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def tick(centre: Centre, at: dt.datetime) -> None:
    """Let the bot look at its clock, which shows that moment."""
    centre.clock.set(at)

    async def ticking() -> None:
        await synchronise(centre.services, jobs(), at)
        await run_due(centre.services, jobs(), at)

    centre.run(lambda _services: ticking())


def queued(centre: Centre, person: Person) -> Counter[str]:
    """Return how often what comes by itself was queued for the person, by kind."""

    async def counting() -> Counter[str]:
        async with centre.db.reading() as tx:
            query = "SELECT kind FROM outbox WHERE recipient_id = ?"
            found = await tx.exec_driver_sql(query, (person.person_id,))
            return Counter(one for one in found.scalars() if one in BY_ITSELF)

    return centre.run(lambda _services: counting())


@pytest.mark.parametrize(
    ("zone", "monday_nine"),
    [
        ("Europe/Kyiv", "2026-10-26T07:00"),  # the clocks went back the day before
        ("Europe/Kyiv", "2026-03-30T06:00"),  # the clocks went forward the day before
        ("America/New_York", "2026-11-02T14:00"),
        ("America/New_York", "2026-03-09T13:00"),
        ("Australia/Lord_Howe", "2026-10-04T22:00"),  # by half an hour
        ("Asia/Kathmandu", "2026-11-02T03:15"),
        ("America/Sao_Paulo", "2018-11-05T11:00"),  # the clocks skipped Sunday's midnight
    ],
)
def test_the_week_of_a_clock_change_ends_with_one_digest_at_nine(
    centre: Centre, desk: Desk, ivan: Person, olga: Person, monday_nine: str
) -> None:
    nine = utc(monday_nine)
    desk.evaluate(ivan, "yyn", "yyy", at=nine - 3 * DAY)
    tick(centre, nine - 2 * DAY)
    tick(centre, nine - dt.timedelta(seconds=1))
    assert not queued(centre, ivan)["digest-agent"]
    tick(centre, nine)
    tick(centre, nine + HOUR)
    tick(centre, nine + DAY)
    assert queued(centre, ivan)["digest-agent"] == 1
    assert queued(centre, olga)["digest-team"] == 1


@pytest.mark.parametrize("zone", ["Pacific/Apia"])
def test_the_day_that_samoa_skipped_costs_nobody_their_digest(
    centre: Centre, desk: Desk, ivan: Person
) -> None:
    desk.evaluate(ivan, "yyn", at=utc("2011-12-29T20:00"))
    for hours in range(0, 6 * 24, 6):  # 30 December was not; Monday is 2 January
        tick(centre, utc("2011-12-28T19:00") + hours * HOUR)
    assert queued(centre, ivan)["digest-agent"] == 1
    assert centre.clock() > utc("2012-01-01T19:00")


def test_after_a_week_asleep_everything_comes_once(
    centre: Centre, desk: Desk, ivan: Person, olga: Person
) -> None:
    desk.evaluate(ivan, "yyn", at=utc("2026-11-25T12:00"))
    tick(centre, utc("2026-11-25T12:00"))
    awake = utc("2026-12-02T15:00")  # a Monday, the first of a month and seven days later
    tick(centre, awake)
    tick(centre, awake + HOUR)
    assert queued(centre, ivan) == {"digest-agent": 1, "reminder": 1}
    assert queued(centre, olga) == {"digest-team": 1, "monthly-chart": 1, "monthly-paper": 1}
    centre.delivered()
    assert "1 contact this week" in ivan.sees("this week").text


@pytest.mark.parametrize("back", [HOUR, DAY])
def test_a_clock_set_back_repeats_nothing(
    centre: Centre, desk: Desk, ivan: Person, olga: Person, back: dt.timedelta
) -> None:
    nine = utc("2026-11-30T07:00")
    desk.evaluate(ivan, "yyn", at=nine - 5 * DAY)
    tick(centre, nine - 2 * HOUR)
    tick(centre, nine + HOUR / 2)
    told = queued(centre, ivan), queued(centre, olga)
    assert told[0]["digest-agent"] == told[1]["digest-team"] == 1
    centre.clock.set(nine + HOUR / 2 - back)
    while (now := centre.clock() + HOUR / 4) < nine + HOUR / 2:
        tick(centre, now)
    assert queued(centre, ivan)["digest-agent"] == queued(centre, olga)["digest-team"] == 1

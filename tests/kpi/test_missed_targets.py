"""Targets that were missed two months in a row reach the supervisors."""

import datetime as dt

import pytest

from tests.kpi.cases import Floor, rows
from tests.reports.cases import Desk

FIRST = dt.datetime(2026, 12, 1, 9, 30, tzinfo=dt.UTC)
NEWS = "Targets missed two months in a row"


def november_ends(floor: Floor) -> None:
    """Let the first of December come, and what is due then be done and delivered."""
    floor.centre.clock.set(FIRST)
    floor.centre.job("monthly-report")
    floor.centre.delivered()


def slow(agent: str, month: str, days: int = 5) -> str:
    return rows(agent, "aht_s", month, [400] * days)


@pytest.fixture
def floor(floor: Floor) -> Floor:
    """Support wants calls of at most 300 seconds."""
    floor.aim(floor.olena, "Handling time", "300")
    return floor


def test_on_the_first_the_supervisor_reads_who_missed_what(floor: Floor) -> None:
    floor.bring(
        floor.olena,
        slow("Ivan Petrov", "2026-10"),
        slow("Ivan Petrov", "2026-11", 6),
        rows("Daria Lysenko", "aht_s", "2026-11", [100] * 20),
    )
    november_ends(floor)
    assert floor.olena.sees(NEWS).text.split("\n") == [
        "Support · November",
        NEWS,
        "",
        "Ivan Petrov · Handling time",
        "Oct 400.0 s (5 days)",
        "Nov 400.0 s (6 days)",
        "target at most 300 s",
    ]
    floor.olena.tap("KPI")
    assert floor.olena.text.startswith("Support · KPI · November")
    for other in (floor.pavlo, floor.ivan):
        assert not other.heard(NEWS)


def test_the_whole_team_is_told_of_before_its_agents(floor: Floor) -> None:
    for name in ("Ivan Petrov", "Daria Lysenko"):
        floor.bring(floor.olena, slow(name, "2026-10"), slow(name, "2026-11"))
    november_ends(floor)
    told = floor.olena.sees(NEWS).text.split("\n")
    assert [line for line in told if line.endswith("· Handling time")] == [
        "Whole team · Handling time",
        "Daria Lysenko · Handling time",
        "Ivan Petrov · Handling time",
    ]
    assert "Oct 400.0 s (10 agents' days)" in told


def test_a_month_that_may_have_missed_by_chance_is_no_news(floor: Floor) -> None:
    """310 a day on average, from 210 to 410: that month may as well have met its 300."""
    unsure = rows("Ivan Petrov", "aht_s", "2026-11", [210, 260, 310, 360, 410])
    floor.bring(floor.olena, slow("Ivan Petrov", "2026-10"), unsure)
    november_ends(floor)
    assert not floor.olena.heard(NEWS)


@pytest.mark.parametrize(
    "months",
    [
        {"2026-11": 400},
        {"2026-10": 400, "2026-11": 200},
        {"2026-09": 400, "2026-10": 200, "2026-11": 400},
        {"2026-09": 400, "2026-11": 400},
    ],
)
def test_one_month_is_no_news(floor: Floor, months: dict[str, int]) -> None:
    parts = (rows("Ivan Petrov", "aht_s", month, [x] * 5) for month, x in months.items())
    floor.bring(floor.olena, *parts)
    november_ends(floor)
    assert not floor.olena.heard(NEWS)


def test_few_days_are_no_news(floor: Floor) -> None:
    floor.bring(floor.olena, slow("Ivan Petrov", "2026-10", 4), slow("Ivan Petrov", "2026-11"))
    november_ends(floor)
    assert not floor.olena.heard(NEWS)


def test_the_quality_score_counts_too(floor: Floor) -> None:
    floor.aim(floor.olena, "Quality", "90")
    desk = Desk(floor.centre)
    for month in (10, 11):
        at = dt.datetime(2026, month, 5, 12, tzinfo=dt.UTC)
        desk.evaluate(floor.ivan, *["yny"] * 5, at=at)
    november_ends(floor)
    told = floor.olena.sees(NEWS).text
    assert "Ivan Petrov · Quality\nOct 66.7 (5 evaluations)\nNov 66.7 (5 evaluations)" in told
    assert "target at least 90" in told


def test_discipline_and_unused_metrics_are_no_news(floor: Floor) -> None:
    for month in ("2026-10", "2026-11"):
        floor.bring(
            floor.olena,
            rows("Ivan Petrov", "late_minutes", month, [30] * 5),
            slow("Ivan Petrov", month),
        )
    floor.olena.send("/targets")
    floor.olena.tap("Handling time")
    floor.olena.tap("Do not use")
    november_ends(floor)
    assert not floor.olena.heard(NEWS)


def test_the_same_is_told_once(floor: Floor) -> None:
    floor.bring(floor.olena, slow("Ivan Petrov", "2026-10"), slow("Ivan Petrov", "2026-11"))
    november_ends(floor)
    floor.centre.job("monthly-report")
    floor.bring(floor.olena, slow("Ivan Petrov", "2026-11", 8))
    floor.centre.delivered()
    assert len([one for one in floor.olena.messages if NEWS in one.text]) == 1


def test_figures_that_come_late_are_told_when_they_come(floor: Floor) -> None:
    november_ends(floor)
    floor.bring(floor.olena, slow("Ivan Petrov", "2026-10"), slow("Ivan Petrov", "2026-11"))
    floor.centre.delivered()
    assert "Ivan Petrov" in floor.olena.sees(NEWS).text
    floor.bring(floor.centre.admin, slow("Daria Lysenko", "2026-10"))
    floor.bring(floor.centre.admin, slow("Daria Lysenko", "2026-11"))
    floor.centre.delivered()
    assert "Daria Lysenko" in floor.olena.sees("Daria Lysenko · Handling time").text


def test_older_months_are_no_news(floor: Floor) -> None:
    for month in ("2026-08", "2026-09"):
        floor.bring(floor.olena, slow("Ivan Petrov", month))
    floor.centre.delivered()
    assert not floor.olena.heard(NEWS)


def test_of_what_waited_for_the_morning_only_the_newest_is_told(floor: Floor) -> None:
    floor.centre.admin.send("/teams")
    floor.centre.admin.tap("Support")
    floor.centre.admin.tap("Quiet hours")
    floor.centre.admin.send("22-8")
    floor.centre.clock.set(dt.datetime(2026, 12, 1, 23, tzinfo=dt.UTC))
    for name in ("Ivan Petrov", "Daria Lysenko"):
        floor.bring(floor.centre.admin, slow(name, "2026-10"), slow(name, "2026-11"))
    floor.centre.delivered()
    assert not floor.olena.heard(NEWS)
    floor.centre.clock.advance(hours=10)
    floor.centre.delivered()
    [told] = [one.text for one in floor.olena.messages if NEWS in one.text]
    assert "Ivan Petrov" in told
    assert "Daria Lysenko" in told


def test_who_supervises_no_longer_reads_nothing(floor: Floor) -> None:
    floor.bring(floor.olena, slow("Ivan Petrov", "2026-10"), slow("Ivan Petrov", "2026-11"))
    floor.centre.admin.bring_people(
        "people.csv", "name,roles,supervisor_of\nOlena Koval,supervisor,Sales\n"
    )
    november_ends(floor)
    assert not floor.olena.heard(NEWS)


def test_who_left_the_team_is_no_news(floor: Floor) -> None:
    floor.bring(floor.olena, slow("Ivan Petrov", "2026-10"), slow("Ivan Petrov", "2026-11"))
    floor.centre.admin.bring_people("people.csv", "name,roles,team\nIvan Petrov,agent,Sales\n")
    november_ends(floor)
    assert not floor.olena.heard("Ivan Petrov · Handling time")

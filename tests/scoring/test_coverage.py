"""Draws speak for a period where they cover at least half of what has passed of it."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from scoring.coverage import covers

START = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
MONTH = START, START + dt.timedelta(days=30)
LATER = START + dt.timedelta(days=90)


def span(first: int, after: int) -> tuple[dt.datetime, dt.datetime]:
    return START + dt.timedelta(days=first), START + dt.timedelta(days=after)


def test_a_plan_that_began_late_in_a_period_does_not_cover_it() -> None:
    assert not covers([span(23, 37)], MONTH, LATER)


def test_weekly_draws_cover_their_month_and_half_of_it_is_enough() -> None:
    assert covers([span(0, 14), span(7, 21), span(14, 28)], MONTH, LATER)
    assert covers([span(15, 40)], MONTH, LATER)


def test_of_a_running_period_only_what_has_passed_counts() -> None:
    assert covers([span(-7, 7)], MONTH, START + dt.timedelta(days=10))
    assert not covers([span(-7, 7)], MONTH, LATER)


def test_nothing_covers_what_has_not_begun() -> None:
    assert not covers([span(-7, 60)], MONTH, START)


@given(st.lists(st.tuples(st.integers(-40, 60), st.integers(0, 40)), max_size=6))
def test_days_that_several_draws_cover_count_once(spans: list[tuple[int, int]]) -> None:
    days = {day for first, length in spans for day in range(first, first + length)} & set(range(30))
    found = covers([span(first, first + length) for first, length in spans], MONTH, LATER)
    assert found is (len(days) >= 15)

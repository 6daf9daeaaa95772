"""What a period is compared with, the line it ends, and where its days begin on the clock."""

from datetime import UTC, date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.periods import (
    Extent,
    Period,
    PeriodKind,
    ReversedPeriod,
    add_working_days,
    parse_period,
    previous,
    token,
    trend,
)
from scoring.zones import local_day
from tests.scoring.asking import TODAY, questions, ranges, todays
from tests.scoring.clocks import APIA, DAY, KYIV, SAO_PAULO, placed_days, utc


def days_before(text: str, today: date = TODAY) -> str:
    period = previous(parse_period(text, today))
    return f"{period.first}..{period.last}"


class TestPrevious:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("week", "2026-11-09..2026-11-11"),
            ("month", "2026-10-01..2026-10-18"),
            ("quarter", "2026-07-01..2026-08-18"),
            ("year", "2025-01-01..2025-11-18"),
            ("last week", "2026-11-02..2026-11-08"),
            ("last month", "2026-09-01..2026-09-30"),
            ("last quarter", "2026-04-01..2026-06-30"),
            ("last year", "2024-01-01..2024-12-31"),
            ("2026-03", "2026-02-01..2026-02-28"),
            ("2026-W01", "2025-12-22..2025-12-28"),
            ("2026-Q1", "2025-10-01..2025-12-31"),
            ("2026-10-01..2026-10-15", "2026-09-16..2026-09-30"),
        ],
    )
    def test_is_the_like_before(self, text: str, expected: str) -> None:
        assert days_before(text) == expected

    def test_of_a_long_month_to_date_is_at_most_the_whole_short_one(self) -> None:
        assert days_before("month", date(2026, 3, 30)) == "2026-02-01..2026-02-28"
        assert days_before("year", date(2024, 12, 31)) == "2023-01-01..2023-12-31"

    def test_before_the_opening_days_come_the_same_opening_days(self) -> None:
        twice = previous(previous(parse_period("month", TODAY)))

        assert (twice.first, twice.last) == (date(2026, 9, 1), date(2026, 9, 18))

    @given(questions())
    def test_lies_wholly_before_and_is_of_the_same_kind(self, question: tuple[str, date]) -> None:
        period = parse_period(*question)
        before = previous(period)

        assert before.last < period.first
        assert before.kind is period.kind

    @given(questions())
    def test_leaves_no_gap_except_before_a_period_to_date(self, question: tuple[str, date]) -> None:
        period = parse_period(*question)
        before = previous(period)

        if period.extent is Extent.TO_DATE:
            assert before.days <= period.days
        else:
            assert before.last + DAY == period.first

    @given(ranges(TODAY))
    def test_of_a_range_is_as_long(self, text: str) -> None:
        period = parse_period(text, TODAY)

        assert previous(period).days == period.days


class TestTrend:
    def test_of_the_month_is_a_year_that_ends_today(self) -> None:
        line = trend(parse_period("month", TODAY))

        assert [token(each) for each in line] == [
            *("2025-12", "2026-01", "2026-02", "2026-03", "2026-04", "2026-05"),
            *("2026-06", "2026-07", "2026-08", "2026-09", "2026-10", "month"),
        ]

    def test_of_a_named_quarter_ends_with_it(self) -> None:
        line = trend(parse_period("2026-Q2", TODAY), count=3)

        assert [token(each) for each in line] == ["2025-Q4", "2026-Q1", "2026-Q2"]

    def test_of_a_range_goes_back_in_equal_steps(self) -> None:
        line = trend(parse_period("2026-10-01..2026-10-10", TODAY), count=3)

        assert [each.first for each in line] == [
            *(date(2026, 9, 11), date(2026, 9, 21), date(2026, 10, 1))
        ]

    @given(questions(), st.integers(1, 15))
    def test_is_unbroken_and_ends_with_what_was_asked(
        self, question: tuple[str, date], count: int
    ) -> None:
        period = parse_period(*question)
        line = trend(period, count)

        assert len(line) == count
        assert line[-1] == period
        assert all(older.last + DAY == newer.first for older, newer in pairwise(line))
        assert {each.kind for each in line} == {period.kind}

    def test_of_nothing_is_refused(self) -> None:
        with pytest.raises(ValueError, match="at least one"):
            trend(parse_period("month", TODAY), count=0)


class TestBounds:
    def test_are_the_teams_midnights(self) -> None:
        """In October 2026 Kyiv's clocks go back, so the month begins and ends an hour apart."""
        october = parse_period("2026-10", TODAY)

        assert october.bounds(KYIV) == (utc("2026-09-30T21:00"), utc("2026-10-31T22:00"))

    def test_of_a_day_of_a_clock_change_have_23_or_25_hours(self) -> None:
        hours = [
            (end - start) / timedelta(hours=1)
            for day in ("2026-03-29", "2026-03-30", "2026-10-25")
            for start, end in [parse_period(f"{day}..{day}", TODAY).bounds(KYIV)]
        ]

        assert hours == [23, 24, 25]

    def test_of_a_day_without_a_midnight_begin_when_its_clocks_do(self) -> None:
        start, _ = parse_period("2018-11-04..2018-11-04", TODAY).bounds(SAO_PAULO)

        assert start == utc("2018-11-04T03:00")

    def test_of_a_day_that_never_was_hold_nothing(self) -> None:
        start, end = parse_period("2011-12-30..2011-12-30", TODAY).bounds(APIA)

        assert start == end == utc("2011-12-30T10:00")

    @given(placed_days)
    def test_of_neighbours_meet_and_hold_their_own_days(
        self, placed: tuple[ZoneInfo, date]
    ) -> None:
        where, day = placed
        week = parse_period("last week", day)
        start, end = week.bounds(where)

        assert previous(week).bounds(where)[1] == start
        assert start.tzinfo is end.tzinfo is UTC
        assert week.first <= local_day(start, where)
        assert local_day(end - timedelta(seconds=1), where) <= week.last

    def test_a_period_cannot_end_before_it_begins(self) -> None:
        with pytest.raises(ReversedPeriod):
            Period(PeriodKind.RANGE, TODAY, TODAY - DAY)


class TestWorkingDays:
    @pytest.mark.parametrize(
        ("day", "count", "expected"),
        [
            ("2026-11-16", 5, "2026-11-23"),  # Monday to Monday
            ("2026-11-18", 5, "2026-11-25"),
            ("2026-11-20", 1, "2026-11-23"),  # Friday to Monday
            ("2026-11-20", 5, "2026-11-27"),
            ("2026-11-21", 1, "2026-11-23"),  # Saturday to Monday
            ("2026-11-22", 5, "2026-11-27"),  # Sunday to Friday
            ("2026-11-21", 0, "2026-11-21"),
        ],
    )
    def test_pass_over_weekends(self, day: str, count: int, expected: str) -> None:
        assert add_working_days(date.fromisoformat(day), count) == date.fromisoformat(expected)

    @given(todays, st.integers(1, 60))
    def test_are_as_many_as_a_calendar_shows(self, day: date, count: int) -> None:
        reached = add_working_days(day, count)
        passed = [day + number * DAY for number in range(1, (reached - day).days + 1)]

        assert sum(each.weekday() < 5 for each in passed) == count
        assert reached.weekday() < 5

    def test_are_not_counted_backwards(self) -> None:
        with pytest.raises(ValueError, match="forward"):
            add_working_days(TODAY, -1)

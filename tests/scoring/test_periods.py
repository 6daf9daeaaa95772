"""What people mean by ``last month``, what it is compared with, and where its days begin."""

from contextlib import suppress
from datetime import UTC, date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.periods import (
    DistantYear,
    Extent,
    FuturePeriod,
    Period,
    PeriodKind,
    ReversedPeriod,
    UnknownPeriod,
    add_working_days,
    parse_period,
    previous,
    token,
    trend,
)
from scoring.zones import local_day
from tests.scoring.clocks import APIA, DAY, KYIV, SAO_PAULO, days_in, places, utc

TODAY = date(2026, 11, 18)  # a Wednesday

UNITS = ["week", "month", "quarter", "year"]
WORDS = [*UNITS, *(f"last {unit}" for unit in UNITS)]

todays = st.dates(date(1980, 1, 1), date(2090, 12, 31))


@st.composite
def ranges(draw: st.DrawFn, today: date) -> str:
    first = draw(st.dates(date(1970, 1, 1), today))
    return f"{first}..{draw(st.dates(first, today.replace(month=12, day=31)))}"


@st.composite
def questions(draw: st.DrawFn) -> tuple[str, date]:
    """Draw a text that names a period, and the day on which it is asked."""
    today = draw(todays)
    past = st.dates(date(1971, 1, 1), today)
    text = draw(
        st.sampled_from(WORDS)
        | ranges(today)
        | past.map(lambda day: f"{day:%Y-%m}")
        | past.map(lambda day: f"{day:%G-W%V}")
        | past.map(lambda day: f"{day.year}-Q{(day.month + 2) // 3}")
        | past.map(lambda day: f"{day.year}")
    )
    return text, today


def days_of(text: str, today: date = TODAY) -> str:
    period = parse_period(text, today)
    return f"{period.first}..{period.last}"


def days_before(text: str, today: date = TODAY) -> str:
    period = previous(parse_period(text, today))
    return f"{period.first}..{period.last}"


class TestAskingForAPeriod:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("week", "2026-11-16..2026-11-18"),
            ("month", "2026-11-01..2026-11-18"),
            ("quarter", "2026-10-01..2026-11-18"),
            ("year", "2026-01-01..2026-11-18"),
            ("last week", "2026-11-09..2026-11-15"),
            ("last month", "2026-10-01..2026-10-31"),
            ("last quarter", "2026-07-01..2026-09-30"),
            ("last year", "2025-01-01..2025-12-31"),
            ("2026-10", "2026-10-01..2026-10-31"),
            ("2026-11", "2026-11-01..2026-11-30"),
            ("2024-02", "2024-02-01..2024-02-29"),
            ("2026-10-01..2026-10-15", "2026-10-01..2026-10-15"),
            ("2026-10-01 .. 2026-10-15", "2026-10-01..2026-10-15"),
            ("2026-11-18..2026-11-18", "2026-11-18..2026-11-18"),
            ("2026-11-01..2027-01-31", "2026-11-01..2027-01-31"),
            ("2026-W46", "2026-11-09..2026-11-15"),
            ("2020-w53", "2020-12-28..2021-01-03"),
            ("2026-Q3", "2026-07-01..2026-09-30"),
            ("2025", "2025-01-01..2025-12-31"),
        ],
    )
    def test_names_its_days(self, text: str, expected: str) -> None:
        assert days_of(text) == expected

    @pytest.mark.parametrize("text", ["", "  ", "\n"])
    def test_without_a_word_is_the_month_to_date(self, text: str) -> None:
        assert parse_period(text, TODAY) == parse_period("month", TODAY)

    @pytest.mark.parametrize("text", ["Last Month", " LAST\t month ", "last_month"])
    def test_case_and_blanks_do_not_matter(self, text: str) -> None:
        assert days_of(text) == "2026-10-01..2026-10-31"

    @pytest.mark.parametrize(
        ("english", "russian", "ukrainian"),
        [
            ("week", "неделя", "тиждень"),
            ("month", "месяц", "місяць"),
            ("quarter", "квартал", "квартал"),
            ("year", "год", "рік"),
            ("last week", "прошлая неделя", "минулий тиждень"),
            ("last month", "Прошлый месяц", "Минулий місяць"),
            ("last quarter", "прошлого квартала", "минулого кварталу"),
            ("last year", "прошлый год", "минулого року"),
            ("last week", "прошлую неделю", "минулого тижня"),
        ],
    )
    def test_may_be_in_russian_and_ukrainian(
        self, english: str, russian: str, ukrainian: str
    ) -> None:
        asked = parse_period(english, TODAY)

        assert parse_period(russian, TODAY) == asked
        assert parse_period(ukrainian, TODAY) == asked

    @pytest.mark.parametrize(
        "text",
        [
            *("soon", "last", "last last month", "next month", "last soon", "month last"),
            *("2026-13", "2026-00", "2026-1", "2026-W54", "2021-W53", "2026-W00", "2026-Q5"),
            *("2026-02-30..2026-03-01", "2026-10-01", "2026-10-01...2026-10-15", "0000", "20261"),
            *("2026-10-01..", "..2026-10-01", "٢٠٢٦-١٠", "2026/10", "9999-W52", "x" * 5000),
        ],
    )
    def test_anything_else_is_refused_as_it_was_written(self, text: str) -> None:
        with pytest.raises(UnknownPeriod) as refused:
            parse_period(text, TODAY)

        assert type(refused.value) is UnknownPeriod
        assert refused.value.text == text

    @pytest.mark.parametrize(
        ("text", "refusal"),
        [
            ("2026-10-15..2026-10-01", ReversedPeriod),
            ("2026-12", FuturePeriod),
            ("2026-W48", FuturePeriod),
            ("2027", FuturePeriod),
            ("2026-11-19..2026-11-30", FuturePeriod),
            ("1969-12", DistantYear),
            ("0001", DistantYear),
            ("9999-12", DistantYear),
            ("2026-01-01..9999-12-31", DistantYear),
        ],
    )
    def test_what_cannot_be_says_why(self, text: str, refusal: type[UnknownPeriod]) -> None:
        with pytest.raises(refusal) as refused:
            parse_period(text, TODAY)

        assert refused.value.text == text

    @given(questions())
    def test_always_begins_by_today(self, question: tuple[str, date]) -> None:
        period = parse_period(*question)

        assert period.first <= question[1]
        assert period.days == (period.last - period.first) // DAY + 1 >= 1

    @given(todays, st.sampled_from(UNITS))
    def test_last_ends_where_the_current_one_begins(self, today: date, unit: str) -> None:
        current, last = parse_period(unit, today), parse_period(f"last {unit}", today)

        assert last.last + DAY == current.first
        assert current.last == today

    @given(st.text(max_size=30) | st.text("0123456789-.wWqQ ", max_size=24), todays)
    def test_no_text_at_all_breaks_it(self, text: str, today: date) -> None:
        with suppress(UnknownPeriod):
            assert parse_period(text, today).first <= today


class TestToken:
    @pytest.mark.parametrize(
        "text", ["month", "last_week", "2026-10", "2026-W07", "2026-Q4", "2025"]
    )
    def test_is_what_a_person_might_have_typed(self, text: str) -> None:
        assert token(parse_period(text, TODAY)) == text

    def test_of_a_range_is_its_dates(self) -> None:
        asked = parse_period("2026-10-01 .. 2026-10-15", TODAY)

        assert token(asked) == "2026-10-01..2026-10-15"

    def test_of_a_week_bears_the_year_that_iso_gives_it(self) -> None:
        assert token(parse_period("2020-W53", TODAY)) == "2020-W53"
        assert token(previous(parse_period("2021-W01", TODAY))) == "2020-W53"

    @given(questions())
    def test_names_the_same_period_again(self, question: tuple[str, date]) -> None:
        text, today = question
        period = parse_period(text, today)

        assert parse_period(token(period), today) == period

    @given(questions())
    def test_fits_a_button(self, question: tuple[str, date]) -> None:
        period = parse_period(*question)
        names = [token(each) for each in (period, previous(period), *trend(period))]

        assert all(name.isascii() and len(name) <= 24 for name in names)

    @given(todays, st.sampled_from(WORDS))
    def test_of_an_earlier_period_names_its_days(self, today: date, word: str) -> None:
        period = parse_period(word, today)
        earlier = [previous(period), previous(previous(period)), *trend(period, 8)]

        named = [parse_period(token(each), today) for each in earlier]

        assert [(n.first, n.last) for n in named] == [(e.first, e.last) for e in earlier]


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

    @given(places.flatmap(lambda where: st.tuples(st.just(where), days_in(where))))
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

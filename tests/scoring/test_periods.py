"""What people mean by ``last month``, and the short name that a button remembers it by."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.periods import (
    DistantYear,
    FuturePeriod,
    ReversedPeriod,
    UnknownPeriod,
    parse_period,
    previous,
    token,
    trend,
)
from tests.scoring.asking import TODAY, UNITS, WORDS, questions, todays
from tests.scoring.clocks import DAY


def days_of(text: str, today: date = TODAY) -> str:
    period = parse_period(text, today)
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

"""The Monday digest comes every Monday, once, at nine by the team's clock, whatever clocks do."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.recurrence import (
    Daily,
    Monthly,
    Rule,
    UnknownRule,
    Weekly,
    due_at,
    last_due,
    next_due,
    occurrence_key,
    parse_rule,
)
from tests.scoring.clocks import (
    APIA,
    DAY,
    KYIV,
    LORD_HOWE,
    NEW_YORK,
    minutes,
    placed_days,
    placed_moments,
    shown,
    utc,
)

DIGEST = Weekly(0, time(9))
REMINDERS = Daily(time(10))
REPORT = Monthly(1, time(9))

rules: st.SearchStrategy[Rule] = st.one_of(
    st.builds(Daily, minutes),
    st.builds(Weekly, st.integers(0, 6), minutes),
    st.builds(Monthly, st.integers(1, 31), minutes),
)


def occurrences(rule: Rule, after: datetime, where: ZoneInfo) -> Iterator[datetime]:
    while True:
        after = next_due(rule, after, where)
        yield after


class TestWriting:
    @pytest.mark.parametrize(
        ("text", "rule"),
        [
            ("weekly mon 09:00", DIGEST),
            ("daily 10:00", REMINDERS),
            ("monthly 1 09:00", REPORT),
            ("weekly sun 23:59", Weekly(6, time(23, 59))),
            ("monthly 31 00:05", Monthly(31, time(0, 5))),
        ],
    )
    def test_a_rule_is_a_short_sentence(self, text: str, rule: Rule) -> None:
        assert parse_rule(text) == rule
        assert rule.text() == text

    def test_case_and_blanks_do_not_matter(self) -> None:
        assert parse_rule("  Weekly  MON 09:00 ") == DIGEST

    @given(rules)
    def test_a_rule_is_read_as_it_was_written(self, rule: Rule) -> None:
        assert parse_rule(rule.text()) == rule

    @pytest.mark.parametrize(
        "text",
        [
            *("", "daily", "hourly 10:00", "daily 24:00", "daily 9:00", "daily 10:60"),
            *("weekly 09:00", "weekly monday 09:00", "weekly xyz 09:00", "monthly 09:00"),
            *("monthly 0 09:00", "monthly 32 09:00", "daily 10:00 please", "daily ١٠:٠٠"),
        ],
    )
    def test_anything_else_is_refused_as_it_was_written(self, text: str) -> None:
        with pytest.raises(UnknownRule) as refused:
            parse_rule(text)

        assert refused.value.text == text

    def test_a_rule_that_could_not_be_written_cannot_be_made(self) -> None:
        with pytest.raises(ValueError, match="whole minutes"):
            Daily(time(9, 0, 30))
        with pytest.raises(ValueError, match="local time"):
            Weekly(0, time(9, tzinfo=UTC))
        with pytest.raises(ValueError, match="weekday"):
            Weekly(7, time(9))
        with pytest.raises(ValueError, match="day of the month"):
            Monthly(0, time(9))


class TestDueAt:
    def test_the_digest_of_a_week_is_on_its_monday(self) -> None:
        due = [due_at(DIGEST, date(2026, 11, day), KYIV) for day in (16, 18, 22, 23)]

        assert due == [*[utc("2026-11-16T07:00")] * 3, utc("2026-11-23T07:00")]

    def test_nine_in_the_morning_is_nine_in_summer_and_in_winter(self) -> None:
        assert due_at(DIGEST, date(2026, 7, 20), KYIV) == utc("2026-07-20T06:00")
        assert due_at(DIGEST, date(2026, 12, 21), KYIV) == utc("2026-12-21T07:00")

    def test_a_month_without_a_31st_has_its_last_day(self) -> None:
        rule = Monthly(31, time(9))

        assert due_at(rule, date(2026, 2, 10), ZoneInfo("UTC")) == utc("2026-02-28T09:00")
        assert due_at(rule, date(2024, 2, 10), ZoneInfo("UTC")) == utc("2024-02-29T09:00")


class TestClockChanges:
    def test_a_time_that_is_skipped_comes_when_the_clocks_go_forward(self) -> None:
        nightly = list(islice(occurrences(Daily(time(3, 30)), utc("2026-03-28T00:00"), KYIV), 3))

        assert nightly == [
            utc("2026-03-28T01:30"),
            utc("2026-03-29T01:00"),
            utc("2026-03-30T00:30"),
        ]

    def test_a_time_that_comes_twice_counts_once(self) -> None:
        rule = Daily(time(1, 30))
        nightly = list(islice(occurrences(rule, utc("2026-10-31T12:00"), NEW_YORK), 2))

        assert nightly == [utc("2026-11-01T05:30"), utc("2026-11-02T06:30")]
        assert last_due(rule, utc("2026-11-01T06:45"), NEW_YORK) == nightly[0]

    def test_half_an_hour_is_skipped_on_lord_howe(self) -> None:
        due = due_at(Daily(time(2, 15)), date(2026, 10, 4), LORD_HOWE)

        assert shown(due, LORD_HOWE) == datetime.fromisoformat("2026-10-04T02:30")

    def test_a_skipped_day_keeps_its_name_at_the_start_of_the_next(self) -> None:
        days = list(islice(occurrences(REMINDERS, utc("2011-12-29T12:00"), APIA), 3))

        assert [occurrence_key(REMINDERS, due, APIA) for due in days] == [
            *("2011-12-29", "2011-12-30", "2011-12-31")
        ]
        assert [str(shown(due, APIA)) for due in days] == [
            *("2011-12-29 10:00:00", "2011-12-31 00:00:00", "2011-12-31 10:00:00")
        ]

    def test_a_skipped_midnight_is_one_with_the_next(self) -> None:
        midnight = Daily(time())
        days = list(islice(occurrences(midnight, utc("2011-12-29T12:00"), APIA), 2))

        assert [occurrence_key(midnight, due, APIA) for due in days] == [
            *("2011-12-31", "2012-01-01")
        ]

    def test_clocks_that_go_forward_across_midnight_leave_the_evening_its_name(self) -> None:
        """In Nuuk 23:30 on 30 March 2024 never came: 23:00 was followed by 00:00."""
        nuuk, evening = ZoneInfo("America/Nuuk"), Daily(time(23, 30))
        due = due_at(evening, date(2024, 3, 30), nuuk)

        assert str(shown(due, nuuk)) == "2024-03-31 00:00:00"
        assert occurrence_key(evening, due, nuuk) == "2024-03-30"

    def test_clocks_that_go_back_across_midnight_do_not_bring_it_again(self) -> None:
        """In St. John's 00:01 on 7 November 2010 was followed by 23:01 on the 6th."""
        st_johns, midnight = ZoneInfo("America/St_Johns"), Daily(time())
        first_midnight, evening_again = utc("2010-11-07T02:30"), utc("2010-11-07T02:40")

        assert last_due(midnight, evening_again, st_johns) == first_midnight
        assert occurrence_key(midnight, evening_again, st_johns) == "2010-11-07"
        assert next_due(midnight, evening_again, st_johns) == utc("2010-11-08T03:30")

    def test_a_weekly_digest_on_a_skipped_friday_still_comes(self) -> None:
        friday = Weekly(4, time(9))
        due = next_due(friday, utc("2011-12-28T00:00"), APIA)

        assert due == utc("2011-12-30T10:00")
        assert occurrence_key(friday, due, APIA) == "2011-W52"


class TestOccurrences:
    def test_the_next_is_strictly_after_and_the_last_may_be_now(self) -> None:
        nine = utc("2026-11-16T07:00")

        assert next_due(DIGEST, nine, KYIV) == utc("2026-11-23T07:00")
        assert next_due(DIGEST, nine - timedelta(seconds=1), KYIV) == nine
        assert last_due(DIGEST, nine, KYIV) == nine
        assert last_due(DIGEST, nine - timedelta(seconds=1), KYIV) == utc("2026-11-09T07:00")

    def test_after_a_stop_of_weeks_the_last_one_is_caught_up_with(self) -> None:
        back = utc("2026-11-22T15:00")

        assert last_due(REPORT, back, KYIV) == utc("2026-11-01T07:00")
        assert occurrence_key(REPORT, back, KYIV) == "2026-11"

    @pytest.mark.parametrize(
        ("rule", "key"),
        [(DIGEST, "2026-W47"), (REMINDERS, "2026-11-16"), (REPORT, "2026-11")],
    )
    def test_each_has_the_name_of_its_period(self, rule: Rule, key: str) -> None:
        assert occurrence_key(rule, due_at(rule, date(2026, 11, 16), KYIV), KYIV) == key

    def test_a_week_between_years_has_the_name_that_iso_gives_it(self) -> None:
        friday = Weekly(4, time(9))

        assert occurrence_key(friday, due_at(friday, date(2021, 1, 1), KYIV), KYIV) == "2020-W53"

    def test_a_digest_moved_to_the_evening_keeps_its_name(self) -> None:
        monday = date(2026, 11, 16)
        names = {
            occurrence_key(rule, due_at(rule, monday, KYIV), KYIV)
            for rule in (DIGEST, Weekly(0, time(18)))
        }

        assert names == {"2026-W47"}

    @pytest.mark.parametrize("ask", [next_due, last_due])
    def test_a_moment_needs_its_zone(
        self, ask: Callable[[Rule, datetime, ZoneInfo], datetime]
    ) -> None:
        with pytest.raises(ValueError, match="time zone"):
            ask(DIGEST, datetime(2026, 11, 22), KYIV)  # noqa: DTZ001  # naive on purpose

    @given(rules, placed_moments)
    def test_a_moment_lies_between_the_last_and_the_next(
        self, rule: Rule, placed: tuple[ZoneInfo, datetime]
    ) -> None:
        where, moment = placed
        last, following = last_due(rule, moment, where), next_due(rule, moment, where)

        assert last <= moment < following
        assert last.tzinfo is following.tzinfo is UTC

    @given(rules, placed_moments)
    def test_last_and_next_are_neighbours(
        self, rule: Rule, placed: tuple[ZoneInfo, datetime]
    ) -> None:
        where, moment = placed
        last, following = last_due(rule, moment, where), next_due(rule, moment, where)

        assert next_due(rule, last, where) == following
        assert last_due(rule, following, where) == following
        assert last_due(rule, following - timedelta(microseconds=1), where) == last

    @given(rules, placed_moments)
    def test_names_are_never_repeated_and_grow(
        self, rule: Rule, placed: tuple[ZoneInfo, datetime]
    ) -> None:
        where, moment = placed
        line = list(islice(occurrences(rule, moment, where), 10))
        names = [occurrence_key(rule, due, where) for due in line]

        assert all(earlier < later for earlier, later in pairwise(line))
        assert all(earlier < later for earlier, later in pairwise(names))

    @given(rules, placed_moments)
    def test_a_name_lasts_until_the_next_occurrence(
        self, rule: Rule, placed: tuple[ZoneInfo, datetime]
    ) -> None:
        where, moment = placed
        last, following = last_due(rule, moment, where), next_due(rule, moment, where)
        name = occurrence_key(rule, last, where)

        assert occurrence_key(rule, moment, where) == name
        assert occurrence_key(rule, following - timedelta(microseconds=1), where) == name
        assert occurrence_key(rule, following, where) != name

    @given(minutes.filter(lambda at: at > time()), placed_days)
    def test_every_local_day_has_exactly_one(self, at: time, placed: tuple[ZoneInfo, date]) -> None:
        (where, day), rule = placed, Daily(at)
        start = due_at(rule, day, where) - timedelta(microseconds=1)
        names = [
            occurrence_key(rule, due, where) for due in islice(occurrences(rule, start, where), 5)
        ]

        assert names == [str(day + number * DAY) for number in range(5)]

    @given(rules, placed_days)
    def test_each_is_on_its_day_at_its_time_or_the_first_moment_after(
        self, rule: Rule, placed: tuple[ZoneInfo, date]
    ) -> None:
        where, day = placed
        wall = datetime.combine(rule.day_in(day), rule.at)
        due = due_at(rule, day, where)

        assert shown(due, where) >= wall
        assert shown(due - timedelta(seconds=1), where) < wall

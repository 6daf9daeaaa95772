"""A team's own clock: its days, its quiet hours and the hours that clocks skip or show twice."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scoring.zones import QuietHours, UnknownZone, local_day, moment_of, next_allowed, zone
from tests.scoring.clocks import (
    APIA,
    DAY,
    KYIV,
    LORD_HOWE,
    NEW_YORK,
    SAO_PAULO,
    minutes,
    placed_days,
    placed_moments,
    shown,
    utc,
)

quiet_hours = st.builds(QuietHours, minutes, minutes)
nearby = st.timedeltas(timedelta(), 3 * DAY)

NIGHT = QuietHours(time(21), time(8))


class TestZone:
    def test_is_found_by_its_name(self) -> None:
        assert zone("Europe/Kyiv") == KYIV
        assert zone(" UTC\n") == ZoneInfo("UTC")

    @pytest.mark.parametrize(
        "name", ["", " ", "Kyiv", "America", "../UTC", "/etc/passwd", "zone.tab", "\0", "x" * 5000]
    )
    def test_anything_else_is_refused_under_the_name_it_was_given(self, name: str) -> None:
        with pytest.raises(UnknownZone) as refused:
            zone(name)

        assert refused.value.name == name


class TestLocalDay:
    def test_turns_at_local_midnight(self) -> None:
        assert local_day(utc("2026-11-21T21:59:59"), KYIV) == date(2026, 11, 21)
        assert local_day(utc("2026-11-21T22:00:00"), KYIV) == date(2026, 11, 22)

    def test_needs_to_know_which_moment_is_meant(self) -> None:
        with pytest.raises(ValueError, match="time zone"):
            local_day(datetime(2026, 11, 21), KYIV)  # noqa: DTZ001  # naive on purpose


class TestMomentOf:
    @pytest.mark.parametrize(
        ("day", "at", "where", "expected"),
        [
            ("2026-11-23", "09:00", KYIV, "2026-11-23T07:00"),
            ("2026-07-20", "09:00", KYIV, "2026-07-20T06:00"),
            ("2026-03-29", "03:30", KYIV, "2026-03-29T01:00"),  # 03:00 became 04:00
            ("2026-03-29", "03:30:15.5", KYIV, "2026-03-29T01:00"),
            ("2026-03-29", "03:00", KYIV, "2026-03-29T01:00"),
            ("2026-03-29", "04:00", KYIV, "2026-03-29T01:00"),
            ("2026-10-25", "03:30", KYIV, "2026-10-25T00:30"),  # 04:00 became 03:00
            ("2026-03-08", "02:59", NEW_YORK, "2026-03-08T07:00"),
            ("2026-11-01", "01:00", NEW_YORK, "2026-11-01T05:00"),
            ("2026-10-04", "02:15", LORD_HOWE, "2026-10-03T15:30"),  # 02:00 became 02:30
            ("2026-04-05", "01:45", LORD_HOWE, "2026-04-04T14:45"),  # 02:00 became 01:30
            ("2011-12-30", "09:00", APIA, "2011-12-30T10:00"),  # the day was skipped whole
            ("2011-12-31", "00:00", APIA, "2011-12-30T10:00"),
            ("2018-11-04", "00:00", SAO_PAULO, "2018-11-04T03:00"),  # 00:00 became 01:00
        ],
    )
    def test_takes_the_first_moment_there_is(
        self, day: str, at: str, where: ZoneInfo, expected: str
    ) -> None:
        moment = moment_of(date.fromisoformat(day), time.fromisoformat(at), where)

        assert moment == utc(expected)
        assert moment.tzinfo is UTC

    @given(placed_days, minutes)
    def test_no_earlier_moment_shows_that_time(
        self, placed: tuple[ZoneInfo, date], at: time
    ) -> None:
        where, day = placed
        wall, moment = datetime.combine(day, at), moment_of(day, at, where)

        assert shown(moment, where) >= wall
        assert shown(moment - timedelta(seconds=1), where) < wall

    @given(placed_days, minutes)
    def test_is_that_very_time_unless_clocks_skip_it(
        self, placed: tuple[ZoneInfo, date], at: time
    ) -> None:
        where, day = placed
        moment = moment_of(day, at, where)
        a_second_before = (moment - timedelta(seconds=1)).astimezone(where)
        leap = moment.astimezone(where).utcoffset() != a_second_before.utcoffset()

        assert leap or shown(moment, where) == datetime.combine(day, at)

    @given(placed_days, minutes, st.integers(0, 3), minutes)
    def test_later_times_never_come_earlier(
        self, placed: tuple[ZoneInfo, date], at: time, later: int, other_at: time
    ) -> None:
        where, day = placed
        (one, at), (other, other_at) = sorted([(day, at), (day + later * DAY, other_at)])

        assert moment_of(one, at, where) <= moment_of(other, other_at, where)


class TestQuietHours:
    def test_a_message_at_noon_goes_at_once(self) -> None:
        assert next_allowed(utc("2026-11-22T10:00"), KYIV, NIGHT) == utc("2026-11-22T10:00")

    def test_a_message_late_in_the_evening_waits_for_the_morning(self) -> None:
        assert next_allowed(utc("2026-11-22T20:15"), KYIV, NIGHT) == utc("2026-11-23T06:00")

    def test_a_message_before_dawn_waits_for_the_same_morning(self) -> None:
        assert next_allowed(utc("2026-11-22T23:00"), KYIV, NIGHT) == utc("2026-11-23T06:00")

    def test_their_first_minute_is_quiet_and_their_last_is_over(self) -> None:
        assert next_allowed(utc("2026-11-22T19:00"), KYIV, NIGHT) == utc("2026-11-23T06:00")
        assert next_allowed(utc("2026-11-23T06:00"), KYIV, NIGHT) == utc("2026-11-23T06:00")

    def test_a_siesta_stays_within_its_day(self) -> None:
        siesta = QuietHours(time(13), time(15))

        assert next_allowed(utc("2026-11-22T11:30"), KYIV, siesta) == utc("2026-11-22T13:00")
        assert next_allowed(utc("2026-11-22T13:30"), KYIV, siesta) == utc("2026-11-22T13:30")

    def test_the_night_of_a_clock_change_is_an_hour_shorter_or_longer(self) -> None:
        assert next_allowed(utc("2026-03-28T20:00"), KYIV, NIGHT) == utc("2026-03-29T05:00")
        assert next_allowed(utc("2026-10-24T20:00"), KYIV, NIGHT) == utc("2026-10-25T06:00")

    def test_an_end_that_clocks_skip_is_the_moment_they_went_forward(self) -> None:
        quiet = QuietHours(time(22), time(3, 30))

        assert next_allowed(utc("2026-03-29T00:30"), KYIV, quiet) == utc("2026-03-29T01:00")

    def test_an_end_that_comes_twice_ends_them_the_first_time(self) -> None:
        quiet = QuietHours(time(22), time(1, 30))
        second_ten_past_one = utc("2026-11-01T06:10")

        assert next_allowed(second_ten_past_one, NEW_YORK, quiet) == second_ten_past_one

    def test_a_skipped_day_does_not_let_a_message_out_at_night(self) -> None:
        late_on_the_29th = utc("2011-12-30T08:00")

        assert next_allowed(late_on_the_29th, APIA, NIGHT) == utc("2011-12-30T18:00")

    def test_none_or_empty_hold_nothing_back(self) -> None:
        moment = utc("2026-11-22T02:00")

        assert next_allowed(moment, KYIV, None) == moment
        assert next_allowed(moment, KYIV, QuietHours(time(8), time(8))) == moment

    def test_the_answer_is_in_utc_whatever_was_asked(self) -> None:
        asked = datetime(2026, 11, 22, 12, tzinfo=KYIV)

        assert next_allowed(asked, KYIV, NIGHT).tzinfo is UTC
        assert next_allowed(asked, KYIV, None).tzinfo is UTC

    @given(placed_moments, quiet_hours)
    def test_what_is_allowed_is_never_earlier_and_stays_allowed(
        self, placed: tuple[ZoneInfo, datetime], quiet: QuietHours
    ) -> None:
        where, moment = placed
        allowed = next_allowed(moment, where, quiet)

        assert allowed >= moment
        assert next_allowed(allowed, where, quiet) == allowed

    @given(placed_moments, quiet_hours)
    def test_a_message_waits_only_for_an_end_of_the_quiet_hours(
        self, placed: tuple[ZoneInfo, datetime], quiet: QuietHours
    ) -> None:
        where, moment = placed
        allowed = next_allowed(moment, where, quiet)
        today = local_day(allowed, where)
        ends = [moment_of(today + days * DAY, quiet.end, where) for days in (-1, 0)]

        assert allowed in (moment, *ends)

    @given(placed_moments, nearby, quiet_hours)
    def test_messages_do_not_overtake_each_other(
        self, placed: tuple[ZoneInfo, datetime], later: timedelta, quiet: QuietHours
    ) -> None:
        where, moment = placed

        assert next_allowed(moment, where, quiet) <= next_allowed(moment + later, where, quiet)

    @given(placed_days, minutes, quiet_hours)
    def test_without_a_change_of_clocks_the_local_time_alone_decides(
        self, placed: tuple[ZoneInfo, date], at: time, quiet: QuietHours
    ) -> None:
        where, day = placed
        eve, after = (moment_of(day + days * DAY, time(), where) for days in (-2, 2))
        assume(after - eve == 4 * DAY)
        held = (
            quiet.start <= at < quiet.end
            if quiet.start <= quiet.end
            else at >= quiet.start or at < quiet.end
        )
        moment = moment_of(day, at, where)

        assert (next_allowed(moment, where, quiet) > moment) is held

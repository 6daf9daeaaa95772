"""Means, changes and shares: held against published examples, against scipy and against sense."""

import math
import random
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from scoring.distributions import student_t_quantile
from scoring.statistics import (
    TOO_FEW,
    Change,
    Interval,
    Proportion,
    mean_interval,
    welch_change,
    wilson,
)

# Extra hours of sleep after each of two soporifics: Student, The Probable Error of a Mean (1908).
SLEEP_1 = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
SLEEP_2 = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]

scores = st.floats(0, 100)
samples = st.lists(scores, min_size=2, max_size=40)
counts = st.tuples(st.integers(0, 5000), st.integers(1, 5000)).filter(lambda c: c[0] <= c[1])


def interval(values: list[float]) -> Interval:
    found = mean_interval(values)
    assert found is not None
    return found


def limits(values: list[float]) -> tuple[float, float]:
    found = interval(values)
    assert found.low is not None
    assert found.high is not None
    return found.low, found.high


def change(now: list[float], before: list[float]) -> Change:
    found = welch_change(now, before)
    assert found is not None
    return found


def share(successes: int, total: int) -> Proportion:
    found = wilson(successes, total)
    assert found is not None
    return found


class TestMeanInterval:
    def test_agrees_with_students_sleep_data(self) -> None:
        """R 4, t.test(extra, data = sleep, subset = group == 2): 0.8976775 to 3.7623225."""
        found = interval(SLEEP_2)

        assert found.estimate == pytest.approx(2.33)
        assert limits(SLEEP_2) == pytest.approx((0.8976775, 3.7623225), abs=5e-8)
        assert found.count == 10

    @given(samples)
    def test_agrees_with_scipy_cut_to_the_scale(self, values: list[float]) -> None:
        assume(len({*values}) > 1 and max(values) - min(values) > 1e-6)
        expected = stats.ttest_1samp(values, 0).confidence_interval(0.95)

        low, high = limits(values)

        assert low == pytest.approx(max(0.0, float(expected.low)), abs=1e-7)
        assert high == pytest.approx(min(100.0, float(expected.high)), abs=1e-7)

    def test_nobody_scored_is_no_mean(self) -> None:
        assert mean_interval([]) is None

    def test_one_evaluation_has_no_interval(self) -> None:
        assert mean_interval([83.5]) == Interval(83.5, None, None, 1)

    @given(scores, st.integers(2, 50))
    def test_equal_scores_leave_no_doubt(self, score: float, count: int) -> None:
        assert mean_interval([score] * count) == Interval(score, score, score, count)

    def test_is_cut_where_the_scale_ends(self) -> None:
        """The mean of the first is 96.67 with a standard error of 10/3, and t(2) is 4.303."""
        low, high = limits([100, 100, 90])

        assert round(low, 2) == 82.32
        assert high == 100
        assert limits([0, 0, 10])[0] == 0

    @given(samples)
    def test_holds_its_mean_and_stays_on_the_scale(self, values: list[float]) -> None:
        low, high = limits(values)

        assert 0 <= low <= interval(values).estimate <= high <= 100

    @given(samples, st.randoms(use_true_random=False))
    def test_order_does_not_matter(self, values: list[float], chance: random.Random) -> None:
        shuffled = chance.sample(values, len(values))

        assert interval(shuffled) == interval(values)

    @given(samples)
    def test_the_same_scores_seen_again_make_it_no_wider(self, values: list[float]) -> None:
        low, high = limits(values)
        low_twice, high_twice = limits(values * 2)

        assert high_twice - low_twice <= high - low + 1e-9

    @given(samples)
    def test_more_confidence_is_wider(self, values: list[float]) -> None:
        surer = mean_interval(values, confidence=0.99)
        assert surer is not None
        assert surer.low is not None
        assert surer.high is not None
        low, high = limits(values)

        assert surer.low <= low
        assert high <= surer.high

    def test_below_five_is_too_few_to_compare(self) -> None:
        assert [interval([80.0] * count).too_few for count in (1, 4, 5)] == [True, True, False]
        assert TOO_FEW == 5


class TestWelchChange:
    def test_agrees_with_students_sleep_data(self) -> None:
        """R 4, t.test(extra ~ group, data = sleep): -3.3654832 to 0.2054832, df 17.776."""
        found = change(SLEEP_1, SLEEP_2)

        assert found.difference == pytest.approx(-1.58)
        assert (found.low, found.high) == pytest.approx((-3.3654832, 0.2054832), abs=5e-8)
        assert round(found.df, 3) == 17.776
        assert not found.beyond_chance

    def test_t_of_the_sleep_data_follows_from_the_interval(self) -> None:
        """R prints t = -1.8608: the difference over the reach, times the quantile."""
        found = change(SLEEP_1, SLEEP_2)
        reach = found.high - found.difference

        t = found.difference / reach * student_t_quantile(0.975, found.df)

        assert round(t, 4) == -1.8608

    @given(samples, samples)
    def test_agrees_with_scipy(self, now: list[float], before: list[float]) -> None:
        assume(max(now) - min(now) > 1e-3 and max(before) - min(before) > 1e-3)
        expected = stats.ttest_ind(now, before, equal_var=False)
        bounds = expected.confidence_interval(0.95)

        found = change(now, before)

        assert found.df == pytest.approx(float(expected.df), rel=1e-6)
        assert (found.low, found.high) == pytest.approx(
            (float(bounds.low), float(bounds.high)), rel=1e-7, abs=1e-7
        )

    def test_a_clear_rise_and_a_clear_fall_are_changes(self) -> None:
        low, high = [70.0, 72.0, 71.0, 69.0, 70.5], [90.0, 91.0, 89.0, 92.0, 90.5]

        assert change(high, low).beyond_chance
        assert change(high, low).low > 0
        assert change(low, high).beyond_chance
        assert change(low, high).high < 0

    def test_a_wobble_is_not_a_change(self) -> None:
        assert not change([80.0, 95.0, 60.0, 88.0], [78.0, 99.0, 70.0, 60.0]).beyond_chance

    @pytest.mark.parametrize(("now", "before"), [([], [1.0, 2.0]), ([1.0], [1.0, 2.0])])
    def test_needs_two_values_on_each_side(self, now: list[float], before: list[float]) -> None:
        assert welch_change(now, before) is None
        assert welch_change(before, now) is None

    def test_when_nothing_varies_only_a_difference_is_a_change(self) -> None:
        same, other = change([100.0] * 6, [100.0] * 6), change([100.0] * 6, [50.0] * 6)

        assert (same.low, same.high, same.beyond_chance) == (0, 0, False)
        assert (other.low, other.high, other.beyond_chance) == (50, 50, True)

    def test_one_side_without_variance_leaves_the_other_sides_degrees(self) -> None:
        assert change([90.0] * 9, [70.0, 80.0, 75.0]).df == pytest.approx(2)

    @given(samples, samples)
    def test_looking_back_is_looking_forward_mirrored(
        self, now: list[float], before: list[float]
    ) -> None:
        ahead, back = change(now, before), change(before, now)

        assert (back.low, back.difference, back.high) == pytest.approx(
            (-ahead.high, -ahead.difference, -ahead.low)
        )
        assert back.beyond_chance == ahead.beyond_chance
        assert (back.count_now, back.count_before) == (ahead.count_before, ahead.count_now)

    @given(samples, samples)
    def test_degrees_stay_between_the_smaller_side_and_both(
        self, now: list[float], before: list[float]
    ) -> None:
        assume(len({*now}) > 1 or len({*before}) > 1)
        fewest, most = min(len(now), len(before)) - 1, len(now) + len(before) - 2
        found = change(now, before)

        assert found.df == math.inf or fewest * (1 - 1e-9) <= found.df <= most * (1 + 1e-9)
        assert found.low <= found.difference <= found.high

    @given(samples, samples)
    def test_order_does_not_matter(self, now: list[float], before: list[float]) -> None:
        assert change(now[::-1], sorted(before)) == change(now, before)

    def test_either_side_below_five_is_too_few_to_compare(self) -> None:
        four, five = [80.0, 81.0, 82.0, 83.0], [80.0, 81.0, 82.0, 83.0, 84.0]

        assert change(four, five).too_few
        assert change(five, four).too_few
        assert not change(five, five).too_few


class TestWilson:
    @pytest.mark.parametrize(
        ("successes", "total", "low", "high"),
        # Newcombe, Two-sided confidence intervals for the single proportion, Statistics in
        # Medicine 17 (1998), table I, method 3.
        [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0000, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ],
    )
    def test_agrees_with_newcombes_table(
        self, successes: int, total: int, low: float, high: float
    ) -> None:
        found = share(successes, total)

        assert (round(found.low, 4), round(found.high, 4)) == (low, high)
        assert (found.successes, found.total) == (successes, total)

    @given(counts)
    def test_agrees_with_scipy(self, count: tuple[int, int]) -> None:
        expected = stats.binomtest(*count).proportion_ci(method="wilson")

        found = share(*count)

        assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=1e-12)

    def test_nothing_assessed_is_no_share(self) -> None:
        assert wilson(0, 0) is None

    @pytest.mark.parametrize(("successes", "total"), [(-1, 5), (6, 5), (1, 0), (0, -1)])
    def test_refuses_counts_that_cannot_be(self, successes: int, total: int) -> None:
        with pytest.raises(ValueError, match="is not a share"):
            wilson(successes, total)

    @given(counts)
    def test_holds_its_share_between_none_and_all(self, count: tuple[int, int]) -> None:
        found = share(*count)

        assert 0 <= found.low <= found.share <= found.high <= 1
        assert found.low < found.high

    def test_none_and_all_are_limits_themselves(self) -> None:
        assert all(share(0, total).low == 0 for total in range(1, 300))
        assert all(share(total, total).high == 1 for total in range(1, 300))

    @given(counts)
    def test_errors_mirror_successes(self, count: tuple[int, int]) -> None:
        successes, total = count
        clean, faulty = share(successes, total), share(total - successes, total)

        assert (faulty.low, faulty.high) == pytest.approx((1 - clean.high, 1 - clean.low))

    @given(counts)
    def test_more_contacts_narrow_it(self, count: tuple[int, int]) -> None:
        successes, total = count
        widths = [
            found.high - found.low
            for found in (share(successes * times, total * times) for times in (1, 2, 10))
        ]

        assert all(wider > narrower for wider, narrower in pairwise(widths))

    def test_below_five_is_too_few_to_compare(self) -> None:
        assert share(4, 4).too_few
        assert not share(4, 5).too_few

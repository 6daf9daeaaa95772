"""A difference within strata: held against published data, least squares, and against sense."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scoring.statistics import welch_change
from scoring.stratified import Difference, Stratum, stratified_difference

# Extra hours of sleep after each of two soporifics: Student, The Probable Error of a Mean (1908).
SLEEP_1 = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
SLEEP_2 = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]

# Breaks of two wools of yarn at three tensions: Tippett, Technological Applications of Statistics
# (1950), as in R's warpbreaks.
WARP = [
    Stratum([27, 14, 29, 19, 29, 31, 41, 20, 44], [26, 30, 54, 25, 70, 52, 51, 26, 67]),
    Stratum([42, 26, 19, 16, 39, 28, 21, 39, 29], [18, 21, 29, 17, 12, 18, 35, 30, 36]),
    Stratum([20, 21, 24, 17, 13, 15, 15, 16, 28], [36, 21, 24, 18, 10, 43, 28, 15, 26]),
]

values = st.lists(st.floats(0, 100), max_size=8)
strata = st.lists(st.builds(Stratum, values, values), max_size=6)


def difference(met: list[Stratum], confidence: float = 0.95) -> Difference:
    found = stratified_difference(met, confidence)
    assert found is not None
    return found


def test_a_single_stratum_is_welchs_comparison() -> None:
    """R 4, t.test(extra ~ group, data = sleep): -3.3654832 to 0.2054832."""
    found = difference([Stratum(SLEEP_1, SLEEP_2)])
    assert found.estimate == pytest.approx(-1.58)
    assert (found.low, found.high) == pytest.approx((-3.3654832, 0.2054832))
    assert (found.count, found.others_count) == (10, 10)
    assert not found.beyond_chance


def test_the_estimate_is_that_of_an_additive_model() -> None:
    """R 4, lm(breaks ~ wool + tension, data = warpbreaks): woolB -5.778."""
    assert difference(WARP).estimate == pytest.approx(-5.778, abs=0.0005)


def test_a_difference_between_strata_alone_is_none_between_sides() -> None:
    """Simpson's: one side met the harder stratum more often, and scores alike in each."""
    easy = Stratum([90.0, 92.0], [90.0, 92.0] * 10)
    hard = Stratum([50.0, 52.0] * 10, [50.0, 52.0])
    found = difference([easy, hard])
    assert found.estimate == pytest.approx(0)
    assert not found.beyond_chance


def test_a_stratum_that_one_side_did_not_meet_says_nothing() -> None:
    lonely = [Stratum([0.0] * 5, []), Stratum([], [100.0] * 5)]
    assert difference([*WARP, *lonely]) == difference(WARP)
    assert stratified_difference(lonely) is None


def test_without_a_repetition_there_is_no_interval() -> None:
    assert stratified_difference([Stratum([1.0], [2.0, 3.0])] * 9) is None
    assert stratified_difference([]) is None


def test_what_never_varies_differs_surely_or_not_at_all() -> None:
    apart = difference([Stratum([1.0, 1.0], [2.0, 2.0])])
    assert (apart.low, apart.high, apart.clearness) == (-1, -1, math.inf)
    assert apart.beyond_chance
    assert not difference([Stratum([66.7] * 3, [66.7] * 2), Stratum([9.1] * 2, [9.1] * 7)]).estimate


@given(strata)
def test_it_agrees_with_least_squares(met: list[Stratum]) -> None:
    found = stratified_difference(met)
    assume(found is not None)
    assert found is not None
    used = [one for one in met if one.own and one.others]
    rows = [
        (place, side, value)
        for place, one in enumerate(used)
        for side, side_values in ((1.0, one.own), (0.0, one.others))
        for value in side_values
    ]
    design = np.array(
        [[*(float(place == one) for one in range(len(used))), side] for place, side, _ in rows]
    )
    solution, *_ = np.linalg.lstsq(design, np.array([value for *_, value in rows]), rcond=None)
    assert found.estimate == pytest.approx(float(solution[-1]), abs=1e-6)


@given(strata)
def test_sides_exchanged_mirror_the_difference(met: list[Stratum]) -> None:
    found = stratified_difference(met)
    mirrored = stratified_difference([Stratum(one.others, one.own) for one in met])
    assert (found is None) == (mirrored is None)
    if found is not None and mirrored is not None:
        assert found.low == pytest.approx(-mirrored.high, abs=1e-9)
        assert found.low <= found.estimate <= found.high


@given(st.builds(Stratum, values, values))
def test_one_stratum_never_says_other_than_welch(one: Stratum) -> None:
    found = stratified_difference([one])
    welch = welch_change(one.own, one.others)
    assert (found is None) == (welch is None)
    if found is not None and welch is not None:
        assert (found.low, found.high) == pytest.approx((welch.low, welch.high), abs=1e-9)

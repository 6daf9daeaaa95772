"""Sample sizes against published worked examples."""

from math import erf, inf, sqrt
from statistics import stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.sample_size import (
    ASSUMED_DEVIATION,
    ENOUGH_TO_KNOW,
    Spread,
    for_mean,
    for_share,
    spread_of,
)

TWO_DEVIATIONS = erf(sqrt(2))
"""The confidence at which z is 2, as Cochran rounds it."""

KREJCIE_MORGAN = {
    10: 10,
    50: 44,
    100: 80,
    200: 132,
    300: 169,
    500: 217,
    1000: 278,
    1500: 306,
    2000: 322,
    5000: 357,
    9000: 368,
    10000: 370,
}
"""Krejcie & Morgan, Determining Sample Size for Research Activities, Educational and Psychological
Measurement 30 (1970), table 1: a share of one half to within 0.05, rounded to the nearest."""


def test_cochrans_islanders() -> None:
    """Chapter 4: about 40 % of 3,200 islanders to within 5 points needs 343 of them."""
    assert for_share(0.05, 0.4, confidence=TWO_DEVIATIONS) == 384
    assert for_share(0.05, 0.4, 3200, confidence=TWO_DEVIATIONS) == 343


def test_cochrans_seedlings() -> None:
    """Chapter 4: beds of 19 seedlings, variance 85.6, to within a tenth: 95, of 430 beds 78."""
    assert for_mean(1.9, sqrt(85.6), confidence=TWO_DEVIATIONS) == 95
    assert for_mean(1.9, sqrt(85.6), 430, confidence=TWO_DEVIATIONS) == 78


def test_bartletts_survey() -> None:
    """Bartlett, Kotrlik & Higgins (2001): a seven-point scale, 1,679 people, 3 %: 111 of them."""
    assert for_mean(7 * 0.03, 7 / 6, 1679) == 111


@pytest.mark.parametrize(("population", "published"), KREJCIE_MORGAN.items())
def test_a_published_table_of_shares(population: int, published: int) -> None:
    found = for_share(0.05, 0.5, population)
    assert found - published in {0, 1}  # ours is rounded up


@given(st.floats(0.5, 50), st.floats(0, 50), st.integers(1, 100_000), st.floats(0.01, 0.5))
def test_no_sample_is_larger_than_its_population_or_than_without_one(
    margin: float, deviation: float, population: int, share: float
) -> None:
    assert for_mean(margin, deviation, population) <= min(population, for_mean(margin, deviation))
    found = for_share(margin / 100, share, population)
    assert 0 < found <= population


@given(st.integers(1, 100_000), st.floats(0.5, 40))
def test_wider_margins_need_less(population: int, deviation: float) -> None:
    assert for_mean(10, deviation, population) <= for_mean(5, deviation, population)
    assert for_share(0.10, population=population) <= for_share(0.05, population=population)


def test_nothing_is_needed_of_nothing_or_where_nothing_varies() -> None:
    assert for_mean(5, 20, 0) == for_share(0.05, population=0) == 0
    assert for_mean(5, 0.0) == for_share(0.05, 0.0) == 0


@pytest.mark.parametrize("margin", [0, -1])
def test_a_margin_must_be_above_zero(margin: float) -> None:
    with pytest.raises(ValueError, match="margin"):
        for_mean(margin, 10)
    with pytest.raises(ValueError, match="margin"):
        for_share(margin)


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="deviation"):
        for_mean(5, -1)
    with pytest.raises(ValueError, match="share"):
        for_share(0.05, 1.5)
    with pytest.raises(ValueError, match="population"):
        for_mean(5, 10, -3)


def test_a_teams_own_spread_is_used_once_enough_is_known() -> None:
    scores = [60.0 + 2 * number for number in range(ENOUGH_TO_KNOW)]
    known = spread_of(scores)
    assert known.deviation == pytest.approx(stdev(scores))
    assert (known.count, known.assumed) == (ENOUGH_TO_KNOW, False)
    few = spread_of(scores[1:])
    assert few == Spread(ASSUMED_DEVIATION)
    assert few.assumed
    assert for_mean(5, few.deviation, inf) == 62

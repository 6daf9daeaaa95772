"""Agreement beyond chance, against published worked examples and against its own definitions."""

import random
from itertools import permutations

import krippendorff
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scoring.agreement import (
    Metric,
    Ratings,
    agreement,
    draws,
    gwet_ac1,
    krippendorff_alpha,
    percent_agreement,
    pooled_percent,
)
from scoring.agreement_limits import ac1_error

HANDBOOK = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
"""Four observers, twelve units, missing values: Krippendorff (2011), C; Gwet's cac.raw4raters."""


def table(*observers: str) -> list[tuple[int | None, ...]]:
    """Return the units of observers whose values are written one beside the other."""
    values = sorted({one for row in observers for one in row} - {"."})
    numbers = {one: number for number, one in enumerate(values)}
    return [tuple(numbers.get(one) for one in unit) for unit in zip(*observers, strict=True)]


def test_two_observers_of_a_yes_or_no() -> None:
    # Krippendorff (2011), A: ten articles, binary data without missing values.
    assert krippendorff_alpha(table("0100000010", "1110010000"), Metric.NOMINAL) == pytest.approx(
        0.095, abs=5e-4
    )


def test_two_observers_of_names() -> None:
    # Krippendorff (2011), B: twelve units, five nominal values.
    ratings = table("aabbdcccedda", "babbbccceddd")
    assert krippendorff_alpha(ratings, Metric.NOMINAL) == pytest.approx(0.692, abs=5e-4)


@pytest.mark.parametrize(("metric", "alpha"), [(Metric.NOMINAL, 0.743), (Metric.ORDINAL, 0.815)])
def test_any_number_of_observers_with_missing_values(metric: Metric, alpha: float) -> None:
    # Krippendorff (2011), C and D.
    assert krippendorff_alpha(table(*HANDBOOK), metric) == pytest.approx(alpha, abs=5e-4)


def test_ac1_of_several_raters_with_missing_values() -> None:
    # Gwet's own package irrCAC for R, gwet.ac1.raw(cac.raw4raters).
    assert gwet_ac1(table(*HANDBOOK)) == pytest.approx(0.77544, abs=5e-6)
    assert percent_agreement(table(*HANDBOOK)) == pytest.approx(0.8181818)


def test_ac1_of_two_raters_and_three_categories() -> None:
    # The same package, gwet.ac1.table(cont3x3abstractors): a hundred abstracts.
    cells = {(0, 0): 13, (1, 1): 20, (1, 2): 7, (2, 1): 4, (2, 2): 56}
    ratings = [pair for pair, times in cells.items() for _ in range(times)]
    assert gwet_ac1(ratings) == pytest.approx(0.8493305)
    assert percent_agreement(ratings) == pytest.approx(0.89)


def test_ac1_stays_high_where_nearly_all_answers_are_the_same() -> None:
    # The paradox for which AC1 was made: 118 times both say yes, seven times they differ.
    ratings = [(0, 0)] * 118 + [(0, 1)] * 5 + [(1, 0)] * 2
    assert gwet_ac1(ratings) == pytest.approx(0.9408, abs=5e-5)
    alpha = krippendorff_alpha(ratings, Metric.NOMINAL)
    assert alpha is not None
    assert alpha < 0


def test_where_everybody_says_the_same_alpha_does_not_exist_and_the_others_are_full() -> None:
    ratings = [(1, 1, 1), (1, 1, None), (1, 1, 1)]
    assert krippendorff_alpha(ratings, Metric.NOMINAL) is None
    assert krippendorff_alpha(ratings, Metric.ORDINAL) is None
    assert percent_agreement(ratings) == 1
    assert gwet_ac1(ratings) == 1


@pytest.mark.parametrize("ratings", [[], [(0, None), (None, 1)], [(None, None)]])
def test_without_two_ratings_of_one_unit_nothing_can_be_said(ratings: Ratings) -> None:
    found = agreement(ratings, Metric.NOMINAL, draws(len(ratings), seed=1), categories=2)
    assert (found.units, found.pairs) == (0, 0)
    assert found.percent is None
    assert found.alpha is None
    assert found.ac1 is None


def test_one_category_leaves_nothing_to_choose() -> None:
    with pytest.raises(ValueError, match="two categories"):
        gwet_ac1([(0, 0)], categories=1)


def test_a_category_that_nobody_chose_still_counts_for_ac1() -> None:
    ratings = [(0, 0), (0, 1), (1, 1)]
    two, three = gwet_ac1(ratings, 2), gwet_ac1(ratings, 3)
    assert two is not None
    assert three is not None
    assert three > two


def test_a_step_apart_is_less_than_two_on_a_scale_and_the_same_among_names() -> None:
    near, far = [(0, 0), (1, 1), (2, 2), (0, 1)], [(0, 0), (1, 1), (2, 2), (0, 2)]
    ordinal = krippendorff_alpha(near, Metric.ORDINAL), krippendorff_alpha(far, Metric.ORDINAL)
    nominal = krippendorff_alpha(near, Metric.NOMINAL), krippendorff_alpha(far, Metric.NOMINAL)
    assert ordinal[0] is not None
    assert ordinal[1] is not None
    assert ordinal[0] > ordinal[1]
    assert nominal[0] == pytest.approx(nominal[1])


def test_what_stands_outside_the_order_counts_as_an_answer_but_not_for_alpha() -> None:
    # 0, 1 and 2 are the scale's options, 3 is N/A.
    with_na, without = [(0, 0), (1, 2), (0, 3)], [(0, 0), (1, 2), (0, None)]
    resamples = draws(3, seed=1)
    found = agreement(with_na, Metric.ORDINAL, resamples, categories=4, on_scale=3)
    left_out = agreement(without, Metric.ORDINAL, resamples, categories=3)
    assert found.alpha == left_out.alpha
    assert found.percent is not None
    assert found.percent.value == pytest.approx(1 / 3)
    assert left_out.percent is not None
    assert left_out.percent.value == pytest.approx(1 / 2)


def test_pairs_and_units_are_counted_where_there_are_two() -> None:
    found = agreement(table(*HANDBOOK), Metric.NOMINAL, draws(12, seed=1), categories=5)
    assert found.units == 11
    assert found.pairs == 55


def test_the_same_seed_gives_the_same_interval_again() -> None:
    ratings = table(*HANDBOOK)
    first, again, other = (
        agreement(ratings, Metric.ORDINAL, draws(12, seed), categories=5) for seed in (7, 7, 8)
    )
    assert first == again
    assert first != other
    assert first.alpha is not None
    assert other.alpha is not None
    assert first.alpha.value == other.alpha.value


def test_an_interval_holds_its_estimate_and_narrows_with_more_units() -> None:
    ratings = table("0100000010", "1110010000", "0100010010")
    few = agreement(ratings, Metric.NOMINAL, draws(10, seed=3), categories=2).percent
    many = agreement(ratings * 9, Metric.NOMINAL, draws(90, seed=3), categories=2).percent
    assert few is not None
    assert many is not None
    assert few.low is not None
    assert few.high is not None
    assert many.low is not None
    assert many.high is not None
    assert few.low <= few.value <= few.high
    assert many.high - many.low < few.high - few.low


def test_a_single_unit_has_no_interval() -> None:
    found = agreement([(0, 1, 1), (0, None, None)], Metric.NOMINAL, draws(2, seed=1), categories=2)
    assert found.percent is not None
    assert found.ac1 is not None
    assert (found.percent.low, found.percent.high) == (None, None)
    assert (found.ac1.low, found.ac1.high) == (None, None)


def test_an_alpha_that_most_resamples_do_not_have_has_no_interval() -> None:
    # One dissenting unit in two: most resamples miss it or hold nothing else than one value.
    ratings = [(0, 0), (0, 0), (0, 0), (0, 0), (0, 0), (1, 1)]
    seldom = [[0] * 6] * 60 + [[0, 1, 2, 3, 4, 5]] * 40
    found = agreement(ratings, Metric.NOMINAL, seldom, categories=2)
    assert found.alpha is not None
    assert found.alpha.value == 1
    assert found.alpha.low is None


def test_where_more_than_one_resample_in_twenty_fails_alpha_has_no_interval() -> None:
    ratings = [(0, 0), (0, 1), (1, 1), (0, 0), (0, 0), (1, 1)]
    good, bad = [0, 1, 2, 3, 4, 5], [0] * 6
    whole, varied = [[0, 1, 2, 3, 4, 4], good] * 48, [[bad] * 4, [bad] * 6]
    limits = [
        agreement(ratings, Metric.NOMINAL, [*whole, *failed], categories=2).alpha
        for failed in varied
    ]
    assert [one is not None and one.low is not None for one in limits] == [True, False]


@pytest.mark.parametrize("units", [6, 12, 30])
def test_when_all_agree_the_intervals_keep_a_width(units: int) -> None:
    found = agreement([(0, 0, 0)] * units, Metric.NOMINAL, draws(units, seed=1), categories=3)
    for figure in (found.percent, found.ac1):
        assert figure is not None
        assert figure.low is not None
        assert figure.value == figure.high == 1
        assert 0.4 < figure.low < 0.95
    assert found.alpha is None


# Gwet's own package irrCAC 0.4.4 for Python: CAC(frame, categories=…).gwet(). Its numpy is older
# than the one used here, so that its figures stand here: seed, units, raters, options, categories,
# AC1, standard error, percent agreement.
JUDGED = [
    (1, 12, 2, 2, 2, 0.53523, 0.27136, 0.72727),
    (2, 15, 3, 3, 3, 0.70910, 0.13669, 0.80000),
    (3, 40, 4, 3, 4, 0.67189, 0.06180, 0.73750),
]


def drawn(seed: int, units: int, raters: int, options: int) -> list[list[int | None]]:
    """Return ratings that mostly agree, a tenth of them missing."""
    chance, found = random.Random(seed), []  # noqa: S311  no secret
    for _ in range(units):
        true = chance.choice([0, 0, 0, 1, 2][: options + 2])
        found.append(
            [
                None
                if chance.random() < 0.1
                else (true if chance.random() < 0.75 else chance.randrange(options))
                for _ in range(raters)
            ]
        )
    return found


@pytest.mark.parametrize("case", JUDGED)
def test_ac1_and_its_error_are_those_of_gwets_package(
    case: tuple[int, int, int, int, int, float, float, float],
) -> None:
    seed, units, raters, options, categories, ac1, error, percent = case
    ratings = drawn(seed, units, raters, options)
    counts = [[float(row.count(one)) for one in range(categories)] for row in ratings]
    assert gwet_ac1(ratings, categories) == pytest.approx(ac1, abs=1e-5)
    assert percent_agreement(ratings) == pytest.approx(percent, abs=1e-5)
    assert ac1_error([row for row in counts if sum(row)]) == pytest.approx(error, abs=1e-5)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("metric", list(Metric))
def test_alpha_is_that_of_another_implementation(seed: int, metric: Metric) -> None:
    ratings = drawn(seed, 14, 4, 3)
    by_rater = np.array(
        [[np.nan if one is None else one for one in row] for row in ratings], dtype=float
    ).T
    judged = krippendorff.alpha(by_rater, level_of_measurement=metric.value)
    assert krippendorff_alpha(ratings, metric) == pytest.approx(judged)


@pytest.mark.parametrize(("error", "raters", "units"), [(0.05, 2, 8), (0.05, 4, 12), (0.2, 3, 24)])
def test_intervals_hold_the_truth_in_about_95_of_100(error: float, raters: int, units: int) -> None:
    """500 times each, with errors of each rater at random."""
    chance = random.Random(17)  # noqa: S311  no secret
    shares = [0.8 * (1 - error) + 0.2 * error, 0.8 * error + 0.2 * (1 - error)]
    same = (1 - error) ** 2 + error**2
    by_chance = 2 * shares[0] * shares[1]
    truth = (same, (same - by_chance) / (1 - by_chance))
    held = [0, 0]
    for _ in range(500):
        true = [int(chance.random() < 0.2) for _ in range(units)]
        ratings = [[one ^ (chance.random() < error) for _ in range(raters)] for one in true]
        found = agreement(ratings, Metric.NOMINAL, draws(units, 1, 200), categories=2)
        for place, figure in enumerate((found.percent, found.ac1)):
            assert figure is not None
            assert figure.low is not None
            assert figure.high is not None
            held[place] += figure.low <= truth[place] <= figure.high
    assert min(held) >= 0.92 * 500


def test_several_criteria_pool_into_one_share() -> None:
    first, second = [(0, 0), (0, 1)], [(1, 1), (None, 1)]
    pooled = pooled_percent([first, second], draws(2, seed=1))
    assert pooled is not None
    assert pooled.value == pytest.approx(2 / 3)
    assert pooled_percent([], []) is None


Unit = st.lists(st.one_of(st.none(), st.integers(0, 3)), min_size=4, max_size=4)


@given(st.lists(Unit, min_size=1, max_size=8))
def test_alpha_is_what_its_definition_says(ratings: list[list[int | None]]) -> None:
    """One less observed by expected disagreement, a unit's pairs by its ratings less one."""
    units = [[one for one in unit if one is not None] for unit in ratings]
    units = [unit for unit in units if len(unit) > 1]
    every = [one for unit in units for one in unit]
    assume(len(set(every)) > 1)
    count = len(every)
    observed = sum(
        sum(one != other for one, other in permutations(unit, 2)) / (len(unit) - 1)
        for unit in units
    )
    expected = sum(one != other for one, other in permutations(every, 2)) / (count - 1)
    assert krippendorff_alpha(ratings, Metric.NOMINAL) == pytest.approx(1 - observed / expected)


@given(st.lists(Unit, min_size=1, max_size=8), st.permutations(range(4)))
def test_who_stands_in_which_column_does_not_matter(
    ratings: list[list[int | None]], order: list[int]
) -> None:
    moved = [[unit[place] for place in order] for unit in ratings]
    for metric in Metric:
        assert krippendorff_alpha(moved, metric) == krippendorff_alpha(ratings, metric)
    assert gwet_ac1(moved, 4) == gwet_ac1(ratings, 4)
    assert percent_agreement(moved) == percent_agreement(ratings)

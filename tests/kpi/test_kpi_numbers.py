"""What daily figures come to, worked by hand and against other ways of reckoning it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from scipy import stats

from scoring import kpi
from scoring.kpi import Measure, Tally, Verdict
from scoring.metrics import QUALITY, Aim, Kind
from tests.kpi.cases import aim, metric, tally

FIGURES = some.lists(some.floats(0, 3600).map(lambda value: round(value, 3)), max_size=40)
CALLS = (310.0, 320.0, 330.0, 340.0, 350.0)
EVERY_DAY = some.sampled_from(["csat", "frt_s", "missed_calls"])


def measured(key: str, *values: float) -> Measure:
    found = kpi.measure(metric(key), tally(values))
    assert found is not None
    return found


def test_a_mean_day_stands_with_its_interval_and_count() -> None:
    found = measured("aht_s", *CALLS)
    # The standard error is sqrt(250 / 5); Student's t for four degrees of freedom is 2.776.
    assert found.mean == 330
    assert found.low == pytest.approx(330 - 2.776 * 50**0.5, abs=0.01)
    assert found.high == pytest.approx(330 + 2.776 * 50**0.5, abs=0.01)
    assert (found.count, found.total) == (5, 1650)


@given(some.lists(some.floats(100, 200), min_size=5, max_size=60))
def test_the_interval_is_that_of_student(values: list[float]) -> None:
    found = measured("aht_s", *values)
    assert found.low is not None
    assert found.high is not None
    error = stats.sem(values)
    low, high = stats.t.interval(0.95, len(values) - 1, loc=found.mean, scale=max(error, 1e-12))
    assert found.low == pytest.approx(low, abs=1e-3)
    assert found.high == pytest.approx(high, abs=1e-3)


def test_below_five_days_there_is_no_interval_and_no_verdict() -> None:
    found = measured("csat", 90, 91, 92, 93)
    assert (found.low, found.high, found.too_few) == (None, None, True)
    assert kpi.verdict(aim("csat", 80), found) is Verdict.UNSURE


def test_seconds_are_not_cut_at_100_but_percent_are() -> None:
    assert (measured("aht_s", *CALLS).high or 0) > 300
    assert measured("csat", 100, 100, 100, 100, 60).high == 100
    assert measured("missed_calls", 0, 0, 0, 0, 9).low == 0


def test_no_figures_have_no_measure() -> None:
    assert kpi.measure(metric("csat"), None) is None
    assert kpi.measure(metric("csat"), Tally()) is None
    assert kpi.quality([]) is None


@given(FIGURES, FIGURES)
def test_agents_added_up_are_the_same_as_all_their_days(one: list[float], two: list[float]) -> None:
    together = kpi.merged([{"aht_s": tally(one)}, {"aht_s": tally(two)}])["aht_s"]
    every = tally([*one, *two])
    assert together.days == every.days
    assert together.events == every.events
    assert together.total == pytest.approx(every.total)
    assert together.squares == pytest.approx(every.squares)


@pytest.mark.parametrize(
    ("key", "target", "expected"),
    [
        ("csat", 310, Verdict.MET),  # 330 (310.4 to 349.6)
        ("csat", 311, Verdict.UNSURE),
        ("csat", 349, Verdict.UNSURE),
        ("csat", 350, Verdict.MISSED),
        ("aht_s", 350, Verdict.MET),
        ("aht_s", 349, Verdict.UNSURE),
        ("aht_s", 311, Verdict.UNSURE),
        ("aht_s", 310, Verdict.MISSED),
    ],
)
def test_a_target_within_the_interval_is_neither_met_nor_missed_yet(
    key: str, target: float, expected: Verdict
) -> None:
    assert kpi.verdict(aim(key, target), measured("aht_s", *CALLS)) is expected


def test_what_just_reaches_its_target_meets_it() -> None:
    assert kpi.verdict(aim("aht_s", 330), measured("aht_s", *[330] * 5)) is Verdict.MET


def test_a_teams_interval_takes_an_agents_days_as_alike() -> None:
    """Twenty days of four agents each were taken for eighty that had nothing in common."""
    agents = [tally([value] * 20) for value in (200, 300, 400, 500)]
    found = kpi.team_measure(metric("aht_s"), agents)
    assert found is not None
    assert (found.mean, found.count) == (350, 80)
    # Four equal clusters are as sure as their four means.
    error = stats.sem([200, 300, 400, 500])
    low, high = stats.t.interval(0.95, 3, loc=350, scale=error)
    assert (found.low, found.high) == pytest.approx((low, high))
    apart = kpi.measure(metric("aht_s"), kpi.merged([{"aht_s": one} for one in agents])["aht_s"])
    assert apart is not None
    assert apart.low is not None
    assert found.low is not None
    assert found.low < apart.low


def test_a_single_agents_days_are_a_team_of_their_own() -> None:
    assert kpi.team_measure(metric("aht_s"), [tally(CALLS)]) == measured("aht_s", *CALLS)
    assert kpi.team_measure(metric("aht_s"), []) is None
    few = kpi.team_measure(metric("aht_s"), [tally([300]), tally([310])])
    assert few is not None
    assert (few.low, few.high) == (None, None)


def test_agents_who_differ_make_a_teams_interval_hold_its_truth() -> None:
    """Taken day by day it held the mean of all such agents in 40 of 100 teams."""
    dice = np.random.default_rng(31)
    held = 0
    for _ in range(400):
        own = dice.normal(300, 40, 10)
        days = [tally(dice.normal(mean, 30, 20).clip(0).tolist()) for mean in own]
        found = kpi.team_measure(metric("aht_s"), days)
        assert found is not None
        assert found.low is not None
        assert found.high is not None
        held += found.low <= 300 <= found.high
    assert held / 400 >= 0.92


def test_discipline_is_not_judged() -> None:
    late = measured("late_minutes", 9, 9, 9, 9, 9)
    assert kpi.verdict(aim("late_minutes", 1), late) is None


def test_a_miss_counts_when_both_months_had_enough_figures_and_missed() -> None:
    wanted, slow, quick = aim("aht_s", 300), measured("aht_s", *CALLS), measured("aht_s", *[9] * 5)
    few = measured("aht_s", 900, 900)
    assert kpi.missed_twice(wanted, slow, slow)
    for before, last in ((slow, quick), (quick, slow), (few, slow), (slow, few), (None, slow)):
        assert not kpi.missed_twice(wanted, before, last)


@pytest.mark.parametrize(
    ("key", "target", "values", "share"),
    [
        ("csat", 90, [81], 90),
        ("csat", 90, [95], 100),
        ("aht_s", 300, [400], 75),
        ("aht_s", 300, [200], 100),
        ("missed_calls", 0, [2], 0),
        ("missed_calls", 0, [0], 100),
        ("missed_calls", 2, [0], 100),
        ("csat", 0, [0], 100),
    ],
)
def test_attainment_is_the_share_of_the_target_that_was_reached(
    key: str, target: float, values: list[float], share: float
) -> None:
    assert kpi.attainment(aim(key, target), measured(key, *values)) == pytest.approx(share)


@given(EVERY_DAY, some.floats(0, 100), some.lists(some.floats(0, 100), min_size=1))
def test_attainment_stays_between_0_and_100_and_is_full_where_the_target_is_met(
    key: str, target: float, values: list[float]
) -> None:
    wanted, found = aim(key, target), measured(key, *values)
    share = kpi.attainment(wanted, found)
    assert share is not None
    assert 0 <= share <= 100
    if kpi.verdict(wanted, found) is Verdict.MET:
        assert share == 100


def test_the_composite_is_the_weighted_mean_of_attainments() -> None:
    quality = Aim(QUALITY, target=80, weight=50)
    found = kpi.composite(
        [
            (quality, kpi.quality([72.0] * 5)),  # 90 of its target
            (aim("aht_s", 300, weight=30), measured("aht_s", *[400] * 5)),  # 75
            (aim("csat", 90, weight=20), measured("csat", *[99] * 5)),  # 100
            (aim("frt_s", 30), measured("frt_s", *[60] * 5)),  # no weight
        ]
    )
    assert found is not None
    assert found.score == pytest.approx((50 * 90 + 30 * 75 + 20 * 100) / 100)
    assert [part.aim.metric.key for part in found.parts] == ["quality", "aht_s", "csat"]
    assert not found.too_few


def test_what_has_no_target_or_no_figures_leaves_both_sides_of_the_composite() -> None:
    found = kpi.composite(
        [
            (aim("csat", 90, weight=50), measured("csat", 81)),
            (aim("aht_s", None, weight=30), measured("aht_s", *CALLS)),
            (aim("frt_s", 30, weight=20), None),
        ]
    )
    assert found is not None
    assert found.score == pytest.approx(90)
    assert [part.attainment for part in found.parts] == [pytest.approx(90), None, None]
    assert found.too_few


def test_without_weights_there_is_no_composite_and_discipline_is_never_a_part() -> None:
    late = (aim("late_minutes", 1, weight=90), measured("late_minutes", *[9] * 5))
    unused = (replace(aim("csat", 90, weight=10), used=False), measured("csat", *[90] * 5))
    assert kpi.composite([(aim("csat", 90), measured("csat", 90)), late, unused]) is None


def test_a_composite_whose_parts_are_all_left_out_has_no_score() -> None:
    found = kpi.composite([(aim("csat", 90, weight=50), None)])
    assert found is not None
    assert found.score is None


def test_lines_are_of_used_performance_metrics_with_figures_and_events_of_discipline() -> None:
    aims = [
        *(aim(key, 50) for key in ("csat", "frt_s", "late_minutes")),
        replace(aim("aht_s"), used=False),
    ]
    now = {"late_minutes": tally([0, 7, 0, 12]), "aht_s": tally(CALLS)}
    before = {"csat": tally([90] * 5), "late_minutes": tally([0])}
    [line] = kpi.lines(aims, [now], [[before], [now]])
    assert (line.aim.metric.key, line.now) == ("csat", None)
    assert [month and month.mean for month in line.months] == [90, None]
    [events] = kpi.discipline(aims, [now], [[before], [now]])
    assert events.metric.kind is Kind.DISCIPLINE
    assert (events.now.events, events.now.total, events.now.days) == (2, 19, 4)
    assert [month.events for month in events.months] == [0, 2]

"""A team's estimate for all contacts: worked by hand, and held by simulation with fixed seeds."""

import random
from collections.abc import Callable
from math import sqrt

import pytest

from scoring.distributions import student_t_quantile
from scoring.team_estimate import (
    AgentSample,
    change,
    estimate,
    heard,
    margin,
    per_agent_for,
    smallest_change,
)

ROUNDS = 1500

Drawing = Callable[[random.Random, float], float]


def test_agents_weigh_as_much_as_they_handled() -> None:
    found = estimate([AgentSample([80, 90], 300), AgentSample([50, 70], 100)])
    assert found is not None
    assert found.mean == pytest.approx(0.75 * 85 + 0.25 * 60)
    variance = 0.75**2 * (1 - 2 / 300) * 50 / 2 + 0.25**2 * (1 - 2 / 100) * 200 / 2
    assert found.variance == pytest.approx(variance)
    assert (found.count, found.handled) == (4, 400)


def test_in_the_middle_of_the_scale_the_interval_is_students() -> None:
    samples = [AgentSample([45 + step % 2 * 10 for step in range(40)], 4_000) for _ in range(5)]
    found = estimate(samples)
    assert found is not None
    assert found.df == 195
    reach = student_t_quantile(0.975, 195) * sqrt(found.variance or 0)
    assert found.interval().limits == pytest.approx((50 - reach, 50 + reach), abs=0.05)


def test_what_was_heard_whole_is_known_for_sure() -> None:
    found = estimate([AgentSample([80, 90, 85], 3), AgentSample([50, 70, 60], 3)])
    assert found is not None
    assert found.interval().limits == (72.5, 72.5)


def test_equal_scores_do_not_mean_that_nothing_scatters() -> None:
    found = estimate([AgentSample([100] * 4, 200), AgentSample([100] * 4, 200)])
    assert found is not None
    low, high = found.interval().limits or (0, 0)
    assert 80 < low < 99
    assert high == 100


def test_one_score_an_agent_says_nothing_of_the_spread() -> None:
    found = estimate([AgentSample([80], 20), AgentSample([50], 20)])
    assert found is not None
    assert found.interval().limits is None
    assert estimate([]) is None
    assert estimate([AgentSample([], 20)]) is None


def test_whoever_has_one_score_scatters_as_the_others() -> None:
    found = estimate([AgentSample([80, 90], 50), AgentSample([60], 50)])
    assert found is not None
    assert found.variance == pytest.approx(0.25 * 0.96 * 25 + 0.25 * 0.98 * 50)


def test_a_change_takes_both_errors() -> None:
    one = estimate([AgentSample([80, 90, 100], 30), AgentSample([50, 70, 60], 30)])
    assert one is not None
    moved = change(one, one)
    assert moved is not None
    assert moved.difference == 0
    assert not moved.beyond_chance
    assert moved.high == pytest.approx(-moved.low)
    assert moved.high > 0


def test_the_margin_that_a_plan_promises_is_the_one_that_the_report_shows() -> None:
    handled = [60, 120, 180]
    spread = [70.0, 90.0, 70.0, 90.0]
    deviation = sqrt(400 / 3)
    found = estimate([AgentSample(spread, size) for size in handled])
    assert found is not None
    promised = margin(4, deviation, handled)
    assert promised is not None
    shares = [size / 360 for size in handled]
    expected = sqrt(
        sum(
            share**2 * (1 - 4 / size) * 400 / 3 / 4
            for share, size in zip(shares, handled, strict=True)
        )
    )
    assert sqrt(found.variance or 0) == pytest.approx(expected)
    assert promised == pytest.approx(student_t_quantile(0.975, 9) * expected)


def test_as_many_contacts_as_a_margin_takes_and_not_one_fewer() -> None:
    handled = [60, 120, 180, 40]
    count = per_agent_for(5, 20, handled)
    assert count is not None
    assert (margin(count, 20, handled) or 99) <= 5
    assert (margin(count - 1, 20, handled) or 99) > 5
    assert heard(50, handled) == 190
    assert per_agent_for(5, 20, []) is None
    with pytest.raises(ValueError, match="above 0"):
        per_agent_for(0, 20, handled)


def test_a_change_of_the_smallest_size_is_seen_four_times_in_five() -> None:
    chance = random.Random(20261)  # noqa: S311  no secret
    handled, each, deviation = [200] * 10, 8, 12.0
    size = smallest_change(each, deviation, handled)
    assert size is not None
    seen = 0
    for _ in range(ROUNDS):
        periods = []
        for level in (60.0, 60.0 + size):
            samples = [
                AgentSample([chance.gauss(level, deviation) for _ in range(each)], 10_000)
                for _ in handled
            ]
            periods.append(estimate(samples))
        before, now = periods
        assert before is not None
        assert now is not None
        moved = change(now, before)
        seen += moved is not None and moved.beyond_chance
    assert 0.75 <= seen / ROUNDS <= 0.86


def plain(chance: random.Random, level: float) -> float:
    return min(100.0, max(0.0, chance.gauss(level, 10)))


def skewed(chance: random.Random, level: float) -> float:
    """Mostly near the top; one in twelve lost everything to a critical error."""
    if chance.random() < 1 / 12:
        return 0.0
    return min(100.0, level + 12 - chance.expovariate(1 / 12))


def rarely_zero(chance: random.Random, level: float) -> float:
    """The same with a zero in thirty."""
    return 0.0 if chance.random() < 1 / 30 else plain(chance, level)


@pytest.mark.parametrize("kind", [plain, skewed, rarely_zero])
@pytest.mark.parametrize(("agents", "each"), [(6, 5), (12, 4), (12, 8), (25, 8)])
def test_the_interval_holds_the_mean_of_all_contacts_about_19_times_in_20(
    kind: Drawing, agents: int, each: int
) -> None:
    chance = random.Random(48213)  # noqa: S311  no secret
    held = 0
    for _ in range(ROUNDS):
        samples, total, number = [], 0.0, 0
        for place in range(agents):
            size = 20 + 30 * (place % 5)
            level = 70 + 3 * (place % 6)
            whole = [kind(chance, level) for _ in range(size)]
            total, number = total + sum(whole), number + size
            samples.append(AgentSample(chance.sample(whole, each), size))
        found = estimate(samples)
        assert found is not None
        low, high = found.interval().limits or (0, 0)
        held += low <= total / number <= high
    assert 0.925 <= held / ROUNDS <= 0.985

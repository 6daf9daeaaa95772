"""The funnel: held against a published analysis, and against sense."""

import random
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.funnel import REACH, Funnel, Level, Spot, funnel

# Dried weight of plants: Dobson, An Introduction to Statistical Modelling (1983), as in R's
# PlantGrowth; anova(lm(weight ~ group)) has a residual standard error of 0.6234 on 27 degrees.
PLANTS = {
    0: [4.17, 5.58, 5.18, 6.11, 4.50, 4.61, 5.17, 4.53, 5.33, 5.14],
    1: [4.81, 4.17, 4.41, 3.59, 5.87, 3.83, 6.03, 4.89, 4.32, 4.69],
    2: [6.31, 5.12, 5.54, 5.50, 5.37, 5.29, 4.92, 6.15, 5.80, 5.26],
}
FOURTH = [5.073, 5.073 + 0.7635, 5.073 - 0.7635, 5.073]
"""Four more of the same mean and spread, for the degrees of freedom that a funnel wants."""

by_agent = st.dictionaries(
    st.integers(1, 8), st.lists(st.integers(0, 100).map(float), min_size=1, max_size=30)
)


def of(by_agent: dict[int, list[float]]) -> Funnel | None:
    return funnel((agent, score) for agent, own in by_agent.items() for score in own)


def level_of(found: Funnel, agent: int) -> Level | None:
    return next(one.outside for one in found.spots if one.agent_id == agent)


def alike(agents: int, times: int) -> dict[int, list[float]]:
    """Agents who all score 70 and 90 in turn."""
    return {agent: [70.0, 90.0] * times for agent in range(agents)}


def test_limits_are_those_of_the_published_spread() -> None:
    found = of({**PLANTS, 3: FOURTH})
    assert found is not None
    assert found.centre == pytest.approx(5.073, abs=0.001)
    assert found.spread == pytest.approx(0.6234, abs=0.0001)
    inner, outer = (found.limits(level, 10) for level in (Level.WARNING, Level.ALARM))
    # 5.073 ± 1.96 · 0.6234 / √10 and ± 3.09 · 0.6234 / √10
    assert (inner.low, inner.high) == pytest.approx((4.687, 5.459), abs=0.001)
    assert (outer.low, outer.high) == pytest.approx((4.464, 5.682), abs=0.001)
    assert [level_of(found, agent) for agent in range(4)] == [
        *(None, Level.WARNING, Level.WARNING),
        None,
    ]


def test_the_limits_are_the_customary_two_and_three_standard_errors() -> None:
    """Spiegelhalter (2005): 95 % and 99.8 %, approximately two and three."""
    assert REACH[Level.WARNING] == pytest.approx(1.95996, abs=1e-5)
    assert REACH[Level.ALARM] == pytest.approx(3.09023, abs=1e-5)


def test_the_same_mean_is_outside_with_many_scores_and_inside_with_few() -> None:
    team = {**alike(6, 10), 10: [60.0, 80.0] * 3, 11: [60.0, 80.0] * 20}
    found = of(team)
    assert found is not None
    assert level_of(found, 10) is None
    assert level_of(found, 11) is Level.ALARM
    assert [one.agent_id for one in found.outside] == [11]


def test_of_fewer_than_five_scores_nothing_is_said() -> None:
    found = of({**alike(6, 10), 10: [0.0] * 4, 11: [0.0] * 5})
    assert found is not None
    assert (level_of(found, 10), level_of(found, 11)) == (None, Level.ALARM)
    assert Spot(10, 0.0, 4) in found.spots
    assert found.compared == 7


@pytest.mark.parametrize(
    "team",
    [
        {},
        alike(1, 100),
        alike(2, 100),
        alike(5, 2),
        alike(3, 5),  # 27 degrees of freedom
        {agent: [80.0] * 50 for agent in range(3)},
    ],
)
def test_too_little_to_say_has_no_funnel(team: dict[int, list[float]]) -> None:
    assert of(team) is None


@given(by_agent)
def test_who_is_outside_the_wider_limits_is_outside_the_others(
    team: dict[int, list[float]],
) -> None:
    found = of(team)
    if found is None:
        return
    assert found.centre == pytest.approx(fmean(score for own in team.values() for score in own))
    for spot in found.spots:
        inner = found.limits(Level.WARNING, spot.count)
        outer = found.limits(Level.ALARM, spot.count)
        assert 0 <= outer.low <= inner.low <= found.centre <= inner.high <= outer.high <= 100
        within_inner = inner.low <= spot.mean <= inner.high
        within_outer = outer.low <= spot.mean <= outer.high
        if not spot.too_few:
            assert (spot.outside is None) == within_inner
            assert (spot.outside is Level.ALARM) == (not within_outer)


@given(st.integers(1, 500), st.integers(1, 500))
def test_limits_narrow_as_scores_are_added(one: int, other: int) -> None:
    found = of(alike(4, 10))
    assert found is not None
    few, many = sorted((one, other))
    for level in Level:
        assert found.limits(level, few).low <= found.limits(level, many).low
        assert found.limits(level, few).high >= found.limits(level, many).high


def test_among_many_equal_agents_hardly_a_list_points_anybody_out_beyond_chance() -> None:
    """100 teams of twenty equals: somebody is outside 95 % in most, beyond chance in few."""
    chance = random.Random(9)  # noqa: S311  no secret
    outside = sure = 0
    for _ in range(100):
        found = of({agent: [chance.gauss(60, 12) for _ in range(8)] for agent in range(20)})
        assert found is not None
        outside += bool(found.outside)
        sure += bool(found.beyond_chance)
    assert outside > 50
    assert sure <= 10


def test_an_exit_that_rests_on_zeroed_contacts_says_so() -> None:
    found = of({**alike(6, 10), 10: [70.0, 90.0] * 4 + [0.0] * 4, 11: [40.0, 60.0] * 6})
    assert found is not None
    zeroed = {one.agent_id: one.zeroed for one in found.outside}
    assert (zeroed[10], zeroed[11]) == (4, 0)

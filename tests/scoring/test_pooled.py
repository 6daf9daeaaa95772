"""An agent's interval with the team's spread: how often it holds the truth."""

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.periods import parse_period
from scoring.pooled import Pool, agent_change, agent_mean, pool, pool_days
from scoring.report import EvaluationFact, agent_lines, of_agent
from scoring.statistics import mean_interval, welch_change
from tests.scoring.simulated import ALIKE, NEARLY_PERFECT, NEVER_ZEROED, UNLIKE, Kind, team

SKEWED = [100.0] * 8 + [60.0, 0.0]
TEAM = pool([SKEWED] * 4)


@pytest.mark.parametrize("kind", [ALIKE, NEVER_ZEROED, UNLIKE], ids=["alike", "no zeros", "unlike"])
@pytest.mark.parametrize("count", [5, 10, 20])
def test_intervals_of_skewed_scores_hold_the_truth_as_often_as_they_say(
    kind: Kind, count: int
) -> None:
    """Student's own interval held it in 84 of 100 only."""
    assert 0.93 <= coverage(kind, count)[0] <= 0.975


def test_nearly_perfect_agents_are_no_exception() -> None:
    """Of ten scores of theirs a rare 0 is not in most."""
    held, own = coverage(NEARLY_PERFECT, 10)
    assert held >= 0.93
    assert own < 0.75


def test_the_weaker_agents_of_an_unlike_team_are_not_judged_too_surely() -> None:
    dice = np.random.default_rng(11)
    held = []
    for _ in range(150):
        truths, scores = team(dice, UNLIKE, agents=8, count=40)
        known = pool(scores.tolist())
        weakest = int(np.argmin(truths))
        held.append(holds(agent_mean(scores[weakest, :10].tolist(), known), truths[weakest]))
    assert sum(held) / len(held) >= 0.92


@pytest.mark.parametrize("count", [5, 10, 20])
def test_an_unmoved_agent_is_rarely_said_to_have_moved(count: int) -> None:
    dice = np.random.default_rng(12)
    moved = 0
    for _ in range(100):
        _, scores = team(dice, UNLIKE, agents=8, count=2 * count)
        known = pool(scores.tolist())
        for own in scores.tolist():
            found = agent_change(own[:count], own[count:], known)
            moved += found is not None and found.beyond_chance
    assert moved / 800 <= 0.065  # 5 in 100 are meant; so many cases say that to within 1.5


def coverage(kind: Kind, count: int) -> tuple[float, float]:
    """Return how often the interval held the truth, with the pool and without."""
    dice = np.random.default_rng(10)
    held = own = 0
    for _ in range(150):
        truths, scores = team(dice, kind, agents=8, count=max(20, 2 * count))
        known = pool(scores.tolist())
        assert known is not None
        for truth, every in zip(truths, scores.tolist(), strict=True):
            held += holds(agent_mean(every[:count], known), truth)
            own += holds(agent_mean(every[:count], None), truth)
    return held / 1200, own / 1200


def holds(found: object, truth: float) -> bool:
    low, high = getattr(found, "low", None), getattr(found, "high", None)
    assert low is not None
    assert high is not None
    return bool(low - 1e-9 <= truth <= high + 1e-9)


@pytest.mark.parametrize("score", [0.0, 50.0, 100.0])
def test_five_equal_scores_do_not_give_a_width_of_zero(score: float) -> None:
    found = agent_mean([score] * 5, TEAM)
    assert found is not None
    assert found.limits is not None
    low, high = found.limits
    assert 0 <= low <= score <= high <= 100
    assert high - low > 5


def test_a_team_that_scored_100_throughout_is_not_sure_of_the_next_contact() -> None:
    known = pool([[100.0] * 12] * 3)
    found = agent_mean([100.0] * 5, known)
    assert found is not None
    assert found.low is not None
    assert 90 < found.low < 100


def test_equal_scores_before_and_now_are_no_sure_change() -> None:
    change = agent_change([100.0] * 5, [95.0] * 5, TEAM)
    assert change is not None
    assert change.low < 0 < change.high
    sure = welch_change([100.0] * 5, [95.0] * 5)
    assert sure is not None
    assert sure.beyond_chance  # as Welch's interval of no width would have it


def test_scores_that_are_all_or_nothing_have_the_dispersion_of_a_share() -> None:
    known = pool([[100.0, 0.0] * 10] * 3)
    assert known is not None
    assert known.dispersion == pytest.approx(1)
    assert known.df == 57


@pytest.mark.parametrize(
    "samples",
    [[], [SKEWED] * 2, [SKEWED, SKEWED, [100.0]], [SKEWED[:5]] * 7, [[90.0]] * 100],
)
def test_a_small_team_has_no_pool_and_keeps_students_interval(
    samples: Sequence[Sequence[float]],
) -> None:
    known = pool(samples)
    assert known is None
    assert agent_mean(SKEWED, known) == mean_interval(SKEWED)
    assert agent_change(SKEWED, SKEWED[5:], known) == welch_change(SKEWED, SKEWED[5:])


scores = st.lists(st.floats(0, 100), min_size=2, max_size=12)


@given(scores, scores, st.floats(0.001, 1), st.integers(30, 2000))
def test_intervals_hold_their_mean_and_stay_within_the_scale(
    now: list[float], before: list[float], dispersion: float, df: int
) -> None:
    known = Pool(dispersion, df)
    mean, change = agent_mean(now, known), agent_change(now, before, known)
    assert mean is not None
    assert mean.low is not None
    assert mean.high is not None
    assert change is not None
    assert 0 <= mean.low <= mean.estimate <= mean.high <= 100
    assert mean.high > mean.low
    assert change.low <= change.difference <= change.high
    assert -100.0001 <= change.low <= change.high <= 100.0001
    more = agent_mean(now * 2, known)
    assert more is not None
    assert more.low is not None
    assert more.high is not None
    assert more.high - more.low <= mean.high - mean.low + 1e-9


def test_a_teams_list_and_an_agents_own_report_agree() -> None:
    facts = [EvaluationFact(agent, score, {}) for agent in range(4) for score in SKEWED]
    own = [fact for fact in facts if fact.agent_id == 2]
    line = next(one for one in agent_lines(facts, TEAM) if one.agent_id == 2)
    report = of_agent(own, before=SKEWED, trend=[SKEWED, SKEWED], pool=TEAM)
    assert line.mean == report.mean == report.trend[-1] == agent_mean(SKEWED, TEAM)
    assert report.change == agent_change(SKEWED, SKEWED, TEAM)


def test_a_pool_holds_thirteen_weeks_and_the_period_before() -> None:
    today = dt.date(2026, 11, 23)
    week, year = (pool_days(parse_period(text, today)) for text in ("last week", "last year"))
    assert (week.first, week.last) == (dt.date(2026, 8, 24), dt.date(2026, 11, 22))
    assert (year.first, year.last) == (dt.date(2024, 1, 1), dt.date(2025, 12, 31))

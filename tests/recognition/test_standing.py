"""Who stands out from the rest of a team, and that chance alone is not praised."""

import random
from collections.abc import Sequence

import pytest
from scipy import stats

from scoring.recognition import standing
from scoring.report import EvaluationFact


def facts(*teams: Sequence[float | None]) -> list[EvaluationFact]:
    """Return an evaluation for each of the scores of agents 0, 1, 2 …"""
    return [EvaluationFact(agent, score, {}) for agent, own in enumerate(teams) for score in own]


GOOD = [95.0, 97.0, 94.0, 98.0, 96.0, 95.0]
FAIR = [80.0, 84.0, 78.0, 86.0, 82.0, 80.0]


def test_who_is_ahead_by_more_than_chance_stands_out_with_mean_and_count() -> None:
    found = standing(facts(FAIR, GOOD, FAIR))
    (one,) = found.standouts
    assert (one.agent_id, one.mean.count, found.compared) == (1, 6, 3)
    assert one.mean.estimate == pytest.approx(95.8333, abs=1e-4)
    # Of three comparisons each gets a third of the five percent.
    welch = stats.ttest_ind(GOOD, FAIR + FAIR, equal_var=False)
    expected = welch.confidence_interval(1 - 0.05 / 3)
    assert (one.ahead.low, one.ahead.high) == pytest.approx((expected.low, expected.high))


def test_the_best_stand_first_and_nobody_behind_is_named() -> None:
    found = standing(facts(GOOD, FAIR, [99.0] * 8, FAIR, FAIR, [40.0, 45.0, 50.0] * 3))
    assert [one.agent_id for one in found.standouts] == [2, 0]


@pytest.mark.parametrize(
    ("teams", "compared"),
    [
        ([GOOD[:4], FAIR, FAIR], 2),  # four of one's own are too few
        ([GOOD, FAIR[:4]], 0),  # and so are four of all the others
        ([GOOD], 0),
        ([], 0),
        ([[None] * 6, FAIR, FAIR], 2),  # everything N/A is no score
    ],
)
def test_below_five_on_a_side_nobody_is_compared(
    teams: list[list[float | None]], compared: int
) -> None:
    found = standing(facts(*teams))
    assert found.compared == compared
    assert found.standouts == ()


def test_a_whole_team_of_equals_is_rarely_praised() -> None:
    """At five percent for the whole list at most ten of 200 teams are expected to name anybody.

    Without sharing that allowance it would be some fifty.
    """
    dice = random.Random(7)  # noqa: S311  a fixed seed: the same teams each time
    named = 0
    for _ in range(200):
        team = [[dice.gauss(80, 8) for _ in range(8)] for _ in range(10)]
        named += bool(standing(facts(*team)).standouts)
    assert named <= 12

"""Who stands out from the rest of a team, and that chance alone is not praised."""

import random
from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pytest

from scoring.permutation import leads
from scoring.recognition import standing
from scoring.report import EvaluationFact
from tests.scoring.simulated import ALIKE, NEARLY_PERFECT, Kind, team

TEAMS = 250
BETTER = Kind((0.99, 0.99), (0.0, 0.0))


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
    assert one.ahead == pytest.approx(95.8333 - 81.6667, abs=1e-3)
    assert one.chance == pytest.approx(1 / 5000, abs=1e-3)


def test_a_lead_has_the_chance_that_shuffling_gives_it() -> None:
    """Of two groups every way of dealing can be counted."""
    one, other = [9.0, 7.0, 8.0, 3.0, 6.0], [5.0, 7.0, 2.0, 4.0, 1.0, 6.0]
    every = one + other
    # The larger of both groups' leads is the difference itself, whichever is ahead.
    sums = [sum(dealt) for dealt in combinations(every, len(one))]
    gaps = [abs(total / 5 - (sum(every) - total) / 6) for total in sums]
    seen = abs(sum(one) / 5 - sum(other) / 6)
    exact = sum(gap >= seen - 1e-9 for gap in gaps) / len(gaps)
    assert leads([one, other])[0] == pytest.approx(exact, abs=0.02)


def test_the_same_scores_bring_the_same_answer_in_any_order() -> None:
    dice = random.Random(8)  # noqa: S311  a fixed seed
    groups = [[dice.gauss(80, 12) for _ in range(8)] for _ in range(5)]
    assert leads(groups) == leads([dice.sample(own, k=len(own)) for own in groups])


@pytest.mark.parametrize("groups", [[], [[1.0]], [[1.0], []], [[1.0], [2.0]]])
def test_there_must_be_something_to_compare(groups: list[list[float]]) -> None:
    with pytest.raises(ValueError, match="two groups or more"):
        leads(groups, least=2)


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


@pytest.mark.parametrize(
    ("kind", "count"), [(ALIKE, 5), (NEARLY_PERFECT, 10)], ids=["skewed", "nearly perfect"]
)
def test_of_eight_identical_agents_hardly_ever_one_is_praised(kind: Kind, count: int) -> None:
    """Intervals named somebody in up to 26 of 100 teams whose scores are skewed."""
    dice = np.random.default_rng(9)
    named = 0
    for _ in range(TEAMS):
        _, scores = team(dice, kind, agents=8, count=count)
        named += bool(standing(facts(*scores.tolist())).standouts)
    assert named / TEAMS <= 0.05 + 0.015  # so many teams say it to within that


def test_who_is_truly_better_is_mostly_found() -> None:
    dice = np.random.default_rng(10)
    found = 0
    for _ in range(30):
        _, scores = team(dice, ALIKE, agents=8, count=15)
        _, (best,) = team(dice, BETTER, agents=1, count=15)
        scores[3] = best
        found += [one.agent_id for one in standing(facts(*scores.tolist())).standouts] == [3]
    assert found >= 10

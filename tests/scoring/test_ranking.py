"""How much of a list of agents is agents: nearly nothing of equals, nearly all of unlike ones."""

import random
from statistics import fmean

import pytest

from scoring.ranking import Ranking, ranking


def team(seed: int, spread: float, agents: int = 12) -> tuple[dict[int, float], Ranking]:
    """Twelve agents whose true means scatter so, with eight scores each."""
    chance = random.Random(seed)  # noqa: S311  no secret
    true = {agent: 70 + chance.gauss(0, spread) for agent in range(agents)}
    scores = {agent: [mean + chance.gauss(0, 10) for _ in range(8)] for agent, mean in true.items()}
    found = ranking(scores)
    assert found is not None
    return true, found


def test_a_ranking_of_equals_is_said_to_mean_little() -> None:
    assert sum(team(seed, 0.0)[1].meaningful for seed in range(100)) <= 12


def test_the_reliability_is_the_share_of_variance_between_agents() -> None:
    """True: 36 / (36 + 100 / 8) = 0.74; of few agents it is said a little low."""
    many = fmean(team(seed, 6.0, agents=60)[1].reliability for seed in range(100))
    few = fmean(team(seed, 6.0)[1].reliability for seed in range(100))
    assert many == pytest.approx(0.74, abs=0.03)
    assert 0.6 < few < 0.76


def test_shrunken_means_lie_nearer_to_the_truth_and_within_the_raw_ones() -> None:
    raw = shrunken = 0.0
    for seed in range(100):
        chance = random.Random(seed)  # noqa: S311  no secret
        true = {agent: 70 + chance.gauss(0, 3) for agent in range(12)}
        scores = {a: [mean + chance.gauss(0, 10) for _ in range(8)] for a, mean in true.items()}
        found = ranking(scores)
        assert found is not None
        raw += sum((fmean(scores[one]) - true[one]) ** 2 for one in true)
        shrunken += sum((found.shrunken[one] - true[one]) ** 2 for one in true)
    assert shrunken < 0.7 * raw


def test_of_few_scores_or_agents_nothing_is_said() -> None:
    assert ranking({}) is None
    assert ranking({1: [80.0] * 40, 2: [90.0] * 40}) is None
    assert ranking({agent: [80.0, 90.0] for agent in range(5)}) is None
    assert ranking({agent: [80.0] * 20 for agent in range(5)}) is None

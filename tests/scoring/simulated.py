"""Simulated teams whose true means are known: skewed scores, bounded, some of them 0."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

WEIGHTS = np.array([1, 2, 1, 1, 3, 1, 1, 2, 1, 1, 1, 2, 1, 1], dtype=np.float64)
"""Of a scorecard with fourteen criteria."""


@dataclass(frozen=True)
class Kind:
    """A kind of team: the agents' pass rates and chances of a contact that scores 0."""

    passing: tuple[float, float]
    zeroed: tuple[float, float]


ALIKE = Kind((0.9, 0.9), (0.04, 0.04))
NEVER_ZEROED = Kind((0.9, 0.9), (0.0, 0.0))
NEARLY_PERFECT = Kind((0.98, 0.98), (0.02, 0.02))
UNLIKE = Kind((0.8, 0.99), (0.0, 0.08))


def team(dice: np.random.Generator, kind: Kind, agents: int, count: int) -> tuple[Floats, Floats]:
    """Return the agents' true means, and their scores in a row each."""
    passing = dice.uniform(*kind.passing, agents)
    zeroed = dice.uniform(*kind.zeroed, agents)
    met = dice.random((agents, count, WEIGHTS.size)) < passing[:, None, None]
    scores = met @ WEIGHTS * (100 / WEIGHTS.sum())
    scores[dice.random((agents, count)) < zeroed[:, None]] = 0
    return 100 * passing * (1 - zeroed), np.minimum(scores, 100)

"""How many contacts it takes to know a team's quality to within so many points.

The formulas are those of Cochran, Sampling Techniques, 3rd edition (1977), chapter 4, for a simple
random sample without replacement from a finite population.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, fsum, inf, sqrt

from scoring.distributions import normal_quantile
from scoring.statistics import CONFIDENCE, TOO_FEW
from scoring.stratified import pooled_variance

MARGINS = (5, 10)
"""The margins that are shown, in points to either side."""

COACHING = TOO_FEW
"""How many contacts of one agent suffice to speak of them: below this nothing is compared."""

ASSUMED_DEVIATION = 20.0
"""The standard deviation of scores, in points, that is assumed while too little is known."""

ENOUGH_TO_KNOW = 20
"""From this many scores on, their own standard deviation is used."""

HALF = 0.5
SLACK = 1e-9
"""What rounding may add to a whole number without it being rounded up."""


@dataclass(frozen=True, slots=True)
class Spread:
    """The standard deviation of scores in points; ``count`` scores gave it, 0: it is assumed."""

    deviation: float
    count: int = 0

    @property
    def assumed(self) -> bool:
        """Whether it is an assumption."""
        return self.count == 0


def spread_of(scores: Sequence[float]) -> Spread:
    """Return the standard deviation of the team's scores, or the assumption while they are few."""
    if len(scores) < ENOUGH_TO_KNOW:
        return Spread(ASSUMED_DEVIATION)
    mean = fsum(scores) / len(scores)
    variance = fsum((one - mean) ** 2 for one in scores) / (len(scores) - 1)
    return Spread(sqrt(variance), len(scores))


def spread_within(samples: Sequence[Sequence[float]]) -> Spread:
    """Return the standard deviation within the agents, or the assumption while scores are few.

    A sample an agent; their levels do not count, as a plan draws from each of them.
    """
    count, df = sum(map(len, samples)), sum(len(one) - 1 for one in samples)
    if count < ENOUGH_TO_KNOW or df < 1:
        return Spread(ASSUMED_DEVIATION)
    return Spread(sqrt(pooled_variance(samples)), count)


def for_mean(
    margin: float, deviation: float, population: float = inf, confidence: float = CONFIDENCE
) -> int:
    """Return how many contacts give the mean to within *margin*, both in points.

    ``n0 = (z * deviation / margin)^2`` and ``n = n0 / (1 + n0 / population)``, rounded up: Cochran
    on continuous data. Raises ``ValueError`` for a margin that is not above 0, or a negative
    deviation or population.
    """
    _require(margin, population)
    if deviation < 0:
        raise ValueError(f"a standard deviation is not negative, as {deviation} is")
    first = (_z(confidence) * deviation / margin) ** 2
    return _whole(first / (1 + first / population)) if population else 0


def for_share(
    margin: float, share: float = HALF, population: float = inf, confidence: float = CONFIDENCE
) -> int:
    """Return how many contacts give a share to within *margin*, both between 0 and 1.

    ``n0 = z^2 * share * (1 - share) / margin^2`` and ``n = n0 / (1 + (n0 - 1) / population)``,
    rounded up: Cochran on proportions; a share of one half needs most. Raises ``ValueError`` for a
    share outside 0 to 1 and as ``for_mean`` does.
    """
    _require(margin, population)
    if not 0 <= share <= 1:
        raise ValueError(f"a share lies between 0 and 1, unlike {share}")
    first = _z(confidence) ** 2 * share * (1 - share) / margin**2
    return _whole(first / (1 + (first - 1) / population)) if population and first else 0


def _whole(count: float) -> int:
    return ceil(count - SLACK)


def _z(confidence: float) -> float:
    return normal_quantile((1 + confidence) / 2)


def _require(margin: float, population: float) -> None:
    if not margin > 0:
        raise ValueError(f"a margin is above 0, unlike {margin}")
    if population < 0:
        raise ValueError(f"a population is not negative, as {population} is")

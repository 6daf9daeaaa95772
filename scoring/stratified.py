"""A difference between two sides that met the same circumstances: like compared with like."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum, inf, sqrt

from scoring.distributions import student_t_quantile
from scoring.statistics import CONFIDENCE, welch_satterthwaite

LEAST_DEGREES = 1


@dataclass(frozen=True, slots=True)
class Stratum:
    """The values of both sides in one circumstance."""

    own: Sequence[float]
    others: Sequence[float]

    @property
    def weight(self) -> float:
        """How much the stratum says: n·m / (n + m), nothing where a side is missing."""
        return len(self.own) * len(self.others) / (len(self.own) + len(self.others))


@dataclass(frozen=True, slots=True)
class Difference:
    """One side's mean less the other's, both weighted alike over the strata, with its interval.

    The counts are of the values in the strata that both sides met.
    """

    own: float
    others: float
    low: float
    high: float
    count: int
    others_count: int

    @property
    def estimate(self) -> float:
        """The difference in the values' unit."""
        return self.own - self.others

    @property
    def clearness(self) -> float:
        """How many times the interval's half width the difference is; above 1 beyond chance."""
        reach = self.high - self.estimate
        return abs(self.estimate) / reach if reach > 0 else inf

    @property
    def beyond_chance(self) -> bool:
        """Whether the interval excludes 0."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, slots=True)
class _Side:
    """One side: its weighted mean, the variance of that mean, and the degrees of freedom."""

    mean: float
    error: float
    degrees: int


def shared(strata: Iterable[Stratum]) -> list[Stratum]:
    """Return the strata that both sides met."""
    return [one for one in strata if one.own and one.others]


def degrees(samples: Iterable[Sequence[float]]) -> int:
    """Return the degrees of freedom within the samples: values less one, sample by sample."""
    return sum(max(0, len(one) - 1) for one in samples)


def stratified_difference(
    strata: Iterable[Stratum], confidence: float = CONFIDENCE
) -> Difference | None:
    """Return how far one side's values lie from the other's in the strata that both met.

    The estimate is that of an additive model (a level for each stratum, one difference): the
    strata's differences weighted by n·m / (n + m). Each side keeps its own variance within strata,
    as in Welch's comparison, which this is for a single stratum; degrees of freedom by
    Satterthwaite. ``None`` where a side never repeats itself within a stratum. Cochran, Some
    Methods for Strengthening the Common χ² Tests, Biometrics 10 (1954); Welch, The Generalization
    of Student's Problem, Biometrika 34 (1947).
    """
    met = shared(strata)
    own, others = [one.own for one in met], [one.others for one in met]
    if min(degrees(own), degrees(others)) < LEAST_DEGREES:
        return None
    weights = [one.weight for one in met]
    one, other = _side(own, weights), _side(others, weights)
    freedom = welch_satterthwaite(one.error, one.degrees, other.error, other.degrees)
    reach = student_t_quantile((1 + confidence) / 2, freedom) * sqrt(one.error + other.error)
    middle = one.mean - other.mean
    counts = sum(map(len, own)), sum(map(len, others))
    return Difference(one.mean, other.mean, middle - reach, middle + reach, *counts)


def pooled_variance(samples: Iterable[Sequence[float]]) -> float:
    """Return the variance within the samples; raise ``ZeroDivisionError`` where none repeats."""
    known = list(samples)
    squares = ((value - _mean(one)) ** 2 for one in known for value in one)
    return fsum(squares) / degrees(known)


def _side(samples: Sequence[Sequence[float]], weights: Sequence[float]) -> _Side:
    shares = [weight / fsum(weights) for weight in weights]
    pairs = list(zip(shares, samples, strict=True))
    mean = fsum(share * _mean(one) for share, one in pairs)
    spread = fsum(share**2 / len(one) for share, one in pairs)
    return _Side(mean, pooled_variance(samples) * spread, degrees(samples))


def _mean(values: Sequence[float]) -> float:
    """Return the mean; equal values are their own, to the last digit."""
    return min(max(values), max(min(values), fsum(values) / len(values)))

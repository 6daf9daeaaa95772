"""What may be said of a set of scores, and how surely: means, changes and shares with intervals.

No estimate leaves here without its count, and none without its interval where one exists.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import fsum, inf, sqrt

from scoring.distributions import normal_quantile, student_t_quantile

CONFIDENCE = 0.95
"""How often an interval is meant to hold the truth."""

TOO_FEW = 5
"""Below this many evaluations a result is too little to compare."""

LOWEST_SCORE, HIGHEST_SCORE = 0.0, 100.0


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean in score points, from *count* values; no limits exist for a single value."""

    estimate: float
    low: float | None
    high: float | None
    count: int

    @property
    def too_few(self) -> bool:
        """Whether there are too few values to compare this mean with another."""
        return self.count < TOO_FEW

    @property
    def limits(self) -> tuple[float, float] | None:
        """The interval as it is shown: ``None`` of too few values, which say "too few" instead."""
        if self.too_few or self.low is None or self.high is None:
            return None
        return self.low, self.high


@dataclass(frozen=True, slots=True)
class Change:
    """A difference of two means in score points, now less before, with its interval."""

    difference: float
    low: float
    high: float
    df: float
    count_now: int
    count_before: int

    @property
    def beyond_chance(self) -> bool:
        """Whether the interval excludes 0, so that this may be called a change."""
        return self.low > 0 or self.high < 0

    @property
    def too_few(self) -> bool:
        """Whether either side has too few values to be compared."""
        return min(self.count_now, self.count_before) < TOO_FEW


@dataclass(frozen=True, slots=True)
class Limits:
    """A share between 0 and 1 with its interval."""

    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Proportion(Limits):
    """A share between 0 and 1 with its interval, and the counts it was made of."""

    successes: int
    total: int

    @property
    def too_few(self) -> bool:
        """Whether there are too few cases to compare this share with another."""
        return self.total < TOO_FEW


def mean_interval(values: Sequence[float], confidence: float = CONFIDENCE) -> Interval | None:
    """Return the mean of scores (0 to 100) with its Student-t interval, cut to 0 and 100.

    ``None`` without values; no limits with one. Equal values give an interval of no width.
    Student, The Probable Error of a Mean, Biometrika 6 (1908).
    """
    whole = mean_difference(values, confidence)
    if whole is None or whole.low is None or whole.high is None:
        return whole
    return replace(whole, low=max(LOWEST_SCORE, whole.low), high=min(HIGHEST_SCORE, whole.high))


def mean_difference(values: Sequence[float], confidence: float = CONFIDENCE) -> Interval | None:
    """Return the mean of differences within pairs with its Student-t interval, cut nowhere.

    ``None`` without values; no limits with one. Equal values give an interval of no width.
    Student, The Probable Error of a Mean, Biometrika 6 (1908).
    """
    if not values:
        return None
    mean, count = _mean(values), len(values)
    if count == 1:
        return Interval(mean, None, None, count)
    variance = _variance(values, mean)
    reach = student_t_quantile((1 + confidence) / 2, count - 1) * sqrt(variance / count)
    return Interval(mean, mean - reach, mean + reach, count)


def welch_change(
    now: Sequence[float], before: Sequence[float], confidence: float = CONFIDENCE
) -> Change | None:
    """Return how far the mean of *now* lies from that of *before*, with Welch's interval.

    ``None`` when either side has fewer than two values. When neither side varies the interval
    has no width and the degrees of freedom are infinite: any difference is then a change.
    Welch, The Generalization of Student's Problem, Biometrika 34 (1947).
    """
    if min(len(now), len(before)) < 2:
        return None
    mean_now, mean_before = _mean(now), _mean(before)
    difference = mean_now - mean_before
    error_now = _variance(now, mean_now) / len(now)
    error_before = _variance(before, mean_before) / len(before)
    df = welch_satterthwaite(error_now, len(now) - 1, error_before, len(before) - 1)
    reach = student_t_quantile((1 + confidence) / 2, df) * sqrt(error_now + error_before)
    low, high = difference - reach, difference + reach
    return Change(difference, low, high, df, count_now=len(now), count_before=len(before))


def wilson(successes: int, total: int, confidence: float = CONFIDENCE) -> Proportion | None:
    """Return the share of *successes* in *total* with Wilson's interval, uncorrected.

    ``None`` for a total of 0. Raises ``ValueError`` for counts that cannot be.
    Wilson, Probable Inference, Journal of the American Statistical Association 22 (1927).
    """
    if not 0 <= successes <= total:
        raise ValueError(f"{successes} of {total} is not a share")
    if total == 0:
        return None
    found = score_interval(successes, total, confidence)
    return Proportion(found.share, found.low, found.high, successes, total)


def score_interval(successes: float, total: float, confidence: float = CONFIDENCE) -> Limits:
    """Return Wilson's interval of a share whose *successes* in *total* need not be whole numbers.

    Raises ``ZeroDivisionError`` for a total of 0.
    """
    share, z = successes / total, normal_quantile((1 + confidence) / 2)
    centre = share + z * z / (2 * total)
    reach = z * sqrt(share * (1 - share) / total + (z / (2 * total)) ** 2)
    scale = 1 + z * z / total
    # None and all are limits themselves; rounding would leave a hair beside them.
    low = 0.0 if successes == 0 else (centre - reach) / scale
    high = 1.0 if successes == total else (centre + reach) / scale
    return Limits(share, low, high)


def _mean(values: Sequence[float]) -> float:
    """Return the mean, which rounding never carries outside the values."""
    return min(max(values), max(min(values), fsum(values) / len(values)))


def _variance(values: Sequence[float], mean: float) -> float:
    """Return the sample variance (n - 1 below the line) of two or more values around *mean*."""
    squares = {value: (value - mean) ** 2 for value in set(values)}  # many scores are the same
    return fsum(map(squares.__getitem__, values)) / (len(values) - 1)


def welch_satterthwaite(error_1: float, df_1: int, error_2: float, df_2: int) -> float:
    """Return the degrees of freedom of a sum of two squared standard errors.

    In shares of the sum, so that tiny errors do not vanish when squared. Satterthwaite, An
    Approximate Distribution of Estimates of Variance Components, Biometrics 2 (1946).
    """
    if error_1 + error_2 == 0:
        return inf
    share = error_1 / (error_1 + error_2)
    return 1 / (share**2 / df_1 + (1 - share) ** 2 / df_2)

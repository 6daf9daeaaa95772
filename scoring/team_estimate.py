"""A team's mean over all contacts its agents handled, from those that were drawn at random.

Each agent is a stratum: Cochran, Sampling Techniques, 3rd edition (1977), chapter 5. A plan draws
as many contacts of everybody, so that whoever handled many would count too little in a plain mean;
the strata are weighted by contacts handled instead, and what was heard of them is known for sure
(the finite-population correction).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, fsum, hypot, sqrt

from scoring.distributions import normal_quantile, student_t_quantile
from scoring.pooled import UNSEEN
from scoring.statistics import (
    CONFIDENCE,
    HIGHEST_SCORE,
    LOWEST_SCORE,
    Change,
    Interval,
)

POWER = 0.8
"""How often a change of the smallest size that is named would be seen."""


@dataclass(frozen=True, slots=True)
class AgentSample:
    """The scores (0 to 100) of an agent's drawn contacts, and how many they handled in all."""

    scores: Sequence[float]
    handled: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """A team's mean in score points from ``count`` scores of ``handled`` contacts.

    ``variance`` is that of the mean (Cochran 5.5), ``df`` the degrees of freedom within agents;
    ``ratio`` is the larger of that variance and the one by the pooled dispersion, as a share of
    ``m·(100 - m)``. Variance and ratio are ``None`` where no agent has two scores.
    """

    mean: float
    variance: float | None
    ratio: float | None
    df: int
    count: int
    handled: int

    def interval(self, confidence: float = CONFIDENCE) -> Interval:
        """Return the mean with the score interval of a bounded mean: Wilson (1927) with *ratio*.

        It has about ``±t·√variance`` in the middle of the scale and leans away from its ends, so
        that it holds the mean of skewed scores as well.
        """
        if self.ratio is None:
            return Interval(self.mean, None, None, self.count)
        t = student_t_quantile((1 + confidence) / 2, self.df)
        weight, share = t * t * self.ratio, self.mean / HIGHEST_SCORE
        centre = share + weight / 2
        reach = sqrt(weight * max(0.0, share * (1 - share)) + weight * weight / 4)
        low, high = (HIGHEST_SCORE * (centre + way * reach) / (1 + weight) for way in (-1, 1))
        # Rounding must not leave a hair between the mean and its limits.
        low, high = max(LOWEST_SCORE, min(low, self.mean)), min(HIGHEST_SCORE, max(high, self.mean))
        return Interval(self.mean, low, high, self.count)


def estimate(samples: Iterable[AgentSample]) -> Estimate | None:
    """Return the mean over all contacts handled by the agents of whom any was scored.

    ``Σ W·ȳ`` with ``W = N / ΣN``; its variance ``Σ W²·(1 - n/N)·s²/n`` (Cochran 5.1 to 5.5), the
    spread of whoever has one score being that of the others together. Beside it stands the
    variance by the dispersion within all agents (``scoring.pooled`` says why): a handful of equal
    scores does not mean that there is no spread. ``None`` without scores.
    """
    known = [one for one in samples if one.scores]
    if not known:
        return None
    sizes = [max(one.handled, len(one.scores)) for one in known]
    total, count = sum(sizes), sum(len(one.scores) for one in known)
    mean = fsum(size * _mean(one.scores) for size, one in zip(sizes, known, strict=True)) / total
    df = count - len(known)
    if df == 0:
        return Estimate(mean, None, None, 0, count, total)
    squares = [_squares(one.scores) for one in known]
    pooled = fsum(squares) / df
    factors = [
        (size / total) ** 2 * (1 - len(one.scores) / size) / len(one.scores)
        for size, one in zip(sizes, known, strict=True)
    ]
    variance = fsum(
        factor * (square / (len(one.scores) - 1) if len(one.scores) > 1 else pooled)
        for factor, square, one in zip(factors, squares, known, strict=True)
    )
    ratio = _dispersion(known, fsum(squares), df) * fsum(factors)
    room = (mean - LOWEST_SCORE) * (HIGHEST_SCORE - mean)
    if room > 0:
        ratio = max(ratio, variance / room)
    return Estimate(mean, variance, ratio, df, count, total)


def change(now: Estimate, before: Estimate, confidence: float = CONFIDENCE) -> Change | None:
    """Return how far the mean moved, with the interval put together from those of both.

    Newcombe, Statistics in Medicine 17 (1998), method 10. ``None`` where either has no interval.
    """
    later, earlier = now.interval(confidence), before.interval(confidence)
    if later.low is None or later.high is None or earlier.low is None or earlier.high is None:
        return None
    moved = now.mean - before.mean
    down = hypot(now.mean - later.low, earlier.high - before.mean)
    up = hypot(later.high - now.mean, before.mean - earlier.low)
    df = now.df + before.df
    return Change(moved, moved - down, moved + up, df, now.count, before.count)


def margin(
    per_agent: int, deviation: float, handled: Sequence[int], confidence: float = CONFIDENCE
) -> float | None:
    """Return to within how many points so many contacts of each agent give the team's mean.

    It is the half width of ``estimate``'s interval where everybody's scores have that *deviation*
    within an agent. ``None`` where nobody handled anything, or nobody is heard twice.
    """
    error = _error(per_agent, deviation, handled)
    if error is None:
        return None
    df = sum(max(0, min(per_agent, size) - 1) for size in handled)
    if df == 0:
        return 0.0 if error == 0 else None
    return student_t_quantile((1 + confidence) / 2, df) * error


def smallest_change(
    per_agent: int, deviation: float, handled: Sequence[int], confidence: float = CONFIDENCE
) -> float | None:
    """Return the smallest change between two periods (in points) that is seen four times in five.

    ``(z + z_power)·√2·SE``, two periods being sampled alike: Cohen, Statistical Power Analysis for
    the Behavioral Sciences, 2nd edition (1988), chapter 2. ``None`` as ``margin`` has it.
    """
    error = _error(per_agent, deviation, handled)
    if error is None:
        return None
    sure, seen = normal_quantile((1 + confidence) / 2), normal_quantile(POWER)
    return (sure + seen) * sqrt(2) * error


def per_agent_for(
    wanted: float, deviation: float, handled: Sequence[int], confidence: float = CONFIDENCE
) -> int | None:
    """Return how many contacts of each agent give the team's mean to within *wanted* points.

    ``None`` where nobody handled anything. Raises ``ValueError`` for a margin not above 0.
    """
    if not wanted > 0:
        raise ValueError(f"a margin is above 0, unlike {wanted}")
    most = max(handled, default=0)
    if most == 0:
        return None
    low, high = 1, most
    while low < high:
        middle = (low + high) // 2
        reach = margin(middle, deviation, handled, confidence)
        low, high = (low, middle) if reach is not None and reach <= wanted else (middle + 1, high)
    return low


def heard(per_agent: int, handled: Iterable[int]) -> int:
    """Return how many contacts that makes: of nobody more than they handled."""
    return sum(min(per_agent, size) for size in handled)


def shared_out(total: int, agents: int) -> list[int]:
    """Return how many contacts each of the agents handled, where only their total is known."""
    return [ceil(total / agents)] * agents if agents else []


def _error(per_agent: int, deviation: float, handled: Sequence[int]) -> float | None:
    sizes = [size for size in handled if size > 0]
    total = sum(sizes)
    if not sizes or per_agent < 1:
        return None
    parts = (
        (size / total) ** 2 * (1 - min(per_agent, size) / size) / min(per_agent, size)
        for size in sizes
    )
    return deviation * sqrt(fsum(parts))


def _dispersion(known: Sequence[AgentSample], squares: float, df: int) -> float:
    """Return the variance within agents as a share of the largest that their means allow."""
    most = fsum(
        (len(one.scores) - 1) * _mean(one.scores) * (HIGHEST_SCORE - _mean(one.scores))
        + _squares(one.scores) / len(one.scores)
        for one in known
        if len(one.scores) > 1
    )
    # Where nothing scatters yet, half a contact that lost everything is lent to it.
    return squares / most if squares > 0 and most > 0 else UNSEEN / (df + UNSEEN)


def _mean(scores: Sequence[float]) -> float:
    return min(max(scores), max(min(scores), fsum(scores) / len(scores)))


def _squares(scores: Sequence[float]) -> float:
    mean = _mean(scores)
    return fsum((score - mean) ** 2 for score in scores)

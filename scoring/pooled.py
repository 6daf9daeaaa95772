"""An agent's mean and its change, with the spread that the whole team shows within its agents.

A handful of an agent's own scores says little of how far they scatter: five equal ones seem to say
that they never do, and a rare 0 that has not come yet is not in them. The team's scores together
know both. Why these formulas, and how well they hold: docs/decisions/0038-pooled-intervals.md.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum, hypot, sqrt

from scoring.distributions import student_t_quantile
from scoring.periods import Period, PeriodKind, previous
from scoring.statistics import (
    CONFIDENCE,
    HIGHEST_SCORE,
    LOWEST_SCORE,
    Change,
    Interval,
    mean_interval,
    welch_change,
)

LEAST_AGENTS = 3
"""With fewer agents the spread would be that of one or two people."""

LEAST_DEGREES = 30
"""Below this the pooled spread is too unsure to stand in for an agent's own."""

UNSEEN = 0.5
"""Degrees of freedom lent to what a pool has not seen yet: half a contact that is all or nothing.

So a team in which every score was 100 has a little dispersion all the same.
"""

LOOK_BACK = dt.timedelta(weeks=13)
"""A pool holds at least so many days up to the period's end, however short the period is."""


@dataclass(frozen=True, slots=True)
class Pool:
    """How far scores scatter within the agents of a team.

    ``dispersion`` is their variance as a share of the largest that a mean between 0 and 100 allows,
    ``m·(100 - m)``: 1 where every score is 0 or 100. ``df`` are the degrees of freedom within
    agents.
    """

    dispersion: float
    df: int


def pool(samples: Iterable[Sequence[float]]) -> Pool | None:
    """Return the pooled dispersion of the agents' scores (0 to 100), a sample an agent.

    ``None`` with fewer than three agents of two scores each, or below thirty degrees of freedom.
    The squares within agents divided by what they would be if every score were 0 or 100: the
    quasi-likelihood's dispersion of a bounded mean. Wedderburn, Quasi-likelihood Functions,
    Biometrika 61 (1974).
    """
    known = [own for own in samples if len(own) > 1]
    df = sum(len(own) - 1 for own in known)
    if len(known) < LEAST_AGENTS or df < LEAST_DEGREES:
        return None
    squares, most = [], []
    for own in known:
        mean, count = fsum(own) / len(own), len(own)
        within = fsum((score - mean) ** 2 for score in own)
        squares.append(within)
        # m(100 - m) of a sample's mean is too small by its variance, which is added here.
        room = max(0.0, (mean - LOWEST_SCORE) * (HIGHEST_SCORE - mean))
        most.append((count - 1) * room + within / count)
    seen = fsum(squares) / fsum(most) if fsum(most) > 0 else 0.0
    return Pool((seen * df + UNSEEN) / (df + UNSEEN), df)


def pool_days(period: Period) -> Period:
    """Return the days whose scores make the pool of a report on *period*.

    The period and the one it is compared with, and thirteen weeks at least.
    """
    first = min(previous(period).first, period.last - LOOK_BACK + dt.timedelta(days=1))
    return Period(PeriodKind.RANGE, first, period.last)


def agent_mean(
    scores: Sequence[float], team: Pool | None, confidence: float = CONFIDENCE
) -> Interval | None:
    """Return the mean of an agent's scores (0 to 100) with its interval.

    With the team's pool it is the score interval of a mean whose variance is ``d·m·(100 - m)/n``,
    *d* being the pool's dispersion, with Student's t of the pool's degrees of freedom: Wilson,
    Probable Inference, Journal of the American Statistical Association 22 (1927), with the
    dispersion of Wedderburn (1974). It lies within 0 and 100 by itself and never has a width of
    zero. Without a pool it is Student's interval. ``None`` without scores; no limits with one.
    """
    found = mean_interval(scores, confidence)
    if found is None or found.low is None or team is None:
        return found
    low, high = _limits(found.estimate, found.count, team, confidence)
    return Interval(found.estimate, low, high, found.count)


def agent_change(
    now: Sequence[float],
    before: Sequence[float],
    team: Pool | None,
    confidence: float = CONFIDENCE,
) -> Change | None:
    """Return how far an agent's mean moved, with its interval.

    With the team's pool the interval is put together from those of the two means, as the
    difference of two shares is (variances recovered from the limits): Newcombe, Interval
    Estimation for the Difference between Independent Proportions, Statistics in Medicine 17
    (1998), method 10; Zou and Donner, Construction of Confidence Limits about Effect Measures,
    Statistics in Medicine 27 (2008). Without a pool it is Welch's. ``None`` where a side has fewer
    than two scores.
    """
    found = welch_change(now, before, confidence)
    if found is None or team is None:
        return found
    later, earlier = fsum(now) / len(now), fsum(before) / len(before)
    low, high = _limits(later, len(now), team, confidence)
    lower, upper = _limits(earlier, len(before), team, confidence)
    difference = found.difference
    down, up = hypot(later - low, upper - earlier), hypot(high - later, earlier - lower)
    return Change(difference, difference - down, difference + up, team.df, len(now), len(before))


def _limits(mean: float, count: int, team: Pool, confidence: float) -> tuple[float, float]:
    """Return the limits of a mean of so many scores."""
    t = student_t_quantile((1 + confidence) / 2, team.df)
    weight = t * t * team.dispersion / count
    share = (mean - LOWEST_SCORE) / (HIGHEST_SCORE - LOWEST_SCORE)
    centre = (share + weight / 2) / (1 + weight)
    reach = sqrt(weight * max(0.0, share * (1 - share)) + weight * weight / 4) / (1 + weight)
    low, high = (HIGHEST_SCORE * (centre + way * reach) for way in (-1, 1))
    # Rounding must not leave a hair between a mean of 0 or 100 and its limit.
    return max(LOWEST_SCORE, min(low, mean)), min(HIGHEST_SCORE, max(high, mean))

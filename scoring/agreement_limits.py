"""Limits of a share of agreement and of Gwet's AC1 that keep a width when everybody agrees.

A bootstrap of few contacts cannot show what has not happened yet: where all agree, every resample
does. These limits are Wilson's score interval with a dispersion, and Student's t for the contacts.
"""

from collections.abc import Sequence
from math import fsum, sqrt

from scoring.distributions import student_t_quantile

UNSEEN = 0.5
"""Degrees of freedom lent to what was not seen yet: half a contact, agreed upon fully or not."""


def share_limits(
    rows: Sequence[tuple[float, float]], confidence: float
) -> tuple[float, float] | None:
    """Return the limits of Σ same / Σ weight over units of (weight, same), between 0 and 1.

    The score interval of a share (Wilson, Probable Inference, Journal of the American Statistical
    Association 22, 1927) whose variance is ``d·p·(1 - p)/n`` for n units, with Student's t for
    n - 1 degrees of freedom. *d* is the linearised variance of the ratio (Cochran, Sampling
    Techniques, 1977, 6.3) by what it would be if each unit were all or nothing; where p is 0 or 1
    it is what independent parts of a unit would have. ``None`` for fewer than two units.
    """
    units = [row for row in rows if row[0] > 0]
    count = len(units)
    if count < 2:
        return None
    weight = fsum(row[0] for row in units)
    share = fsum(row[1] for row in units) / weight
    room = share * (1 - share)
    if room > 0:
        squares = fsum((same - share * own) ** 2 for own, same in units)
        seen = squares * count * count / (weight * weight * (count - 1)) / room
    else:
        seen = count / weight
    return score_limits(share, seen, count, confidence)


def score_limits(share: float, seen: float, count: int, confidence: float) -> tuple[float, float]:
    """Return Wilson's limits of a *share* of *count* units that scatter *seen* times as all or
    nothing would, with half a degree of freedom lent to what was not seen."""
    df = count - 1
    dispersion = (seen * df + UNSEEN) / (df + UNSEEN)
    t = student_t_quantile((1 + confidence) / 2, df)
    weight = t * t * dispersion / count
    centre = (share + weight / 2) / (1 + weight)
    reach = sqrt(weight * share * (1 - share) + weight * weight / 4) / (1 + weight)
    return max(0.0, min(centre - reach, share)), min(1.0, max(centre + reach, share))


def ac1_limits(counts: Sequence[Sequence[float]], confidence: float) -> tuple[float, float] | None:
    """Return the limits of Gwet's AC1 of units with so many ratings per category.

    The limits of the percent agreement whose dispersion is that of AC1 (Gwet's variance), less
    what chance gives: exact where agreement by chance is known, and as wide as Gwet's own t
    interval away from the ends. ``None`` for fewer than two units that were rated twice.
    """
    rated = [row for row in counts if sum(row) > 0]
    twice = [row for row in rated if sum(row) > 1]
    if len(twice) < 2:
        return None
    same = fsum(_same(row) for row in twice) / len(twice)
    by_chance = ac1_by_chance(rated)
    if 0 < same < 1:
        error = ac1_error(rated) * (1 - by_chance)
        seen = error * error * len(twice) / (same * (1 - same))
    else:
        seen = 1.0
    low, high = score_limits(same, seen, len(twice), confidence)
    return (low - by_chance) / (1 - by_chance), (high - by_chance) / (1 - by_chance)


def ac1_by_chance(rated: Sequence[Sequence[float]]) -> float:
    """Return the agreement that chance gives by Gwet's AC1, 0 to 1 less than one."""
    shares = _shares(rated)
    return fsum(one * (1 - one) for one in shares) / (len(shares) - 1)


def ac1_error(rated: Sequence[Sequence[float]]) -> float:
    """Return the standard error of Gwet's AC1 over units of which each was rated once at least.

    Gwet, Computing inter-rater reliability and its variance in the presence of high agreement,
    British Journal of Mathematical and Statistical Psychology 61 (2008), by linearisation; with
    missing ratings as in his Handbook (2014), chapter 5.
    """
    shares, by_chance = _shares(rated), ac1_by_chance(rated)
    twice = [row for row in rated if sum(row) > 1]
    same = fsum(_same(row) for row in twice) / len(twice)
    whole = (same - by_chance) / (1 - by_chance)
    squares = []
    for row in rated:
        number = sum(row)
        own = 0.0
        if number > 1:
            own = len(rated) / len(twice) * (_same(row) - by_chance) / (1 - by_chance)
        pairs = zip(row, shares, strict=True)
        chance = fsum(one / number * (1 - share) for one, share in pairs) / (len(shares) - 1)
        own -= 2 * (1 - whole) * (chance - by_chance) / (1 - by_chance)
        squares.append((own - whole) ** 2)
    return sqrt(fsum(squares) / (len(rated) * (len(rated) - 1)))


def _shares(rated: Sequence[Sequence[float]]) -> list[float]:
    """Return each category's mean share of a unit's ratings."""
    return [
        fsum(row[place] / sum(row) for row in rated) / len(rated) for place in range(len(rated[0]))
    ]


def _same(row: Sequence[float]) -> float:
    rated = sum(row)
    return fsum(one * (one - 1) for one in row) / (rated * (rated - 1))

"""Many comparisons at once: which of them to point out, and the chances that decide."""

from collections.abc import Sequence
from math import erfc, exp, fsum, lgamma, log, sqrt

FALSE_SHARE = 0.05
"""Of what is pointed out at most this share is to be chance, on average."""


def discoveries(chances: Sequence[float], share: float = FALSE_SHARE) -> list[bool]:
    """Return which comparisons to point out, by the chance (0 to 1) each has of its own.

    Those up to the largest k whose k-th smallest chance is at most ``share·k/m`` of m comparisons.
    Where nothing is so, something is pointed out in *share* of all lists. Benjamini and Hochberg,
    Controlling the False Discovery Rate, Journal of the Royal Statistical Society B 57 (1995).
    """
    ordered = sorted(chances)
    limit = -1.0
    for place, chance in enumerate(ordered, start=1):
        if chance <= share * place / len(ordered):
            limit = chance
    return [chance <= limit for chance in chances]


def two_sided(z: float) -> float:
    """Return the chance of a standard normal value as far from 0 as *z*."""
    return erfc(abs(z) / sqrt(2))


def at_most(passed: int, asked: int, rate: float) -> float:
    """Return the chance of *passed* or fewer of *asked* where each passes at *rate* (0 to 1).

    The binomial distribution itself. Raises ``ValueError`` for a rate of 0 or 1.
    """
    if not 0 < rate < 1:
        raise ValueError(f"a rate between 0 and 1 is needed, not {rate}")
    whole = lgamma(asked + 1)
    terms = (
        exp(
            whole
            - lgamma(times + 1)
            - lgamma(asked - times + 1)
            + times * log(rate)
            + (asked - times) * log(1 - rate)
        )
        for times in range(passed + 1)
    )
    return min(1.0, fsum(terms))

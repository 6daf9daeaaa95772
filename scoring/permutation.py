"""Which of many groups lie above all the others together, by what shuffling the values brings.

Nothing is assumed of how the values are spread: if the groups do not differ, every way of dealing
the same values out to them is as likely as the one that was seen. Pitman, Significance Tests Which
May Be Applied to Samples from Any Populations, Supplement to the Journal of the Royal Statistical
Society 4 (1937). Each group is held against the largest lead that a shuffle gives to any of them,
so that looking at many finds no more by chance than looking at one: Westfall and Young,
Resampling-Based Multiple Testing (1993), the single-step maxT.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

SHUFFLES = 4999
SEED = 1937
"""Fixed, so that the same values always bring the same answer."""

AT_ONCE = 2_000_000
"""So many values are held in memory at a time."""

HAIR = 1e-9
"""Sums in another order differ by less."""

Floats = NDArray[np.float64]


def leads(groups: Sequence[Sequence[float]], least: int = 1) -> list[float]:
    """Return for each group the chance (0 to 1) of a lead like its own by shuffling.

    A lead is the group's mean less that of all other values, in the standard error's unit. The
    chances are of any group of *least* values or more leading so far, not of that group alone.
    Raises ``ValueError`` for fewer than two groups, an empty one, or none of *least* values.
    """
    sizes = np.array([len(group) for group in groups])
    able = sizes >= least
    if len(groups) < 2 or not sizes.all() or not able.any():
        raise ValueError("two groups or more are needed, none empty, one of the least size")
    # In order, so that a group's own order makes no difference to the shuffles.
    values = np.concatenate([np.sort(np.asarray(group, dtype=np.float64)) for group in groups])
    seen = _leads(values[np.newaxis], sizes)[0]
    dice = np.random.default_rng(SEED)
    as_far = np.zeros(len(groups), dtype=np.int64)
    left = SHUFFLES
    while left:
        count = min(left, max(1, AT_ONCE // values.size))
        shuffled = dice.permuted(np.broadcast_to(values, (count, values.size)), axis=1)
        largest = _leads(shuffled, sizes)[:, able].max(axis=1)
        as_far += (largest[:, np.newaxis] >= seen - HAIR).sum(axis=0)
        left -= count
    # The values as they were dealt out are one of the ways.
    return [float(chance) for chance in (1 + as_far) / (1 + SHUFFLES)]


def _leads(rows: Floats, sizes: NDArray[np.int64]) -> Floats:
    """Return each group's lead in each row of values."""
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    sums = np.add.reduceat(rows, starts, axis=1)
    rest = rows.shape[1] - sizes
    difference = sums / sizes - (sums.sum(axis=1, keepdims=True) - sums) / rest
    scaled: Floats = difference / np.sqrt(1 / sizes + 1 / rest)
    return scaled

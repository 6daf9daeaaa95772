"""How far several people agree on the same units: as a share, and beyond chance, with intervals.

A unit is whatever everybody judged, such as a contact on one criterion. Not everybody need have
judged every unit. Each figure is a function of sums over the units, so a bootstrap of whole units
only adds other rows.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from random import Random

from scoring.agreement_limits import ac1_limits, share_limits

Ratings = Sequence[Sequence[int | None]]
"""A row per unit and in it an entry per rater: the category's number, ``None`` where none is."""

Draw = Sequence[int]
"""The numbers of the units in one resample, as many as there are units."""

RESAMPLES = 1000
CONFIDENCE = 0.95

LEAST_UNITS = 5
"""Of fewer units no interval is given: it would reach nearly from end to end."""

ENOUGH = 20
"""From so many units on a bootstrap may give the interval."""

LEAST_EITHER_WAY = 5
"""So many units must speak for agreement, and as many against it, for a bootstrap to do so.

Cochran, Some Methods for Strengthening the Common χ² Tests, Biometrics 10 (1954).
"""

FAILED = 0.05
"""With more resamples without a value than this share there is no interval."""


class Metric(StrEnum):
    """What kind of scale the categories form."""

    NOMINAL = "nominal"
    """Two categories are the same or they are not."""
    ORDINAL = "ordinal"
    """Categories stand in the order of their numbers: a step apart is less than two."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95% interval; there are no limits where none can be told."""

    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """What may be said of one set of ratings.

    ``units`` counts those with two ratings or more and ``pairs`` the pairs of ratings in them. A
    figure that does not exist is ``None``: nothing was rated twice, or, for alpha, the ratings do
    not vary at all. ``ac1_below`` is what AC1 lies below when the error is shared among as many
    sets of ratings as were compared.
    """

    units: int
    pairs: int
    percent: Estimate | None
    alpha: Estimate | None
    ac1: Estimate | None
    ac1_below: float | None = None


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure as what each unit adds to its sums, and its value from those sums.

    What is added first is above 0 for a unit with a pair of ratings, and 0 for any other.
    """

    rows: Sequence[Sequence[float]]
    of: Callable[[Sequence[float]], float | None]

    def value(self) -> float | None:
        return self.of(_sums(self.rows))

    def drawn(self, draw: Draw) -> float | None:
        return self.of(_sums([self.rows[number] for number in draw]))


def percent_agreement(ratings: Ratings) -> float | None:
    """Return the share of pairs of ratings (0 to 1) that are the same, each unit counting alike.

    ``None`` where no unit has two. Gwet, Handbook of Inter-Rater Reliability (2014), chapter 2.
    """
    return _percent(_counted(ratings)).value()


def krippendorff_alpha(ratings: Ratings, metric: Metric) -> float | None:
    """Return Krippendorff's alpha: 1 for full agreement, 0 for what chance would give.

    Units with a single rating do not count. ``None`` where nothing was rated twice, or where all
    that was is the same: without variation there is nothing to tell agreement from chance.
    Krippendorff, Computing Krippendorff's Alpha-Reliability (2011).
    """
    return _alpha(_counted(ratings), metric).value()


def gwet_ac1(ratings: Ratings, categories: int | None = None) -> float | None:
    """Return Gwet's AC1: 1 for full agreement, 0 for what chance would give.

    *categories* is how many could have been chosen (by default: up to the highest one given).
    ``None`` where nothing was rated twice. Raises ``ValueError`` for fewer than two categories.
    Gwet, Computing inter-rater reliability and its variance in the presence of high agreement,
    British Journal of Mathematical and Statistical Psychology 61 (2008); where ratings are
    missing, as in his Handbook (2014).
    """
    return _ac1(_counted(ratings, categories or 0)).value()


def draws(units: int, seed: int, count: int = RESAMPLES) -> list[Draw]:
    """Return *count* resamples of that many units; the same seed gives the same ones again."""
    chance = Random(seed)  # noqa: S311  chance that can be replayed, not a secret
    return [[int(chance.random() * units) for _ in range(units)] for _ in range(count)]


def agreement(
    ratings: Ratings,
    metric: Metric,
    resamples: Sequence[Draw],
    *,
    categories: int,
    on_scale: int | None = None,
    compared: int = 1,
) -> Agreement:
    """Return all figures of *ratings* with their 95% intervals.

    From twenty units on, of which five speak for agreement and five against it, these are
    percentile intervals over *resamples*; below that the percent agreement and AC1 have Wilson's
    limits with a dispersion, which keep their width when everybody agrees. Alpha has none where
    more than 5 % of the resamples have no value, or all of them the same.

    *categories* is how many could have been chosen. Those numbered from *on_scale* on (by default
    none) have no place in the order, such as N/A: they count as answers of their own, but alpha
    leaves them out. *compared* is among how many sets the error of ``ac1_below`` is shared
    (Bonferroni; Dunn, Multiple Comparisons among Means, Journal of the American Statistical
    Association 56, 1961).
    """
    counts = _counted(ratings, categories)
    shared = ac1_limits(counts, 1 - (1 - CONFIDENCE) / compared)
    scaled = [row[:on_scale] for row in counts]
    rated = [sum(row) for row in counts]
    return Agreement(
        units=sum(number > 1 for number in rated),
        pairs=sum(int(number * (number - 1)) // 2 for number in rated),
        percent=_share_estimate(_percent(counts), resamples),
        alpha=_estimate(_alpha(scaled, metric), resamples),
        ac1=_estimate(_ac1(counts), resamples, ac1_limits(counts, CONFIDENCE)),
        ac1_below=shared[1] if shared is not None else None,
    )


def pooled_percent(sets: Sequence[Ratings], resamples: Sequence[Draw]) -> Estimate | None:
    """Return the percent agreement over several sets of ratings of the same units in one order.

    Every unit of every set counts alike; a resample takes a unit in all sets at once.
    """
    parts = [_percent(_counted(ratings)).rows for ratings in sets]
    rows = [_sums(of_unit) for of_unit in zip(*parts, strict=True)]
    return _share_estimate(_Figure(rows, _share), resamples)


def _counted(ratings: Ratings, categories: int = 0) -> list[list[float]]:
    """Return how often each unit was put into each category."""
    highest = max((one for row in ratings for one in row if one is not None), default=0)
    width = max(highest + 1, categories)
    counts = [[0.0] * width for _ in ratings]
    for row, unit in zip(ratings, counts, strict=True):
        for one in row:
            if one is not None:
                unit[one] += 1
    return counts


def _percent(counts: Sequence[Sequence[float]]) -> _Figure:
    return _Figure([_same(row) for row in counts], _share)


def _same(row: Sequence[float]) -> tuple[float, float]:
    """Return 1 and the share of equal pairs where the unit has a pair, else nothing."""
    rated = sum(row)
    if rated < 2:
        return 0.0, 0.0
    return 1.0, sum(one * (one - 1) for one in row) / (rated * (rated - 1))


def _share(sums: Sequence[float]) -> float | None:
    return sums[1] / sums[0] if sums and sums[0] else None


def _ac1(counts: Sequence[Sequence[float]]) -> _Figure:
    width = len(counts[0]) if counts else 2
    if width < 2:
        raise ValueError("agreement beyond chance needs at least two categories")
    rows = [(*_same(row), *_shares(row)) for row in counts]

    def of(sums: Sequence[float]) -> float | None:
        same, (rated, *chosen) = _share(sums), sums[2:] or (0.0,)
        if same is None:
            return None
        by_chance = sum(one / rated * (1 - one / rated) for one in chosen) / (width - 1)
        return (same - by_chance) / (1 - by_chance)

    return _Figure(rows, of)


def _shares(row: Sequence[float]) -> list[float]:
    """Return 1 and each category's share of the unit's ratings; zeros where it has none."""
    rated = sum(row)
    return [1.0, *(one / rated for one in row)] if rated else [0.0] * (len(row) + 1)


def _alpha(counts: Sequence[Sequence[float]], metric: Metric) -> _Figure:
    width = len(counts[0]) if counts else 0
    pairs = list(combinations(range(width), 2))
    apart = _ordinal if metric is Metric.ORDINAL else _nominal

    def of(sums: Sequence[float]) -> float | None:
        chosen, mixed = sums[1 : width + 1], sums[width + 1 :]
        distances = apart(chosen, pairs)
        weighed = [(chosen[low] * chosen[high]) for low, high in pairs]
        expected = _product(weighed, distances)
        if not expected:
            return None
        return 1 - (sum(chosen) - 1) * _product(mixed, distances) / expected

    return _Figure([_coincidences(row, pairs) for row in counts], of)


def _coincidences(row: Sequence[float], pairs: Sequence[tuple[int, int]]) -> list[float]:
    """Return 1, the unit's ratings by category, and its coincidences of each two categories."""
    rated = sum(row)
    if rated < 2:
        return [0.0] * (1 + len(row) + len(pairs))
    return [1.0, *row, *(row[low] * row[high] / (rated - 1) for low, high in pairs)]


def _nominal(_chosen: Sequence[float], pairs: Sequence[tuple[int, int]]) -> list[float]:
    return [1.0] * len(pairs)


def _ordinal(chosen: Sequence[float], pairs: Sequence[tuple[int, int]]) -> list[float]:
    """Return the squared ordinal distances: the ratings from one category up to another."""
    return [
        (sum(chosen[low : high + 1]) - (chosen[low] + chosen[high]) / 2) ** 2 for low, high in pairs
    ]


def _share_estimate(figure: _Figure, resamples: Sequence[Draw]) -> Estimate | None:
    limits = share_limits([(row[0], row[1]) for row in figure.rows], CONFIDENCE)
    return _estimate(figure, resamples, limits)


def _estimate(
    figure: _Figure, resamples: Sequence[Draw], limits: tuple[float, float] | None = None
) -> Estimate | None:
    """Return the figure's value with its interval: *limits*, or else that of the resamples."""
    value = figure.value()
    if value is None:
        return None
    units = [row for row in figure.rows if row[0] > 0]
    if len(units) < LEAST_UNITS:
        return Estimate(value, None, None)
    if limits is not None and not _many_either_way(units):
        return Estimate(value, *limits)
    found = [one for draw in resamples if (one := figure.drawn(draw)) is not None]
    if len(found) < (1 - FAILED) * len(resamples):
        return Estimate(value, None, None)
    found.sort()
    tail = (1 - CONFIDENCE) / 2
    low, high = _quantile(found, tail), _quantile(found, 1 - tail)
    return Estimate(value, low, high) if low < high else Estimate(value, None, None)


def _many_either_way(units: Sequence[Sequence[float]]) -> bool:
    """Return whether there are enough units, and enough agreement and disagreement in them."""
    agreed = sum(row[1] / row[0] for row in units)
    return len(units) >= ENOUGH and LEAST_EITHER_WAY <= agreed <= len(units) - LEAST_EITHER_WAY


def _quantile(ordered: Sequence[float], share: float) -> float:
    """Return the point below which that share lies, between neighbours by their distance."""
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def _sums(rows: Iterable[Sequence[float]]) -> list[float]:
    return [sum(column) for column in zip(*rows, strict=True)]


def _product(left: Sequence[float], right: Sequence[float]) -> float:
    return sum(one * other for one, other in zip(left, right, strict=True))

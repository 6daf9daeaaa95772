"""How lenient a rater is: the mean difference of their scores from others' on the same contacts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import fsum, inf, sqrt

from scoring.distributions import student_t_quantile
from scoring.statistics import CONFIDENCE, TOO_FEW

UNSEEN = 0.5
"""Degrees of freedom lent to what was not seen yet: half a contact that is quite otherwise."""


@dataclass(frozen=True, slots=True)
class Leniency:
    """How many score points a rater gives more than the others (less, below 0), on average.

    From *count* contacts; there are no limits for a single one. ``apart`` says that this may be
    called lenient or strict; of two people, ``one_of_two``, figures cannot say which of them is.
    """

    rater: int
    difference: float
    low: float | None
    high: float | None
    count: int
    apart: bool = False
    one_of_two: bool = False

    @property
    def beyond_chance(self) -> bool:
        """Whether the interval excludes 0."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)

    @property
    def too_few(self) -> bool:
        """Whether there are too few contacts to compare."""
        return self.count < TOO_FEW

    @property
    def clearness(self) -> float:
        """How many times the interval's half width the difference is; above 1 beyond chance."""
        if self.high is None:
            return 0.0
        reach = self.high - self.difference
        return abs(self.difference) / reach if reach > 0 else inf


def leniencies(
    finals: Mapping[int, Mapping[int, Fraction]],
    raters: Sequence[int],
    reference: int | None,
    step: float,
) -> tuple[Leniency, ...]:
    """Return every rater's leniency but the reference's own, the most lenient first.

    *finals* are the scores (0 to 100) by contact and rater, *step* what one criterion is worth. A
    rater is held against the *reference*, or without one against the mean of the others on the
    same contact; who shares no contact has none.

    The allowance for error is shared among all raters compared, so that the whole list errs once
    in twenty sessions in which nobody departs (Bonferroni; Dunn, Multiple Comparisons among Means,
    Journal of the American Statistical Association 56, 1961). Without a reference whoever departs
    most clearly is set aside and the rest compared anew among themselves, or one strict rater
    would make all the others look lenient.
    """
    left = [rater for rater in raters if rater != reference]
    everybody = _held(finals, left, reference, step, CONFIDENCE)
    compared = sum(not one.too_few for one in everybody)
    confidence = 1 - (1 - CONFIDENCE) / max(1, compared)
    found: list[Leniency] = []
    while True:
        held = _held(finals, left, reference, step, confidence)
        clear = [one for one in held if one.apart]
        pair = len(held) == 2 and reference is None
        if reference is not None or pair or not clear:
            found += [_of_pair(one) if pair else one for one in held]
            met = {one.rater for one in found}
            # Who met nobody but those set aside is still shown, beside whom nothing can be said.
            found += [replace(one, apart=False) for one in everybody if one.rater not in met]
            return tuple(sorted(found, key=lambda one: (-one.difference, one.rater)))
        first = max(
            clear, key=lambda one: (round(one.clearness, 9), abs(one.difference), -one.rater)
        )
        found.append(first)
        left.remove(first.rater)


def _of_pair(one: Leniency) -> Leniency:
    return replace(one, one_of_two=one.apart)


def _held(
    finals: Mapping[int, Mapping[int, Fraction]],
    raters: Sequence[int],
    reference: int | None,
    step: float,
    confidence: float,
) -> list[Leniency]:
    """Return the leniency of each of the *raters* against the reference, or against each other."""
    known = {*raters} if reference is None else {*raters, reference}
    differences = {
        rater: [
            float(by_rater[rater] - standard)
            for by_rater in finals.values()
            if rater in by_rater
            if (standard := _standard(by_rater, rater, reference, known)) is not None
        ]
        for rater in raters
    }
    pooled = _pooled([own for own in differences.values() if len(own) > 1])
    return [
        _leniency(rater, own, step, pooled, confidence) for rater, own in differences.items() if own
    ]


def _pooled(samples: Sequence[Sequence[float]]) -> float:
    """Return the variance of the differences within raters; 0 where nothing repeats."""
    squares = fsum(_squares(own) for own in samples)
    degrees = sum(len(own) - 1 for own in samples)
    return squares / degrees if degrees else 0.0


def _squares(values: Sequence[float]) -> float:
    mean = fsum(values) / len(values)
    return fsum((one - mean) ** 2 for one in values)


def _leniency(
    rater: int, differences: Sequence[float], step: float, pooled: float, confidence: float
) -> Leniency:
    """Return the mean of the differences with Student's interval, which is never of no width.

    Half a contact is lent that lies the whole mean, or one criterion, away from it: equal
    differences say that they hardly scatter, not that they cannot. Nor are they taken to scatter
    less than everybody's do (*pooled*): of skewed scores a few may by luck. Student, The Probable
    Error of a Mean, Biometrika 6 (1908).
    """
    count = len(differences)
    mean = fsum(differences) / count
    if count == 1:
        return Leniency(rater, mean, None, None, count)
    away = max(abs(mean), step)
    own = (_squares(differences) + UNSEEN * away * away) / (count - 1 + UNSEEN)
    error = sqrt(max(own, pooled) / count)
    reach = student_t_quantile((1 + confidence) / 2, count - 1) * error
    apart = count >= TOO_FEW and abs(mean) > reach
    return Leniency(rater, mean, mean - reach, mean + reach, count, apart=apart)


def _standard(
    by_rater: Mapping[int, Fraction], rater: int, reference: int | None, known: set[int]
) -> Fraction | None:
    """Return the contact's score by the reference, or else the mean of the others' scores."""
    if reference is not None:
        return by_rater.get(reference)
    others = [final for other, final in by_rater.items() if other != rater and other in known]
    return sum(others, Fraction()) / len(others) if others else None

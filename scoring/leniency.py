"""How lenient a rater is: the mean difference of their scores from others' on the same contacts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scoring.statistics import TOO_FEW, mean_difference


@dataclass(frozen=True, slots=True)
class Leniency:
    """How many score points a rater gives more than the others (less, below 0), on average.

    From *count* contacts; there are no limits for a single one.
    """

    rater: int
    difference: float
    low: float | None
    high: float | None
    count: int

    @property
    def beyond_chance(self) -> bool:
        """Whether the interval excludes 0, so that this may be called lenient or strict."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)

    @property
    def too_few(self) -> bool:
        """Whether there are too few contacts to compare."""
        return self.count < TOO_FEW


def leniencies(
    finals: Mapping[int, Mapping[int, Fraction]], raters: Sequence[int], reference: int | None
) -> tuple[Leniency, ...]:
    """Return every rater's leniency but the reference's own, the most lenient first.

    *finals* are the scores by contact and rater. A rater is held against the *reference*, or
    without one against the mean of the others on the same contact; who shares no contact has none.
    """
    found = []
    for rater in raters:
        differences = [
            float(by_rater[rater] - standard)
            for by_rater in finals.values()
            if rater in by_rater and rater != reference
            if (standard := _standard(by_rater, rater, reference)) is not None
        ]
        mean = mean_difference(differences)
        if mean is not None:
            found.append(Leniency(rater, mean.estimate, mean.low, mean.high, mean.count))
    return tuple(sorted(found, key=lambda one: (-one.difference, one.rater)))


def _standard(
    by_rater: Mapping[int, Fraction], rater: int, reference: int | None
) -> Fraction | None:
    """Return the contact's score by the reference, or else the mean of the others' scores."""
    if reference is not None:
        return by_rater.get(reference)
    others = [final for other, final in by_rater.items() if other != rater]
    return sum(others, Fraction()) / len(others) if others else None

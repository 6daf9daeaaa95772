"""Goals: what is worth working on, and whether a criterion got better by the date."""

import datetime as dt
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import hypot
from zoneinfo import ZoneInfo

from scoring.expectation import Expectation
from scoring.report import CriterionTally
from scoring.statistics import CONFIDENCE, Limits, Proportion, score_interval, wilson
from scoring.zones import moment_of

MOST_OFFERED = 6
LEAST_COST = 0.05
"""A smaller cost (score points per contact) would be shown as 0.0."""

LEAST_GAIN = 0.1
"""A smaller gain in a pass rate (0 to 1) is none that a goal is set for."""

Window = tuple[dt.datetime, dt.datetime]
"""From the first moment to just before the second."""


class GoalState(StrEnum):
    """Where a goal stands; all but ``OPEN`` are its end."""

    OPEN = "open"
    REACHED = "reached"
    NO_EVIDENCE = "no_evidence"
    NOT_REACHED = "not_reached"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class ShareChange:
    """A difference of two shares (-1 to 1), after less before, with its interval."""

    difference: float
    low: float
    high: float

    @property
    def beyond_chance(self) -> bool:
        """Whether the interval excludes 0, so that this may be called a change."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, slots=True)
class Progress:
    """A criterion before and after; a side without any contact is ``None``.

    ``expected`` is what was to be expected without the goal; ``None`` of goals that ended before
    that was reckoned.
    """

    before: Proportion | None
    after: Proportion | None
    expected: Expectation | None = None

    @property
    def too_few(self) -> bool:
        """Whether either side has too few contacts to be compared."""
        sides = (self.before, self.after)
        return any(side is None or side.too_few for side in sides)

    @property
    def change(self) -> ShareChange | None:
        """How the share moved, or ``None`` where a side is missing."""
        if self.before is None or self.after is None:
            return None
        return newcombe(self.after, self.before)

    @property
    def gain(self) -> ShareChange | None:
        """How far the share lies above what was to be expected; ``None`` where a side is missing.

        The expected share is as unsure as one of the agent's own contacts before. Without
        colleagues to draw it to, the limits allow for the worst of all criteria having been chosen
        (Bonferroni's way: Dunn, Multiple Comparisons among Means, Journal of the American
        Statistical Association 56, 1961).
        """
        if self.before is None or self.after is None or self.expected is None:
            return self.change
        if self.expected.share is None:
            confidence = 1 - (1 - CONFIDENCE) / self.expected.among
            sides = (
                wilson(one.successes, one.total, confidence) for one in (self.after, self.before)
            )
            after, before = sides
            return None if after is None or before is None else newcombe(after, before)
        total = self.before.total
        return newcombe(self.after, score_interval(self.expected.share * total, total))

    @property
    def state(self) -> GoalState:
        """What may be said of the goal: both *reached* and *not reached* need evidence.

        Reached is a gain beyond chance over what was to be expected. Not reached is one that is
        small even at its best: the change against what was seen before, which the choice of the
        worst flatters, lies below ten percentage points as a whole. All else, and too few contacts,
        is no evidence yet.
        """
        change, gain = self.change, self.gain
        if change is None or gain is None or self.too_few:
            return GoalState.NO_EVIDENCE
        if gain.low > 0:
            return GoalState.REACHED
        return GoalState.NOT_REACHED if change.high < LEAST_GAIN else GoalState.NO_EVIDENCE


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A criterion worth a goal: ``cost`` in score points per contact, ``times`` it was repeated.

    ``times`` counts misses in the agent's last contacts and is 0 where it is no repeated error.
    """

    tally: CriterionTally
    cost: float
    times: int = 0


def newcombe(after: Limits, before: Limits) -> ShareChange:
    """Return the difference of two independent shares with its hybrid score interval.

    The interval has the confidence of the shares' own. Newcombe, Interval Estimation for the
    Difference between Independent Proportions, Statistics in Medicine 17 (1998), method 10.
    """
    difference = after.share - before.share
    down = hypot(after.share - after.low, before.high - before.share)
    up = hypot(after.high - after.share, before.share - before.low)
    return ShareChange(difference, difference - down, difference + up)


def progress(
    before: tuple[int, int],
    after: tuple[int, int],
    expected: Expectation | None = None,
    confidence: float = CONFIDENCE,
) -> Progress:
    """Return the criterion before and after, each given as times at its best and times asked."""
    return Progress(wilson(*before, confidence), wilson(*after, confidence), expected)


def windows(started: dt.datetime, due: dt.date, where: ZoneInfo) -> tuple[Window, Window]:
    """Return the time before the goal and the time for it, which are equally long.

    The time for it runs from *started* to the beginning of the day *due* in *where*. Raises
    ``ValueError`` where that day has begun already.
    """
    end = moment_of(due, dt.time(), where)
    if end <= started:
        raise ValueError(f"a goal of {started} cannot be due on {due}")
    return (started - (end - started), started), (started, end)


def recommended(
    tallies: Sequence[CriterionTally],
    scored: int,
    repeats: Sequence[CriterionTally] = (),
    limit: int = MOST_OFFERED,
) -> tuple[Recommendation, ...]:
    """Return what to recommend: up to *limit* criteria, what repeats first, then what costs most.

    *tallies* are of *scored* evaluations; *repeats* count the misses among the last contacts.
    """
    times = {(one.scorecard, one.key): one.failed for one in repeats}
    found = [
        Recommendation(one, one.lost / scored if scored else 0.0, times.get(_name(one), 0))
        for one in tallies
    ]
    worth = [one for one in found if one.times or one.cost >= LEAST_COST]
    worth.sort(key=lambda one: (-one.times, -one.cost, *_name(one.tally)))
    return tuple(worth[:limit])


def month_after(day: dt.date) -> dt.date:
    """Return the same day of the next month, or that month's last day where it has no such."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return dt.date(year, month, min(day.day, monthrange(year, month)[1]))


def _name(tally: CriterionTally) -> tuple[str, str]:
    return tally.scorecard, tally.key

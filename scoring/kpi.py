"""KPI against target: what a metric is, what its daily figures come to, and what follows.

One figure is one agent's one day. How means, targets and the composite are reckoned, and why:
docs/decisions/0014-kpi.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import fsum, inf, sqrt

from scoring.distributions import student_t_quantile
from scoring.statistics import CONFIDENCE, TOO_FEW, mean_interval

FULL = 100.0
"""The attainment of a target that is met, however far it is exceeded."""


class Unit(StrEnum):
    """What a figure counts; POINTS are those of the quality score."""

    PERCENT = "percent"
    SECONDS = "seconds"
    COUNT = "count"
    MINUTES = "minutes"
    POINTS = "points"


class Direction(StrEnum):
    """Which way is better."""

    HIGHER = "higher"
    LOWER = "lower"


class Aggregation(StrEnum):
    """What several days come to: their mean, or their sum (judged by what it is a day)."""

    MEAN = "mean"
    SUM = "sum"


class Kind(StrEnum):
    """Performance has targets; discipline is events, counted apart."""

    PERFORMANCE = "performance"
    DISCIPLINE = "discipline"


Trait = Unit | Direction | Aggregation | Kind


@dataclass(frozen=True, slots=True)
class Metric:
    """Something measured of an agent each day; built-in ones are named where they are shown."""

    key: str
    unit: Unit
    direction: Direction
    aggregation: Aggregation
    kind: Kind = Kind.PERFORMANCE
    name: str = ""

    @property
    def most(self) -> float:
        """The highest figure there can be."""
        return HIGHEST.get(self.unit, inf)

    @property
    def is_daily(self) -> bool:
        """Whether its mean and its target are amounts a day."""
        return self.aggregation is Aggregation.SUM


HIGHEST = {Unit.PERCENT: 100.0, Unit.POINTS: 100.0, Unit.MINUTES: 1440.0}
"""Where a unit has an end: a day has 1440 minutes."""

QUALITY = Metric("quality", Unit.POINTS, Direction.HIGHER, Aggregation.MEAN)
"""The quality score, where it stands beside the imported metrics."""

BUILT_IN = (
    Metric("csat", Unit.PERCENT, Direction.HIGHER, Aggregation.MEAN),
    Metric("frt_s", Unit.SECONDS, Direction.LOWER, Aggregation.MEAN),
    Metric("aht_s", Unit.SECONDS, Direction.LOWER, Aggregation.MEAN),
    Metric("repeat_contacts", Unit.COUNT, Direction.LOWER, Aggregation.SUM),
    Metric("missed_calls", Unit.COUNT, Direction.LOWER, Aggregation.SUM),
    Metric("late_minutes", Unit.MINUTES, Direction.LOWER, Aggregation.SUM, Kind.DISCIPLINE),
    Metric(
        "break_overrun_minutes", Unit.MINUTES, Direction.LOWER, Aggregation.SUM, Kind.DISCIPLINE
    ),
)


@dataclass(frozen=True, slots=True)
class Goal:
    """What a team wants of a metric; a ``weight`` above 0 makes it a part of the composite."""

    metric: Metric
    target: float | None = None
    weight: int = 0
    used: bool = True


@dataclass(frozen=True, slots=True)
class Tally:
    """Daily figures added up: how many, their sum, the sum of their squares, those above 0."""

    days: int = 0
    total: float = 0.0
    squares: float = 0.0
    events: int = 0


Tallies = Mapping[str, Tally]
"""Tallies by the metric's key."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What a metric comes to: a mean in its unit, its interval where there are enough figures.

    ``count`` is of days, or of evaluations for the quality score.
    """

    mean: float
    low: float | None
    high: float | None
    count: int
    total: float

    @property
    def too_few(self) -> bool:
        """Whether there are too few figures to compare the mean with anything."""
        return self.count < TOO_FEW


@dataclass(frozen=True, slots=True)
class Line:
    """A metric in a report: the period, and the last months, oldest first."""

    goal: Goal
    now: Measure | None
    months: tuple[Measure | None, ...]

    @property
    def met(self) -> bool | None:
        """Whether the target is met; ``None`` without a target or with too few figures."""
        return verdict(self.goal, self.now)


@dataclass(frozen=True, slots=True)
class DisciplineLine:
    """Events in a report: the period, and the last months, oldest first."""

    metric: Metric
    now: Tally
    months: tuple[Tally, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the composite; ``attainment`` (0 to 100) is ``None`` where it is left out."""

    goal: Goal
    attainment: float | None


@dataclass(frozen=True, slots=True)
class Composite:
    """A team's weighted mean of attainments; ``score`` is ``None`` where every part is left out.

    ``too_few`` says that a part rests on too few figures.
    """

    score: float | None
    parts: tuple[Part, ...]
    too_few: bool


def merged(tallies: Iterable[Tallies]) -> dict[str, Tally]:
    """Return the tallies of several agents as one, metric by metric."""
    gathered: dict[str, list[Tally]] = {}
    for one in tallies:
        for key, found in one.items():
            gathered.setdefault(key, []).append(found)
    return {key: _sum(found) for key, found in gathered.items()}


def measure(metric: Metric, found: Tally | None) -> Measure | None:
    """Return the mean day with its Student-t interval, cut to what figures there can be.

    ``None`` without figures; no limits below five. Student, The Probable Error of a Mean,
    Biometrika 6 (1908).
    """
    if found is None or not found.days:
        return None
    count, total = found.days, found.total
    mean = total / count
    if count < TOO_FEW:
        return Measure(mean, None, None, count, total)
    variance = max(0.0, found.squares - total * mean) / (count - 1)
    reach = student_t_quantile((1 + CONFIDENCE) / 2, count - 1) * sqrt(variance / count)
    return Measure(mean, max(0.0, mean - reach), min(metric.most, mean + reach), count, total)


def quality(scores: Sequence[float]) -> Measure | None:
    """Return what final scores come to, in the shape of the other metrics."""
    found = mean_interval(scores)
    if found is None:
        return None
    low, high = (None, None) if found.too_few else (found.low, found.high)
    return Measure(found.estimate, low, high, found.count, fsum(scores))


def verdict(goal: Goal, found: Measure | None) -> bool | None:
    """Return whether the mean meets the target; ``None`` where that cannot be said."""
    if goal.target is None or found is None or found.too_few:
        return None
    if goal.metric.direction is Direction.HIGHER:
        return found.mean >= goal.target
    return found.mean <= goal.target


def missed_twice(goal: Goal, before: Measure | None, last: Measure | None) -> bool:
    """Return whether both periods had enough figures and both missed the target."""
    return verdict(goal, before) is False and verdict(goal, last) is False


def attainment(goal: Goal, found: Measure | None) -> float | None:
    """Return how much of the target is reached, 0 to 100; ``None`` without target or figures."""
    if goal.target is None or found is None:
        return None
    higher = goal.metric.direction is Direction.HIGHER
    reached, wanted = (found.mean, goal.target) if higher else (goal.target, found.mean)
    # Also where nothing is wanted: no figure can fall short of 0, none lies below it.
    return FULL if reached >= wanted else FULL * reached / wanted


def composite(found: Iterable[tuple[Goal, Measure | None]]) -> Composite | None:
    """Return the mean of the attainments by the team's weights; ``None`` where it has none.

    What has no target or no figures is left out of both sums, as N/A is of a score. Discipline is
    no part, whatever weight it was given.
    """
    weighed = [(goal, one) for goal, one in found if _counts(goal)]
    if not weighed:
        return None
    parts = tuple(Part(goal, attainment(goal, one)) for goal, one in weighed)
    known = [(part.attainment, part.goal.weight) for part in parts if part.attainment is not None]
    weights = sum(weight for _, weight in known)
    score = fsum(value * weight for value, weight in known) / weights if weights else None
    return Composite(score, parts, any(one.too_few for _, one in weighed if one is not None))


def lines(goals: Iterable[Goal], now: Tallies, months: Sequence[Tallies]) -> tuple[Line, ...]:
    """Return a line per performance metric that the team uses and has figures of."""
    found = (
        Line(
            goal,
            measure(goal.metric, now.get(goal.metric.key)),
            tuple(measure(goal.metric, one.get(goal.metric.key)) for one in months),
        )
        for goal in _shown(goals, Kind.PERFORMANCE, [now, *months])
    )
    return tuple(found)


def discipline(
    goals: Iterable[Goal], now: Tallies, months: Sequence[Tallies]
) -> tuple[DisciplineLine, ...]:
    """Return a line per discipline metric that the team uses and has figures of."""
    return tuple(
        DisciplineLine(
            goal.metric,
            now.get(goal.metric.key, Tally()),
            tuple(one.get(goal.metric.key, Tally()) for one in months),
        )
        for goal in _shown(goals, Kind.DISCIPLINE, [now, *months])
    )


def _shown(goals: Iterable[Goal], kind: Kind, among: Sequence[Tallies]) -> list[Goal]:
    return [
        goal
        for goal in goals
        if goal.used and goal.metric.kind is kind and any(goal.metric.key in one for one in among)
    ]


def _counts(goal: Goal) -> bool:
    return goal.weight > 0 and goal.used and goal.metric.kind is Kind.PERFORMANCE


def _sum(found: Sequence[Tally]) -> Tally:
    return Tally(
        sum(one.days for one in found),
        fsum(one.total for one in found),
        fsum(one.squares for one in found),
        sum(one.events for one in found),
    )

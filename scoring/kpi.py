"""KPI against target: what a metric's daily figures come to, and what follows.

One figure is one agent's one day. How means, targets and the composite are reckoned, and why:
docs/decisions/0014-kpi.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import fsum, sqrt

from scoring.distributions import student_t_quantile
from scoring.metrics import Aim, Direction, Kind, Metric
from scoring.pooled import Pool, agent_mean
from scoring.statistics import CONFIDENCE, TOO_FEW, Interval

FULL = 100.0
"""The attainment of a target that is met, however far it is exceeded."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Daily figures added up: how many, their sum, the sum of their squares, those above 0."""

    days: int = 0
    total: float = 0.0
    squares: float = 0.0
    events: int = 0


Tallies = Mapping[str, Tally]
"""One agent's tallies by the metric's key."""


class Verdict(StrEnum):
    """What may be said of a target."""

    MET = "met"
    MISSED = "missed"
    UNSURE = "unsure"
    """The figures are too few, or their interval holds the target: it cannot be told yet."""


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

    aim: Aim
    now: Measure | None
    months: tuple[Measure | None, ...]

    @property
    def verdict(self) -> Verdict | None:
        """Whether the target is met; ``None`` without a target or figures."""
        return verdict(self.aim, self.now)


@dataclass(frozen=True, slots=True)
class DisciplineLine:
    """Events in a report: the period, and the last months, oldest first."""

    metric: Metric
    now: Tally
    months: tuple[Tally, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the composite; ``attainment`` (0 to 100) is ``None`` where it is left out."""

    aim: Aim
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
    """Return one agent's mean day with its Student-t interval, cut to what figures there can be.

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
    return _within(metric, found, sqrt(variance / count), count - 1)


def team_measure(metric: Metric, agents: Iterable[Tally]) -> Measure | None:
    """Return several agents' mean day with its interval, which takes days of one agent as alike.

    The standard error is that of a ratio of two totals over clusters, an agent being one, with
    Student's t for one degree less than there are agents: Cochran, Sampling Techniques (1977),
    9A.2; Liang and Zeger, Longitudinal Data Analysis Using Generalized Linear Models, Biometrika 73
    (1986). Of a single agent as ``measure`` has it; ``None`` without figures; no limits below five.
    """
    clusters = [one for one in agents if one.days]
    together = _sum(clusters)
    if len(clusters) < 2 or together.days < TOO_FEW:
        return measure(metric, together)
    mean, count = together.total / together.days, len(clusters)
    squares = fsum((one.total - one.days * mean) ** 2 for one in clusters)
    error = sqrt(squares * count / (count - 1)) / together.days
    return _within(metric, together, error, count - 1)


def _within(metric: Metric, found: Tally, error: float, df: int) -> Measure:
    """Return the mean day with its interval by the standard error, cut to possible figures."""
    mean = found.total / found.days
    reach = student_t_quantile((1 + CONFIDENCE) / 2, df) * error
    low, high = max(0.0, mean - reach), min(metric.most, mean + reach)
    return Measure(mean, low, high, found.days, found.total)


def quality(scores: Sequence[float], pool: Pool | None = None) -> Measure | None:
    """Return what final scores come to, in the shape of the other metrics.

    An agent's interval is by the team's *pool*.
    """
    return quality_of(agent_mean(scores, pool))


def quality_of(mean: Interval | None) -> Measure | None:
    """Return a mean score, such as a team's, in the shape of the other metrics."""
    if mean is None:
        return None
    low, high = mean.limits or (None, None)
    return Measure(mean.estimate, low, high, mean.count, mean.estimate * mean.count)


def verdict(aim: Aim, found: Measure | None) -> Verdict | None:
    """Return whether the target is met, missed, or cannot be told of yet.

    Met and missed are said where the whole interval lies on that side. ``None`` without a target or
    figures, and of discipline, which is not judged.
    """
    if aim.target is None or aim.metric.kind is Kind.DISCIPLINE or found is None:
        return None
    if found.too_few or found.low is None or found.high is None:
        return Verdict.UNSURE
    if aim.metric.direction is Direction.HIGHER:
        met, missed = found.low >= aim.target, found.high < aim.target
    else:
        met, missed = found.high <= aim.target, found.low > aim.target
    return Verdict.MET if met else Verdict.MISSED if missed else Verdict.UNSURE


def missed_twice(aim: Aim, before: Measure | None, last: Measure | None) -> bool:
    """Return whether both periods missed the target for certain."""
    return all(verdict(aim, one) is Verdict.MISSED for one in (before, last))


def attainment(aim: Aim, found: Measure | None) -> float | None:
    """Return how much of the target is reached, 0 to 100; ``None`` without target or figures."""
    if aim.target is None or found is None:
        return None
    higher = aim.metric.direction is Direction.HIGHER
    reached, wanted = (found.mean, aim.target) if higher else (aim.target, found.mean)
    # Also where nothing is wanted: no figure can fall short of 0, none lies below it.
    return FULL if reached >= wanted else FULL * reached / wanted


def composite(found: Iterable[tuple[Aim, Measure | None]]) -> Composite | None:
    """Return the mean of the attainments by the team's weights; ``None`` where it has none.

    What has no target or no figures is left out of both sums, as N/A is of a score. Discipline is
    no part, whatever weight it was given.
    """
    weighed = [(aim, one) for aim, one in found if _counts(aim)]
    if not weighed:
        return None
    parts = tuple(Part(aim, attainment(aim, one)) for aim, one in weighed)
    known = [(part.attainment, part.aim.weight) for part in parts if part.attainment is not None]
    weights = sum(weight for _, weight in known)
    score = fsum(value * weight for value, weight in known) / weights if weights else None
    return Composite(score, parts, any(one.too_few for _, one in weighed if one is not None))


def lines(
    aims: Iterable[Aim], now: Sequence[Tallies], months: Sequence[Sequence[Tallies]]
) -> tuple[Line, ...]:
    """Return a line per performance metric that the team uses and has figures of.

    *now* and each of the *months* hold the tallies of every agent.
    """
    every = [one for period in (now, *months) for one in period]
    found = (
        Line(
            aim,
            _of_agents(aim.metric, now),
            tuple(_of_agents(aim.metric, month) for month in months),
        )
        for aim in _shown(aims, Kind.PERFORMANCE, every)
    )
    return tuple(found)


def _of_agents(metric: Metric, agents: Iterable[Tallies]) -> Measure | None:
    return team_measure(metric, (one[metric.key] for one in agents if metric.key in one))


def discipline(
    aims: Iterable[Aim], now: Sequence[Tallies], months: Sequence[Sequence[Tallies]]
) -> tuple[DisciplineLine, ...]:
    """Return a line per discipline metric that the team uses and has figures of.

    *now* and each of the *months* hold the tallies of every agent.
    """
    current, line = merged(now), [merged(month) for month in months]
    return tuple(
        DisciplineLine(
            aim.metric,
            current.get(aim.metric.key, Tally()),
            tuple(one.get(aim.metric.key, Tally()) for one in line),
        )
        for aim in _shown(aims, Kind.DISCIPLINE, [current, *line])
    )


def _shown(aims: Iterable[Aim], kind: Kind, among: Sequence[Tallies]) -> list[Aim]:
    return [
        aim
        for aim in aims
        if aim.used and aim.metric.kind is kind and any(aim.metric.key in one for one in among)
    ]


def _counts(aim: Aim) -> bool:
    return aim.weight > 0 and aim.used and aim.metric.kind is Kind.PERFORMANCE


def _sum(found: Sequence[Tally]) -> Tally:
    return Tally(
        sum(one.days for one in found),
        fsum(one.total for one in found),
        fsum(one.squares for one in found),
        sum(one.events for one in found),
    )

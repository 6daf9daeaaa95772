"""What can be measured of an agent besides quality, and what a team wants of it."""

from dataclasses import dataclass
from enum import StrEnum
from math import inf


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
class Aim:
    """What a team wants of a metric; a ``weight`` above 0 makes it a part of the composite."""

    metric: Metric
    target: float | None = None
    weight: int = 0
    used: bool = True

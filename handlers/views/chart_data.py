"""What a chart shows, as plain values: all its words are in the reader's language already."""

import hashlib
from dataclasses import dataclass

EDITION = 2
"""Grows when charts are drawn differently, so that no picture of the old kind is sent again."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A mean with its interval (score points), which a single value lacks.

    It is hollow where it rests on too little.
    """

    mean: float
    low: float | None
    high: float | None
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One agent's line: a mark, its figure in words and how many evaluations it rests on."""

    name: str
    mark: Mark
    value: str
    count: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin line at a score, with its label."""

    score: float
    label: str
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Trend:
    """A line of periods, oldest first; a period without scores leaves a gap.

    ``first`` is empty where there is only one. ``note`` says what the means rest on.
    """

    marks: tuple[Mark | None, ...]
    label: str
    first: str
    last: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class TeamChart:
    """A team's agents above its trend; without *rows* (in a group chat) the trend alone."""

    title: str
    period: str
    columns: str
    rows: tuple[Row, ...]
    few: str
    mean: Rule
    target: Rule | None
    trend: Trend


@dataclass(frozen=True, slots=True)
class AgentChart:
    """One person's periods beside the team's mean and the target."""

    title: str
    period: str
    trend: Trend
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A share from 0 to 1 with its figure; without a share there was nothing to compare."""

    share: float | None
    label: str


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A criterion with a cell for each person."""

    name: str
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Criteria by people; ``none`` says what a dash means, ``full`` what no figure does."""

    title: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    none: str
    full: str


@dataclass(frozen=True, slots=True)
class FunnelDot:
    """An agent by count and mean; with a ``label`` they lie outside, and are named beside it."""

    count: int
    mean: float
    label: str = ""
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class FunnelLimit:
    """A pair of limits by count: (count, low, high) from the fewest to the most."""

    label: str
    points: tuple[tuple[float, float, float], ...]
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Funnel:
    """Agents against the limits of chance; the wider limits come first."""

    title: str
    period: str
    across: str
    few: str
    mean: Rule
    limits: tuple[FunnelLimit, ...]
    dots: tuple[FunnelDot, ...]


Chart = TeamChart | AgentChart | HeatMap | Funnel


def digest(chart: Chart) -> str:
    """Return the hash of what the chart shows: equal charts look equal, to the last pixel."""
    return hashlib.sha256(f"{EDITION} {chart!r}".encode()).hexdigest()

"""What the sheets of a workbook hold, as plain values."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

ONE_DECIMAL = "0.0"
SIGNED = "[>=0.05]+0.0;[<=-0.05]-0.0;0.0"
"""What would be shown as 0 has no sign."""
PERCENT = "0%"
DAY = "yyyy-mm-dd"
MOMENT = "yyyy-mm-dd hh:mm"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and the format that a spreadsheet shows it in."""

    value: float
    shape: str = ONE_DECIMAL


Cell = str | int | float | dt.datetime | dt.date | Figure | None
"""A moment is the local time that its row's team had, without a zone: spreadsheets know none."""


class PlotKind(StrEnum):
    """How a spreadsheet draws a column."""

    BARS = "bars"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Plot:
    """A chart that the spreadsheet draws itself from columns of the sheet titled ``source``.

    ``names`` and ``values`` are the numbers of columns, ``low`` and ``high`` those of the limits;
    columns count from 1. The chart's upper left corner stands in ``cell``.
    """

    title: str
    kind: PlotKind
    source: str
    names: int
    values: int
    low: int
    high: int
    cell: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its columns with their widths (in letters), its rows, and charts beside them."""

    title: str
    columns: Sequence[tuple[str, int]]
    rows: Sequence[Sequence[Cell]]
    plots: Sequence[Plot] = ()

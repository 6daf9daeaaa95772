"""What the sheets of a workbook hold, as plain values."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

ONE_DECIMAL = "0.0"
SIGNED = "+0.0;-0.0;0.0"
PERCENT = "0%"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and the format that a spreadsheet shows it in."""

    value: float
    shape: str = ONE_DECIMAL


Cell = str | int | float | dt.datetime | Figure | None
"""A moment is the local time that its row's team had, without a zone: spreadsheets know none."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its columns with their widths (in letters), and its rows."""

    title: str
    columns: Sequence[tuple[str, int]]
    rows: Sequence[Sequence[Cell]]

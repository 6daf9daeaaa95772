"""What a printed report holds, as plain values: words, tables and charts, one under another."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from handlers.views.chart_data import Chart


class Style(Enum):
    """How words are set."""

    TITLE = "title"
    LEAD = "lead"
    HEADING = "heading"
    BODY = "body"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph, broken into as many lines as it needs."""

    words: str
    style: Style = Style.BODY


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, its share of the table's width, and whether it holds figures."""

    title: str
    share: float
    figures: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of words under their columns' titles, which stand again on each further page."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart."""

    chart: Chart


Block = Text | Table | Drawing


@dataclass(frozen=True, slots=True)
class Paper:
    """A report to print; ``footer`` stands on each page beside the page's number."""

    title: str
    footer: str
    blocks: Sequence[Block]

"""How a paper falls into pages: what stands where, in points from a page's upper left corner."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from handlers.views.chart_data import Chart
from handlers.views.paper import Block, Column, Drawing, Paper, Style, Table, Text

PAGE_WIDTH, PAGE_HEIGHT = 595.28, 841.89
"""A4."""

MARGIN, BOTTOM = 48.0, 60.0
WIDTH = PAGE_WIDTH - 2 * MARGIN
FOOT = PAGE_HEIGHT - 34

SPACES = re.compile(r"[\x00-\x20\x7f-\x9f]+")
"""What is set as one space: whatever is no letter; spaces that hold together are none of them."""

BREAKS = re.compile(r"(?<= )(?=[^ ])|(?<=[^\W\d]-)(?=[^\W\d])")
"""Where a line may end: after ordinary spaces, and after the hyphen of a double name."""

CELL, LEADING = 8.5, 1.3
PAD, GUTTER = 4.0, 8.0
CELL_LINES = 4
"""A cell that needs more lines is cut."""

PICTURE = 0.68
"""How much of the width a picture takes: its letters are then about as large as the words."""

TALLEST = 0.92
"""The most of a page's height that a picture takes; it shrinks to that."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A style's letters in points, its space above, and whether it is bold or faint."""

    size: float
    above: float
    bold: bool = False
    faint: bool = False


SETTINGS = {
    Style.TITLE: Setting(18, 0, bold=True),
    Style.LEAD: Setting(14, 10, bold=True),
    Style.HEADING: Setting(12, 16, bold=True),
    Style.BODY: Setting(9.5, 2),
    Style.NOTE: Setting(8.5, 2, faint=True),
}


class Ruler(Protocol):
    """What knows how wide words are and how tall charts."""

    def width_of(self, words: str, size: float, *, bold: bool = False) -> float:
        """Return the words' width in points, in letters of *size* points."""

    def ratio_of(self, chart: Chart) -> float:
        """Return the chart's height by its width."""


@dataclass(frozen=True, slots=True)
class Written:
    """Words whose baseline lies at *y*; *x* is their left end, or their right one."""

    x: float
    y: float
    text: str
    size: float
    bold: bool = False
    faint: bool = False
    right: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin line across the table."""

    y: float


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart in its box."""

    x: float
    y: float
    width: float
    height: float
    chart: Chart


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on one page."""

    words: list[Written] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)


def pages_of(paper: Paper, ruler: Ruler) -> list[Page]:
    """Return the paper's pages, each with its footer and number."""
    flow = _Flow(ruler)
    for place, block in enumerate(paper.blocks):
        flow.put(block, paper.blocks[place + 1 : place + 2])
    for number, page in enumerate(flow.pages, start=1):
        size = SETTINGS[Style.NOTE].size
        page.words.append(Written(MARGIN, FOOT, paper.footer, size, faint=True))
        count = f"{number}/{len(flow.pages)}"
        page.words.append(Written(MARGIN + WIDTH, FOOT, count, size, faint=True, right=True))
    return flow.pages


def broken(words: str, ruler: Ruler, size: float, room: float, *, bold: bool = False) -> list[str]:
    """Return the words in lines of at most *room* points, broken at spaces and after hyphens.

    What is too long for a line by itself is broken anywhere; spaces that hold together do so.
    """
    found: list[str] = []
    line = ""
    for word in BREAKS.split(SPACES.sub(" ", words).strip(" ")):
        longer = line + word
        if ruler.width_of(longer.rstrip(), size, bold=bold) <= room:
            line = longer
            continue
        if line:
            found.append(line.rstrip())
        *whole, line = _pieces(word, ruler, size, room, bold=bold)
        found += whole
    return [*found, line.rstrip()]


def _pieces(word: str, ruler: Ruler, size: float, room: float, *, bold: bool) -> list[str]:
    """Return a word in pieces that fit, of one letter at least."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and ruler.width_of(pieces[-1] + letter, size, bold=bold) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces


class _Flow:
    """Puts blocks one under another, onto a new page where one is full."""

    def __init__(self, ruler: Ruler) -> None:
        self.ruler = ruler
        self.pages = [Page()]
        self.y = MARGIN

    @property
    def left(self) -> float:
        """The height that is free on this page."""
        return PAGE_HEIGHT - BOTTOM - self.y

    def put(self, block: Block, following: Sequence[Block]) -> None:
        """Put a block; a heading stays with the beginning of what follows it."""
        if isinstance(block, Text):
            self._text(block, following)
        elif isinstance(block, Table):
            self._table(block)
        else:
            self._drawing(block)

    def _turn(self) -> None:
        self.pages.append(Page())
        self.y = MARGIN

    def _text(self, text: Text, following: Sequence[Block]) -> None:
        setting = SETTINGS[text.style]
        leading = setting.size * LEADING
        lines = broken(text.words, self.ruler, setting.size, WIDTH, bold=setting.bold)
        wanted = setting.above + leading * len(lines)
        if text.style is Style.HEADING:
            wanted += sum(self._beginning(block) for block in following)
        if self.left < wanted and self.y > MARGIN:
            self._turn()
        self.y += setting.above if self.y > MARGIN else 0
        for line in lines:
            if self.left < leading:
                self._turn()
            self.y += leading
            place = self.y - leading + setting.size
            word = Written(MARGIN, place, line, setting.size, setting.bold, setting.faint)
            self.pages[-1].words.append(word)

    def _beginning(self, block: Block) -> float:
        """Return the height that has to be free for a block to begin."""
        if isinstance(block, Drawing):
            return self._size(block)[1] + GUTTER
        if isinstance(block, Table):
            return self._first_rows(block)
        setting = SETTINGS[block.style]
        return setting.above + setting.size * LEADING

    def _first_rows(self, table: Table) -> float:
        """Return the height of a table's titles and its first row."""
        titles = self._cells(table.columns, [one.title for one in table.columns], bold=True)
        return sum(
            map(_height, [titles, *(self._cells(table.columns, row) for row in table.rows[:1])])
        )

    def _size(self, drawing: Drawing) -> tuple[float, float]:
        ratio = self.ruler.ratio_of(drawing.chart)
        most = TALLEST * (PAGE_HEIGHT - MARGIN - BOTTOM)
        width = min(PICTURE * WIDTH, most / ratio)
        return width, width * ratio

    def _drawing(self, drawing: Drawing) -> None:
        width, height = self._size(drawing)
        if self.left < height + GUTTER:
            self._turn()
        self.y += GUTTER
        x = MARGIN + (WIDTH - width) / 2
        self.pages[-1].pictures.append(Picture(x, self.y, width, height, drawing.chart))
        self.y += height

    def _table(self, table: Table) -> None:
        titles = self._cells(table.columns, [one.title for one in table.columns], bold=True)
        cells = [self._cells(table.columns, row) for row in table.rows]
        if self.left < self._first_rows(table):
            self._turn()
        self._row(table.columns, titles, bold=True)
        for row in cells:
            if self.left < _height(row):
                self._turn()
                self._row(table.columns, titles, bold=True)
            self._row(table.columns, row)

    def _cells(
        self, columns: Sequence[Column], row: Iterable[str], *, bold: bool = False
    ) -> list[list[str]]:
        """Return each cell's lines, the last one cut with an ellipsis where there are more."""
        found = []
        for column, words in zip(columns, row, strict=True):
            room = WIDTH * column.share - GUTTER
            lines = broken(words, self.ruler, CELL, room, bold=bold)
            if len(lines) > CELL_LINES:
                lines = [*lines[: CELL_LINES - 1], self._cut(lines[CELL_LINES - 1], room)]
            found.append(lines)
        return found

    def _cut(self, line: str, room: float) -> str:
        while line and self.ruler.width_of(f"{line}…", CELL) > room:
            line = line[:-1].rstrip()
        return f"{line}…"

    def _row(
        self, columns: Sequence[Column], cells: Sequence[Sequence[str]], *, bold: bool = False
    ) -> None:
        page, x = self.pages[-1], MARGIN
        for column, lines in zip(columns, cells, strict=True):
            width = WIDTH * column.share
            place = x + width - GUTTER if column.figures else x
            for number, line in enumerate(lines):
                y = self.y + PAD + CELL + number * CELL * LEADING
                page.words.append(Written(place, y, line, CELL, bold, right=column.figures))
            x += width
        self.y += _height(cells)
        page.rules.append(Rule(self.y))


def _height(cells: Sequence[Sequence[str]]) -> float:
    return max(map(len, cells)) * CELL * LEADING + 2 * PAD

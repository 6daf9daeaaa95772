"""A calibration's heat map: criteria down, people across, darker where somebody departs."""

from dataclasses import dataclass

from matplotlib.colors import to_rgb
from matplotlib.patches import Rectangle

from handlers.views.chart_data import HeatCell, HeatMap
from handlers.views.charts_canvas import (
    ACCENT,
    FAINT,
    FONT,
    INK,
    MARGIN,
    MUTED,
    NOTE,
    PAPER,
    WIDTH,
    Sheet,
)
from handlers.views.names import short_names

TITLE_BOTTOM = 100
NOTE_HEIGHT = 56
LETTERS = 32
LINE = 38
"""From one line of a criterion's title to the next, in pixels."""

ROW = 2 * LINE + 18
TITLES = 440
"""The room for the criteria's titles, two lines each."""

GAP = 22
SEAM = 4
WIDEST = 190
"""A cell is no wider than this, so that two people do not make two walls."""

NARROW = 66
"""In a narrower cell two digits fit; full agreement then bears no figure."""

HEADER_MOST = 250
"""The room for names that stand upright above their columns."""

FULL = "#E6EEF5"
"""What full agreement looks like; the fewer agree, the closer to the accent."""


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where the cells stand, how wide one is, and the names above them."""

    left: float
    top: float
    cell: float
    names: tuple[str, ...]
    upright: bool

    @property
    def narrow(self) -> bool:
        """Whether three digits would be too small to read on a phone."""
        return self.cell < NARROW

    def middle(self, column: int) -> float:
        return self.left + self.cell * (column + 0.5)


def draw_heat_map(chart: HeatMap) -> Sheet:
    """Return the heat map drawn on a sheet as tall as it has criteria."""
    ruler = Sheet(1)
    grid = _grid(ruler, chart)
    legend = _legend(chart, grid)
    height = grid.top + ROW * len(chart.rows) + MARGIN + NOTE_HEIGHT * bool(legend)
    sheet = Sheet(round(height))
    sheet.heading(chart.title)
    sheet.text(
        MARGIN,
        TITLE_BOTTOM + NOTE_HEIGHT / 2 - 10,
        sheet.fitted(chart.note, NOTE, WIDTH - 2 * MARGIN),
        NOTE,
        colour=MUTED,
    )
    _names(sheet, grid)
    _cells(sheet, chart, grid)
    for number, row in enumerate(chart.rows):
        _title(sheet, row.name, grid.top + ROW * (number + 0.5))
    y = grid.top + ROW * len(chart.rows) + NOTE_HEIGHT / 2
    sheet.text(WIDTH - MARGIN, y, legend, NOTE, colour=MUTED, align="right")
    return sheet


def _legend(chart: HeatMap, grid: _Grid) -> str:
    """Return what stands below: what a dash means, and that full agreement bears no figure."""
    shares = [cell.share for row in chart.rows for cell in row.cells]
    parts = [chart.none] if None in shares else []
    if grid.narrow and 1 in shares:
        parts.append(chart.full)
    return " · ".join(parts)


def _grid(sheet: Sheet, chart: HeatMap) -> _Grid:
    """Return the grid; names stand upright where they would not fit side by side."""
    left = MARGIN + TITLES + GAP
    cell = min(WIDEST, (WIDTH - MARGIN - left) / max(1, len(chart.columns)))
    names = short_names(chart.columns)
    upright = any(sheet.width_of(name, NOTE) > cell - GAP for name in names)
    names = [sheet.fitted(name, NOTE, HEADER_MOST if upright else cell) for name in names]
    longest = max((sheet.width_of(name, NOTE) for name in names), default=0.0)
    header = longest + GAP if upright else NOTE + GAP
    return _Grid(left, TITLE_BOTTOM + NOTE_HEIGHT + header, cell, tuple(names), upright)


def _names(sheet: Sheet, grid: _Grid) -> None:
    for column, name in enumerate(grid.names):
        sheet.figure.text(
            grid.middle(column) / WIDTH,
            1 - (grid.top - GAP / 2) / sheet.height,
            name,
            size=NOTE,
            color=INK,
            ha="center",
            va="bottom",
            rotation=90 if grid.upright else 0,
            family=FONT,
            parse_math=False,
        )


def _cells(sheet: Sheet, chart: HeatMap, grid: _Grid) -> None:
    width, height = grid.cell * len(chart.columns), ROW * len(chart.rows)
    axes = sheet.plot(grid.left, grid.top, width, height)
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    for number, row in enumerate(chart.rows):
        for column, cell in enumerate(row.cells):
            corner = (grid.cell * column + SEAM / 2, ROW * number + SEAM / 2)
            axes.add_patch(_box(corner, grid.cell - SEAM, cell))
            x, y = grid.middle(column), grid.top + ROW * (number + 0.5)
            label = "" if grid.narrow and cell.share == 1 else cell.label
            sheet.text(x, y, label, _letters(grid), colour=_ink(cell), align="center")


def _letters(grid: _Grid) -> float:
    """Return the size of a cell's figure: three digits fit, or two in a narrow one."""
    return min(LETTERS, (0.66 if grid.narrow else 0.46) * grid.cell)


def _box(corner: tuple[float, float], width: float, cell: HeatCell) -> Rectangle:
    if cell.share is None:
        return Rectangle(corner, width, ROW - SEAM, facecolor=PAPER, edgecolor=FAINT, linewidth=2)
    return Rectangle(corner, width, ROW - SEAM, facecolor=_shade(cell.share), linewidth=0)


def _shade(share: float) -> tuple[float, float, float]:
    """Return the colour between the accent (nobody agrees) and its palest (all do)."""
    red, green, blue = (
        dark + (pale - dark) * share
        for dark, pale in zip(to_rgb(ACCENT), to_rgb(FULL), strict=True)
    )
    return red, green, blue


def _ink(cell: HeatCell) -> str:
    if cell.share is None:
        return MUTED
    return PAPER if cell.share < 0.55 else INK


def _title(sheet: Sheet, title: str, middle: float) -> None:
    """Write a criterion's title in one line or two; what is longer is cut."""
    first, rest = _broken(sheet, title)
    if not rest:
        sheet.text(MARGIN, middle, first, LETTERS)
        return
    sheet.text(MARGIN, middle - LINE / 2, first, LETTERS)
    sheet.text(MARGIN, middle + LINE / 2, sheet.fitted(rest, LETTERS, TITLES), LETTERS)


def _broken(sheet: Sheet, title: str) -> tuple[str, str]:
    """Return the words that fit into the first line, and the rest."""
    words = title.split()
    count = len(words)
    while count > 1 and sheet.width_of(" ".join(words[:count]), LETTERS) > TITLES:
        count -= 1
    first = sheet.fitted(" ".join(words[:count]), LETTERS, TITLES)
    return first, " ".join(words[count:])

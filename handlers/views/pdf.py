"""A paper as a PDF: A4 pages with words that can be searched, in letters of every language.

Written by ReportLab with the DejaVu letters that come with matplotlib, which draws the charts.
"""

from functools import cache, lru_cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image
from reportlab.lib.colors import HexColor
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from handlers.views import charts
from handlers.views.chart_data import Chart
from handlers.views.charts_canvas import FAINT, INK, MUTED, Sheet
from handlers.views.paper import Paper
from handlers.views.paper_flow import (
    MARGIN,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    WIDTH,
    Page,
    Picture,
    Rule,
    Written,
    pages_of,
)

POINTS = 72
"""Points to an inch."""

FINENESS = 1.5
"""A chart is drawn with so many times the pixels that a chat gets: some 340 to an inch."""

PLAIN, BOLD = "DejaVuSans", "DejaVuSans-Bold"
LETTERS = "mpl-data/fonts/ttf"
"""Where matplotlib keeps them, in the folder of the library."""

RULE = 0.5
"""A line's width in points."""

VERSION = (1, 4)


def pdf(paper: Paper) -> bytes:
    """Return the paper as a PDF; the same paper gives the same bytes."""
    letters = Letters()
    out = BytesIO()
    canvas = Canvas(
        out, (PAGE_WIDTH, PAGE_HEIGHT), pageCompression=1, invariant=1, pdfVersion=VERSION
    )
    canvas.setTitle(paper.title)
    canvas.setCreator("Etalon")
    canvas.setAuthor("")
    canvas.setSubject("")
    for page in pages_of(paper, letters):
        _page(canvas, page, letters)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


class Letters:
    """Measures words in the font that they are drawn in, and draws each chart once."""

    def __init__(self) -> None:
        _load()
        self._sheets: dict[Chart, Sheet] = {}

    def width_of(self, words: str, size: float, *, bold: bool = False) -> float:
        """Return the words' width in points."""
        return _width(words, bold) * size

    def sheet_of(self, chart: Chart) -> Sheet:
        """Return the chart drawn."""
        if chart not in self._sheets:
            self._sheets[chart] = charts.draw(chart)
        return self._sheets[chart]

    def ratio_of(self, chart: Chart) -> float:
        """Return the chart's height by its width."""
        width, height = self.sheet_of(chart).figure.get_size_inches()
        return float(height / width)


@cache
def _load() -> None:
    """Make the letters known, once in a process."""
    library = find_spec("matplotlib")
    if library is None or library.origin is None:
        raise RuntimeError("the library that brings the letters along is not there")
    folder = Path(library.origin).parent / LETTERS
    for name in (PLAIN, BOLD):
        pdfmetrics.registerFont(TTFont(name, str(folder / f"{name}.ttf")))


@lru_cache(maxsize=20_000)  # the same names and answers stand in many rows
def _width(words: str, bold: bool) -> float:  # noqa: FBT001  a cache's key
    """Return the words' width by the letters' size."""
    return float(pdfmetrics.stringWidth(words, BOLD if bold else PLAIN, 1))


def _page(canvas: Canvas, page: Page, letters: Letters) -> None:
    for rule in page.rules:
        _rule(canvas, rule)
    for picture in page.pictures:
        _place(canvas, picture, letters.sheet_of(picture.chart))
    for one in page.words:
        _write(canvas, one)


def _write(canvas: Canvas, one: Written) -> None:
    canvas.setFont(BOLD if one.bold else PLAIN, one.size)
    canvas.setFillColor(HexColor(MUTED if one.faint else INK))
    draw = canvas.drawRightString if one.right else canvas.drawString
    draw(one.x, PAGE_HEIGHT - one.y, one.text)


def _rule(canvas: Canvas, rule: Rule) -> None:
    canvas.setStrokeColor(HexColor(FAINT))
    canvas.setLineWidth(RULE)
    y = PAGE_HEIGHT - rule.y
    canvas.line(MARGIN, y, MARGIN + WIDTH, y)


def _place(canvas: Canvas, picture: Picture, sheet: Sheet) -> None:
    sheet.figure.set_dpi(FINENESS * POINTS)
    sheet.figure.set_facecolor("#FFFFFF")
    drawn = FigureCanvasAgg(sheet.figure)
    drawn.draw()  # type: ignore[no-untyped-call]
    seen = bytes(drawn.buffer_rgba())  # type: ignore[no-untyped-call]
    pixels = Image.frombuffer("RGBA", drawn.get_width_height(), seen)
    canvas.drawImage(
        ImageReader(pixels.convert("RGB")),
        picture.x,
        PAGE_HEIGHT - picture.y - picture.height,
        picture.width,
        picture.height,
    )

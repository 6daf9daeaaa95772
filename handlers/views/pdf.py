"""A paper as a PDF: A4 pages with words that can be searched, in letters of every language."""

from functools import cache, lru_cache
from io import BytesIO

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.image import imread
from matplotlib.lines import Line2D

from handlers.views import charts
from handlers.views.chart_data import Chart
from handlers.views.charts_canvas import FAINT, FONT, INK, MUTED, SUBPIXELS, Sheet
from handlers.views.paper import Paper
from handlers.views.paper_flow import (
    MARGIN,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    WIDTH,
    Page,
    Picture,
    pages_of,
)

POINTS = 72
"""Points to an inch."""

FINENESS = 1.5
"""A chart is drawn with so many times the pixels that a chat gets: some 340 to an inch."""

MEASURED = 64
"""The letters in which widths are measured; in small ones rounding would add up."""

QUICK = 1
"""How hard a picture is compressed on its way; the paper does it anew."""

WHITE = "#FFFFFF"
TRUETYPE = 42
"""Letters as letters: what is searched, copied or read aloud is found."""


def pdf(paper: Paper) -> bytes:
    """Return the paper as a PDF."""
    letters = Letters()
    out = BytesIO()
    about = {"Title": paper.title, "Creator": "Etalon", "CreationDate": None}
    with mpl.rc_context({"pdf.fonttype": TRUETYPE}), PdfPages(out, metadata=about) as pages:
        for page in pages_of(paper, letters):
            pages.savefig(figure_of(page, letters), dpi=POINTS)
    return out.getvalue()


class Letters:
    """Measures words in the font that they are drawn in, and draws each chart once."""

    def __init__(self) -> None:
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


def figure_of(page: Page, letters: Letters) -> Figure:
    """Return a page drawn."""
    figure = Figure(figsize=(PAGE_WIDTH / POINTS, PAGE_HEIGHT / POINTS), dpi=POINTS)
    figure.add_artist(Print(page, letters))
    for rule in page.rules:
        y = 1 - rule.y / PAGE_HEIGHT
        ends = [MARGIN / PAGE_WIDTH, (MARGIN + WIDTH) / PAGE_WIDTH]
        figure.add_artist(Line2D(ends, [y, y], color=FAINT, linewidth=0.5))
    for picture in page.pictures:
        _place(figure, picture, letters.sheet_of(picture.chart))
    return figure


class Print(Artist):
    """A page's words, written straight at their places: laying each out anew takes most time."""

    def __init__(self, page: Page, letters: Letters) -> None:
        super().__init__()
        self._words = page.words
        self._letters = letters

    def draw(self, renderer: RendererBase) -> None:
        """Write the words."""
        context = renderer.new_gc()
        fineness = self.figure.dpi / POINTS
        for one in self._words:
            width = self._letters.width_of(one.text, one.size, bold=one.bold) if one.right else 0.0
            x, y = one.x - width, one.y if renderer.flipy() else PAGE_HEIGHT - one.y
            context.set_foreground(MUTED if one.faint else INK)
            font = _font(one.size, one.bold)
            renderer.draw_text(context, x * fineness, y * fineness, one.text, font, 0)
        context.restore()


@cache
def _font(size: float, bold: bool) -> FontProperties:  # noqa: FBT001  a cache's key
    return FontProperties(family=FONT, size=size, weight="bold" if bold else "normal")


@lru_cache(maxsize=20_000)  # the same names and answers stand in many rows
def _width(words: str, bold: bool) -> float:  # noqa: FBT001  a cache's key
    """Return the words' width by the letters' size."""
    font = get_font(findfont(_font(MEASURED, bold)))
    font.set_size(MEASURED, POINTS)
    font.set_text(words)
    return font.get_width_height()[0] / SUBPIXELS / MEASURED


def _place(figure: Figure, picture: Picture, sheet: Sheet) -> None:
    drawn = BytesIO()
    sheet.figure.savefig(
        drawn,
        format="png",
        dpi=FINENESS * POINTS,
        facecolor=WHITE,
        pil_kwargs={"compress_level": QUICK},
    )
    drawn.seek(0)
    bottom = PAGE_HEIGHT - picture.y - picture.height
    box = (
        picture.x / PAGE_WIDTH,
        bottom / PAGE_HEIGHT,
        picture.width / PAGE_WIDTH,
        picture.height / PAGE_HEIGHT,
    )
    axes = figure.add_axes(box)
    axes.set_axis_off()
    axes.imshow(imread(drawn), aspect="auto", interpolation="none")

"""A sheet to draw on, measured in pixels from its upper left corner."""

from functools import cache, lru_cache
from io import BytesIO

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from PIL import Image

WIDTH = 1080
MARGIN = 44
HEADING = 66
"""How far below the upper edge the title stands."""
DPI = 72  # so that a point is a pixel

PAPER = "#FBFCFD"
INK = "#1B2530"
MUTED = "#5F6B78"
FAINT = "#C9D0D7"
ACCENT = "#1769AA"

FONT = "DejaVu Sans"
MIDDLE = 0.36  # a letter's middle above its baseline, as a share of its size
SUBPIXELS = 64  # what FreeType measures in
TITLE, NOTE = 42, 30
"""The letters of a title and of what is beside the matter, in pixels."""

LEAST_TITLE = 300
"""A title gets smaller letters before it gets less room than that."""


class Sheet:
    """A figure of ``WIDTH`` by *height* pixels."""

    def __init__(self, height: int) -> None:
        self.height = height
        self.figure = Figure(figsize=(WIDTH / DPI, height / DPI), dpi=DPI, facecolor=PAPER)
        self.canvas = FigureCanvasAgg(self.figure)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        *,
        colour: str = INK,
        align: str = "left",
        bold: bool = False,
    ) -> None:
        """Write *words* with their middle at height *y*; dollar signs are no formulae."""
        self.figure.text(
            x / WIDTH,
            1 - (y + MIDDLE * size) / self.height,
            words,
            size=size,
            color=colour,
            ha=align,
            va="baseline",
            family=FONT,
            weight="bold" if bold else "normal",
            parse_math=False,
        )

    def width_of(self, words: str, size: float, *, bold: bool = False) -> float:
        """Return how many pixels *words* take."""
        return _width(words, size, bold)

    def fitted(self, words: str, size: float, room: float, *, bold: bool = False) -> str:
        """Return *words*, cut with an ellipsis where they would take more than *room* pixels."""
        if self.width_of(words, size, bold=bold) <= room:
            return words
        fits, cut = 0, len(words)
        while cut - fits > 1:  # measuring is most of the work, so by halves
            middle = (fits + cut) // 2
            if self.width_of(f"{words[:middle].rstrip()}…", size, bold=bold) > room:
                cut = middle
            else:
                fits = middle
        return f"{words[:fits].rstrip()}…"

    def plot(self, left: float, top: float, width: float, height: float) -> Axes:
        """Return an area to plot in, without frame, ticks or grid."""
        box = (left / WIDTH, 1 - (top + height) / self.height, width / WIDTH, height / self.height)
        axes = self.figure.add_axes(box)
        axes.set_axis_off()
        return axes

    def heading(self, title: str, tail: str = "", note: str = "") -> None:
        """Write the title with its tail in the upper left corner and a note in the right one.

        Where they do not fit, the letters become smaller; then the title is cut, the rest never.
        """
        room = float(WIDTH - 2 * MARGIN)
        if note:
            self.text(WIDTH - MARGIN, HEADING, note, NOTE, colour=MUTED, align="right")
            room -= self.width_of(note, NOTE) + MARGIN
        size, left = TITLE, 0.0
        for size in range(TITLE, NOTE - 1, -4):
            left = room - self.width_of(tail, size, bold=True)
            if left >= min(LEAST_TITLE, self.width_of(title, size, bold=True)):
                break
        words = self.fitted(title, size, left, bold=True)
        self.text(MARGIN, HEADING, words + tail, size, bold=True)

    def png(self) -> bytes:
        """Return the sheet as a PNG, compressed for speed."""
        self.canvas.draw()  # type: ignore[no-untyped-call]  # the library's
        drawn = self.canvas.buffer_rgba()  # type: ignore[no-untyped-call]  # the library's
        file = BytesIO()
        Image.fromarray(np.asarray(drawn)[:, :, :3]).save(file, "PNG", compress_level=1)
        return file.getvalue()


@lru_cache(maxsize=20_000)  # measuring takes longer than drawing, and the same words come again
def _width(words: str, size: float, bold: bool) -> float:  # noqa: FBT001  a cache's key
    font = get_font(findfont(_font(bold)))
    font.set_size(size, DPI)
    font.set_text(words)
    return font.get_width_height()[0] / SUBPIXELS


@cache
def _font(bold: bool) -> FontProperties:  # noqa: FBT001  a cache's key
    return FontProperties(family=FONT, weight="bold" if bold else "normal")

"""A sheet to draw on, measured in pixels from its upper left corner."""

from io import BytesIO

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font

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
COMPRESSION = 2
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
        weight = "bold" if bold else "normal"
        font = get_font(findfont(FontProperties(family=FONT, weight=weight)))
        font.set_size(size, DPI)
        font.set_text(words)
        return font.get_width_height()[0] / SUBPIXELS

    def fitted(self, words: str, size: float, room: float, *, bold: bool = False) -> str:
        """Return *words*, cut with an ellipsis where they would take more than *room* pixels."""
        if self.width_of(words, size, bold=bold) <= room:
            return words
        kept = words
        while kept and self.width_of(f"{kept}…", size, bold=bold) > room:
            kept = kept[:-1].rstrip()
        return f"{kept}…"

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
        out = BytesIO()
        options = {"compress_level": COMPRESSION}
        self.figure.savefig(out, format="png", dpi=DPI, facecolor=PAPER, pil_kwargs=options)
        return out.getvalue()

"""The funnel: agents by how often they were scored, and the limits that chance explains."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from handlers.views.chart_data import Funnel, FunnelDot
from handlers.views.charts_canvas import (
    ACCENT,
    FAINT,
    INK,
    MARGIN,
    MUTED,
    NOTE,
    PAPER,
    WIDTH,
    Sheet,
)
from handlers.views.charts_labels import Box, Wanted, placed
from handlers.views.charts_line import LEAST_SPAN, rule_line

HEIGHT = 900
TOP, BOTTOM = 110, 770
AXIS = 40
"""From the plot's lower edge to the counts below it, in pixels."""

GAP = 16
LINE = 38
NAMES = 30
"""The letters of the labels beside the dots, in pixels."""

DOT, SMALL = 24.0, 18.0
WIDEST = 300
"""The room for one of them."""

NAMED = 12
"""So many dots are named at most; the text names all."""

STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000)
TICKS = 5
FILL = 0.07


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the plot stands on the sheet, in pixels, and what it covers."""

    left: float
    right: float
    counts: tuple[float, float]
    scores: tuple[float, float]

    def x(self, count: float) -> float:
        low, high = self.counts
        return self.left + (self.right - self.left) * (count - low) / (high - low)

    def y(self, score: float) -> float:
        low, high = self.scores
        return BOTTOM - (BOTTOM - TOP) * (score - low) / (high - low)


def draw_funnel(chart: Funnel) -> Sheet:
    """Return the funnel drawn on its sheet."""
    sheet = Sheet(HEIGHT)
    sheet.heading(chart.title, f" · {chart.period}")
    frame = _frame(sheet, chart)
    axes = sheet.plot(frame.left, TOP, frame.right - frame.left, BOTTOM - TOP)
    axes.set_xlim(*frame.counts)
    axes.set_ylim(*frame.scores)
    _limits(axes, chart)
    _dots(axes, chart.dots)
    _scales(sheet, chart, frame)
    _limit_labels(sheet, chart, frame)
    _names(sheet, axes, chart.dots, frame)
    return sheet


def _frame(sheet: Sheet, chart: Funnel) -> _Frame:
    most = max(dot.count for dot in chart.dots)
    counts = (0.0, most * 1.06)
    scores = _span(chart)
    scale = max(sheet.width_of(str(tick), NOTE) for tick in _ticks(*scores))
    labels = [chart.mean.label, *(limit.label for limit in chart.limits)]
    right = max(sheet.width_of(label, NOTE) for label in labels)
    return _Frame(MARGIN + scale + GAP, WIDTH - MARGIN - right - GAP, counts, scores)


def _span(chart: Funnel) -> tuple[float, float]:
    """Return the scores shown: every dot, and the limits from the fewest comparable scores on."""
    fewest = min((dot.count for dot in chart.dots if not dot.hollow), default=1)
    values = [dot.mean for dot in chart.dots]
    for limit in chart.limits:
        values += [end for count, *ends in limit.points if count >= fewest for end in ends]
    low, high = min(values), max(values)
    margin = max(0.05 * (high - low), (LEAST_SPAN - (high - low)) / 2)
    return low - margin, high + margin


def _ticks(low: float, high: float) -> list[int]:
    """Return round numbers between the ends, five at most."""
    step = next((one for one in STEPS if (high - low) / one <= TICKS), STEPS[-1])
    first = int(-(-low // step)) * step
    return list(range(first, int(high) + 1, step))


def _limits(axes: Axes, chart: Funnel) -> None:
    for limit in chart.limits:
        counts = [count for count, _, _ in limit.points]
        lows, highs = [low for _, low, _ in limit.points], [high for *_, high in limit.points]
        axes.fill_between(counts, lows, highs, color=ACCENT, alpha=FILL, linewidth=0)
        for ends in (lows, highs):
            axes.plot(
                counts,
                ends,
                color=MUTED,
                linewidth=2.5,
                linestyle=(0, (4, 3)) if limit.dashed else "solid",
            )
    axes.axhline(chart.mean.score, **rule_line(chart.mean))


def _dots(axes: Axes, dots: Sequence[FunnelDot]) -> None:
    """Draw the dots: those outside in full colour and larger, those of too few hollow."""
    for dot in dots:
        outside = bool(dot.label)
        axes.plot(
            [dot.count],
            [dot.mean],
            marker="o",
            markersize=DOT if outside else SMALL,
            markerfacecolor=PAPER if dot.hollow else ACCENT if outside else MUTED,
            markeredgecolor=MUTED if dot.hollow else PAPER,
            markeredgewidth=3 if dot.hollow else 2,
            clip_on=False,
            zorder=4 if outside else 3,
        )


def _scales(sheet: Sheet, chart: Funnel, frame: _Frame) -> None:
    """Write the scores at the left, the counts below, and what they count."""
    for tick in _ticks(*frame.scores):
        y = frame.y(tick)
        if 0 <= tick <= 100 and TOP <= y <= BOTTOM:
            sheet.text(frame.left - GAP, y, str(tick), NOTE, colour=MUTED, align="right")
    baseline = sheet.plot(frame.left, BOTTOM, frame.right - frame.left, 2)
    baseline.axhline(0.5, color=FAINT, linewidth=2)
    for tick in _ticks(*frame.counts):
        if tick:
            x, y = frame.x(tick), BOTTOM + AXIS
            sheet.text(x, y, str(tick), NOTE, colour=MUTED, align="center")
    sheet.text(frame.left, BOTTOM + 2.1 * AXIS, chart.across, NOTE, colour=MUTED)
    if any(dot.hollow for dot in chart.dots):
        y = BOTTOM + 2.1 * AXIS
        sheet.text(WIDTH - MARGIN, y, chart.few, NOTE, colour=MUTED, align="right")


def _limit_labels(sheet: Sheet, chart: Funnel, frame: _Frame) -> None:
    """Write what each line is at its right end, close ones apart."""
    ends = [(frame.y(chart.mean.score), chart.mean.label, ACCENT)]
    for limit in chart.limits:
        _, low, high = limit.points[-1]
        ends += [(frame.y(low), limit.label, MUTED), (frame.y(high), limit.label, MUTED)]
    ends.sort(key=lambda one: one[0])
    heights = _apart([y for y, _, _ in ends], LINE, TOP, BOTTOM)
    for y, (_, label, colour) in zip(heights, ends, strict=True):
        sheet.text(frame.right + GAP, y, label, NOTE, colour=colour)


def _apart(heights: Sequence[float], line: float, top: float, bottom: float) -> list[float]:
    """Return the sorted heights moved so that neighbours are a line apart, inside the ends.

    What clashes is gathered into blocks, each around the middle of what it is made of.
    """
    blocks: list[list[float]] = []
    for height in heights:
        blocks.append([height])
        while len(blocks) > 1 and _edge(blocks[-2], line, 1) > _edge(blocks[-1], line, -1):
            last = blocks.pop()
            blocks[-1] += last
    found = [y for block in blocks for y in _stacked(block, line)]
    over, under = max(0.0, found[-1] - bottom), max(0.0, top - found[0])
    return [y - over + under for y in found]


def _edge(block: Sequence[float], line: float, side: int) -> float:
    return sum(block) / len(block) + side * line * len(block) / 2


def _stacked(block: Sequence[float], line: float) -> Iterator[float]:
    first = sum(block) / len(block) - line * (len(block) - 1) / 2
    return (first + line * number for number in range(len(block)))


def _names(sheet: Sheet, axes: Axes, dots: Sequence[FunnelDot], frame: _Frame) -> None:
    """Write the names of those outside beside their dots; a thin line leads to one further off."""
    named = [dot for dot in dots if dot.label][:NAMED]
    labels = [sheet.fitted(dot.label, NAMES, WIDEST) for dot in named]
    wanted = [
        Wanted(frame.x(dot.count), frame.y(dot.mean), sheet.width_of(label, NAMES), GAP, LINE)
        for dot, label in zip(named, labels, strict=True)
    ]
    plot = Box(frame.left, TOP - LINE / 2, frame.right, BOTTOM)
    boxes = placed(wanted, plot, [_box(frame, dot) for dot in dots])
    for dot, label, box in zip(named, labels, boxes, strict=True):
        if box is None:
            continue
        x, y = frame.x(dot.count), frame.y(dot.mean)
        middle = (box.top + box.bottom) / 2
        sheet.text(box.left, middle, label, NAMES, colour=INK)
        if abs(middle - y) > LINE:
            edge = box.left - GAP / 4 if box.left > x else box.right + GAP / 4
            _lead(axes, frame, (x, y), (edge, middle))


def _box(frame: _Frame, dot: FunnelDot) -> Box:
    x, y, half = frame.x(dot.count), frame.y(dot.mean), DOT / 2
    return Box(x - half, y - half, x + half, y + half)


def _lead(axes: Axes, frame: _Frame, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Draw a thin line between two places on the sheet."""
    low, high = frame.counts
    bottom, top = frame.scores
    xs = [
        low + (x - frame.left) / (frame.right - frame.left) * (high - low) for x, _ in (start, end)
    ]
    ys = [bottom + (BOTTOM - y) / (BOTTOM - TOP) * (top - bottom) for _, y in (start, end)]
    axes.plot(xs, ys, color=MUTED, linewidth=1.5, zorder=2)

"""The line of a trend with its band and dots, and the scale that scores are drawn on."""

from collections.abc import Iterable, Sequence
from math import nan
from typing import TypedDict

from matplotlib.axes import Axes

from handlers.views.chart_data import Mark, Rule, Trend
from handlers.views.charts_canvas import ACCENT, MUTED, NOTE, PAPER, Sheet

LEAST_SPAN = 10.0
"""A scale never covers fewer score points, or noise would look like a landslide."""

BAND = 0.16
EDGE = 0.3
"""How far the first and the last dot stand from the edge, in distances between two dots."""


def limits(marks: Iterable[Mark], rules: Iterable[Rule], pad: float) -> tuple[float, float]:
    """Return the scale's ends: all means and rules, and the intervals that rest on enough.

    *pad* is the share of the scale kept free at either end, so that no dot is cut.
    """
    values = [rule.score for rule in rules]
    for mark in marks:
        ends = (mark.mean,) if mark.hollow else (mark.mean, mark.low, mark.high)
        values += [end for end in ends if end is not None]
    low, high = min(values, default=0.0), max(values, default=100.0)
    lacking = max(0.0, LEAST_SPAN - (high - low)) / 2
    low, high = low - lacking, high + lacking
    margin = (high - low) * pad
    return low - margin, high + margin


def draw_line(axes: Axes, marks: Sequence[Mark | None], dot: float) -> None:
    """Draw the band, the line and a dot for each period; the last period's dot is the largest."""
    places = range(len(marks))
    means = [mark.mean if mark else nan for mark in marks]
    lows = [nan if mark is None or mark.low is None else mark.low for mark in marks]
    highs = [nan if mark is None or mark.high is None else mark.high for mark in marks]
    axes.set_xlim(-EDGE, len(marks) - 1 + EDGE)
    axes.fill_between(places, lows, highs, color=ACCENT, alpha=BAND, linewidth=0)
    axes.plot(places, means, color=ACCENT, linewidth=dot / 3, solid_joinstyle="round")
    for hollow in (False, True):
        chosen = [(x, mark) for x, mark in enumerate(marks) if mark and mark.hollow is hollow]
        draw_dots(axes, [(x, mark.mean) for x, mark in chosen], dot, hollow=hollow)
    last = marks[-1]
    if last is not None:
        draw_dots(axes, [(len(marks) - 1, last.mean)], dot * 1.6, hollow=last.hollow)


def draw_dots(
    axes: Axes, points: Iterable[tuple[float, float]], size: float, *, hollow: bool
) -> None:
    """Draw dots *size* pixels across, hollow where they rest on too little."""
    places = list(points)
    axes.plot(
        [x for x, _ in places],
        [y for _, y in places],
        linestyle="none",
        marker="o",
        markersize=size,
        markerfacecolor=PAPER if hollow else ACCENT,
        markeredgecolor=ACCENT,
        markeredgewidth=size / 6,
        clip_on=False,
        zorder=3,
    )


def label_periods(sheet: Sheet, trend: Trend, left: float, width: float, y: float) -> None:
    """Write the first and the last period's names under their dots, inside the plot's width."""
    count = len(trend.marks)
    for place, words in ((0, trend.first), (count - 1, trend.last)):
        half = sheet.width_of(words, NOTE) / 2
        x = left + width * (place + EDGE) / (count - 1 + 2 * EDGE)
        x = min(max(x, left + half), left + width - half)
        sheet.text(x, y, words, NOTE, colour=MUTED, align="center")


def rule_colour(rule: Rule) -> str:
    """Return the colour of a rule and its label: the accent is the mean's, never the target's."""
    return MUTED if rule.dashed else ACCENT


class RuleLine(TypedDict):
    """What matplotlib needs to know to draw a rule."""

    color: str
    linewidth: float
    linestyle: str | tuple[int, tuple[int, int]]


def rule_line(rule: Rule) -> RuleLine:
    """Return how a rule is drawn: thin, the target's dashed."""
    style = (0, (4, 3)) if rule.dashed else "solid"
    return RuleLine(color=rule_colour(rule), linewidth=2.5, linestyle=style)

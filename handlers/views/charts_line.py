"""The line of a trend with its band and dots, and the scale that scores are drawn on."""

from collections.abc import Iterable, Sequence
from math import nan
from typing import TypedDict

from matplotlib.axes import Axes

from handlers.views.chart_data import Mark, Rule
from handlers.views.charts_canvas import ACCENT, MUTED, PAPER

LEAST_SPAN = 10.0
"""A scale never covers fewer score points, or noise would look like a landslide."""

BAND = 0.16


def limits(marks: Iterable[Mark], rules: Iterable[Rule], pad: float) -> tuple[float, float]:
    """Return the scale's ends: all means and rules, and the intervals that rest on enough.

    *pad* is the share of the scale kept free at either end, so that no dot is cut.
    """
    values = [rule.score for rule in rules]
    for mark in marks:
        values += [mark.mean] if mark.hollow else [mark.mean, mark.low, mark.high]
    low, high = min(values, default=0.0), max(values, default=100.0)
    lacking = max(0.0, LEAST_SPAN - (high - low)) / 2
    low, high = low - lacking, high + lacking
    margin = (high - low) * pad
    return low - margin, high + margin


def draw_line(axes: Axes, marks: Sequence[Mark | None], dot: float) -> None:
    """Draw the band, the line and a dot for each period; the last period's dot is the largest."""
    places = range(len(marks))
    means = [mark.mean if mark else nan for mark in marks]
    lows = [mark.low if mark else nan for mark in marks]
    highs = [mark.high if mark else nan for mark in marks]
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

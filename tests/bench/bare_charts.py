"""The charts' content drawn as a script would: places by number, nothing measured, saved as is.

The same words, lines, dots, sizes and fonts as in Etalon's charts, at places that were chosen once;
what Etalon does to keep long names on the sheet is left out.
"""

import textwrap
from collections.abc import Sequence
from io import BytesIO
from math import nan

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from handlers.views.chart_data import AgentChart, Funnel, HeatMap, Mark, Row, Rule, TeamChart, Trend
from handlers.views.names import short_names

WIDTH = 1080
PAPER, INK, MUTED, FAINT, ACCENT = "#FBFCFD", "#1B2530", "#5F6B78", "#C9D0D7", "#1769AA"
LEFT, RIGHT, TOP, ROW = 330, 850, 150, 52
DASHED = (0, (4, 3))


def saved(figure: Figure) -> bytes:
    """Return the figure as matplotlib saves it by default."""
    out = BytesIO()
    figure.savefig(out, format="png")
    return out.getvalue()


def saved_quickly(figure: Figure) -> bytes:
    """Return the figure as somebody saves it who knows that compressing is most of the work."""
    out = BytesIO()
    figure.savefig(out, format="png", pil_kwargs={"compress_level": 1})
    return out.getvalue()


def team(chart: TeamChart) -> Figure:
    """Return the team's agents above its trend."""
    height = TOP + ROW * (len(chart.rows) + 1) + 400
    figure = _figure(height)
    _text(figure, 44, 66, chart.title + f" · {chart.period}", 42, weight="bold")
    _text(figure, 1036, 66, chart.columns, 30, color=MUTED, ha="right")
    bottom = TOP + ROW * (len(chart.rows) + 1)
    axes = _axes(figure, LEFT, TOP, RIGHT, bottom)
    axes.set_xlim(40, 100)
    axes.set_ylim(bottom - TOP, 0)
    for rule in (chart.mean, chart.target):
        if rule is not None:
            style = DASHED if rule.dashed else "solid"
            axes.axvline(rule.score, color=_colour(rule), linewidth=2.5, linestyle=style)
            _text(figure, 600, bottom + 20, rule.label, 30, color=ACCENT, ha="center")
    for hollow in (False, True):
        _intervals(axes, [(n, one) for n, one in enumerate(chart.rows)], hollow=hollow)
    names = short_names([one.name for one in chart.rows])
    for number, one in enumerate(chart.rows):
        y = TOP + ROW * (number + 0.5 + one.mark.hollow)
        colour = MUTED if one.mark.hollow else INK
        _text(figure, 44, y, names[number], 34, color=colour)
        _text(figure, 980, y, one.value, 34, color=colour, ha="right")
        _text(figure, 1036, y, one.count, 30, color=MUTED, ha="right")
    if any(one.mark.hollow for one in chart.rows):
        _text(figure, 44, bottom - 2 * ROW, chart.few, 30, color=MUTED)
    below = _axes(figure, LEFT, bottom + 60, RIGHT, bottom + 230)
    below.axhline(70, color=FAINT, linewidth=2)
    _line(below, chart.trend.marks, 10)
    _text(figure, 44, bottom + 150, chart.trend.label, 30, color=MUTED)
    _periods(figure, chart.trend, bottom + 260)
    _text(figure, 980, bottom + 150, chart.trend.value, 34, weight="bold", ha="right")
    return figure


def agent(chart: AgentChart) -> Figure:
    """Return one person's periods beside the team's mean and the target."""
    figure = _figure(620)
    _text(figure, 44, 66, chart.title, 42, weight="bold")
    _text(figure, 1036, 66, chart.period, 30, color=MUTED, ha="right")
    axes = _axes(figure, LEFT, 110, RIGHT, 500)
    axes.set_ylim(60, 100)
    axes.axhline(60, color=FAINT, linewidth=2)
    for rule in chart.rules:
        style = DASHED if rule.dashed else "solid"
        axes.axhline(rule.score, color=_colour(rule), linewidth=2.5, linestyle=style)
        _text(figure, LEFT - 20, 300, rule.label, 30, color=MUTED, ha="right")
    _line(axes, chart.trend.marks, 20)
    _periods(figure, chart.trend, 538)
    _text(figure, 540, 576, chart.trend.label, 30, color=MUTED, ha="center")
    _text(figure, RIGHT + 20, 200, chart.trend.value, 44, weight="bold")
    return figure


def heat_map(chart: HeatMap) -> Figure:
    """Return a cell for every criterion and person."""
    left, top, cell, row = 520, 220, 510 // len(chart.columns), 94
    figure = _figure(top + row * len(chart.rows) + 100)
    _text(figure, 44, 66, chart.title, 42, weight="bold")
    _text(figure, 44, 118, chart.note, 30, color=MUTED)
    for number, name in enumerate(short_names(chart.columns)):
        x = left + cell * (number + 0.5)
        _text(figure, x, 200, name, 30, rotation=90, ha="center", va="bottom")
    width, height = cell * len(chart.columns), row * len(chart.rows)
    axes = _axes(figure, left, top, left + width, top + height)
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    for line, one in enumerate(chart.rows):
        y = top + row * (line + 0.5)
        for column, found in enumerate(one.cells):
            place = (cell * column + 2, row * line + 2)
            shade = (0.9 - 0.8 * (1 - (found.share or 0)), 0.8, 0.9)
            box = Rectangle(place, cell - 4, row - 4, facecolor=shade, linewidth=0)
            axes.add_patch(box)
            _text(figure, left + cell * (column + 0.5), y, found.label, 30, ha="center")
        for part, words in enumerate(textwrap.wrap(one.name, 25)[:2]):
            _text(figure, 44, y + 38 * part - 19, words, 32)
    _text(figure, 1036, top + height + 30, chart.none, 30, color=MUTED, ha="right")
    return figure


def funnel(chart: Funnel) -> Figure:
    """Return the agents against the limits of chance."""
    figure = _figure(900)
    most = max(dot.count for dot in chart.dots) * 1.06
    _text(figure, 44, 66, chart.title + f" · {chart.period}", 42, weight="bold")
    axes = _axes(figure, 110, 110, 870, 770)
    axes.set_xlim(0, most)
    axes.set_ylim(50, 100)
    for limit in chart.limits:
        counts, lows, highs = zip(*limit.points, strict=True)
        axes.fill_between(counts, lows, highs, color=ACCENT, alpha=0.07, linewidth=0)
        style = DASHED if limit.dashed else "solid"
        for ends in (lows, highs):
            axes.plot(counts, ends, color=MUTED, linewidth=2.5, linestyle=style)
            _text(figure, 886, 200, limit.label, 30, color=MUTED)
    axes.axhline(chart.mean.score, color=ACCENT, linewidth=2.5)
    _text(figure, 886, 400, chart.mean.label, 30, color=ACCENT)
    for dot in chart.dots:
        axes.plot(
            [dot.count],
            [dot.mean],
            marker="o",
            markersize=24 if dot.label else 18,
            markerfacecolor=PAPER if dot.hollow else ACCENT if dot.label else MUTED,
            markeredgecolor=MUTED if dot.hollow else PAPER,
            markeredgewidth=2,
            clip_on=False,
            zorder=3,
        )
        if dot.label:
            x, y = 110 + 760 * dot.count / most, 770 - 660 * (dot.mean - 50) / 50
            _text(figure, x + 16, y, dot.label, 30)
    baseline = _axes(figure, 110, 770, 870, 772)
    baseline.axhline(0.5, color=FAINT, linewidth=2)
    for tick in (50, 60, 70, 80, 90):
        _text(figure, 94, 770 - 660 * (tick - 50) / 50, str(tick), 30, color=MUTED, ha="right")
    for tick in (10, 20, 30):
        _text(figure, 110 + 760 * tick / most, 810, str(tick), 30, color=MUTED, ha="center")
    _text(figure, 110, 854, chart.across, 30, color=MUTED)
    _text(figure, 1036, 854, chart.few, 30, color=MUTED, ha="right")
    return figure


def _figure(height: int) -> Figure:
    return Figure(figsize=(WIDTH / 72, height / 72), dpi=72, facecolor=PAPER)


def _text(
    figure: Figure,
    x: float,
    y: float,
    words: str,
    size: float,
    *,
    color: str = INK,
    ha: str = "left",
    va: str = "baseline",
    weight: str = "normal",
    rotation: float = 0,
) -> None:
    width, height = figure.get_size_inches() * 72
    figure.text(
        x / width,
        1 - (y + 0.36 * size) / height,
        words,
        size=size,
        color=color,
        ha=ha,
        va=va,
        weight=weight,
        rotation=rotation,
        family="DejaVu Sans",
        parse_math=False,
    )


def _axes(figure: Figure, left: float, top: float, right: float, bottom: float) -> Axes:
    width, height = figure.get_size_inches() * 72
    box = (left / width, 1 - bottom / height, (right - left) / width, (bottom - top) / height)
    axes = figure.add_axes(box)
    axes.set_axis_off()
    return axes


def _colour(rule: Rule) -> str:
    return MUTED if rule.dashed else ACCENT


def _intervals(axes: Axes, rows: list[tuple[int, Row]], *, hollow: bool) -> None:
    shown = [(ROW * (n + 0.5 + hollow), row.mark) for n, row in rows if row.mark.hollow is hollow]
    known = [(y, m.low, m.high) for y, m in shown if m.low is not None and m.high is not None]
    axes.hlines(
        [y for y, _, _ in known],
        [low for _, low, _ in known],
        [high for _, _, high in known],
        colors=ACCENT,
        alpha=0.25 if hollow else 0.4,
        linewidth=4 if hollow else 8,
        capstyle="round",
    )
    _dots(axes, [(mark.mean, y) for y, mark in shown], 24, hollow=hollow)


def _line(axes: Axes, marks: tuple[Mark | None, ...], dot: float) -> None:
    places = range(len(marks))
    means = [mark.mean if mark else nan for mark in marks]
    lows = [nan if mark is None or mark.low is None else mark.low for mark in marks]
    highs = [nan if mark is None or mark.high is None else mark.high for mark in marks]
    axes.fill_between(places, lows, highs, color=ACCENT, alpha=0.16, linewidth=0)
    axes.plot(places, means, color=ACCENT, linewidth=dot / 3, solid_joinstyle="round")
    for hollow in (False, True):
        points = [(n, m.mean) for n, m in enumerate(marks) if m and m.hollow is hollow]
        _dots(axes, points, dot, hollow=hollow)
    _dots(axes, [(len(marks) - 1, means[-1])], dot * 1.6, hollow=False)


def _dots(axes: Axes, points: Sequence[tuple[float, float]], size: float, *, hollow: bool) -> None:
    axes.plot(
        [x for x, _ in points],
        [y for _, y in points],
        linestyle="none",
        marker="o",
        markersize=size,
        markerfacecolor=PAPER if hollow else ACCENT,
        markeredgecolor=ACCENT,
        markeredgewidth=size / 6,
        clip_on=False,
        zorder=3,
    )


def _periods(figure: Figure, trend: Trend, y: float) -> None:
    _text(figure, LEFT, y, trend.first, 30, color=MUTED)
    _text(figure, RIGHT, y, trend.last, 30, color=MUTED, ha="right")

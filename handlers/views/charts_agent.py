"""One person's chart: a dot per period with its band, the team's mean and the target as rules."""

from collections.abc import Sequence

from matplotlib.axes import Axes

from handlers.views.chart_data import AgentChart, Rule
from handlers.views.charts_canvas import FAINT, MARGIN, MUTED, NOTE, WIDTH, Sheet
from handlers.views.charts_line import draw_line, label_periods, limits, rule_colour, rule_line

HEIGHT = 620
TOP, BOTTOM = 110, 500
GAP = 20
VALUE = 44
"""The letters of the last period's figure, in pixels."""

LINE = 38


def draw_agent(chart: AgentChart) -> Sheet:
    """Return a person's chart drawn on its sheet."""
    sheet = Sheet(HEIGHT)
    sheet.heading(chart.title, note=chart.period)
    left = MARGIN + _labels_width(sheet, chart.rules)
    width = WIDTH - MARGIN - left
    if chart.trend.value:
        width -= sheet.width_of(chart.trend.value, VALUE, bold=True) + GAP
    axes = sheet.plot(left, TOP, width, BOTTOM - TOP)
    marks = [mark for mark in chart.trend.marks if mark is not None]
    axes.set_ylim(*limits(marks, chart.rules, pad=0.06))
    axes.axhline(axes.get_ylim()[0], color=FAINT, linewidth=2)
    for rule in chart.rules:
        axes.axhline(rule.score, **rule_line(rule))
    draw_line(axes, chart.trend.marks, dot=20)
    _label_rules(sheet, axes, chart.rules, left - GAP)
    label_periods(sheet, chart.trend, left, width, BOTTOM + LINE)
    _label_line(sheet, chart, left + width / 2)
    last = chart.trend.marks[-1]
    if last is not None:
        y = _height_of(axes, last.mean)
        sheet.text(left + width + GAP, y, chart.trend.value, VALUE, bold=True)
    return sheet


def _labels_width(sheet: Sheet, rules: Sequence[Rule]) -> float:
    """Return the room for the rules' labels and the gap beside them."""
    return max((sheet.width_of(rule.label, NOTE) + GAP for rule in rules), default=0.0)


def _label_rules(sheet: Sheet, axes: Axes, rules: Sequence[Rule], right: float) -> None:
    """Write each rule's label at its left end, two close ones apart."""
    ordered = sorted(rules, key=lambda rule: -rule.score)
    heights = [_height_of(axes, rule.score) for rule in ordered]
    if len(heights) == 2 and heights[1] - heights[0] < LINE:
        middle = sum(heights) / 2
        heights = [middle - LINE / 2, middle + LINE / 2]
    for rule, y in zip(ordered, heights, strict=True):
        sheet.text(right, y, rule.label, NOTE, colour=rule_colour(rule), align="right")


def _label_line(sheet: Sheet, chart: AgentChart, middle: float) -> None:
    """Write how much the line covers, under its first and last period's names."""
    if len(chart.trend.marks) > 2:
        words = chart.trend.label
        sheet.text(middle, BOTTOM + 2 * LINE, words, NOTE, colour=MUTED, align="center")


def _height_of(axes: Axes, score: float) -> float:
    """Return how many pixels below the sheet's top a score is drawn."""
    low, high = axes.get_ylim()
    return BOTTOM - (BOTTOM - TOP) * (score - low) / (high - low)

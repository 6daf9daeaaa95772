"""The team's chart: a dot and an interval per agent, the mean, the target, the trend beneath."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from handlers.views.chart_data import (
    AgentChart,
    Chart,
    Funnel,
    HeatMap,
    Mark,
    Row,
    Rule,
    TeamChart,
    Trend,
)
from handlers.views.charts_agent import draw_agent
from handlers.views.charts_canvas import ACCENT, FAINT, INK, MARGIN, MUTED, NOTE, WIDTH, Sheet
from handlers.views.charts_funnel import draw_funnel
from handlers.views.charts_heatmap import draw_heat_map
from handlers.views.charts_line import (
    draw_dots,
    draw_line,
    label_periods,
    limits,
    rule_colour,
    rule_line,
)
from handlers.views.names import short_names

TITLE_BOTTOM = 100
RULE_LABEL = 46
TREND_HEIGHT = 170
TREND_LABELS = 52
NOTE_LINE = 40
NAMES_MOST = 340
GAP = 30


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where things stand across the sheet, and how tall an agent's row and its letters are.

    Names stand at the margin, the plot at ``left``; the means end at ``figures``, the counts at
    the right margin.
    """

    names: tuple[str, ...]
    left: float
    width: float
    figures: float
    row: int
    letters: int


def png(chart: Chart) -> bytes:
    """Return the chart as a PNG of ``WIDTH`` pixels across."""
    return draw(chart).png()


def draw(chart: Chart) -> Sheet:
    """Return the chart drawn on its sheet."""
    if isinstance(chart, HeatMap):
        return draw_heat_map(chart)
    if isinstance(chart, Funnel):
        return draw_funnel(chart)
    return draw_agent(chart) if isinstance(chart, AgentChart) else draw_team(chart)


def draw_team(chart: TeamChart) -> Sheet:
    """Return the team's chart drawn on a sheet as tall as it has agents."""
    row, letters = _row_size(len(chart.rows))
    labels = RULE_LABEL * (1 + (chart.target is not None))
    agents = labels + row * (len(chart.rows) + _few_row(chart)) + GAP if chart.rows else 0
    sheet = Sheet(TITLE_BOTTOM + agents + TREND_HEIGHT + TREND_LABELS + MARGIN)
    frame = _frame(sheet, chart, row, letters)
    sheet.heading(chart.title, f" · {chart.period}", chart.columns if chart.rows else "")
    if chart.rows:
        _agents(sheet, chart, frame)
    _trend(sheet, chart.trend, frame, TITLE_BOTTOM + agents)
    return sheet


def _row_size(count: int) -> tuple[int, int]:
    """Return the pixels of a row and of its letters; a large team gets closer lines."""
    if count <= 12:
        return 60, 36
    return (52, 34) if count <= 20 else (46, 32)


def _few_row(chart: TeamChart) -> int:
    """Return 1 where a line says that the agents below it have too few evaluations."""
    return int(any(row.mark.hollow for row in chart.rows))


def _frame(sheet: Sheet, chart: TeamChart, row: int, letters: int) -> _Frame:
    names = [one.name for one in chart.rows]
    if any(sheet.width_of(name, letters) > NAMES_MOST for name in names):
        names = [_fitted_name(sheet, name, letters) for name in short_names(names)]
    notes = ((one, NOTE) for one in (chart.trend.label, chart.trend.note))
    texts = [*((name, letters) for name in names), *notes]
    taken = max(sheet.width_of(words, size) for words, size in texts)
    left = MARGIN + min(taken, NAMES_MOST) + GAP
    counts = max((sheet.width_of(one.count, NOTE) + GAP for one in chart.rows), default=0.0)
    figures = WIDTH - MARGIN - counts
    values = [sheet.width_of(one.value, letters) for one in chart.rows]
    values.append(sheet.width_of(chart.trend.value, letters, bold=True))
    width = figures - max(values) - GAP - left
    return _Frame(tuple(names), left, width, figures, row, letters)


def _fitted_name(sheet: Sheet, name: str, letters: int) -> str:
    """Return the name in the room that names have; a surname is cut while its initial stays."""
    surname, _, initial = name.rpartition(" ")
    if not initial.endswith(".") or sheet.width_of(name, letters) <= NAMES_MOST:
        return sheet.fitted(name, letters, NAMES_MOST)
    room = NAMES_MOST - sheet.width_of(f" {initial}", letters)
    return f"{sheet.fitted(surname, letters, room)} {initial}"


def _agents(sheet: Sheet, chart: TeamChart, frame: _Frame) -> None:
    """Draw a line per agent between the mean's label above and the target's below."""
    top = TITLE_BOTTOM + RULE_LABEL
    height = frame.row * (len(chart.rows) + _few_row(chart))
    axes = sheet.plot(frame.left, top, frame.width, height)
    rules = [chart.mean] if chart.target is None else [chart.mean, chart.target]
    axes.set_xlim(*limits([row.mark for row in chart.rows], rules, pad=0.04))
    axes.set_ylim(height, 0)
    for rule in rules:
        axes.axvline(rule.score, **rule_line(rule))
    _rule_label(sheet, axes, frame, chart.mean, top - RULE_LABEL / 2)
    if chart.target is not None:
        _rule_label(sheet, axes, frame, chart.target, top + height + RULE_LABEL / 2)
    places = [frame.row * (n + 0.5 + one.mark.hollow) for n, one in enumerate(chart.rows)]
    for hollow in (False, True):
        chosen = [
            (one, y) for one, y in zip(chart.rows, places, strict=True) if one.mark.hollow is hollow
        ]
        _draw_marks(axes, [(one.mark, y) for one, y in chosen], hollow=hollow)
    for one, name, y in zip(chart.rows, frame.names, places, strict=True):
        _figures(sheet, one, frame, name, top + y)
    if _few_row(chart):
        first = next(y for one, y in zip(chart.rows, places, strict=True) if one.mark.hollow)
        sheet.text(MARGIN, top + first - 0.9 * frame.row, chart.few, NOTE, colour=MUTED)


def _rule_label(sheet: Sheet, axes: Axes, frame: _Frame, rule: Rule, y: float) -> None:
    """Write a rule's label at its end, moved aside where it would leave the sheet."""
    low, high = axes.get_xlim()
    x = frame.left + frame.width * (rule.score - low) / (high - low)
    half = sheet.width_of(rule.label, NOTE) / 2
    x = min(max(x, MARGIN + half), WIDTH - MARGIN - half)
    sheet.text(x, y, rule.label, NOTE, colour=rule_colour(rule), align="center")


def _draw_marks(axes: Axes, marks: Sequence[tuple[Mark, float]], *, hollow: bool) -> None:
    """Draw the intervals at their heights, faint where they rest on too little, and the dots."""
    known = [(m.low, m.high, y) for m, y in marks if m.low is not None and m.high is not None]
    axes.hlines(
        [y for _, _, y in known],
        [low for low, _, _ in known],
        [high for _, high, _ in known],
        colors=ACCENT,
        alpha=0.25 if hollow else 0.4,
        linewidth=4 if hollow else 8,
        capstyle="round",
    )
    draw_dots(axes, [(mark.mean, y) for mark, y in marks], 24, hollow=hollow)


def _figures(sheet: Sheet, row: Row, frame: _Frame, name: str, y: float) -> None:
    """Write an agent's name, mean and count."""
    colour = MUTED if row.mark.hollow else INK
    sheet.text(MARGIN, y, name, frame.letters, colour=colour)
    sheet.text(frame.figures, y, row.value, frame.letters, colour=colour, align="right")
    sheet.text(WIDTH - MARGIN, y, row.count, NOTE, colour=MUTED, align="right")


def _trend(sheet: Sheet, trend: Trend, frame: _Frame, top: float) -> None:
    """Draw the line of the last periods, its first and last one named."""
    axes = sheet.plot(frame.left, top, frame.width, TREND_HEIGHT)
    marks = [mark for mark in trend.marks if mark is not None]
    axes.set_ylim(*limits(marks, (), pad=0.1))
    axes.axhline(axes.get_ylim()[0], color=FAINT, linewidth=2)
    draw_line(axes, trend.marks, dot=10)
    told = [one for one in (trend.label, trend.note) if one]
    for place, words in enumerate(told):
        y = top + TREND_HEIGHT / 2 + NOTE_LINE * (place - (len(told) - 1) / 2)
        sheet.text(MARGIN, y, words, NOTE, colour=MUTED)
    label_periods(sheet, trend, frame.left, frame.width, top + TREND_HEIGHT + TREND_LABELS / 2)
    last = trend.marks[-1]
    if last is not None:
        low, high = axes.get_ylim()
        y = top + TREND_HEIGHT * (high - last.mean) / (high - low)
        sheet.text(frame.figures, y, trend.value, frame.letters, bold=True, align="right")

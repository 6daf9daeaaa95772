"""Charts that a spreadsheet draws itself: means with their intervals, as bars or as a line."""

from collections.abc import Sequence

from openpyxl.chart import BarChart, LineChart, Reference, Series
from openpyxl.chart.data_source import NumData, NumDataSource, NumVal
from openpyxl.chart.error_bar import ErrorBars
from openpyxl.chart.marker import Marker
from openpyxl.chart.series import Series as SeriesElement
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.worksheet.worksheet import Worksheet

from handlers.views.sheets import Cell, Figure, Plot, PlotKind, Sheet

ACCENT, MUTED = "1769AA", "5F6B78"
WIDTH = 20
BAR, LEAST, MOST = 0.75, 6, 40
"""Centimetres: a chart's width, an agent's bar, and a chart's least and greatest height."""

LINE_HEIGHT = 9
HIGHEST = 100
LINE_WIDTH = 28_575
"""In the unit of spreadsheets; 12,700 are a point."""


def chart_of(plot: Plot, source: Worksheet, data: Sheet) -> BarChart | LineChart:
    """Return the chart of *plot*, whose columns stand in *source* as *data* has them."""
    chart = _bars(len(data.rows)) if plot.kind is PlotKind.BARS else _line()
    last = len(data.rows) + 1
    values = Reference(source, min_col=plot.values, min_row=1, max_row=last)
    names = Reference(source, min_col=plot.names, min_row=2, max_row=last)
    series = Series(values, title_from_data=True)
    # Mean by mean, since the limits are cut to 0 and 100 and so stand at unequal distances.
    series.errBars = ErrorBars(
        errBarType="both",
        errValType="cust",
        plus=_distances(data, plot.values, plot.high),
        minus=_distances(data, plot.values, plot.low),
        spPr=_stroke(MUTED, LINE_WIDTH // 2),
    )
    _paint(series, plot.kind)
    chart.append(series)
    chart.set_categories(names)
    chart.title = plot.title
    chart.legend = None
    # Without this the library's axes are there, but not shown.
    chart.x_axis.delete = chart.y_axis.delete = False
    return chart


def _bars(count: int) -> BarChart:
    chart = BarChart()
    chart.type = "bar"
    chart.width, chart.height = WIDTH, min(MOST, max(LEAST, round(3 + BAR * count)))
    chart.gapWidth = 60
    chart.x_axis.scaling.orientation = "maxMin"
    chart.y_axis.scaling.min, chart.y_axis.scaling.max = 0, HIGHEST
    chart.y_axis.crosses = "max"
    return chart


def _line() -> LineChart:
    chart = LineChart()
    chart.width, chart.height = WIDTH, LINE_HEIGHT
    chart.y_axis.scaling.max = HIGHEST
    chart.y_axis.number_format = "0"
    return chart


def _paint(series: SeriesElement, kind: PlotKind) -> None:
    if kind is PlotKind.BARS:
        series.graphicalProperties = GraphicalProperties(solidFill=ACCENT)
        return
    series.graphicalProperties = _stroke(ACCENT, LINE_WIDTH)
    series.smooth = False
    series.marker = Marker(symbol="circle", size=7, spPr=GraphicalProperties(solidFill=ACCENT))


def _stroke(colour: str, width: int) -> GraphicalProperties:
    properties = GraphicalProperties()
    properties.line.solidFill = colour
    properties.line.width = width
    return properties


def _distances(data: Sheet, values: int, limits: int) -> NumDataSource:
    """Return how far each row's limit lies from its value, nothing where there is none."""
    found = [
        NumVal(idx=place, v=str(distance))
        for place, row in enumerate(data.rows)
        if (distance := _distance(row, values, limits)) is not None
    ]
    return NumDataSource(numLit=NumData(formatCode="General", ptCount=len(data.rows), pt=found))


def _distance(row: Sequence[Cell], values: int, limits: int) -> float | None:
    value, limit = row[values - 1], row[limits - 1]
    if isinstance(value, Figure) and isinstance(limit, Figure):
        return abs(value.value - limit.value)
    return None

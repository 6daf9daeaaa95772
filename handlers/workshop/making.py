"""What helpers make of plain values. Each loads only the library it needs: they are large."""

from collections.abc import Sequence

from handlers.views.chart_data import Chart
from handlers.views.sheets import Sheet


def png(chart: Chart) -> bytes:
    """Return the chart as a PNG."""
    from handlers.views import charts  # noqa: PLC0415

    return charts.png(chart)


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """Return the sheets as an .xlsx file."""
    from handlers.views import workbook as views  # noqa: PLC0415

    return views.workbook(sheets)

"""What helpers make of plain values. Each loads only the library it needs: they are large."""

from collections.abc import Sequence

from handlers.views.chart_data import Chart
from handlers.views.sheets import Sheet
from scoring import recognition
from scoring.pooled import Pool
from scoring.recognition import Standing
from scoring.report import EvaluationFact


def png(chart: Chart) -> bytes:
    """Return the chart as a PNG."""
    from handlers.views import charts  # noqa: PLC0415

    return charts.png(chart)


def rows_workbook(sheet: Sheet) -> bytes:
    """Return one long sheet as an .xlsx file."""
    from handlers.views import rows_workbook as views  # noqa: PLC0415

    return views.workbook(sheet)


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """Return the sheets as an .xlsx file."""
    from handlers.views import workbook as views  # noqa: PLC0415

    return views.workbook(sheets)


def standing(scores: Sequence[tuple[int, float | None]], pool: Pool | None) -> Standing:
    """Return who stands out by the agents' scores."""
    return recognition.standing([EvaluationFact(*one, {}) for one in scores], pool)

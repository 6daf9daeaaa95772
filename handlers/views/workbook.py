"""Workbooks with real numbers in them: sheets of typed cells in, an .xlsx file out."""

import datetime as dt
import io
from collections.abc import Sequence
from typing import cast

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.cell.cell import Cell as WrittenCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from handlers.tables.limits import MAX_CELL
from handlers.tables.tables import safe_cell
from handlers.views.sheets import DAY, MOMENT, Cell, Figure, Sheet
from handlers.views.workbook_charts import chart_of

TITLE_LIMIT = 31
FORBIDDEN_IN_TITLES = str.maketrans("", "", r"\/*?:[]'")


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """Return the sheets as an .xlsx file: first row bold and frozen, formulas neutralised."""
    book = Workbook(write_only=True)
    made: dict[str, tuple[Worksheet, Sheet]] = {}
    for sheet in sheets:
        title = sheet.title.translate(FORBIDDEN_IN_TITLES)[:TITLE_LIMIT]
        # A sheet that is only written has what is used here of a whole one.
        target = cast("Worksheet", book.create_sheet(title))
        made[sheet.title] = target, sheet
        _fill(target, sheet)
    for target, sheet in made.values():
        for plot in sheet.plots:
            target.add_chart(chart_of(plot, *made[plot.source]), plot.cell)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _fill(target: Worksheet, sheet: Sheet) -> None:
    for number, (_, width) in enumerate(sheet.columns, start=1):
        target.column_dimensions[get_column_letter(number)].width = width
    target.freeze_panes = "A2"
    target.append([_header(target, title) for title, _ in sheet.columns])
    for row in sheet.rows:
        target.append([_cell(target, cell) for cell in row])


def _header(target: Worksheet, title: str) -> WrittenCell:
    cell = WriteOnlyCell(target, value=_text(title))
    cell.font = Font(bold=True)
    return cell


def _cell(target: Worksheet, content: Cell) -> WrittenCell | str | float | None:
    if isinstance(content, str):
        return _text(content)
    if isinstance(content, dt.datetime):
        return _shaped(target, content, MOMENT)
    if isinstance(content, dt.date):
        midnight = dt.datetime.combine(content, dt.time())
        return _shaped(target, midnight, DAY)
    if isinstance(content, Figure):
        return _shaped(target, content.value, content.shape)
    return content


def _shaped(target: Worksheet, value: float | dt.datetime, shape: str) -> WrittenCell:
    cell = WriteOnlyCell(target, value=value)
    cell.number_format = shape
    return cell


def _text(text: str) -> str:
    return safe_cell(ILLEGAL_CHARACTERS_RE.sub("", text))[:MAX_CELL]

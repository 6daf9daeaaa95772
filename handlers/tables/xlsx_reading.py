"""Reading the first sheet of an .xlsx workbook that somebody sent, once it was looked into."""

import io
import warnings
from collections.abc import Iterator, Sequence
from typing import cast

from openpyxl import load_workbook
from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell

from handlers.tables.limits import MAX_COLUMNS, USUAL, Limits
from handlers.tables.table_refusals import BadTable, NotWorkbook
from handlers.tables.xlsx_cells import text_of
from handlers.tables.xlsx_inspection import inspect


def rows(content: bytes, limits: Limits = USUAL) -> Iterator[list[str]]:
    """Return the first sheet's rows as texts, blank ones included; raise a ``BadTable``.

    Of a formula, the value counts that the spreadsheet stored beside it.
    """
    try:
        inspect(content, limits)
        yield from _cells(content)
    except BadTable:
        raise
    except Exception as error:  # a broken workbook makes the library raise almost anything
        raise NotWorkbook from error


def _cells(content: bytes) -> Iterator[list[str]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and extensions that do not matter here
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # written by the sender, not to be believed
        for row in sheet.iter_rows(max_col=MAX_COLUMNS + 1):
            yield _texts(cast("Sequence[ReadOnlyCell | EmptyCell]", row))


def _texts(row: Sequence[ReadOnlyCell | EmptyCell]) -> list[str]:
    """Return the row's cells up to the last one with anything in it."""
    if all(cell.value is None for cell in row):  # there may be very many such
        return []
    texts = [text_of(cell) for cell in row]
    while texts and not texts[-1].strip():
        texts.pop()
    return texts

"""Writing a plain .xlsx workbook of texts."""

import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE


def content(rows: Iterable[Sequence[str]]) -> bytes:
    """Return the rows as a workbook with one sheet."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append([ILLEGAL_CHARACTERS_RE.sub("", cell) for cell in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()

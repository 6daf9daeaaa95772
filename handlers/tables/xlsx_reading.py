"""Reading an .xlsx workbook that somebody sent, as carefully as a stranger's parcel.

A workbook is a zip of XML files: small outside, possibly huge inside. Its directory is looked at
first; a part can never unpack to more than the directory says, so the sums there are a true limit.
"""

import datetime as dt
import io
import warnings
import zipfile
from collections.abc import Iterator

from openpyxl import load_workbook

from handlers.tables.limits import (
    MAX_CELL,
    MAX_COLUMNS,
    MAX_PARTS,
    MEGABYTE,
    USUAL,
    Limits,
)
from handlers.tables.table_refusals import (
    BadTable,
    CellTooLong,
    HasMacros,
    NotWorkbook,
    TooManyRows,
    WorkbookTooBig,
)

MACROS = "vbaproject.bin"
DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
"""An XML file of a workbook never has these; they are how a few bytes become many."""

MAX_BLANK = 2
"""How many blank rows for one with something: a made-up row number must not keep us busy."""


def rows(content: bytes, limits: Limits = USUAL) -> Iterator[list[str]]:
    """Return the first sheet's rows as texts, blank ones included; raise a ``BadTable``.

    Of a formula, the value counts that the spreadsheet stored beside it.
    """
    try:
        _inspect(content, limits)
        return iter(_cells(content, limits))
    except BadTable:
        raise
    except Exception as error:  # a broken workbook makes the library raise almost anything
        raise NotWorkbook from error


def _inspect(content: bytes, limits: Limits) -> None:
    """Raise what speaks against opening the workbook at all."""
    with zipfile.ZipFile(io.BytesIO(content)) as parcel:
        parts = parcel.infolist()
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > limits.unpacked:
            raise WorkbookTooBig(limit=limits.unpacked // MEGABYTE)
        if any(part.filename.lower().endswith(MACROS) for part in parts):
            raise HasMacros
        for part in parts:
            _refuse_declarations(parcel.read(part))


def _refuse_declarations(part: bytes) -> None:
    bare = part.replace(b"\0", b"")  # so that UTF-16 hides nothing
    if any(sign in bare for sign in DECLARATIONS):
        raise NotWorkbook


def _cells(content: bytes, limits: Limits) -> list[list[str]]:
    taken: list[list[str]] = []
    filled = 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and extensions that do not matter here
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # written by the sender, not to be believed
        for row in sheet.iter_rows(max_col=MAX_COLUMNS + 1, values_only=True):
            texts = _texts(row)
            filled += bool(texts)
            if filled > limits.rows + 1 or len(taken) > MAX_BLANK * limits.rows:
                raise TooManyRows(limit=limits.rows)
            if any(len(text) > MAX_CELL for text in texts):
                raise CellTooLong(row=len(taken) + 1, limit=MAX_CELL)
            taken.append(texts)
    return taken


def _texts(row: tuple[object, ...]) -> list[str]:
    """Return the row's cells up to the last one with anything in it."""
    texts = [_text(value) for value in row]
    while texts and not texts[-1].strip():
        texts.pop()
    return texts


def _text(value: object) -> str:
    """Return a cell's value as a person would type it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ")
    return str(value)

"""CSV as spreadsheets write it: UTF-8, commas or semicolons, with or without a byte order mark."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from handlers.tables.limits import MAX_CELL
from handlers.tables.table_refusals import BrokenQuotes, CellTooLong, NotUtf8

BOM = "\ufeff"
DELIMITERS = (",", ";")
HINT = "sep="
"""A first line by which Excel tells the delimiter."""

LINE_END = re.compile("\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class CsvStyle:
    """How a CSV was written, so that the answer is written the same way."""

    delimiter: str = ","
    bom: bool = False


FOR_EXCEL = CsvStyle(bom=True)
"""For answers to a workbook: without the mark, Excel takes UTF-8 for its own code page."""


def rows(content: bytes) -> tuple[Iterator[list[str]], CsvStyle]:
    """Return the file's rows, blank ones included, and how it was written.

    Raises ``NotUtf8`` at once, and ``BrokenQuotes`` or ``CellTooLong`` while the rows are read.
    """
    text = _text(content)
    bare = text.removeprefix(BOM)
    delimiter, body = _delimiter(bare)
    return _rows(body, delimiter), CsvStyle(delimiter, bom=bare != text)


def content(table: Iterable[Sequence[str]], style: CsvStyle) -> bytes:
    """Return the rows as a CSV file."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=style.delimiter).writerows(table)
    return ((BOM if style.bom else "") + text.getvalue()).encode()


def _text(content: bytes) -> str:
    # UTF-16 of Latin letters is valid UTF-8, full of zeros.
    if b"\0" in content:
        raise NotUtf8
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise NotUtf8 from error


def _delimiter(text: str) -> tuple[str, str]:
    """Return the delimiter and the text, blank where a line only names it."""
    first, *rest = LINE_END.split(text.lstrip("\r\n"), maxsplit=1)
    hint = first.strip().lower()
    if hint.startswith(HINT) and hint[len(HINT) :] in DELIMITERS:
        return hint[len(HINT) :], "\n".join(["", *rest])
    # On a draw, as in a header of one column, the comma stands first.
    return max(DELIMITERS, key=lambda sign: _width(first, sign)), text


def _width(line: str, delimiter: str) -> int:
    return len(next(csv.reader([line[:MAX_CELL]], delimiter=delimiter), []))


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "field larger" in str(error):
                raise CellTooLong(row=number, limit=MAX_CELL) from error
            raise BrokenQuotes(row=number) from error
        yield row

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

MAX_LINE = 1_000_000
"""Characters of a row: a row of the longest cells has fewer in any file that anybody means."""

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
    start = len(text) - len(text.lstrip("\r\n"))
    end = LINE_END.search(text, start)
    first = text[start : min(end.start() if end else len(text), start + MAX_LINE)]
    hint = first.strip().lower()
    if hint.startswith(HINT) and hint[len(HINT) :] in DELIMITERS:
        return hint[len(HINT) :], "\n" + text[end.end() if end else len(text) :]
    # On a draw, as in a header of one column, the comma stands first.
    return max(DELIMITERS, key=lambda sign: _width(first, sign)), text


def _width(line: str, delimiter: str) -> int:
    return len(next(csv.reader([line[:MAX_CELL]], delimiter=delimiter), []))


class _Lines:
    """The text's lines, line ends kept; no row may take more than ``MAX_LINE`` characters.

    A row may go on over many lines, between quotation marks, and a line may hold very many cells:
    either way the reader would keep all of it before anything could be refused.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self.row = 1
        self._row_began = 0

    def next_row(self) -> None:
        """Note that a row has ended."""
        self.row += 1
        self._row_began = self._at

    def __iter__(self) -> Iterator[str]:
        """Yield the lines."""
        while self._at < len(self._text):
            end = LINE_END.search(self._text, self._at, self._row_began + MAX_LINE)
            stop = end.end() if end else len(self._text)
            if stop - self._row_began > MAX_LINE:
                raise CellTooLong(row=self.row, limit=MAX_CELL)
            line = self._text[self._at : stop]
            self._at = stop
            yield line


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    lines = _Lines(text)
    reader = csv.reader(iter(lines), delimiter=delimiter, strict=True)
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
        lines.next_row()
        yield row

"""CSV as spreadsheets write it: commas, semicolons or tabs, in any of their encodings.

UTF-8 with or without a byte order mark, UTF-16 ("Unicode text" of Excel) and cp1251 (its plain CSV
where Cyrillic is written) are read; what goes out is UTF-8.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from handlers.tables.encodings import decoded
from handlers.tables.limits import MAX_CELL
from handlers.tables.table_refusals import BrokenQuotes, CellTooLong

BOM = "\ufeff"
DELIMITERS = (",", ";", "\t")
HINT = "sep="
"""A first line by which Excel tells the delimiter."""

HEAD = 15
"""Among so many rows the names of the columns are looked for: titles may stand above."""

MAX_LINE = 1_000_000
"""Characters of a row: a row of the longest cells has fewer in any file that anybody means."""

SIGNS = "=+@＝＋－＠\\-"
HIDDEN_FORMULA = {
    own: re.compile(rf"([{others}\r\n][ \"]*)(?=[{SIGNS}])")
    for own, others in ((",", ";\t"), (";", ",\t"), ("\t", ",;"))
}
"""By a file's delimiter: what begins a cell with a formula for whoever takes another one for it."""

NEUTRALISED = {
    own: re.compile(rf"([{others}\r\n][ \"]*)'(?=[{SIGNS}])")
    for own, others in ((",", ";\t"), (";", ",\t"), ("\t", ",;"))
}
"""The same with the apostrophe that it gets on the way out."""

TO_QUOTE = re.compile(r"[,;\t\"\r\n]")
"""What some spreadsheet takes a cell apart at."""

LINE_END = re.compile("\r\n|\r|\n")

Accepts = Callable[[Sequence[str]], bool]
"""Says whether a row holds the names of the columns."""


@dataclass(frozen=True, slots=True)
class CsvStyle:
    """How a CSV was written, so that the answer is written the same way."""

    delimiter: str = ","
    bom: bool = False


FOR_EXCEL = CsvStyle(bom=True)
"""For answers to a workbook: without the mark, Excel takes UTF-8 for its own code page."""


def rows(content: bytes, accepts: Accepts) -> tuple[Iterator[list[str]], CsvStyle]:
    """Return the file's rows, blank ones included, and how an answer to it is written.

    Of the delimiters that one counts with which a row near the beginning is what *accepts* takes.
    Raises ``NotUtf8`` at once, and ``BrokenQuotes`` or ``CellTooLong`` while the rows are read.
    """
    text, is_utf8 = decoded(content)
    bare = text.removeprefix(BOM)
    delimiter, body = _delimiter(bare, accepts)
    # An Excel that writes something else than UTF-8 reads UTF-8 only with the mark.
    return _rows(body, delimiter), CsvStyle(delimiter, bom=bare != text or not is_utf8)


def content(table: Iterable[Sequence[str]], style: CsvStyle) -> bytes:
    """Return the rows as a CSV file that holds no formula, whichever delimiter it is opened with.

    Cells that begin with a formula were neutralised before. Where a spreadsheet takes another sign
    for the delimiter, a formula may begin in the middle of a cell, and quotation marks do not count
    there: the apostrophe does.
    """
    hidden = HIDDEN_FORMULA[style.delimiter]
    text = io.StringIO(newline="")
    for row in table:
        line = style.delimiter.join([_written(cell, hidden) for cell in row])
        text.write(f"{line}\r\n" if line else '""\r\n')
    return ((BOM if style.bom else "") + text.getvalue()).encode()


def _written(cell: str, hidden: re.Pattern[str]) -> str:
    if TO_QUOTE.search(cell) is None:
        return cell
    safe = hidden.sub(r"\1'", cell).replace('"', '""')
    return f'"{safe}"'


def _delimiter(text: str, accepts: Accepts) -> tuple[str, str]:
    """Return the delimiter and the text, blank where a line only names it."""
    start = len(text) - len(text.lstrip("\r\n"))
    end = LINE_END.search(text, start)
    first = text[start : min(end.start() if end else len(text), start + MAX_LINE)]
    hint = first.strip(" ").lower()
    if hint.startswith(HINT) and hint[len(HINT) :] in DELIMITERS:
        return hint[len(HINT) :], "\n" + text[end.end() if end else len(text) :]
    # On a draw, as in a header of one column, the comma stands first.
    likely = sorted(DELIMITERS, key=lambda sign: -_width(first, sign))
    fitting = (sign for sign in likely if any(map(accepts, _head(text, sign))))
    return next(fitting, likely[0]), text


def _width(line: str, delimiter: str) -> int:
    return len(next(csv.reader([line[:MAX_CELL]], delimiter=delimiter), []))


def _head(text: str, delimiter: str) -> list[list[str]]:
    """Return the first rows with something in them, as far as they can be read."""
    found: list[list[str]] = []
    try:
        filled = (row for row in islice(_rows(text, delimiter), HEAD * 4) if any(row))
        found.extend(islice(filled, HEAD))
    except (BrokenQuotes, CellTooLong):
        pass
    return found


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
    neutral = NEUTRALISED[delimiter]
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
        yield [neutral.sub(r"\1", cell) if "'" in cell else cell for cell in row]

"""Tables that people send and get back: CSV and XLSX in, the same formats out.

Every import reads through here, so the limits hold for all of them alike. What comes in is never
trusted: sizes are looked at before anything is parsed, and parsing happens off the event loop.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from handlers.refusals import FileTooBig
from handlers.tables import csv_files
from handlers.tables.csv_files import CsvStyle
from handlers.tables.limits import (
    MAX_BLANK,
    MAX_CELL,
    MAX_COLUMNS,
    MAX_ROWS,
    MEGABYTE,
    USUAL,
    Limits,
)
from handlers.tables.table_refusals import (
    CellTooLong,
    DoubledColumn,
    EmptyTable,
    MissingAndUnknownColumns,
    MissingColumns,
    NotWorkbook,
    TooManyColumns,
    TooManyRows,
    UnknownColumns,
)
from handlers.views.screen import shorten

ZIP_SIGNATURE = b"PK\x03\x04"
REASON = "reason"
"""The column that a returned file has in addition; it is passed over when it comes back mended."""

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
NAMES_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that a kind of file has; only *required* ones must be there.

    ``rows`` is the most that a file of this kind may have.
    """

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    rows: int = MAX_ROWS

    @property
    def all(self) -> tuple[str, ...]:
        """Every column, in the order in which they are usually written."""
        return self.required + self.optional


@dataclass(frozen=True, slots=True)
class Row:
    """A row that is not blank; ``number`` counts as spreadsheets do, the header being row 1.

    ``surplus`` says that something stands right of the last column with a name.
    """

    number: int
    cells: Mapping[str, str]
    surplus: bool = False

    def __getitem__(self, column: str) -> str:
        """Return the cell without outer blanks; empty where the column or the cell is missing."""
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Table:
    """A file that was read; ``style`` is how its CSV was written, ``None`` for a workbook."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    style: CsvStyle | None = None

    @property
    def suffix(self) -> str:
        """How the names of files of this format end."""
        return "xlsx" if self.style is None else "csv"


Header = Callable[[Sequence[str]], None]
"""Looks at the names of a table's columns and raises what is wrong with them."""


def _any_header(_names: Sequence[str]) -> None:
    """Take any columns."""


async def read(
    name: str, content: bytes, limits: Limits = USUAL, *, header: Header = _any_header
) -> Table:
    """Return the table in a file called *name*; raise a ``BadTable`` or ``FileTooBig``.

    Column names come back in lower case with underscores for blanks, so ``Supervisor Of`` is
    ``supervisor_of``. *header* sees them before any row is read, and off the event loop.
    """
    if len(content) > limits.size:
        raise FileTooBig(limit=limits.size // MEGABYTE)
    return await asyncio.to_thread(_read, name, content, limits, header)


async def write(table: Table, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a file in the format of *table* with a header and *rows*, formulas neutralised."""
    return await asyncio.to_thread(_write, table.style, columns, rows)


def expect(table: Table, columns: Columns) -> None:
    """Raise what is wrong with the table: columns missing or not known, or too many rows."""
    expect_columns(table.columns, columns)
    if len(table.rows) > columns.rows:
        raise TooManyRows(limit=columns.rows)


def expect_columns(names: Sequence[str], columns: Columns) -> None:
    """Raise what is wrong with the names of the columns: some missing or not known."""
    missing = [name for name in columns.required if name not in names]
    unknown = [name for name in names if name not in (*columns.all, REASON)]
    named = {"missing": _named(missing), "unknown": _named(unknown), "known": _listed(columns.all)}
    if missing and unknown:
        raise MissingAndUnknownColumns(**named)
    if missing:
        raise MissingColumns(**named)
    if unknown:
        raise UnknownColumns(**named)


def safe_cell(text: str) -> str:
    """Return *text* so that no spreadsheet runs it: an apostrophe goes before a formula's sign.

    The signs are those that OWASP's page on CSV injection names.
    """
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_SIGNS) else text


def plain_cell(text: str) -> str:
    """Return a cell as it was before ``safe_cell``, so that a returned file can be sent back."""
    if not text.startswith("'"):
        return text
    bare = text[1:]
    return bare if safe_cell(bare) == text else text


def _read(name: str, content: bytes, limits: Limits, header: Header) -> Table:
    if content.startswith(ZIP_SIGNATURE):
        # The library behind it takes a while to load and most processes never need it.
        from handlers.tables import xlsx_reading  # noqa: PLC0415

        return _table(xlsx_reading.rows(content, limits), None, limits, header)
    if name.lower().endswith((".xlsx", ".xlsm", ".xls", ".ods")):
        raise NotWorkbook
    rows, style = csv_files.rows(content)
    return _table(rows, style, limits, header)


def _write(style: CsvStyle | None, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    safe = [list(columns), *([safe_cell(cell) for cell in row] for row in rows)]
    if style is not None:
        return csv_files.content(safe, style)
    from handlers.tables import xlsx_writing  # noqa: PLC0415  as above

    return xlsx_writing.content(safe)


def _table(
    rows: Iterable[Sequence[str]], style: CsvStyle | None, limits: Limits, header: Header
) -> Table:
    names: tuple[str, ...] | None = None
    taken: list[Row] = []
    for number, row in _filled(rows, limits):
        _refuse_oversize(number, row)
        if names is None:
            names = _header(row)
            header([name for name in names if name])
        elif len(taken) == limits.rows:
            raise TooManyRows(limit=limits.rows)
        else:
            taken.append(_row(number, names, row))
    if names is None or not taken:
        raise EmptyTable
    return Table(tuple(name for name in names if name), tuple(taken), style)


def _filled(rows: Iterable[Sequence[str]], limits: Limits) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield the rows with anything in them and their numbers; refuse all too many blank ones."""
    blank = 0
    for number, row in enumerate(rows, start=1):
        if any(map(str.strip, row)):
            yield number, row
        elif (blank := blank + 1) > MAX_BLANK * limits.rows:
            raise TooManyRows(limit=limits.rows)


def _refuse_oversize(number: int, row: Sequence[str]) -> None:
    if len(row) > MAX_COLUMNS and any(map(str.strip, row[MAX_COLUMNS:])):
        raise TooManyColumns(limit=MAX_COLUMNS)
    if max(map(len, row)) > MAX_CELL:
        raise CellTooLong(row=number, limit=MAX_CELL)


def _header(row: Sequence[str]) -> tuple[str, ...]:
    names = tuple("_".join(cell.casefold().split()) for cell in row)
    doubled = [name for name, count in Counter(filter(None, names)).items() if count > 1]
    if doubled:
        raise DoubledColumn(columns=_named(doubled))
    return names


def _row(number: int, header: tuple[str, ...], row: Sequence[str]) -> Row:
    cells = {
        name: plain_cell(cell.strip()) for name, cell in zip(header, row, strict=False) if name
    }
    if len(row) <= len(header) and "" not in header:
        return Row(number, cells)
    nameless = [cell for name, cell in zip(header, row, strict=False) if not name]
    surplus = any(map(str.strip, [*nameless, *row[len(header) :]]))
    return Row(number, cells, surplus)


def _named(columns: Sequence[str]) -> str:
    shown = [shorten(name, 40) for name in columns[:NAMES_SHOWN]]
    return ", ".join([*shown, "…"] if len(columns) > NAMES_SHOWN else shown)


def _listed(columns: Sequence[str]) -> str:
    return ", ".join(columns)

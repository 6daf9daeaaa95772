"""Tables that people send and get back: CSV and XLSX in, the same formats out.

Every import reads through here, so the limits hold for all of them alike. What comes in is never
trusted: sizes are looked at before anything is parsed, and parsing happens off the event loop.
"""

import asyncio
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from handlers.refusals import FileTooBig, Sorry
from handlers.tables import csv_files
from handlers.tables.csv_files import HEAD, CsvStyle
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

    ``rows`` is the most that a file of this kind may have; ``instead`` names the column that may
    stand in for a required one.
    """

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    rows: int = MAX_ROWS
    instead: Mapping[str, str] = field(default_factory=dict)

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


Header = Callable[[Sequence[str]], Sequence[str] | None]
"""Looks at the names of a table's columns and raises what is wrong with them.

Returns the columns in which every row has something: a sum at the bottom is known by that.
"""

TOTAL = re.compile(
    r"(?:grand\s+)?(?:totals?|sum|итого|всего|итог|сумма|разом|усього|всього|підсумок|сума)"
    r"(?:[\s:.,\d].*)?",
    re.IGNORECASE | re.DOTALL,
)
"""How the row of sums below a table begins."""


def _any_header(_names: Sequence[str]) -> None:
    """Take any columns."""


async def read(
    name: str, content: bytes, limits: Limits = USUAL, *, header: Header = _any_header
) -> Table:
    """Return the table in a file called *name*; raise a ``BadTable`` or ``FileTooBig``.

    Column names come back in lower case with underscores for blanks, so ``Supervisor Of`` is
    ``supervisor_of``. *header* sees them before the rows are read, and off the event loop: of the
    first rows, the one that it takes holds the names; titles above it are passed over.
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


def expect_columns(names: Sequence[str], columns: Columns) -> tuple[str, ...]:
    """Return the required columns that are there; raise which are missing or not known."""
    there = [name for name in columns.required if name in names]
    absent = [name for name in columns.required if name not in names]
    missing = [name for name in absent if columns.instead.get(name) not in names]
    unknown = [name for name in names if name not in (*columns.all, REASON)]
    named = {"missing": _named(missing), "unknown": _named(unknown), "known": _listed(columns.all)}
    if missing and unknown:
        raise MissingAndUnknownColumns(**named)
    if missing:
        raise MissingColumns(**named)
    if unknown:
        raise UnknownColumns(**named)
    return tuple(there)


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
    rows, style = csv_files.rows(content, lambda row: _is_header(row, header))
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
    filled = _filled(rows, limits)
    head = list(islice(filled, HEAD))
    if not head:
        raise EmptyTable
    place = _place_of_header([row for _, row in head], header)
    names = _header(head[place][1])
    required = header([name for name in names if name])
    taken: list[Row] = []
    for number, row in chain(head[place + 1 :], filled):
        if len(taken) == limits.rows:
            raise TooManyRows(limit=limits.rows)
        taken.append(_row(number, names, row))
    while taken and _is_total(taken[-1], names, required or ()):
        taken.pop()
    if not taken:
        raise EmptyTable
    return Table(tuple(name for name in names if name), tuple(taken), style)


def _place_of_header(head: Sequence[Sequence[str]], header: Header) -> int:
    """Return which row holds the names of the columns.

    Where *header* takes none of them: the first one, or the first under titles of one cell.
    """
    fitting = (place for place, row in enumerate(head) if _is_header(row, header))
    wide = (place for place, row in enumerate(head) if sum(map(bool, map(str.strip, row))) > 1)
    return next(fitting, next(wide, 0))


def _is_header(row: Sequence[str], header: Header) -> bool:
    names = list(dict.fromkeys(filter(None, map(_name, row))))  # twice the same is told later
    try:
        header(names)
    except Sorry:
        return False
    return bool(names)


def _is_total(row: Row, names: Sequence[str], required: Sequence[str]) -> bool:
    """Return whether the row holds sums of those above it, which stand for no thing themselves."""
    first = next((row[name] for name in names if name and row[name]), "")
    return TOTAL.fullmatch(first) is not None and not all(row[name] for name in required)


def _filled(rows: Iterable[Sequence[str]], limits: Limits) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield the rows with anything in them and their numbers; refuse all too many blank ones."""
    blank = 0
    for number, row in enumerate(rows, start=1):
        if any(map(str.strip, row)):
            _refuse_oversize(number, row)
            yield number, row
        elif (blank := blank + 1) > MAX_BLANK * limits.rows:
            raise TooManyRows(limit=limits.rows)


def _refuse_oversize(number: int, row: Sequence[str]) -> None:
    if len(row) > MAX_COLUMNS and any(map(str.strip, row[MAX_COLUMNS:])):
        raise TooManyColumns(limit=MAX_COLUMNS)
    if max(map(len, row)) > MAX_CELL:
        raise CellTooLong(row=number, limit=MAX_CELL)


def _header(row: Sequence[str]) -> tuple[str, ...]:
    names = tuple(map(_name, row))
    doubled = [name for name, count in Counter(filter(None, names)).items() if count > 1]
    if doubled:
        raise DoubledColumn(columns=_named(doubled))
    return names


def _name(cell: str) -> str:
    return "_".join(cell.casefold().split())


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

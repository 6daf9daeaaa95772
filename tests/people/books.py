"""Workbooks and CSV files as people and their mischievous colleagues make them."""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence

from openpyxl import Workbook, load_workbook

Cell = str | int | float | bool | None


def workbook(*rows: Sequence[Cell]) -> bytes:
    """Return an .xlsx with those rows in its first sheet."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    return _saved(book)


def formatted(*rows: Sequence[tuple[Cell, str]]) -> bytes:
    """Return an .xlsx of values, each with the number format in which it is shown."""
    book = Workbook()
    sheet = book.worksheets[0]
    for number, row in enumerate(rows, start=1):
        for column, (value, shape) in enumerate(row, start=1):
            cell = sheet.cell(number, column, value)
            if shape:
                cell.number_format = shape
    return _saved(book)


def _saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_second_sheet(*rows: Sequence[Cell]) -> bytes:
    """Return an .xlsx whose first sheet has the rows and whose second one has others."""
    book = load_workbook(io.BytesIO(workbook(*rows)))
    book.create_sheet("Other").append(["something", "else"])
    return _saved(book)


def repacked(content: bytes, parts: Mapping[str, bytes]) -> bytes:
    """Return the workbook with some of its inner files replaced or added."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        kept = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name, part in (kept | dict(parts)).items():
            new.writestr(name, part)
    return file.getvalue()


def part(content: bytes, name: str) -> bytes:
    """Return one of a workbook's inner files."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return book.read(name)


def csv_rows(content: bytes, delimiter: str = ",") -> list[dict[str, str]]:
    """Return a CSV's rows by column, as any other program would read them."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=delimiter))


def sheet_rows(content: bytes) -> list[tuple[object, ...]]:
    """Return the first sheet's rows."""
    return list(load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True))

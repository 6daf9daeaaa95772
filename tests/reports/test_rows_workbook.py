"""A long sheet written as XML: a spreadsheet reads what was meant, whatever the cells hold."""

import datetime as dt
import io

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from handlers.views.rows_workbook import ILLEGAL, workbook
from handlers.views.sheets import Cell, Figure, Sheet
from tests.people import books

COLUMNS = [("who", 20), ("what", 8)]


def sheet(*rows: list[Cell]) -> Worksheet:
    content = workbook(Sheet("evaluations", COLUMNS, rows))
    return load_workbook(io.BytesIO(content)).worksheets[0]


def test_every_kind_of_cell_comes_back_as_itself() -> None:
    moment = dt.datetime(2026, 11, 23, 14, 5)  # noqa: DTZ001  a spreadsheet's
    read = sheet(
        ["Іван & <Ко>", 5],
        [None, 2.5],
        ["=1+1", Figure(86.6)],
        ["  a\nb ", moment],
        ["Іван & <Ко>", dt.date(2026, 11, 23)],
        ["1", Figure(-1, "+0.0;-0.0;0.0")],
    )
    values = [[cell.value for cell in row] for row in read.iter_rows()]
    assert values[0] == ["who", "what"]
    assert values[1:4] == [["Іван & <Ко>", 5], [None, 2.5], ["'=1+1", 86.6]]
    assert values[4] == ["  a\nb ", moment]
    assert values[5:] == [["Іван & <Ко>", dt.datetime(2026, 11, 23)], ["1", -1]]  # noqa: DTZ001
    assert read["B4"].number_format == "0.0"
    assert read["B5"].number_format == "yyyy-mm-dd hh:mm"
    assert read["A1"].font.b
    assert not read["A2"].font.b
    assert read.freeze_panes == "A2"
    assert read.column_dimensions["A"].width == 20


@given(st.lists(st.text(max_size=30), max_size=8))
def test_texts_of_any_letters_are_kept(texts: list[str]) -> None:
    rows: list[list[Cell]] = [[text, number] for number, text in enumerate(texts)]
    content = workbook(Sheet("a", COLUMNS, rows))
    read = books.sheet_rows(content)[1:]
    for text, (found, number) in zip(texts, read, strict=True):
        plain = ILLEGAL.sub("", text)
        assert number == texts.index(text) or texts.count(text) > 1
        assert str(found or "").removeprefix("'").replace("\r", "\n") in (
            plain.removeprefix("'").replace("\r\n", "\n").replace("\r", "\n"),
            plain.replace("\r", "\n"),
        )


def test_more_columns_than_letters() -> None:
    columns = [(f"c{number}", 8) for number in range(60)]
    content = workbook(Sheet("a", columns, [list(range(60))]))
    assert books.sheet_rows(content)[1] == tuple(range(60))

"""Any table that is sent: both formats, every habit of spreadsheets, and what is refused."""

import csv
import io
import zipfile
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.refusals import FileTooBig, Sorry, wording
from handlers.tables import tables
from handlers.tables.csv_files import CsvStyle
from handlers.tables.limits import MAX_BYTES, MAX_COLUMNS, MAX_ROWS, MAX_UNPACKED
from handlers.tables.table_refusals import (
    BrokenQuotes,
    CellTooLong,
    DoubledColumn,
    EmptyTable,
    HasMacros,
    MissingAndUnknownColumns,
    MissingColumns,
    NotUtf8,
    NotWorkbook,
    TooManyColumns,
    TooManyRows,
    UnknownColumns,
    WorkbookTooBig,
)
from handlers.tables.tables import Columns, Table
from handlers.words import words
from tests.people import books

SHEET = "xl/worksheets/sheet1.xml"
WORKBOOK = books.workbook(["name", "roles"], ["Ivan Petrov", "agent"])


async def cells(content: bytes, name: str = "people.csv") -> list[list[str]]:
    table = await tables.read(name, content)
    return [[row[column] for column in table.columns] for row in table.rows]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("sign", [",", ";"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
async def test_csv_as_any_spreadsheet_writes_it(mark: bytes, sign: str, end: str) -> None:
    text = end.join([f"name{sign}team", f'"Петров{sign} Иван"{sign}Support', ""])
    assert await cells(mark + text.encode()) == [[f"Петров{sign} Иван", "Support"]]


@pytest.mark.parametrize("sign", [",", ";"])
async def test_the_line_by_which_excel_names_the_delimiter_is_passed_over(sign: str) -> None:
    table = await tables.read("a.csv", f"sep={sign}\nname{sign}team\nIvan{sign}A\n".encode())
    assert table.columns == ("name", "team")
    assert table.rows[0].number == 3


async def test_a_header_in_any_letter_case_with_blanks_and_in_any_order() -> None:
    table = await tables.read("a.csv", b" Roles ,Supervisor  Of, NAME\nagent,,Ivan\n")
    assert table.columns == ("roles", "supervisor_of", "name")
    assert table.rows[0]["name"] == "Ivan"
    assert table.rows[0]["timezone"] == ""


async def test_blank_lines_are_passed_over_and_rows_counted_as_the_spreadsheet_does() -> None:
    table = await tables.read("a.csv", b"name,roles\n\n,\nIvan,agent\n")
    assert [row.number for row in table.rows] == [4]


async def test_a_cell_right_of_the_header_is_noticed() -> None:
    table = await tables.read("a.csv", b"name,roles,,\nIvan,agent,,\nOleh,agent,,oops\nDaria\n")
    assert [row.surplus for row in table.rows] == [False, True, False]


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", EmptyTable),
        (b"\xef\xbb\xbf", EmptyTable),
        (b"name,roles\n", EmptyTable),
        (b"\n\n,,,\n", EmptyTable),
        ("name,roles\nИван,agent".encode("koi8-r"), NotUtf8),
        ("name,roles\nИван,agent".encode("cp866"), NotUtf8),
        ("name,roles\nJosé,agent".encode("cp1252"), NotUtf8),
        ("name,roles\nIvan,agent".encode("utf-16")[:-1], NotUtf8),
        (b"name,roles\nIv\0an,agent", NotUtf8),
        (b"name,Name\nIvan,agent", DoubledColumn),
        (b'name,roles\n"Ivan,agent\nOleh,agent\n', BrokenQuotes),
        (b'name,roles\n"Ivan" Petrov,agent\n', BrokenQuotes),
        (b"name,roles\n" + b"a" * 1_000_000 + b",agent\n", CellTooLong),
        (b"name,roles\n" + b"a" * 40_000 + b",agent\n", CellTooLong),
        (b"a," * MAX_COLUMNS + b"b\nIvan\n", TooManyColumns),
        (b"name\n" + b"a\n" * (MAX_ROWS + 1), TooManyRows),
        (b"a" * (MAX_BYTES + 1), FileTooBig),
    ],
)
async def test_a_csv_that_is_none_is_refused_in_one_sentence(
    content: bytes, refusal: type[Sorry]
) -> None:
    with pytest.raises(refusal) as refused:
        await tables.read("people.csv", content)
    assert "\n" not in wording(words("en"), refused.value)


async def test_as_many_rows_as_allowed_are_read() -> None:
    assert len(await cells(b"name\n" + b"a\n" * MAX_ROWS)) == MAX_ROWS


async def test_a_workbook_is_read_from_its_first_sheet() -> None:
    content = books.with_second_sheet(["Name", "Team"], ["Ivan", None], [None, None], ["Oleh", 5])
    table = await tables.read("people.xlsx", content)
    assert table.columns == ("name", "team")
    assert [(row.number, row["name"], row["team"]) for row in table.rows] == [
        (2, "Ivan", ""),
        (4, "Oleh", "5"),
    ]


@pytest.mark.parametrize(
    ("value", "text"), [(5, "5"), (5.0, "5"), (2.5, "2.5"), (True, "true"), (" a ", "a")]
)
async def test_a_workbooks_values_read_as_somebody_would_type_them(
    value: books.Cell, text: str
) -> None:
    assert await cells(books.workbook(["a"], [value]), "a.xlsx") == [[text]]


async def test_a_workbook_under_another_name_is_still_one() -> None:
    assert await cells(WORKBOOK, "people.csv") == [["Ivan Petrov", "agent"]]


def with_sheet(change: Callable[[bytes], bytes]) -> bytes:
    return books.repacked(WORKBOOK, {SHEET: change(books.part(WORKBOOK, SHEET))})


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"name,roles\nIvan,agent", NotWorkbook),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, NotWorkbook),
        (WORKBOOK[: len(WORKBOOK) // 2], NotWorkbook),
        (books.repacked(WORKBOOK, {SHEET: b"<not xml"}), NotWorkbook),
        (books.repacked(WORKBOOK, {"[Content_Types].xml": b"<Types/>"}), NotWorkbook),
        (books.repacked(WORKBOOK, {"xl/vbaProject.bin": b"Sub AutoOpen()"}), HasMacros),
        (books.repacked(WORKBOOK, {"xl/big.xml": b"\0" * (MAX_UNPACKED + 1)}), WorkbookTooBig),
        (books.repacked(WORKBOOK, {f"xl/{n}.xml": b"" for n in range(1001)}), WorkbookTooBig),
        (with_sheet(lambda xml: b'<!DOCTYPE a [<!ENTITY b "c">]>' + xml), NotWorkbook),
        (
            with_sheet(lambda xml: ("﻿" + xml.decode() + "<!DOCTYPE a>").encode("utf-16")),
            NotWorkbook,
        ),
        (with_sheet(lambda xml: xml.replace(b'r="2"', b'r="999999999"')), TooManyRows),
        (with_sheet(lambda xml: xml.replace(b"A2", b"ZZZZ2")), NotWorkbook),
        (books.workbook(["a"]), EmptyTable),
        (books.workbook(["a"] * (MAX_COLUMNS + 1), ["b"]), TooManyColumns),
        (with_sheet(lambda xml: xml.replace(b"Ivan", b"a" * 40_000)), CellTooLong),
    ],
)
async def test_a_workbook_that_is_none_or_means_ill_is_refused(
    content: bytes, refusal: type[Sorry]
) -> None:
    with pytest.raises(refusal):
        await tables.read("people.xlsx", content)


async def test_a_bomb_is_refused_by_its_directory_alone() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bomb:
        for number in range(6):
            bomb.writestr(f"xl/{number}.xml", b" " * (MAX_UNPACKED // 5))
    assert len(file.getvalue()) < MAX_BYTES
    with pytest.raises(WorkbookTooBig):
        await tables.read("people.xlsx", file.getvalue())


async def rows_or_sentence(name: str, content: bytes) -> object:
    try:
        return (await tables.read(name, content)).rows
    except Sorry as sorry:
        return wording(words("ru"), sorry)


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=400),
        st.text(max_size=200).map(str.encode),
        st.text('",;\n\r=ab\ufeff', max_size=80).map(str.encode),
    ),
    st.sampled_from(["a.csv", "a.xlsx", ""]),
)
async def test_arbitrary_bytes_are_read_or_refused_in_words(content: bytes, name: str) -> None:
    assert await rows_or_sentence(name, content)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(WORKBOOK) - 1), st.binary(min_size=1, max_size=8))
async def test_a_damaged_workbook_is_read_or_refused_in_words(at: int, junk: bytes) -> None:
    damaged = WORKBOOK[:at] + junk + WORKBOOK[at + len(junk) :]
    assert await rows_or_sentence("a.xlsx", damaged)


KNOWN = Columns(("name", "roles"), ("team",))


@pytest.mark.parametrize(
    ("columns", "refusal", "told"),
    [
        (("team", "name"), MissingColumns, "roles"),
        (("name", "roles", "boss"), UnknownColumns, "boss"),
        (("nmae", "roles"), MissingAndUnknownColumns, "nmae"),
    ],
)
def test_wrong_columns_are_named(columns: tuple[str, ...], refusal: type[Sorry], told: str) -> None:
    with pytest.raises(refusal) as refused:
        tables.expect(Table(columns, ()), KNOWN)
    sentence = wording(words("en"), refused.value)
    assert told in sentence
    assert "name, roles, team" in sentence


def test_a_returned_files_reason_column_may_come_back() -> None:
    tables.expect(Table(("name", "roles", "reason"), ()), KNOWN)


@pytest.mark.parametrize(
    "formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", "=cmd|' /C calc'!A0"]
)
def test_a_formula_is_neutralised_and_can_be_read_back(formula: str) -> None:
    assert tables.safe_cell(formula) == "'" + formula
    assert tables.plain_cell(tables.safe_cell(formula)) == formula


@pytest.mark.parametrize("text", ["Ivan", "O'Neill", "'tis", "a=b", "", "'"])
def test_ordinary_texts_stay_as_they_are(text: str) -> None:
    assert tables.safe_cell(text) == text
    assert tables.plain_cell(text) == text


@given(st.text(max_size=20))
def test_a_cell_always_comes_back_as_it_was(text: str) -> None:
    if tables.plain_cell(text) == text:
        assert tables.plain_cell(tables.safe_cell(text)) == text
    assert not tables.safe_cell(text).lstrip(" ").startswith(tables.FORMULA_SIGNS)


async def test_a_file_goes_back_as_it_came() -> None:
    for content in ("\ufeffname;team\r\nIvan;A\r\n".encode(), b"name,team\r\nIvan,A\r\n"):
        table = await tables.read("a.csv", content)
        assert await tables.write(table, ["name", "team"], [["Ivan", "A"]]) == content
    table = await tables.read("a.xlsx", WORKBOOK)
    written = await tables.write(table, ["name"], [["=1+1"]])
    assert books.sheet_rows(written) == [("name",), ("'=1+1",)]


ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251")


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("sign", [",", ";", "\t"])
async def test_every_encoding_and_delimiter_that_excel_writes_is_read(
    encoding: str, sign: str
) -> None:
    text = f"name{sign}team\r\nПётр Ґалаґан{sign}«Підтримка» № 1\r\nИван{sign}Ї\r\n"
    table = await tables.read("people.csv", text.encode(encoding))
    assert [(row["name"], row["team"]) for row in table.rows] == [
        ("Пётр Ґалаґан", "«Підтримка» № 1"),
        ("Иван", "Ї"),
    ]
    back = await tables.write(table, ["name"], [["Ґалаґан"]])
    assert back.decode("utf-8-sig") == "name\r\nҐалаґан\r\n"
    assert back.startswith(b"\xef\xbb\xbf") == (encoding != "utf-8")


def known(names: Sequence[str]) -> Sequence[str]:
    """Take the columns of people."""
    return tables.expect_columns(names, KNOWN)


TITLED = """Report;November, 2026, all, teams, of, the, centre

name;roles;team
Ivan, Petrov;agent;
Oleh;agent;Support

Итого: 2;;;
Total;;5
"""


@pytest.mark.parametrize("sign", [";", "\t"])
async def test_titles_above_and_sums_below_are_passed_over(sign: str) -> None:
    content = TITLED.replace(";", sign).encode()
    table = await tables.read("people.csv", content, header=known)
    assert table.columns == ("name", "roles", "team")
    assert [(row.number, row["name"], row["team"]) for row in table.rows] == [
        (4, "Ivan, Petrov", ""),
        (5, "Oleh", "Support"),
    ]


async def test_whoever_is_called_total_is_no_sum() -> None:
    content = b"name,roles\nIvan,agent\nTotal,agent\n"
    table = await tables.read("people.csv", content, header=known)
    assert [row["name"] for row in table.rows] == ["Ivan", "Total"]


async def test_below_a_title_the_wrong_header_is_told_and_not_the_title() -> None:
    with pytest.raises(UnknownColumns) as refused:
        await tables.read("a.csv", b"People of November\n\nname,roles,boss\nI,a,b\n", header=known)
    assert "boss" in wording(words("en"), refused.value)


async def test_a_workbooks_title_is_passed_over_too() -> None:
    book = books.workbook(["People"], [None], ["Name", "Roles"], ["Ivan", "agent"], ["Total", None])
    table = await tables.read("a.xlsx", book, header=known)
    assert [(row.number, row["name"]) for row in table.rows] == [(4, "Ivan")]


def as_seen(content: bytes, delimiter: str) -> list[str]:
    """Return the cells as a spreadsheet shows them that takes that sign for the delimiter."""
    text = content.decode("utf-8-sig")
    return [cell for row in csv.reader(io.StringIO(text), delimiter=delimiter) for cell in row]


ATTACKS = [
    f"late{sign}{blank}{formula}"
    for sign in (";", ",", "\t", "\n", "\r\n")
    for blank in ("", " ", '"')
    for formula in ("=cmd|' /C calc'!A0", "+1", "-1+1", "@SUM(A1)")
]


@pytest.mark.parametrize("own", [",", ";", "\t"])
@pytest.mark.parametrize("attack", ATTACKS)
async def test_no_formula_begins_where_another_delimiter_is_taken(own: str, attack: str) -> None:
    """`late;=cmd|…` was a formula's cell wherever a semicolon separates."""
    table = Table(("note",), (), CsvStyle(own))
    content = await tables.write(table, ["who", "note"], [["Ivan", attack], ["Oleh", "fine"]])
    for delimiter in (",", ";", "\t"):
        for cell in as_seen(content, delimiter):
            assert not cell.lstrip(' "').startswith(tables.FORMULA_SIGNS), (delimiter, cell)
    again = await tables.read("a.csv", content)
    assert [row["note"] for row in again.rows] == [attack, "fine"]


@given(st.text('ab;,\t =+@-"\n', max_size=12), st.sampled_from([",", ";", "\t"]))
async def test_a_cell_comes_back_whatever_its_signs(text: str, own: str) -> None:
    table = Table(("note",), (), CsvStyle(own))
    text = text.strip()
    content = await tables.write(table, ["who", "note"], [["Ivan", text]])
    [row] = (await tables.read("a.csv", content)).rows
    assert row["note"] == text

"""A workbook of one long sheet, written row by row as the file's own XML (ECMA-376, part 1).

A library makes an object of each cell; an export has a million of them, most of which say what the
row above says. Here each value is put into words once.
"""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from handlers.tables.limits import MAX_CELL
from handlers.tables.tables import safe_cell
from handlers.views.sheets import DAY, MOMENT, Cell, Figure, Sheet

ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML cannot hold."""

ZERO = dt.datetime(1899, 12, 30)  # noqa: DTZ001  a spreadsheet's first day, without a zone
DAY_SECONDS = 24 * 60 * 60
BOLD = 1
"""The header's style."""

FIRST_STYLE, FIRST_FORMAT = 2, 164
"""Styles after the plain and the bold one; formats after those that every spreadsheet has."""

ROWS_AT_ONCE = 500
COMPRESSION = 3
"""Of 1 to 9: more takes twice as long for a few percent."""

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

TYPES = (
    f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{KIND}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{KIND}.styles+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{KIND}.sharedStrings+xml"/>'
    "</Types>"
)
ROOT = (
    f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    "</Relationships>"
)
PARTS = (
    f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId3" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    "</Relationships>"
)


def workbook(sheet: Sheet) -> bytes:
    """Return the sheet as an .xlsx file: first row bold and frozen, formulas neutralised."""
    values = _Values()
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=COMPRESSION) as parcel:
        with parcel.open("xl/worksheets/sheet1.xml", "w") as part:
            for text in _sheet(sheet, values):
                part.write(text.encode())
        parcel.writestr("xl/sharedStrings.xml", values.strings())
        parcel.writestr("xl/styles.xml", values.styles())
        parcel.writestr("xl/workbook.xml", _book(sheet.title))
        parcel.writestr("xl/_rels/workbook.xml.rels", PARTS)
        parcel.writestr("_rels/.rels", ROOT)
        parcel.writestr("[Content_Types].xml", TYPES)
    return file.getvalue()


class _Values:
    """How each value is written, found out once."""

    def __init__(self) -> None:
        self._texts: dict[str, int] = {}
        self._shapes: dict[str, int] = {}
        self._known: dict[Cell, str] = {}

    def written(self, value: Cell) -> str:
        """Return a cell's XML behind its place."""
        if value is None:
            return "/>"
        if type(value) is int or type(value) is float:  # 1, 1.0 and True are equal as keys
            return f"><v>{value!r}</v></c>"
        found = self._known.get(value)
        if found is None:
            found = self._known[value] = self._new(value)
        return found

    def text(self, text: str, style: int = 0) -> str:
        """Return a text's XML behind its cell's place."""
        plain = safe_cell(ILLEGAL.sub("", text))[:MAX_CELL]
        number = self._texts.setdefault(plain, len(self._texts))
        styled = f' s="{style}"' if style else ""
        return f'{styled} t="s"><v>{number}</v></c>'

    def strings(self) -> str:
        """Return the part that holds the texts."""
        items = "".join(
            f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in self._texts
        )
        return f'{HEAD}<sst xmlns="{MAIN}" uniqueCount="{len(self._texts)}">{items}</sst>'

    def styles(self) -> str:
        """Return the part that holds the formats of numbers."""
        quote = {'"': "&quot;"}
        formats = "".join(
            f'<numFmt numFmtId="{FIRST_FORMAT + at}" formatCode="{escape(shape, quote)}"/>'
            for at, shape in enumerate(self._shapes)
        )
        shaped = "".join(
            f'<xf numFmtId="{FIRST_FORMAT + at}" fontId="0" fillId="0" borderId="0" xfId="0" '
            'applyNumberFormat="1"/>'
            for at in range(len(self._shapes))
        )
        plain = '<xf numFmtId="0" fontId="{font}" fillId="0" borderId="0"{more}/>'
        font = '<font>{bold}<sz val="11"/><name val="Calibri"/></font>'
        base = ' xfId="0"'
        return (
            f'{HEAD}<styleSheet xmlns="{MAIN}">'
            f'<numFmts count="{len(self._shapes)}">{formats}</numFmts>'
            f'<fonts count="2">{font.format(bold="")}{font.format(bold="<b/>")}</fonts>'
            '<fills count="2"><fill><patternFill patternType="none"/></fill>'
            '<fill><patternFill patternType="gray125"/></fill></fills>'
            '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border>'
            "</borders>"
            f'<cellStyleXfs count="1">{plain.format(font=0, more="")}</cellStyleXfs>'
            f'<cellXfs count="{FIRST_STYLE + len(self._shapes)}">'
            f"{plain.format(font=0, more=base)}{plain.format(font=1, more=base)}{shaped}</cellXfs>"
            '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
            "</styleSheet>"
        )

    def _new(self, value: Cell) -> str:
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dt.datetime):
            return self._shaped((value - ZERO).total_seconds() / DAY_SECONDS, MOMENT)
        if isinstance(value, dt.date):
            return self._shaped((dt.datetime.combine(value, dt.time()) - ZERO).days, DAY)
        if isinstance(value, Figure):
            return self._shaped(value.value, value.shape)
        return f' t="b"><v>{int(bool(value))}</v></c>'

    def _shaped(self, value: float, shape: str) -> str:
        style = FIRST_STYLE + self._shapes.setdefault(shape, len(self._shapes))
        return f' s="{style}"><v>{value!r}</v></c>'


def _sheet(sheet: Sheet, values: _Values) -> Iterator[str]:
    """Yield the sheet's XML, many rows at once."""
    letters = [_letters(number) for number in range(len(sheet.columns))]
    widths = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>'
        for at, (_, width) in enumerate(sheet.columns, start=1)
    )
    names = [values.text(title, BOLD) for title, _ in sheet.columns]
    yield (
        f'{HEAD}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        f"</sheetView></sheetViews><cols>{widths}</cols><sheetData>{_row(1, letters, names)}"
    )
    for start in range(0, len(sheet.rows), ROWS_AT_ONCE):
        portion = sheet.rows[start : start + ROWS_AT_ONCE]
        yield "".join(
            _row(number, letters, map(values.written, row))
            for number, row in enumerate(portion, start=start + 2)
        )
    yield "</sheetData></worksheet>"


def _row(number: int, letters: Sequence[str], cells: Sequence[str] | Iterator[str]) -> str:
    told = [f'<c r="{letter}{number}"{cell}' for letter, cell in zip(letters, cells, strict=True)]
    return f'<row r="{number}">{"".join(told)}</row>'


def _letters(number: int) -> str:
    """Return how spreadsheets call a column; 0 is A."""
    before, last = divmod(number, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + last)


def _book(title: str) -> str:
    name = escape(title, {'"': "&quot;"})
    return (
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        f'<sheet name="{name}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )

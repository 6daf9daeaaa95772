"""Looking into a workbook before anything of it is parsed, as carefully as a stranger's parcel.

A workbook is a zip of XML files: small outside, possibly huge inside. Its directory is looked at
first; a part can never unpack to more than the directory says, so the sums there are a true limit.
Then every part is read through once, a little at a time, for what would make a parser swell.
"""

import io
import re
import zipfile
from collections.abc import Iterator

from handlers.tables.limits import MAX_CELL, MAX_PARTS, MEGABYTE, Limits
from handlers.tables.table_refusals import HasMacros, NotWorkbook, TooMuchInside, WorkbookTooBig

METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""Spreadsheets use no other; the others unpack as much at a time as they like."""

ENCRYPTED = 0x1
MACROS = "vbaproject.bin"
STRINGS = "sharedstrings.xml"
SHEETS = "worksheets/"

SUSPECT_SIZE, SUSPECT_RATIO = 10 * MEGABYTE, 200
"""A part so big that is so many times smaller packed holds nothing but repetition."""

DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
"""An XML file of a workbook never has these; they are how a few bytes become many."""

ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
CHUNK = 64 * 1024
OVERLAP = 64
"""What is looked for is shorter than that, so no chunk's end hides it."""

LONGEST_TEXT = 12 * MAX_CELL
"""A cell's characters, each written in the longest way there is."""

TAGS_IN_ROW = 100_000
TAGS_OF_STRINGS = 30
"""For each row that a file may have."""

TAGS_ELSEWHERE = 30_000
"""In styles, names and the like, of which the parser makes an object each."""

BEFORE_XML = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"


def inspect(content: bytes, limits: Limits) -> None:
    """Raise what speaks against opening the workbook at all; a broken zip raises anything."""
    with zipfile.ZipFile(io.BytesIO(content)) as parcel:
        parts = parcel.infolist()
        _refuse_size(parts, limits)
        for part in parts:
            _refuse_kind(part)
        for part in parts:
            _read_through(parcel, part, limits)


def _refuse_size(parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    unpacked = sum(part.file_size for part in parts)
    suspect = any(
        part.file_size > max(SUSPECT_SIZE, SUSPECT_RATIO * part.compress_size) for part in parts
    )
    if len(parts) > MAX_PARTS or unpacked > limits.unpacked or suspect:
        raise WorkbookTooBig(limit=limits.unpacked // MEGABYTE)


def _refuse_kind(part: zipfile.ZipInfo) -> None:
    if part.filename.lower().endswith(MACROS):
        raise HasMacros
    if part.compress_type not in METHODS or part.flag_bits & ENCRYPTED:
        raise NotWorkbook


def _read_through(parcel: zipfile.ZipFile, part: zipfile.ZipInfo, limits: Limits) -> None:
    """Raise what speaks against parsing the part; pictures and the like are never parsed."""
    name = part.filename.lower()
    most = TAGS_OF_STRINGS * limits.rows if name.endswith(STRINGS) else TAGS_ELSEWHERE
    tags = run = 0
    for seen, chunk in _chunks(parcel, part):
        if DECLARATION.search(seen):
            raise NotWorkbook
        run = len(chunk) - chunk.rfind(b"<") if b"<" in chunk else run + len(chunk)
        if run > LONGEST_TEXT:
            raise NotWorkbook
        tags += chunk.count(b"<")
        if SHEETS in name:
            tags = 0 if ROW.search(seen) else tags
            most = TAGS_IN_ROW
        if tags > most:
            raise TooMuchInside


def _chunks(parcel: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[tuple[bytes, bytes]]:
    """Yield the part's text in chunks, each also with the end of the one before it."""
    before = b""
    with parcel.open(part) as file:
        first = True
        while chunk := file.read(CHUNK):
            if first and not chunk.lstrip(BEFORE_XML).startswith(b"<") and chunk.strip(BEFORE_XML):
                return
            first = False
            bare = chunk.replace(b"\0", b"")  # so that UTF-16 hides nothing
            yield before + bare, bare
            before = bare[-OVERLAP:]

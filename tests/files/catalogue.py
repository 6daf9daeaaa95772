"""Broken files of every kind that people, other programs and mischief bring about."""

import bz2
import gzip
import io
import json
import re
import struct
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from tests.people import books

PEOPLE = "name,roles\n"
CONTACTS = "agent,channel,reference\n"
KPI = "agent,date,metric,value\n"
IVAN = "Ivan Petrov,agent\n"

SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
STYLES, TYPES = "xl/styles.xml", "[Content_Types].xml"
BOOK = books.workbook(["name", "roles"], ["Ivan Petrov", "agent"])
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(256)) * 20
HTML = "<html><body><table><tr><td>name</td></tr></table></body></html>"
LAUGHS = "".join(f'<!ENTITY lol{n} "{f"&lol{n - 1};" * 10 if n else "lol"}">' for n in range(10))


@dataclass(frozen=True)
class Broken:
    """A file that is none: how it is called, and what it holds."""

    kind: str
    name: str
    make: Callable[[], bytes]


def csv(text: str, times: int = 1, end: str = "") -> Callable[[], bytes]:
    """Return the text, its last line repeated and something at its end."""
    head, _, last = text.rpartition("\f")

    def make() -> bytes:
        return f"{head}{last * times}{end}".encode()

    return make


def raw(content: bytes) -> Callable[[], bytes]:
    return lambda: content


def book(part: str, change: Callable[[str], str]) -> Callable[[], bytes]:
    """Return a workbook of which a part is changed."""
    return lambda: books.repacked(BOOK, {part: change(books.part(BOOK, part).decode()).encode()})


def with_part(name: str, content: Callable[[], bytes]) -> Callable[[], bytes]:
    """Return a workbook with a part more, or another one."""
    return lambda: books.repacked(BOOK, {name: content()})


def zipped(parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as parcel:
        for name, content in parts.items():
            parcel.writestr(name, content)
    return file.getvalue()


def packed_with_bzip2() -> bytes:
    parts = {name: books.part(BOOK, name) for name in zipfile.ZipFile(io.BytesIO(BOOK)).namelist()}
    return zipped(parts | {"xl/media/a.xml": b"<" + b" " * 9_000_000}, zipfile.ZIP_BZIP2)


def lying_about_its_size() -> bytes:
    """Return a workbook whose directory says that a big part is a small one."""
    content = bytearray(books.repacked(BOOK, {"xl/big.xml": b"<a>" + b" " * 30_000_000}))
    place = content.rfind(b"xl/big.xml")
    struct.pack_into("<I", content, place - 46 + 24, 100)
    return bytes(content)


def encrypted_parts() -> bytes:
    content = bytearray(BOOK)
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(sign)
        while at >= 0:
            content[at + place] |= 1
            at = content.find(sign, at + 4)
    return bytes(content)


def wrong_checksum() -> bytes:
    content = bytearray(BOOK)
    at = content.rfind(b"PK\x01\x02")
    content[at + 16] ^= 0xFF
    return bytes(content)


def twice_the_same_part() -> bytes:
    file = io.BytesIO(BOOK)
    with zipfile.ZipFile(file, "a") as parcel:
        parcel.writestr(SHEET + " ", b"<a/>")
        parcel.writestr(SHEET.upper(), b"<a/>")
        parcel.writestr(TYPES + "x", b"<not xml")
    return books.repacked(file.getvalue(), {TYPES: b"<not xml"})


def sheet(rows: str) -> bytes:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode()


def strings(items: str) -> bytes:
    return f'<sst xmlns="{MAIN}" count="4294967295">{items}</sst>'.encode()


def inline(text: str, place: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


TABLES: Mapping[str, Callable[[], bytes]] = {
    "nothing at all": raw(b""),
    "a byte order mark alone": raw(b"\xef\xbb\xbf"),
    "a header alone": csv(PEOPLE),
    "blank lines": csv("\n\n,,,\n"),
    "millions of blank lines": lambda: PEOPLE.encode() + b"\n" * 8_000_000,
    "millions of old line ends": lambda: PEOPLE.encode() + b"\r" * 8_000_000,
    "cp866": lambda: "name,roles\nИван,agent\n".encode("cp866"),
    "KOI8": lambda: "name,roles\nИван Петров,agent\n".encode("koi8-r"),
    "latin 1": lambda: "name,roles\nJosé,agent\n".encode("latin-1"),
    "half a letter of UTF-16": lambda: (PEOPLE + IVAN).encode("utf-16")[:-1],
    "half a pair in UTF-16": lambda: (PEOPLE + IVAN).encode("utf-16-le") + b"\x00\xd8",
    "UTF-16 with a NUL": lambda: (PEOPLE + "Iv\0an,agent").encode("utf-16"),
    "UTF-32": lambda: (PEOPLE + IVAN).encode("utf-32"),
    "overlong UTF-8": raw(f"{PEOPLE}Іван ".encode() + b"\xc0\xaf,agent\n"),
    "half a surrogate pair": raw(PEOPLE.encode() + b"\xed\xa0\x80,agent\n"),
    "a NUL": csv("name,roles\nIv\0an,agent\n"),
    "nothing but NULs": lambda: bytes(1_000_000),
    "a cell of a megabyte": csv(f"{PEOPLE}\fx", 1_048_576, ",agent\n"),
    "a line of megabytes": lambda: PEOPLE.encode() + b"x" * 12_000_000,
    "a header of a megabyte": lambda: b"x" * 1_048_576,
    "millions of cells in a line": lambda: PEOPLE.encode() + b"ab," * 4_000_000,
    "thousands of columns": lambda: ",".join(f"c{n}" for n in range(5_000)).encode() + b"\nx\n",
    "a row over millions of lines": lambda: PEOPLE.encode() + b'"\n",' * 2_000_000,
    "a quotation mark that never closes": csv(f'{PEOPLE}"Ivan,agent\nOleh,agent\n'),
    "one before megabytes": csv(f'{PEOPLE}"\f{IVAN}', 400_000),
    "a quotation mark in a word": csv(f'{PEOPLE}"Ivan" Petrov,agent\n'),
    "a column twice": csv(f"name,Name\n{IVAN}"),
    "unknown columns": csv("name,roles,salary\nIvan,agent,1\n"),
    "missing columns": csv("name\nIvan\n"),
    "formulas for a header": csv("=cmd|'/c calc'!A1,+1\nIvan,agent\n"),
    "a hundred unknown columns": csv(
        ",".join(f"c{n}" for n in range(100)) + "\n\f" + "a," * 99 + "b\n", 50_000
    ),
    "too many people": lambda: PEOPLE.encode() + b"a,agent\n" * 10_001,
    "too many contacts": lambda: CONTACTS.encode() + b"a,call,1\n" * 100_001,
    "too many figures": lambda: KPI.encode() + b"a,2026-11-01,csat,1\n" * 100_001,
    "a PDF": raw(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"),
    "a picture": raw(JPEG),
    "a web page": csv(HTML),
    "JSON": lambda: json.dumps([{"name": "Ivan", "roles": "agent"}], indent=1).encode(),
    "gzip": lambda: gzip.compress((PEOPLE + IVAN).encode()),
    "bzip2": lambda: bz2.compress((PEOPLE + IVAN).encode()),
    "a program": raw(b"\x7fELF\x02\x01\x01" + bytes(300)),
    "more than twenty megabytes": lambda: b"x" * (20 * 1024 * 1024 + 1),
}

WORKBOOKS: Mapping[str, Callable[[], bytes]] = {
    "nothing at all": raw(b""),
    "a table of text": csv(PEOPLE + IVAN),
    "a web page": csv(HTML),
    "a picture": raw(JPEG),
    "an old workbook, or one with a password": lambda: OLE + bytes(4096),
    "half of it": lambda: BOOK[: len(BOOK) // 2],
    "its end alone": lambda: BOOK[len(BOOK) // 2 :],
    "the beginning of a zip": raw(b"PK\x03\x04"),
    "an empty zip": raw(b"PK\x05\x06" + bytes(18)),
    "a zip of something else": lambda: zipped({"word/document.xml": b"<document/>"}),
    "a zip of folders": lambda: zipped({"xl/": b"", "xl/worksheets/": b""}),
    "zips in zips": lambda: zipped({"1.zip": zipped({"2.zip": zipped({"3.zip": bytes(10_000)})})}),
    "no list of its parts": with_part(TYPES, raw(b"<Types/>")),
    "parts twice": twice_the_same_part,
    "no sheet": book(
        "xl/workbook.xml", lambda xml: re.sub("<sheets>.*</sheets>", "<sheets/>", xml)
    ),
    "a sheet that is no XML": with_part(SHEET, raw(b"<not xml")),
    "a sheet that is a picture": with_part(SHEET, raw(JPEG)),
    "a sheet in no encoding": with_part(SHEET, raw(b'<?xml version="1.0" encoding="x"?><a/>')),
    "macros": with_part("xl/vbaProject.bin", raw(b"Sub AutoOpen()")),
    "a wrong checksum": wrong_checksum,
    "encrypted parts": encrypted_parts,
    "a part that lies about its size": lying_about_its_size,
    "parts packed with bzip2": packed_with_bzip2,
    "a part of zeros": with_part("xl/big.xml", lambda: bytes(60_000_000)),
    "parts of more than a disk": lambda: books.repacked(
        BOOK, {f"xl/{n}.xml": bytes(9_000_000) for n in range(12)}
    ),
    "thousands of parts": lambda: books.repacked(BOOK, {f"xl/{n}.xml": b"" for n in range(2_000)}),
    "a billion laughs": with_part(
        SHEET, lambda: f"<!DOCTYPE a [{LAUGHS}]>".encode() + sheet("<row>&lol9;</row>")
    ),
    "an entity from outside": with_part(
        STRINGS, lambda: b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>' + strings("&b;")
    ),
    "entities in UTF-16": with_part(
        SHEET, lambda: ("\ufeff<!DOCTYPE a><worksheet/>").encode("utf-16-le")
    ),
    "entities after a long silence": with_part(
        SHEET, lambda: b"<!--" + b" " * 65_530 + b"--><!DOCTYPE a>" + sheet("")
    ),
    "a row of a made-up number": book(
        SHEET, lambda xml: xml.replace('r="2"', 'r="999999999"').replace('r="A2"', "")
    ),
    "a made-up size and no rows": with_part(
        SHEET,
        lambda: sheet("").replace(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>'),
    ),
    "a row of a million cells": with_part(SHEET, lambda: sheet(f"<row>{'<c/>' * 1_000_000}</row>")),
    "a cell of megabytes": with_part(
        SHEET, lambda: sheet(f'<row r="1">{inline("x" * 2_000_000, "A1")}</row>')
    ),
    "a cell too long": with_part(
        SHEET, lambda: sheet(f'<row r="1">{inline("x" * 40_000, "A1")}</row>')
    ),
    "a sheet nested a hundred thousand deep": with_part(
        SHEET, lambda: sheet(f"<row>{'<c>' * 90_000}{'</c>' * 90_000}</row>")
    ),
    "millions of shared texts": with_part(STRINGS, lambda: strings("<si/>" * 3_100_000)),
    "a shared text of megabytes": with_part(
        STRINGS, lambda: strings(f"<si><t>{'x' * 5_000_000}</t></si>")
    ),
    "shared texts that are not there": with_part(
        SHEET, lambda: sheet('<row r="1"><c r="A1" t="s"><v>4294967295</v></c></row>')
    ),
    "a million styles": book(
        STYLES, lambda xml: xml.replace("</cellXfs>", "<xf/>" * 1_000_000 + "</cellXfs>")
    ),
    "a million names": book(
        "xl/workbook.xml",
        lambda xml: xml.replace(
            "</workbook>",
            "<definedNames>" + "<definedName/>" * 400_000 + "</definedNames></workbook>",
        ),
    ),
    "a column twice": lambda: books.workbook(["name", "Name"], ["Ivan", "agent"]),
    "unknown columns": lambda: books.workbook(["name", "roles", "salary"], ["Ivan", "agent", 1]),
    "thousands of columns": lambda: books.workbook([f"c{n}" for n in range(3_000)], ["x"]),
    "a header alone": lambda: books.workbook(["name", "roles"]),
}

LARGE_SCORECARD = 300 * 1024

SCORECARDS: Mapping[str, Callable[[], bytes]] = {
    "nothing at all": raw(b""),
    "nothing but a remark": csv("# later\n"),
    "UTF-16": lambda: "key: voice\n".encode("utf-16"),
    "cp1251": lambda: "title: Звонок\n".encode("cp1251"),
    "a NUL": csv("key: vo\0ice\n"),
    "a tab": csv("key: voice\n\ttitle: Voice\n"),
    "a bracket that never closes": csv("key: [voice\n"),
    "several documents": csv("key: a\n---\nkey: b\n"),
    "a billion laughs": csv(
        "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{f'*a{n - 1},' * 9}]\n" for n in range(1, 30))
    ),
    "an alias of itself": csv("a: &a [*a]\n"),
    "a key that merges others": csv("key: &k voice\n<<: {title: x}\n"),
    "a tag that runs a program": csv('title: !!python/object/apply:os.system ["true"]\n'),
    "a tag of nobody's": csv("key: !secret voice\n"),
    "nested without end": lambda: b"[" * 200_000,
    "lists of lists in blocks": lambda: b"- " * 100_000,
    "a hundred thousand entries": lambda: b"a: [" + b"x," * 100_000 + b"]\n",
    "tens of thousands of keys": lambda: "".join(f"k{n}: v\n" for n in range(25_000)).encode(),
    "a key twice": csv("key: a\nkey: b\n"),
    "one text": csv("scorecard\n"),
    "a list": csv("- key: voice\n"),
    "too large": lambda: b"# " + b"x" * LARGE_SCORECARD,
    "a picture": raw(JPEG),
    "a web page": csv(HTML),
    "a workbook": lambda: BOOK,
    "an endless number": lambda: b"key: voice\nsections: [{weight: " + b"9" * 100_000 + b"}]\n",
}


def everything() -> Iterator[Broken]:
    """Yield every broken file."""
    for ending, found in (("csv", TABLES), ("xlsx", WORKBOOKS), ("yaml", SCORECARDS)):
        for kind, make in found.items():
            yield Broken(f"{ending}: {kind}", f"file.{ending}", make)

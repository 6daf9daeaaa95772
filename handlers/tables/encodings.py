"""In which encoding a spreadsheet has written a text."""

import re

from handlers.tables.table_refusals import NotUtf8

UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
SAMPLE = 20_000
"""Bytes by which an encoding is guessed."""

FEWEST_ZEROS = 10
"""Percent of the characters: separators and digits, whose upper byte in UTF-16 is zero."""

CYRILLIC = re.compile(
    "[\x00-\x7fА-яЁёІіЇїЄєҐґЎў\u00a0\u00a7\u00a9\u00ab\u00ae\u00b0\u00b1\u00b7\u00bb"
    "\u2013\u2014\u2018\u2019\u201a\u201c-\u201e\u2022\u2026\u20ac\u2116\u2122\u00b5]*"
)
"""What a text in cp1251 consists of; another encoding read as cp1251 mostly holds more."""

OURS = "А-яЁёІіЇїЄєҐґЎў"
WORD = re.compile(f"[A-Za-z]*[{OURS}][A-Za-z{OURS}]+")
ODD = re.compile(f"[а-яёіїєґ][А-ЯЁІЇЄҐ]|[A-Za-z][{OURS}]|[{OURS}][A-Za-z]")
"""Capitals inside words, as KOI8 has read as cp1251, or Latin letters, as cp1252 has."""


def decoded(content: bytes) -> tuple[str, bool]:
    """Return the text, a byte order mark included, and whether it was UTF-8; raise ``NotUtf8``."""
    wide = _wide(content)
    if wide is not None:
        return _strictly(content, wide), False
    # UTF-16 of Latin letters is valid UTF-8, full of zeros.
    if b"\0" in content:
        raise NotUtf8
    try:
        return content.decode(), True
    except UnicodeDecodeError:
        return _cyrillic(content), False


def _wide(content: bytes) -> str | None:
    """Return the name of the kind of UTF-16 that it is, or ``None``."""
    if content.startswith(UTF_16_MARKS):
        return "utf-16"
    sample = content[:SAMPLE]
    zeros = {"utf-16-be": sample[::2].count(0), "utf-16-le": sample[1::2].count(0)}
    least, most = sorted(zeros, key=lambda name: zeros[name])
    enough = 200 * zeros[most] >= FEWEST_ZEROS * len(sample)
    return most if zeros[most] and not zeros[least] and enough else None


def _strictly(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotUtf8 from error
    if "\0" in text:
        raise NotUtf8
    return text


def _cyrillic(content: bytes) -> str:
    text = _strictly(content, "cp1251")
    words = WORD.findall(text[:SAMPLE])
    odd = sum(ODD.search(word) is not None for word in words)
    if CYRILLIC.fullmatch(text) is None or not words or 2 * odd > len(words):
        raise NotUtf8
    return text

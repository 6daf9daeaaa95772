"""Character references such as ``&lt;`` and ``&#128512;``, as Telegram decodes them."""

import re

_REFERENCE = re.compile(r"&(?:#x(?P<hex>[0-9a-fA-F]*)|#(?P<dec>[0-9]*)|(?P<name>[A-Za-z]*));?")
_NAMES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


def decode_reference(source: str, at: int) -> tuple[str, int]:
    """Return what the character reference at ``at`` stands for, and the position after it.

    An unknown reference stands for its own ``&``, as in Telegram.
    """
    match = _REFERENCE.match(source, at)
    if match is None:
        return "&", at + 1
    if match["name"] is not None:
        known = _NAMES.get(match["name"])
        return (known, match.end()) if known else ("&", at + 1)
    digits, base = (match["hex"], 16) if match["hex"] is not None else (match["dec"], 10)
    too_long = len(match.group().rstrip(";")) >= 10
    code = 0 if too_long or not digits else int(digits, base)
    return (chr(code), match.end()) if 0 < code < 0x10FFFF else ("&", at + 1)


def decode_references(raw: str) -> str:
    """Return ``raw`` with its character references decoded."""
    pieces: list[str] = []
    at = 0
    while (found := raw.find("&", at)) >= 0:
        pieces.append(raw[at:found])
        decoded, at = decode_reference(raw, found)
        pieces.append(decoded)
    return "".join([*pieces, raw[at:]])

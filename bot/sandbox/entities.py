"""What Telegram makes of a message's text: parse mode, entities, trimming, detection, limits."""

import re

from bot.sandbox.errors import bad_request
from bot.sandbox.html_parser import parse_html
from bot.sandbox.values import JsonObject, as_int, utf16_length

MAX_SOURCE_BYTES = 1 << 15

_BLANK = " \t\r\n\0\v\f"
# The styles that may overlap anything but code; the others never overlap each other.
_STYLES = ("bold", "italic", "underline", "strikethrough", "spoiler")
_QUOTES = ("blockquote", "expandable_blockquote")
_CODE = ("code", "pre")
_DETECTED = re.compile(
    r"(?P<url>\b(?:https?://|t\.me/)[^\s<>\"']+[^\s<>\"'.,;:!?)])"
    r"|(?P<email>\b[\w.+-]+@[\w-]+\.[\w.-]*\w)"
    r"|(?P<mention>(?<![\w@/])@[A-Za-z]\w{3,31})"
    r"|(?P<bot_command>(?<![\w/.<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z]\w{2,31})?(?![\w/]))"
    r"|(?P<hashtag>(?<![\w#])#[^\W\d]\w{0,255})"
)
_DETECTABLE = re.compile(r"[/@#]")


def formatted(
    source: str, parse_mode: str, given: list[JsonObject] | None
) -> tuple[str, list[JsonObject]]:
    """Return the text as Telegram stores it, trimmed, with all its entities in order.

    ``given`` are the entities of a call without parse mode. Raises ApiError for markup that
    cannot be parsed and for a parse mode other than HTML.
    """
    if len(source) > MAX_SOURCE_BYTES // 4 and len(source.encode()) > MAX_SOURCE_BYTES:
        raise bad_request("text is too long")
    mode = parse_mode.lower()
    if source and mode not in {"", "none"}:
        text, entities = _parsed(source, mode)
    else:
        text, entities = source, _checked(source, given or [])
    if entities:
        entities = normal(entities)
    text, entities = trimmed(text, entities)
    return text, detected(text, entities)


def _parsed(source: str, mode: str) -> tuple[str, list[JsonObject]]:
    if mode == "html":
        return parse_html(source)
    if mode in {"markdown", "markdownv2"}:
        raise bad_request(f"the sandbox supports parse_mode HTML only, not {mode}")
    raise bad_request("unsupported parse_mode")


def _checked(text: str, entities: list[JsonObject]) -> list[JsonObject]:
    length = utf16_length(text) if entities else 0
    for entity in entities:
        offset, size = as_int(entity["offset"]), as_int(entity["length"])
        if offset < 0 or size <= 0 or offset + size > length:
            raise bad_request("ENTITY_BOUNDS_INVALID")
    return entities


def _span(entity: JsonObject) -> tuple[int, int]:
    offset = as_int(entity["offset"])
    return offset, offset + as_int(entity["length"])


def normal(entities: list[JsonObject]) -> list[JsonObject]:
    """Return entities sorted, equal neighbours joined, and nothing nested inside code."""
    entities = sorted(entities, key=lambda entity: (_span(entity)[0], -_span(entity)[1]))
    styles: list[JsonObject] = []
    solid: list[JsonObject] = []
    for entity in entities:
        kind = entity["type"]
        if kind in _STYLES:
            _join(styles, entity)
        elif kind in _QUOTES:
            _unless_overlapping(solid, entity, _QUOTES)
        else:
            _unless_overlapping(solid, entity, None)
    code = [_span(entity) for entity in solid if entity["type"] in _CODE]
    cut = [piece for style in styles for piece in _outside(style, code)]
    return sorted(
        solid + cut, key=lambda entity: (_span(entity)[0], -_span(entity)[1], str(entity["type"]))
    )


def _join(styles: list[JsonObject], entity: JsonObject) -> None:
    begin, end = _span(entity)
    for index in range(len(styles) - 1, -1, -1):
        other = styles[index]
        other_begin, other_end = _span(other)
        if other["type"] == entity["type"]:
            if begin <= other_end:
                styles[index] = {**other, "length": max(end, other_end) - other_begin}
                return
            break
    styles.append(entity)


def _unless_overlapping(
    solid: list[JsonObject], entity: JsonObject, among: tuple[str, ...] | None
) -> None:
    begin, end = _span(entity)
    for other in solid:
        counts = other["type"] in among if among else other["type"] not in _QUOTES
        other_begin, other_end = _span(other)
        if counts and begin < other_end and other_begin < end:
            return
    solid.append(entity)


def _outside(entity: JsonObject, holes: list[tuple[int, int]]) -> list[JsonObject]:
    """Return what remains of an entity where no hole is."""
    begin, end = _span(entity)
    pieces: list[tuple[int, int]] = []
    for hole_begin, hole_end in holes:
        if hole_begin < end and begin < hole_end:
            pieces.append((begin, hole_begin))
            begin = hole_end
    pieces.append((begin, end))
    return [{**entity, "offset": a, "length": b - a} for a, b in pieces if a < b]


def trimmed(text: str, entities: list[JsonObject]) -> tuple[str, list[JsonObject]]:
    """Return text without blanks around it, and the entities moved and cut accordingly."""
    body = text.strip(_BLANK)
    if len(body) == len(text):
        return text, entities
    shift = len(text) - len(text.lstrip(_BLANK))  # blanks are one code unit each
    length = utf16_length(body)
    moved: list[JsonObject] = []
    for entity in entities:
        begin, end = (min(max(at - shift, 0), length) for at in _span(entity))
        if begin < end:
            moved.append({**entity, "offset": begin, "length": end - begin})
    return body, moved


def detected(text: str, entities: list[JsonObject]) -> list[JsonObject]:
    """Return the entities plus the commands, mentions, hashtags and links found in the text."""
    if not _DETECTABLE.search(text):
        return entities
    taken = [_span(entity) for entity in entities if entity["type"] not in (*_STYLES, *_QUOTES)]
    found: list[JsonObject] = []
    for match in _DETECTED.finditer(text):
        begin = utf16_length(text[: match.start()])
        end = begin + utf16_length(match.group())
        if not any(begin < b and a < end for a, b in taken):
            kind = match.lastgroup
            found.append({"type": kind, "offset": begin, "length": end - begin})
    if not found:
        return entities
    return sorted(entities + found, key=lambda entity: (_span(entity)[0], -_span(entity)[1]))

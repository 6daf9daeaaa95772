"""Telegram's HTML parse mode: from marked-up text to plain text with entities.

The accepted tags, the decoding of character references and the wording of the errors follow
"Formatting options" of the Bot API and what its server answers. Offsets in errors are in bytes
of UTF-8, offsets of entities in UTF-16 code units.
"""

import re
from dataclasses import dataclass

from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.html_references import decode_reference, decode_references
from bot.sandbox.values import JsonObject, utf16_length

_STYLES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "blockquote": "blockquote",
    "pre": "pre",
    "code": "code",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
}
_SPACE = " \t\r\n\0\v"
_TAG_NAME = re.compile(r"[^ \t\r\n\0\v>]*")
_ATTRIBUTE_NAME = re.compile(r"[^ \t\r\n\0\v=>/\"']*")
_NAME_TOKEN = re.compile(r"[A-Za-z0-9.-]*")
_SPACES = re.compile(r"[ \t\r\n\0\v]*")
_SPECIAL = re.compile(r"[<&]")
_USER_LINK = re.compile(r"tg://user\?id=(\d+)", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    offset: int  # where its text begins, in UTF-16 code units
    piece: int  # where its text begins, among the pieces of plain text


def parse_html(source: str) -> tuple[str, list[JsonObject]]:
    """Return plain text and its entities, unordered, as nested in the source.

    Raises ApiError ("can't parse entities: …") for whatever Telegram refuses.
    """
    if "<" not in source and "&" not in source:
        return source, []
    return _HtmlParser(source).run()


class _HtmlParser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.pieces: list[str] = []
        self.length = 0
        self.open: list[_Open] = []
        self.entities: list[JsonObject] = []

    def run(self) -> tuple[str, list[JsonObject]]:
        while (special := _SPECIAL.search(self.source, self.at)) is not None:
            self._plain(self.source[self.at : special.start()])
            self.at = special.start()
            if special.group() == "&":
                self._reference()
            elif self.source.startswith("</", self.at):
                self._end_tag()
            else:
                self._start_tag()
        self._plain(self.source[self.at :])
        if self.open:
            raise self._error(
                f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"'
            )
        return self._finished()

    def _finished(self) -> tuple[str, list[JsonObject]]:
        text = "".join(self.pieces)
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise self._error(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            ) from error
        for entity in self.entities:
            if entity["type"] == "code":
                entity.pop("language", None)
        return text, self.entities

    def _plain(self, text: str) -> None:
        if text:
            self.pieces.append(text)
            self.length += utf16_length(text)

    def _reference(self) -> None:
        decoded, self.at = decode_reference(self.source, self.at)
        self._plain(decoded)

    def _start_tag(self) -> None:
        begin = self.at
        name = _matched(_TAG_NAME, self.source, begin + 1)
        self.at = begin + 1 + len(name)
        if self.at >= len(self.source):
            raise self._error(f"Unclosed start tag at byte offset {self._bytes(begin)}")
        tag = name.lower()
        if tag not in _STYLES:
            raise self._error(f'Unsupported start tag "{tag}" at byte offset {self._bytes(begin)}')
        argument = self._attributes(tag, begin)
        if tag == "span" and argument != "spoiler":
            raise self._error(
                f'Tag "span" must have class "tg-spoiler" at byte offset {self._bytes(begin)}'
            )
        self.open.append(_Open(tag, argument, self.length, len(self.pieces)))

    def _attributes(self, tag: str, begin: int) -> str:
        """Read up to and past the closing bracket; return the attribute that matters."""
        argument = ""
        while True:
            self._skip_spaces()
            if self._next() == ">":
                self.at += 1
                return argument
            name = _matched(_ATTRIBUTE_NAME, self.source, self.at)
            if not name:
                raise self._error(
                    f'Empty attribute name in the tag "{tag}" at byte offset {self._bytes(begin)}'
                )
            self.at += len(name)
            argument = _argument(tag, name, self._attribute_value(tag, begin), argument)

    def _attribute_value(self, tag: str, begin: int) -> str:
        unclosed = f'Unclosed start tag "{tag}" at byte offset {self._bytes(begin)}'
        self._skip_spaces()
        if self._next() != "=":
            if not self._next():
                raise self._error(unclosed)
            return ""
        self.at += 1
        self._skip_spaces()
        if not self._next():
            raise self._error(unclosed)
        value = self._quoted() if self._next() in "\"'" else self._name_token()
        if not self._next():
            raise self._error(f"Unclosed start tag at byte offset {self._bytes(begin)}")
        return value

    def _quoted(self) -> str:
        quote = self._next()
        end = self.source.find(quote, self.at + 1)
        end = len(self.source) if end < 0 else end
        raw = self.source[self.at + 1 : end]
        self.at = min(end + 1, len(self.source))
        return decode_references(raw)

    def _name_token(self) -> str:
        begin = self.at
        token = _matched(_NAME_TOKEN, self.source, begin)
        self.at += len(token)
        if self._next() and self._next() not in _SPACE + ">":
            raise self._error(f"Unexpected end of name token at byte offset {self._bytes(begin)}")
        return token.lower()

    def _end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise self._error(f"Unexpected end tag at byte offset {self._bytes(begin)}")
        name = _matched(_TAG_NAME, self.source, begin + 2)
        self.at = begin + 2 + len(name)
        self._skip_spaces()
        if self._next() != ">":
            raise self._error(f"Unclosed end tag at byte offset {self._bytes(begin)}")
        self.at += 1
        opened = self.open[-1]
        if name and name.lower() != opened.tag:
            raise self._error(
                f"Unmatched end tag at byte offset {self._bytes(begin)}, "
                f'expected "</{opened.tag}>", found "</{name.lower()}>"'
            )
        self._close(self.open.pop())

    def _close(self, opened: _Open) -> None:
        length = self.length - opened.offset
        if length == 0:
            return
        kind = _STYLES[opened.tag]
        entity: JsonObject = {"type": kind, "offset": opened.offset, "length": length}
        if kind == "text_link":
            inner = "".join(self.pieces[opened.piece :])
            if not _link(entity, opened.argument or inner):
                return
        elif kind == "custom_emoji":
            if not opened.argument.isdigit():
                raise self._error("Invalid custom emoji identifier specified")
            entity["custom_emoji_id"] = opened.argument
        elif kind == "blockquote" and opened.argument:
            entity["type"] = "expandable_blockquote"
        elif kind in {"code", "pre"} and self._joined(entity, opened.argument):
            return
        self.entities.append(entity)

    def _joined(self, entity: JsonObject, language: str) -> bool:
        """Make ``<pre><code class="language-…">`` one entity, whichever tag is outside."""
        if language:
            entity["language"] = language
        last = self.entities[-1] if self.entities else None
        if last is None or (last["offset"], last["length"]) != (entity["offset"], entity["length"]):
            return False
        if {last["type"], entity["type"]} != {"pre", "code"}:
            return False
        known = language or last.get("language")
        if not known:
            return False
        last.update(type="pre", language=known)
        return True

    def _skip_spaces(self) -> None:
        self.at += len(_matched(_SPACES, self.source, self.at))

    def _next(self) -> str:
        return self.source[self.at : self.at + 1]

    def _bytes(self, position: int) -> int:
        return len(self.source[:position].encode("utf-8", "surrogatepass"))

    def _error(self, why: str) -> ApiError:
        return bad_request(f"can't parse entities: {why}")


def _matched(pattern: re.Pattern[str], source: str, at: int) -> str:
    match = pattern.match(source, at)
    return match.group() if match else ""


def _argument(tag: str, name: str, value: str, known: str) -> str:
    match tag, name:
        case ("a", "href") | ("tg-emoji", "emoji-id"):
            return value
        case "code", "class" if value.startswith("language-"):
            return value.removeprefix("language-")
        case "span", "class" if value.startswith("tg-"):
            return value.removeprefix("tg-")
        case "blockquote", "expandable":
            return "1"
    return known


def _link(entity: JsonObject, url: str) -> bool:
    """Complete a link's entity; return False for what is no link at all, which is dropped."""
    user = _USER_LINK.fullmatch(url)
    if user is not None:
        entity["type"] = "text_mention"
        entity["user_id"] = int(user.group(1))
        return True
    if not _SCHEME.match(url):
        url = f"http://{url}"
    host = url.partition("://")[2]
    if not url.startswith(("tg:", "mailto:", "tel:")) and ("." not in host or " " in host):
        return False
    entity["url"] = url
    return True

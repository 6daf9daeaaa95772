"""What a handler hands out: a text with buttons, perhaps a picture or a file."""

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.taps import Tap, pack, stamped

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
BUTTON_LIMIT = 40
"""Longer button labels are cut off by phones; ours are shortened before."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button: its label and what a press says."""

    label: str
    tap: Tap


Rows = Sequence[Sequence[Button]]


@dataclass(frozen=True, slots=True)
class File:
    """A file to hand out."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG and the hash of what it shows, by which it is sent again without drawing."""

    digest: str
    content: bytes | None = None
    file_id: str | None = None


@dataclass(frozen=True, slots=True)
class Screen:
    """A message as a person sees it; with a picture or file the text is the caption.

    News with ``instead_of`` takes the place of that message in the recipient's chat. ``further``
    are the pages after the first one, see ``handlers.views.pager``.
    """

    text: Markup
    buttons: Rows = ()
    picture: Picture | None = None
    file: File | None = None
    instead_of: int | None = None
    further: tuple["Screen", ...] = ()

    def at(self, page: int) -> "Screen":
        """Return that page, counted from 0; the last one where there are fewer."""
        every = (self, *self.further)
        return every[min(max(page, 0), len(every) - 1)]

    def buttons_data(self, epoch: str = "") -> dict[str, object]:
        """Return the buttons as a call's parameter, without making an object of each."""
        rows = self._rows(epoch)
        return {"reply_markup": {"inline_keyboard": rows}} if rows else {}

    def keyboard(self, epoch: str = "") -> InlineKeyboardMarkup | None:
        """Return the buttons as Telegram takes them, each of the database's *epoch*."""
        if not self.buttons:
            return None
        return InlineKeyboardMarkup(
            [
                [
                    InlineKeyboardButton(said["text"], callback_data=said["callback_data"])
                    for said in row
                ]
                for row in self._rows(epoch)
            ]
        )

    def _rows(self, epoch: str) -> list[list[dict[str, str]]]:
        return [[_said(button, epoch) for button in row] for row in self.buttons if row]


def _said(button: Button, epoch: str) -> dict[str, str]:
    data = stamped(pack(button.tap), epoch)
    return {"text": shorten(button.label, BUTTON_LIMIT), "callback_data": data}


def with_footer(screen: Screen, footer: Markup | None) -> Screen:
    """Return the screen with a last line, where there is one and room for it."""
    limit = TEXT_LIMIT if screen.picture is None and screen.file is None else CAPTION_LIMIT
    if footer is None or not screen.text:
        return screen
    text = lines(screen.text, "", footer)
    return screen if visible_length(text) > limit else replace(screen, text=text)


def lines(*parts: str | Markup | None) -> Markup:
    """Return the parts one under another, escaping what is not markup; ``None`` is left out."""
    return Markup("\n").join(part for part in parts if part is not None)


def bold(text: object) -> Markup:
    """Return *text* in bold, escaped."""
    return Markup("<b>{}</b>").format(text)


def italic(text: object) -> Markup:
    """Return *text* in italics, escaped."""
    return Markup("<i>{}</i>").format(text)


def quote(text: str) -> Markup:
    """Return a quotation that folds when it is long."""
    return Markup("<blockquote expandable>{}</blockquote>").format(text)


def shorten(text: str, limit: int) -> str:
    """Return *text* cut to *limit* characters, an ellipsis included where it was cut."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def fit(parts: Iterable[str | Markup], limit: int = TEXT_LIMIT) -> Markup:
    """Return as many leading parts, one under another, as fit into *limit* characters.

    Telegram counts what is left after the markup is read, in UTF-16 units; where parts are left
    out, an ellipsis on a line of its own says so.
    """
    taken: list[str | Markup] = []
    room = limit - 2
    for part in parts:
        room -= visible_length(part) + 1
        if room < 0:
            taken.append("…")
            break
        taken.append(part)
    return lines(*taken)


def visible_length(part: str | Markup) -> int:
    """Return how many UTF-16 units a person sees of *part*."""
    text = re.sub("<[^>]*>", "", part) if isinstance(part, Markup) else part
    text = html.unescape(text) if isinstance(part, Markup) else text
    return len(text.encode("utf-16-le")) // 2


def in_rows(buttons: Iterable[Button], per_row: int) -> list[list[Button]]:
    """Return the buttons in rows of *per_row*."""
    every = list(buttons)
    return [every[start : start + per_row] for start in range(0, len(every), per_row)]

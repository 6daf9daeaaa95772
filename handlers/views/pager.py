"""Screens that are longer than a message: pages with ‹ and › in one row right under the text.

Words are never cut off: what does not fit stands on the next page. A page is asked for by what
shows the whole screen, see ``handlers.taps.PageTap``, so it is drawn anew from what is stored.
"""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from markupsafe import Markup, escape

from handlers.taps import Tap, on_page
from handlers.views.screen import (
    TEXT_LIMIT,
    Button,
    Rows,
    Screen,
    in_rows,
    italic,
    lines,
    visible_length,
)

Line = str | Markup

ENTRIES = 10
"""How many entries of a list stand on a page."""

MARK = 24
"""Room for the line that says which page it is, in UTF-16 units."""

Tags = tuple[Markup, ...]
Letter = tuple[str, Tags]
"""A letter that a person sees, with the tags that are open around it."""

TOKEN = re.compile(r"<[^>]*>|&[^;\s]+;|.", re.DOTALL)


def paged(parts: Iterable[Line], buttons: Rows, again: Tap) -> Screen:
    """Return a screen that shows all of *parts*, on as many pages as they take.

    The same *buttons* stand under each page; *again* is the press that shows the first one.
    """
    return listed(parts, (), buttons, again)


def listed(
    parts: Iterable[Line],
    entries: Sequence[Button],
    buttons: Rows,
    again: Tap,
    *,
    per_row: int = 1,
    a_page: int = ENTRIES,
    stay: bool = False,
) -> Screen:
    """Return a screen with a button an entry, on as many pages as they and the text take.

    Where the text has fewer pages than the entries its last one stands on the further ones, and
    the other way round; *buttons* stand under the entries of each. With *stay* a press on an
    entry shows the page that it stands on again.
    """
    texts = pages(parts)
    shown = [entries[start : start + a_page] for start in range(0, len(entries), a_page)] or [()]
    leaves = []
    for number in range(max(len(texts), len(shown))):
        some = shown[min(number, len(shown) - 1)]
        if stay and number:
            some = [replace(one, tap=on_page(one.tap, number)) for one in some]
        text = texts[min(number, len(texts) - 1)]
        leaves.append(Screen(text, [*in_rows(some, per_row), *buttons]))
    return _bound(leaves, again)


def pages(parts: Iterable[Line], limit: int = TEXT_LIMIT) -> list[Markup]:
    """Return the parts, one under another, as texts of up to *limit* UTF-16 units each.

    A part that fits into a page stands on one page; a longer one goes on on the next, at the end
    of a line or a word.
    """
    every = list(parts)
    whole = lines(*every)
    if visible_length(whole) <= limit:
        return [whole]
    room = limit - MARK
    leaves: list[list[Line]] = [[]]
    left = room
    for part in every:
        for piece in _pieces(part, room):
            length = visible_length(piece) + 1
            if length > left and leaves[-1]:
                leaves.append([])
                left = room
            if not leaves[-1] and not piece:
                continue  # no page begins with an empty line
            leaves[-1].append(piece)
            left -= length
    return [_text(leaf) for leaf in leaves if leaf]


def _text(leaf: list[Line]) -> Markup:
    while leaf and not leaf[-1]:
        leaf.pop()
    return lines(*leaf)


def in_pages(every: Iterable[Line], room: int) -> list[list[Line]]:
    """Return the lines in pages of up to *room* UTF-16 units; a longer line has its own page."""
    pages: list[list[Line]] = [[]]
    left = room
    for line in every:
        length = visible_length(line) + 1
        if length > left and pages[-1]:
            pages.append([])
            left = room
        pages[-1].append(line)
        left -= length
    return pages


def _bound(leaves: Sequence[Screen], again: Tap) -> Screen:
    """Return the pages as one screen, each with the row that leads to those beside it.

    The row is the same on all of them: the first page follows the last one.
    """
    count = len(leaves)
    if count == 1:
        return leaves[0]
    bound = []
    for number, leaf in enumerate(leaves):
        turning = [
            Button("‹", on_page(again, (number - 1) % count)),
            Button("›", on_page(again, (number + 1) % count)),
        ]
        mark = italic(f"{number + 1}/{count}")
        bound.append(Screen(lines(leaf.text, mark), [turning, *leaf.buttons]))
    return replace(bound[0], further=tuple(bound[1:]))


def _pieces(part: Line, room: int) -> list[Line]:
    """Return the part in pieces of fewer than *room* units, markup closed and opened again."""
    if visible_length(part) < room:
        return [part]
    pieces: list[Line] = []
    taken: list[Letter] = []
    length = 0
    for letter, tags in _letters(part):
        size = len(letter.encode("utf-16-le")) // 2
        if length + size >= room:
            kept = _break(taken)
            pieces.append(_marked(taken[:kept]))
            taken = taken[kept:]
            while taken and taken[0][0].isspace():
                taken = taken[1:]
            length = sum(len(one.encode("utf-16-le")) // 2 for one, _ in taken)
        taken.append((letter, tags))
        length += size
    return [*pieces, _marked(taken)]


def _letters(part: Line) -> Iterator[Letter]:
    """Yield each letter that a person sees with the tags that are open around it."""
    tags: Tags = ()
    if not isinstance(part, Markup):
        yield from ((letter, tags) for letter in part)
        return
    for token in TOKEN.finditer(part):
        said = token.group()
        if said.startswith("</"):
            tags = tags[:-1]
        elif said.startswith("<"):
            tags = (*tags, part[token.start() : token.end()])
        else:
            yield html.unescape(said), tags


def _break(taken: Sequence[Letter]) -> int:
    """Return where to break: after the last line or else word in the second half, else the end."""
    half = len(taken) // 2
    for breaks in ("\n", " "):
        for place in range(len(taken) - 1, half, -1):
            if taken[place][0] == breaks:
                return place + 1
    return len(taken)


def _marked(letters: Sequence[Letter]) -> Markup:
    """Return the letters with their tags, each closed where it ends."""
    told: list[Markup] = []
    tags: Tags = ()
    for letter, around in letters:
        if around != tags:
            same = _shared(tags, around)
            told += [*map(_closing, reversed(tags[same:])), *around[same:]]
            tags = around
        told.append(escape(letter))
    return Markup("").join([*told, *map(_closing, reversed(tags))])


def _shared(tags: Tags, others: Tags) -> int:
    """Return how many of the outermost tags are the same."""
    pairs = zip(tags, others, strict=False)
    return next(
        (place for place, (one, other) in enumerate(pairs) if one != other),
        min(len(tags), len(others)),
    )


def _closing(tag: Markup) -> Markup:
    return Markup("</{}>").format(tag[1:-1].split()[0])

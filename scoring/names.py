"""Names of people and teams as they are compared: one way for imports, searches and cards.

Files and keyboards write one name in many ways: decomposed letters, several apostrophes, zero-width
characters, ё or е, the family name first. What is stored stays as it was written; these keys decide
whether two names are the same.
"""

import re
import unicodedata

APOSTROPHES = "'`´ʹʻʼʽʾʿˈˊˋ՚‘’‛′‵Ꞌꞌ＇"
"""Characters that are typed where an apostrophe is meant; they all count as the first one."""

DASHES = "-‐‑‒–—―−﹣－"
"""Hyphens, dashes and minus signs, which all count as the first one."""

OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""What turns the direction of the text around it: embeddings, overrides, isolates, their ends."""

_BLANK_LETTERS = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
_SELECTORS = "\u180b\u180c\u180d\u180f" + "".join(map(chr, range(0xFE00, 0xFE10)))
_UNSEEN = dict.fromkeys(map(ord, _BLANK_LETTERS + _SELECTORS))
"""What Unicode calls letters, marks or symbols although nothing of it shows."""

_HIDDEN = frozenset({"Cf", "Cc", "Cs"})
_SAME = str.maketrans({**dict.fromkeys(APOSTROPHES, "'"), **dict.fromkeys(DASHES, "-")})
_YO = re.compile("(?<=е)\u0308+")


def fold(name: str) -> str:
    """Return *name* as it is sorted and searched, its words in the order in which they stand.

    That is Unicode's canonical caseless form (D145 of the standard), composed again, without what
    does not show, with one apostrophe, one hyphen, е for ё, and single blanks.
    """
    if name.isascii() and name.isprintable():
        return " ".join(name.replace("`", "'").casefold().split())
    bare = unicodedata.normalize("NFD", visible(name)).casefold()
    bare = unicodedata.normalize("NFD", bare).translate(_SAME)
    return " ".join(unicodedata.normalize("NFC", _YO.sub("", bare)).split())


def name_key(name: str) -> str:
    """Return what two writings of one name have in common: the folded words in any order.

    Where more than one word holds a digit, their order is a part of the name: "Shift 1 Group 2" is
    not "Shift 2 Group 1".
    """
    words = fold(name).split()
    numbered = sum(any(map(str.isdigit, word)) for word in words)
    return " ".join(words if numbered > 1 else sorted(words))


def visible(text: str) -> str:
    """Return *text* without what does not show: zero-width, directional and control characters.

    Blanks stay, tabs and line ends among them.
    """
    kept = (
        char
        for char in text.translate(_UNSEEN)
        if char.isspace() or unicodedata.category(char) not in _HIDDEN
    )
    return "".join(kept)


def turns_direction(text: str) -> bool:
    """Return whether *text* can turn the direction of what stands around it."""
    return not OVERRIDES.isdisjoint(text)

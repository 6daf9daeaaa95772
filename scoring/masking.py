"""Taking customers' phones, cards and e-mails out of a text, and leaving other numbers alone.

A card is 13 to 19 digits that pass Luhn's check (ISO/IEC 7812-1, annex B); a phone is a number as
E.164 writes it, one with the trunk prefix of its country, or one grouped as phones are.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

CARD = "💳•••"
PHONE = "☎•••"
EMAIL = "✉•••"

MAILS = re.compile(r"[^\s@<>()\[\],;:\"]{1,64}@[^\s@<>()\[\],;:\"']{1,200}\.\w{2,24}")
DATES = re.compile(
    r"((?<!\d)(?:(?:0?[1-9]|[12]\d|3[01])[./-](?:0?[1-9]|1[0-2])[./-](?:19|20)\d\d"
    r"|(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?!\d))"
)
SEPARATOR = r"[ \u00a0\u2007\u2009\u202f()./\-\u2010-\u2015\u2212]"
NUMBERS = re.compile(rf"\+?\(?\d+(?:{SEPARATOR}{{1,3}}\d+)*")
GROUPS = re.compile(r"\d+")

CARD_DIGITS = range(13, 20)
CARD_SHAPES = {
    (4, 4, 4, 4),
    (4, 4, 4, 4, 3),
    (4, 4, 4, 4, 2),
    (4, 6, 5),
    (4, 6, 4),
    (8, 8),
    (6, 13),
}
E164_DIGITS = range(8, 16)
ABROAD = range(10, 18)
"""Digits of a number that begins with 00, its two zeros included."""

COUNTRIES = {"380": 12, "375": 12, "998": 12, "7": 11, "1": 11, "48": 11, "44": 12}
"""How many digits a whole number has behind a plus, where that is fixed; others take the most."""

WITHOUT_PLUS = ("380", "375", "998")
GROUPED = {(3, 2, 2), (3, 3, 4), (3, 3, 2, 2), (3, 3, 3), (2, 2, 2, 2, 2), (4, 3, 3)}
"""How phones are grouped that carry no prefix; thousands never are, but for the fourth."""

THOUSANDS = (3, 3, 3)
AREA = range(7, 13)
"""Digits of a number with its area code in brackets."""

AT_HOME = 10
"""Digits of a number with a 0 in front; an 8 or a country's code make it longer."""

AREA_CODES = range(1, 6)
SHORT = 3
"""What stands before a bracket has fewer digits."""

MOST_GROUPS = 6
"""More numbers than that in a row are a row of numbers."""

MOST = max(*CARD_DIGITS, *ABROAD)
FEWEST = min(AT_HOME, *CARD_DIGITS, *E164_DIGITS, *ABROAD, *AREA, *map(sum, GROUPED))
"""A text with fewer digits has no number in it."""


@dataclass(frozen=True, slots=True)
class _Group:
    """A run of digits, what stands before it, and where both begin and end."""

    before: str
    digits: str


def mask(text: str) -> str:
    """Return *text* with every e-mail, card and phone replaced by a sign; masking again changes
    nothing."""
    without_mails = MAILS.sub(EMAIL, text) if "@" in text else text
    if sum(map(len, GROUPS.findall(without_mails))) < FEWEST:
        return without_mails
    parts = DATES.split(without_mails)
    # Every second part is a date, which no number reaches across.
    return "".join(
        part if place % 2 else NUMBERS.sub(_masked, part) for place, part in enumerate(parts)
    )


def _masked(found: re.Match[str]) -> str:
    groups = _groups(found[0])
    told = []
    at = 0
    while at < len(groups):
        taken, sign = _recognised(groups, at)
        if taken:
            told.append(_lead(groups[at].before) + sign)
            at += taken
        else:
            told.append(groups[at].before + groups[at].digits)
            at += 1
    return "".join(told)


def _lead(before: str) -> str:
    """Return what stays of the separator before a number: not its plus and bracket."""
    return before.rstrip("+(")


def _groups(number: str) -> list[_Group]:
    found = []
    end = 0
    for one in GROUPS.finditer(number):
        found.append(_Group(number[end : one.start()], one[0]))
        end = one.end()
    return found


def _recognised(groups: Sequence[_Group], at: int) -> tuple[int, str]:
    """Return how many groups from *at* on are one card or phone, and its sign; 0 if none are."""
    for size in _sizes(groups, at):
        window = groups[at : at + size]
        digits = "".join(one.digits for one in window)
        if _is_card(window, digits):
            return size, CARD
        if _is_phone(window, digits):
            return size, PHONE
    return 0, ""


def _sizes(groups: Sequence[_Group], at: int) -> list[int]:
    """Return the sizes of the windows from *at* on that hold no more digits than any number."""
    sizes, total = [], 0
    # No further than that: a row of very many numbers would take the square of its length.
    for size, one in enumerate(groups[at : at + MOST_GROUPS], start=1):
        total += len(one.digits)
        joined = size == 1 or "+" not in one.before
        if total > MOST or not joined:
            break
        if total >= FEWEST:
            sizes.append(size)
    return sizes[::-1]


def _is_card(window: Sequence[_Group], digits: str) -> bool:
    shape = tuple(len(one.digits) for one in window)
    printed = len(shape) == 1 or shape in CARD_SHAPES
    issued = digits[0] != "0"
    return printed and issued and len(digits) in CARD_DIGITS and _passes_luhn(digits)


def _passes_luhn(digits: str) -> bool:
    doubled = (int(one) * 2 for one in digits[-2::-2])
    total = sum(int(one) for one in digits[::-2]) + sum(sum(divmod(one, 10)) for one in doubled)
    return total % 10 == 0


def _is_phone(window: Sequence[_Group], digits: str) -> bool:
    if "+" in window[0].before:
        return _is_international(digits)
    dotted = {"." in one.before for one in window[1:]}
    if len(dotted) > 1:  # decimals in a row
        return False
    if digits.startswith("00"):
        return len(digits) in ABROAD or _is_grouped(window, len(digits))
    return _has_prefix(len(window[0].digits), digits) or _is_grouped(window, len(digits))


def _has_prefix(first: int, digits: str) -> bool:
    """Return whether it begins as at home; *first* is how long the first group is."""
    if len(digits) == AT_HOME and digits[0] == "0":
        return first in {AT_HOME, *AREA_CODES}
    if len(digits) == AT_HOME + 1 and digits[0] in "78":
        return first in {1, 4, AT_HOME + 1}
    return len(digits) == AT_HOME + 2 and digits.startswith(WITHOUT_PLUS) and first != 4


def _is_international(digits: str) -> bool:
    fixed = next((n for code, n in COUNTRIES.items() if digits.startswith(code)), None)
    return len(digits) == fixed if fixed is not None else len(digits) in E164_DIGITS


def _is_grouped(window: Sequence[_Group], length: int) -> bool:
    shape = tuple(len(one.digits) for one in window)
    between = [one.before for one in window[1:]]
    opened = "(" in window[0].before or (shape[0] < SHORT and "(" in "".join(between[:1]))
    if opened and any(")" in one for one in between) and length in AREA:
        return True
    if shape == THOUSANDS:
        return all(one.strip(" ") in {"-", "\u2010", "\u2011"} for one in between)
    return shape in GROUPED

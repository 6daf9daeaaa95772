"""Variables that nobody reads, and the ones that were likely meant."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

TOKEN_VARIABLE = "TELEGRAM_BOT_TOKEN"  # noqa: S105  a name
TOKEN = re.compile(r"\d{6,}:[A-Za-z0-9_-]{30,}")
"""What a token of @BotFather looks like."""

OTHER_NAMES = {
    "BOT_TOKEN": TOKEN_VARIABLE,
    "TELEGRAM_TOKEN": TOKEN_VARIABLE,
    "TELEGRAM_API_TOKEN": TOKEN_VARIABLE,
    "TG_TOKEN": TOKEN_VARIABLE,
    "TG_BOT_TOKEN": TOKEN_VARIABLE,
    "DB_URL": "DATABASE_URL",
    "DATABASE_URI": "DATABASE_URL",
    "ADMINS": "ADMIN_IDS",
}
"""Names that other programs use for the same."""

NOT_OURS = frozenset({"HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "LANG", "TZ", "LOGNAME"})
"""Common variables of the system that merely look like ours."""

ALIKE = 0.85


@dataclass(frozen=True, slots=True)
class Misspelt:
    """A variable that is set and not read, and the one that was likely meant."""

    name: str
    meant: str

    def __str__(self) -> str:
        """Return the sentence to print."""
        return f"{self.name} is not read by Etalon; {self.meant} is likely what was meant."


def misspelt(given: Mapping[str, str], known: Iterable[str]) -> list[Misspelt]:
    """Return the variables of *given* (texts by names in capitals) that resemble one of *known*.

    What other programs call by another name is no mistake where ours is set as well.
    """
    names = list(known)
    found = []
    for name, text in given.items():
        if name in names or name in NOT_OURS or not text:
            continue
        meant = _nearest(name, names)
        other = TOKEN_VARIABLE if TOKEN.fullmatch(text.strip()) else OTHER_NAMES.get(name)
        if meant is None and other is not None and not given.get(other):
            meant = other
        if meant is not None:
            found.append(Misspelt(name, meant))
    return found


def _nearest(name: str, known: Iterable[str]) -> str | None:
    if name in OTHER_NAMES:
        return None
    from difflib import SequenceMatcher  # noqa: PLC0415  most starts have nothing to compare

    ratios = {one: SequenceMatcher(None, name, one).ratio() for one in known}
    best = max(ratios, key=lambda one: ratios[one])
    return best if ratios[best] >= ALIKE else None

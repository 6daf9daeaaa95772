"""Taking people's names out of what they wrote."""

import re
from collections.abc import Iterable

HIDDEN = "…"
SHORTEST = 3
"""Shorter parts of a name, such as initials, would hide half of a language."""

ENDING = 3
"""How many letters a case ending has at most: Анна, Анной; Петров, Петрову."""

VOWELS = "аеєиіїоуюяьйы"


def without_names(text: str, names: Iterable[str]) -> str:
    """Return *text* with every part of *names* hidden, in whatever case ending it stands.

    Words that begin with a capital and a name's stem are taken for the name.
    """
    stems = {_stem(word) for name in names for word in re.findall(r"\w+", name)}
    kept = sorted((stem for stem in stems if len(stem) >= SHORTEST), key=len, reverse=True)
    if not kept:
        return text
    pattern = "|".join(rf"{re.escape(stem)}\w{{0,{ENDING}}}" for stem in kept)
    return re.sub(rf"\b(?:{pattern})\b", HIDDEN, text)


def _stem(word: str) -> str:
    """Return the part of a name that its endings leave alone, with a capital in front."""
    bare = word.rstrip(VOWELS) if len(word) > SHORTEST else word
    return bare[:1].upper() + bare[1:]

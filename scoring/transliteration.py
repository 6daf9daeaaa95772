"""Finding a name that is written in another script: Ткач by "tkach", Petrov by "петров".

Letters have many romanisations (BGN, ISO 9, passports of three countries), so both scripts are
brought to one coarse form in which these agree: ш and s are alike, г, х and h are, and so are и, й,
ы, i, j and y. That is good enough to find somebody and far too coarse to tell two people apart.
"""

import re
import unicodedata

from scoring.names import fold

SHORTEST = 2
"""A single letter would be heard in nearly every name of the other script."""


def _pairs(text: str) -> dict[str, str]:
    """Return what "а a, б b, ъ" says: what stands for each, nothing where nothing is said."""
    named = (one.split() for one in text.split(","))
    return {one[0]: "".join(one[1:]) for one in named}


_CYRILLIC = str.maketrans(
    _pairs(
        "а a, б b, в v, г g, ґ g, ғ g, д d, е e, є e, ж z, з z, и i, й i, і i, ї i, к k, қ k,"
        "л l, м m, н n, ң n, о o, ө o, п p, р r, с s, т t, у u, ў u, ұ u, ү u, ф f, х g, һ g,"
        "ц c, ч c, ш s, щ sc, ъ, ы i, ь, э e, ә a, ю iu, я ia"
    )
)
"""The letters of Russian, Ukrainian, Belarusian and Kazakh in the coarse form."""

_MARKED = str.maketrans({**dict.fromkeys("čć", "ch"), "ł": "l", "đ": "d", "ı": "i"})
"""Latin letters that would sound otherwise, or stay, without their marks."""

_LATIN = _pairs(
    "shch sc, sch sc, tch c, sh s, sz s, zh z, kh g, ch c, cz c, ts c, tz c, ph f, th t, ck k,"
    "ce ce, ci ci, cy ci, c k, h g, j i, y i, w v, q k, x ks"
)
"""Latin letters, the longest groups first, in the coarse form; all others stand for themselves."""

_GROUPS = re.compile("|".join(_LATIN))
_COARSER = (
    (re.compile("i+"), "i"),
    (re.compile("i[eo]"), "e"),
    (re.compile("t[sc]"), "c"),
    (re.compile(r"(.)\1+"), r"\1"),
)
_CROSSED = dict(zip("abcdefgiklmnoprstuvz", "абцдефгиклмнопрстувз", strict=True))
_CROSSING = str.maketrans(_CROSSED)
_IS_CYRILLIC = re.compile("[\u0400-\u052f]")
_IS_LATIN = re.compile("[a-z]")


def crossed(name: str) -> str:
    """Return the words of *name* in the coarse form, each in letters of the other script.

    This is what ``sought`` is looked for in; words of any further script are left out.
    """
    words = []
    for word in fold(name).split():
        coarse = _coarse(word)
        if coarse:
            cyrillic = _IS_CYRILLIC.search(word) is not None
            words.append(coarse if cyrillic else coarse.translate(_CROSSING))
    return " ".join(words)


def sought(word: str) -> str:
    """Return what a name in the other script holds, in its ``crossed`` form, if it holds *word*.

    Empty where that cannot be said: the word is too short or of a further script.
    """
    folded = fold(word)
    coarse = _coarse(folded)
    if len(coarse) < SHORTEST:
        return ""
    return coarse.translate(_CROSSING) if _IS_CYRILLIC.search(folded) else coarse


def holds(name: str, words: str) -> bool:
    """Return whether *name* holds every one of *words*, as written or in another script."""
    written, heard = fold(name), crossed(name)
    return all(
        word in written or ((coarse := sought(word)) != "" and coarse in heard)
        for word in fold(words).split()
    )


def _coarse(word: str) -> str:
    """Return a folded word in the coarse form; empty for one of a further script."""
    if _IS_CYRILLIC.search(word):
        letters = word.translate(_CYRILLIC)
    else:
        letters = _GROUPS.sub(lambda group: _LATIN[group[0]], _unmarked(word))
    letters = "".join(char for char in letters if _IS_LATIN.match(char) or char == "-")
    for pattern, instead in _COARSER:
        letters = pattern.sub(instead, letters)
    return letters


def _unmarked(word: str) -> str:
    plain = unicodedata.normalize("NFD", word.translate(_MARKED))
    return "".join(char for char in plain if not unicodedata.combining(char))

"""A contact's reference, however it is written."""

import re
import unicodedata

MARKS = re.compile(r"(?:[#№]|n[°º]|no\.)\s*")
"""What stands before a number to say that it is one; letter case is folded by then."""


def reference_key(reference: str) -> str:
    """Return by what a reference is known again.

    Letter case, runs of blanks, composed letters and a number's mark before it do not count:
    ``#48213``, ``№ 48213`` and ``48213`` are the same.
    """
    folded = " ".join(unicodedata.normalize("NFC", reference).casefold().split())
    start = 0
    while mark := MARKS.match(folded, start):
        start = mark.end()
    return folded[start:] or folded


def is_mark(word: str) -> bool:
    """Return whether *word* is nothing but the mark of a number."""
    return MARKS.fullmatch(word.casefold()) is not None

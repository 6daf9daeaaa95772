"""A contact's reference, however it is written."""

import re
import unicodedata

MARKS = re.compile(r"(?:[#№]|n[°º]|no\.)\s*", re.IGNORECASE)
"""What stands before a number to say that it is one."""


def reference_key(reference: str) -> str:
    """Return by what a reference is known again.

    Letter case, runs of blanks, composed letters and a number's mark before it do not count:
    ``#48213``, ``№ 48213`` and ``48213`` are the same.
    """
    return bare_reference(unicodedata.normalize("NFC", reference).casefold())


def bare_reference(reference: str) -> str:
    """Return the reference as it was written, without marks before it and runs of blanks."""
    written = " ".join(reference.split())
    start = 0
    while mark := MARKS.match(written, start):
        start = mark.end()
    return written[start:] or written


def is_mark(word: str) -> bool:
    """Return whether *word* is nothing but the mark of a number."""
    return MARKS.fullmatch(word) is not None

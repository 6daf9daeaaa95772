"""Text that people send, made safe to keep."""

import re

DROPPED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters but line feed and tab, and surrogates: Unicode's categories Cc and Cs."""


def folded(text: str) -> str:
    """Return *text* as references and topics are compared: letter case and runs of blanks aside."""
    return " ".join(text.casefold().split())


def printable(text: str) -> str:
    """Return *text* without outer blanks, control characters and lone surrogates.

    Line ends and tabs stay. What is dropped could neither be stored nor sent everywhere.
    """
    return (text if text.isprintable() else DROPPED.sub("", text)).strip()

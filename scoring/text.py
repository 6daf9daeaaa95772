"""Text that people send, made safe to keep."""

from unicodedata import category


def printable(text: str) -> str:
    """Return *text* without outer blanks, control characters and lone surrogates.

    Line ends and tabs stay. What is dropped could neither be stored nor sent everywhere.
    """
    kept = (sign for sign in text if sign in "\n\t" or category(sign) not in {"Cc", "Cs"})
    return "".join(kept).strip()

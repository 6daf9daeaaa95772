"""People's names made short for a chart."""

from collections import Counter
from collections.abc import Sequence

PATRONYMICS = ("вич", "вна", "чна", "ична", "vich", "vych", "vna")


def short_name(name: str) -> str:
    """Return surname and initial, such as ``Petrov I.``; a name of one word stays as it is.

    The surname comes last, unless the last word is a patronymic (surname first, as in staff
    lists) or a comma follows the surname.
    """
    surname, comma, given = name.partition(",")
    words = name.split()
    if not comma and len(words) > 1:
        first = len(words) > 2 and words[-1].casefold().endswith(PATRONYMICS)
        surname, given = (words[0], words[1]) if first else (words[-1], words[0])
    initial = given.strip()[:1]
    return f"{surname.strip()} {initial}." if initial else name.strip()


def short_names(names: Sequence[str]) -> list[str]:
    """Return the names made short, except those that would then look like another's."""
    short = [short_name(name) for name in names]
    times = Counter(short)
    return [name if times[brief] > 1 else brief for name, brief in zip(names, short, strict=True)]

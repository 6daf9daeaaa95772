"""Names of people and teams as they are typed or imported."""

from handlers.refusals import Empty, TooLong
from scoring.text import printable
from storage.people import fold

MAX_PERSON = 120
MAX_TEAM = 80


def person_name(text: str) -> str:
    """Return a person's name with single blanks; raise ``Empty`` or ``TooLong``."""
    return _name(text, MAX_PERSON)


def team_name(text: str) -> str:
    """Return a team's name with single blanks; raise ``Empty`` or ``TooLong``."""
    return _name(text, MAX_TEAM)


def _name(text: str, limit: int) -> str:
    name = " ".join(printable(text).split())
    if not name:
        raise Empty
    # Folding for comparison lengthens some letters, and has its own limit where it is stored.
    if len(name) > limit or len(fold(name)) > 2 * MAX_PERSON:
        raise TooLong(limit=limit)
    return name

"""Names of people and teams as they are typed or imported."""

from handlers.refusals import Empty, Sorry, TooLong
from handlers.words import N_
from scoring.names import fold, turns_direction, visible
from scoring.text import printable

MAX_PERSON = 120
MAX_TEAM = 80
MAX_KEY = 64
FOLDED = {MAX_PERSON: 240, MAX_TEAM: 240, MAX_KEY: 128}


class NothingShows(Sorry):
    """A name of characters that nobody sees."""

    sentence = N_("Nothing of this name can be seen. Please write it in letters.")


class TurnsText(Sorry):
    """A name with a character that turns the direction of the text around it."""

    sentence = N_("This name has a hidden character that reverses text. Please type it anew.")


def person_name(text: str) -> str:
    """Return a person's name with single blanks; raise the ``Sorry`` for one that cannot be."""
    return _name(text, MAX_PERSON)


def team_name(text: str) -> str:
    """Return a team's name with single blanks; raise the ``Sorry`` for one that cannot be."""
    return _name(text, MAX_TEAM)


def external_key(text: str) -> str:
    """Return a person's key in another system; raise the ``Sorry`` for one that cannot be."""
    return _name(text, MAX_KEY)


def telegram_name(full_name: str, telegram_id: int) -> str:
    """Return the name that Telegram reports of an account; its number where that is no name."""
    try:
        return person_name(visible(full_name)[:MAX_PERSON])
    except Sorry:
        return str(telegram_id)


def _name(text: str, limit: int) -> str:
    name = " ".join(printable(text).split())
    if not name:
        raise Empty
    if turns_direction(name):
        raise TurnsText
    if not visible(name).strip():
        raise NothingShows
    # Folding for comparison lengthens some letters, and has its own limit where it is stored.
    if len(name) > limit or len(fold(name)) > FOLDED[limit]:
        raise TooLong(limit=limit)
    return name

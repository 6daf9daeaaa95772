"""What people hear who may not: one of the bot's own sentences, and no more than that."""

import re
from collections.abc import Iterator

import handlers.routes  # noqa: F401  with it every conversation's sentences are there
from handlers.refusals import Denied, Sorry

WORDS = re.compile(r"\\{[a-z_]+\\}")
STRANGER = "You need an invitation for this."


def is_refusal(text: str | None) -> bool:
    """Return whether *text* is a refusal's sentence, plain and on one line."""
    return text is not None and (text == STRANGER or any(one.fullmatch(text) for one in ALL))


def is_denial(text: str | None) -> bool:
    """Return whether it says that this is not open to whoever asked."""
    return text is not None and any(one.fullmatch(text) for one in DENIALS)


def _kinds(root: type[Sorry]) -> Iterator[type[Sorry]]:
    yield root
    for kind in root.__subclasses__():
        yield from _kinds(kind)


def _pattern(sentence: str) -> re.Pattern[str]:
    return re.compile(WORDS.sub("[^\n]+", re.escape(sentence)))


ALL = [_pattern(kind.sentence) for kind in _kinds(Sorry)]
DENIALS = [_pattern(kind.sentence) for kind in _kinds(Denied)]

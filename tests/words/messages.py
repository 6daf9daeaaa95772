"""The catalogues as the tests read them: each sentence with every form of its translation."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from string import Formatter

from handlers.locales import catalogues
from handlers.locales.catalogues import CODE, called

TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in English, the forms it is translated by, and the marks set on it."""

    english: tuple[str, ...]
    forms: tuple[str, ...]
    flags: frozenset[str]

    @property
    def is_plural(self) -> bool:
        """Whether it is worded by a count."""
        return len(self.english) > 1


@lru_cache
def said() -> frozenset[str | tuple[str, ...]]:
    """Return every sentence in the code."""
    return frozenset(catalogues.sentences())


@lru_cache
def sentences(language: str) -> tuple[Sentence, ...]:
    """Return all of a catalogue."""
    return tuple(
        Sentence(_forms(one.id), _forms(one.string), frozenset(one.flags))
        for one in catalogues.translations(language)
        if one.id
    )


def every_form(language: str) -> Iterator[str]:
    """Yield every translated text of a catalogue."""
    for one in sentences(language):
        yield from one.forms


def _forms(texts: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (texts or "",) if isinstance(texts, str) or texts is None else tuple(texts)


def placeholders(text: str) -> Counter[str]:
    """Return the names that *text* has filled in, and how often each stands there."""
    return Counter(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def tags(text: str) -> Counter[str]:
    """Return the markup in *text*, opening and closing tags each by themselves."""
    return Counter(TAG.findall(text))


def prose(text: str) -> str:
    """Return the words of *text* alone, without markup, placeholders and /commands."""
    return re.sub(r"\{[^}]*\}|/\w+", " ", TAG.sub(" ", text))


def sentences_within(callee: str) -> set[str]:
    """Return the sentences that stand as they are in the first argument of calls of *callee*."""
    trees = [ast.parse(path.read_text("utf-8")) for path in CODE.rglob("*.py")]
    every = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    given = [one.args[0] for one in every if called(one) == callee and one.args]
    inside = [node for one in given for node in ast.walk(one) if isinstance(node, ast.Call)]
    told = [one.args[0] for one in inside if called(one) == "t" and one.args]
    return {str(text.value) for text in told if isinstance(text, ast.Constant)}

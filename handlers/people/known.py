"""Whom a file means: people by name, by alias, and by their key in the other system."""

from collections.abc import Iterable, Mapping, Sequence

from handlers.refusals import Sorry
from handlers.views.screen import shorten
from handlers.words import N_
from scoring.names import fold, name_key
from storage.people import Person

SHOWN = 60


class UnknownKey(Sorry):
    """Nobody among those whom the sender may name has that key."""

    sentence = N_("I know nobody with the key “{key}”.")


class KeyOfAnother(Sorry):
    """Name and key in one row are two people's."""

    sentence = N_("The key “{key}” belongs to somebody else than the name in this row.")


class Known:
    """The people whom a file may name; *aliases* are by person's id."""

    def __init__(self, people: Iterable[Person], aliases: Mapping[int, Sequence[str]]) -> None:
        self._by_name: dict[str, list[Person]] = {}
        self._by_alias: dict[str, list[Person]] = {}
        self._by_key: dict[str, Person] = {}
        for person in people:
            self._by_name.setdefault(name_key(person.name), []).append(person)
            for alias in aliases.get(person.id, ()):
                self._by_alias.setdefault(name_key(alias), []).append(person)
            if person.external_key is not None:
                self._by_key[fold(person.external_key)] = person

    def called(self, name: str) -> list[Person]:
        """Return those who have that name, or else that alias."""
        key = name_key(name)
        return list(self._by_name.get(key) or self._by_alias.get(key) or [])

    def by_key(self, key: str) -> Person | None:
        """Return whoever has that key in the other system, or ``None``."""
        return self._by_key.get(fold(key))

    def meant(self, cell: str, key: str = "") -> list[Person]:
        """Return whom a row means by the cells ``agent`` and ``agent_key``, one of them filled.

        A name may stand for several people; where it is nobody's, ``agent`` may hold an alias or a
        key. Raises ``UnknownKey``, or ``KeyOfAnother`` where the two cells contradict each other.
        """
        named = self.called(cell) if cell else []
        if not named and cell:
            held = self.by_key(cell)
            named = [held] if held is not None else []
        if not key:
            return named
        person = self.by_key(key)
        if person is None:
            raise UnknownKey(key=shorten(key, SHOWN))
        if cell and person not in named:
            raise KeyOfAnother(key=shorten(key, SHOWN))
        return [person]

"""The people of the sandbox."""

from dataclasses import dataclass

from bot.sandbox.values import JsonObject, as_flag, as_int, as_text, without_none

FIRST_ID = 1001


@dataclass(slots=True)
class Person:
    """Someone who may write to the bot: ``started`` once they did, ``blocked`` if they quit."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = ""
    note: str = ""
    blocked: bool = False
    started: bool = False

    def user(self) -> JsonObject:
        """Return the Bot API User."""
        return without_none(
            id=self.id,
            is_bot=False,
            first_name=self.first_name,
            last_name=self.last_name or None,
            username=self.username or None,
            language_code=self.language_code or None,
        )

    def chat(self) -> JsonObject:
        """Return the Bot API Chat of their private chat with the bot."""
        return without_none(
            id=self.id,
            type="private",
            first_name=self.first_name,
            last_name=self.last_name or None,
            username=self.username or None,
        )

    def dump(self) -> JsonObject:
        """Return everything about them, for the snapshot and for the page."""
        return {name: getattr(self, name) for name in _FIELDS}


_FIELDS = tuple(Person.__dataclass_fields__)
_TEXTS = ("first_name", "last_name", "username", "language_code", "note")


def person_from(source: JsonObject) -> Person:
    """Return the person whom ``Person.dump`` or a request describes."""
    return Person(
        id=as_int(source.get("id")),
        **{name: as_text(source.get(name)) for name in _TEXTS},
        blocked=as_flag(source.get("blocked")),
        started=as_flag(source.get("started")),
    )


def renamed(person: Person, source: JsonObject) -> None:
    """Change the texts of a person that ``source`` mentions."""
    for name in _TEXTS:
        if name in source:
            setattr(person, name, as_text(source[name]))

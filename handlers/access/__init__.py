"""Who may do what: the one table that the reception asks, by command, button, text and file."""

import dataclasses
from enum import StrEnum

from handlers.access.admission import admit
from handlers.access.buttons import BUTTONS
from handlers.access.commands import COMMANDS, FILES, TEXTS
from handlers.access.rules import EVERYBODY, NOBODY, Reach, Rule, Said
from handlers.taps import Tap

__all__ = [
    "BUTTONS",
    "COMMANDS",
    "EVERYBODY",
    "FILES",
    "NOBODY",
    "TEXTS",
    "Reach",
    "Rule",
    "Said",
    "admit",
    "rule_of_button",
    "rule_of_command",
    "rule_of_file",
    "rule_of_text",
    "said_by",
]


def rule_of_command(name: str) -> Rule | None:
    """Return who may use the command; ``None`` where the table does not name it."""
    return COMMANDS.get(name)


def rule_of_button(tap: Tap) -> Rule | None:
    """Return who may press that; ``None`` where the table does not name it."""
    return BUTTONS.get(type(tap), {}).get(said_by(tap))


def rule_of_text(what: str) -> Rule | None:
    """Return who may answer that with a text; ``None`` where the table does not name it."""
    return TEXTS.get(what)


def rule_of_file(kind: str) -> Rule | None:
    """Return who may send such a file; ``None`` where the table does not name it."""
    return FILES.get(kind)


def said_by(tap: Tap) -> Said:
    """Return what the button says besides numbers and texts."""
    values = (getattr(tap, field.name) for field in dataclasses.fields(tap))
    return tuple(value for value in values if isinstance(value, StrEnum))

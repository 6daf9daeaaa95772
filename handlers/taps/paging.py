"""The buttons that turn the pages of a screen which is longer than a message."""

from dataclasses import dataclass
from typing import ClassVar

from handlers.taps.base import Tap


@dataclass(frozen=True, slots=True)
class PageTap(Tap):
    """A press on what ``of`` says, of which page number ``page`` is shown, from 0.

    ``of`` is the data of another button, with another separator: whoever may not press that one
    may not turn its pages either.
    """

    prefix: ClassVar[str] = "pg"
    page: int
    of: str

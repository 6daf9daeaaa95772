"""News that nobody is waiting for: how a queued message becomes a screen when it is delivered."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from handlers.turn import Services
from handlers.views.screen import Screen
from handlers.words import Words
from storage.outbox import Claimed
from storage.people import Person

Draw = Callable[[Services, Words, Person, Claimed], Awaitable[Screen | None]]
"""Returns the screen for the recipient as things stand now, or ``None`` when it is news no more."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A kind of news; ``repeats`` says that, in doubt whether it arrived, it is sent again."""

    kind: str
    draw: Draw
    repeats: bool = True

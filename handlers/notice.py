"""News that nobody is waiting for: how a queued message becomes a screen when it is delivered."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from handlers.turn import Services
from handlers.views.screen import Screen
from handlers.words import Words
from storage.outbox import Claimed
from storage.people import Person

Draw = Callable[[Services, Words, Person, Claimed], Awaitable[Screen | None]]
"""Returns the screen for the recipient as things stand now, or ``None`` when it is news no more."""


@dataclass(frozen=True, slots=True)
class Addressed:
    """A message, whom it is for, and their language."""

    t: Words
    to: Person
    message: Claimed


DrawMany = Callable[[Services, Sequence[Addressed]], Awaitable[Mapping[int, Screen | None]]]
"""Returns what ``Draw`` would for each message, by the message's id, reading for all at once."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A kind of news; ``repeats`` says that, in doubt whether it arrived, it is sent again.

    ``many`` draws several messages of the kind at once, for news that very many get together.
    """

    kind: str
    draw: Draw
    repeats: bool = True
    many: DrawMany | None = None


def alone(many: DrawMany) -> Draw:
    """Return how a single message is drawn by what draws many."""

    async def draw(services: Services, t: Words, to: Person, message: Claimed) -> Screen | None:
        return (await many(services, [Addressed(t, to, message)]))[message.id]

    return draw

"""The vocabulary of the routing table: commands, presses, awaited texts and who may use them."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from handlers.refusals import OutOfDate
from handlers.taps import Tap
from handlers.turn import Turn, Visit
from scoring.roles import Role
from storage.awaiting import Awaited

Action = Callable[[Turn], Awaitable[None]]
VisitAction = Callable[[Visit], Awaitable[None]]
TypedAction = Callable[[Turn, Awaited], Awaitable[None]]
EditedAction = Callable[[Turn], Awaitable[bool]]
PressAction = Callable[[Turn, Tap], Awaitable[None]]

EVERYONE: frozenset[Role] = frozenset()
"""Anybody who belongs here, whatever their roles."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command: what it does, who may, and the menu's words for it."""

    name: str
    action: Action
    about: str
    roles: frozenset[Role] = EVERYONE
    in_groups: bool = False
    for_strangers: VisitAction | None = None


@dataclass(frozen=True, slots=True)
class Press:
    """A kind of button and who may press it; ownership is checked where it is handled."""

    kind: type[Tap]
    action: PressAction
    roles: frozenset[Role] = EVERYONE
    in_groups: bool = False


@dataclass(frozen=True, slots=True)
class Typed:
    """What a typed text is taken for while ``what`` is awaited."""

    what: str
    action: TypedAction
    roles: frozenset[Role] = EVERYONE


@dataclass(frozen=True, slots=True)
class Routes:
    """The whole table, looked up by name or kind.

    ``edited`` follows a text that was changed and returns whether it had been taken for anything.
    """

    commands: Mapping[str, Command]
    presses: Mapping[type[Tap], Press]
    typed: Mapping[str, Typed]
    material: Action
    edited: EditedAction
    unknown: VisitAction
    stranger: VisitAction


T = TypeVar("T", bound=Tap)


def press(
    kind: type[T],
    action: Callable[[Turn, T], Awaitable[None]],
    roles: frozenset[Role] = EVERYONE,
    *,
    in_groups: bool = False,
) -> Press:
    """Return the entry for buttons of *kind*."""

    async def checked(turn: Turn, tap: Tap) -> None:
        if not isinstance(tap, kind):
            raise OutOfDate
        await action(turn, tap)

    return Press(kind, checked, roles, in_groups)

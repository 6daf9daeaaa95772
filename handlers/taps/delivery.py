"""Buttons of what could not be delivered."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from handlers.taps.base import Tap


class UndeliveredAct(StrEnum):
    """What can be pressed about messages that were put aside."""

    LIST = "l"
    CARD = "c"
    AGAIN = "a"
    AGAIN_ALL = "w"
    DROP = "d"


@dataclass(frozen=True, slots=True)
class UndeliveredTap(Tap):
    """A press about a message of the outbox; for LIST ``value`` is the page."""

    prefix: ClassVar[str] = "und"
    act: UndeliveredAct
    value: int = 0

"""Buttons that put a submitted evaluation right."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from handlers.taps.base import Tap


class CorrectionAct(StrEnum):
    """What can be pressed about putting an evaluation right."""

    MINE = "l"
    CORRECT = "c"
    MOVE = "m"
    WITHDRAW = "w"
    SUBMITTED = "u"
    AGENT = "a"
    MORE = "r"
    WRITE = "e"
    SURE = "y"
    DROP = "x"
    OPEN = "o"
    SHOW = "s"
    CONSENT = "k"
    DECLINE = "n"
    TAKE_BACK = "b"


@dataclass(frozen=True, slots=True)
class CorrectionTap(Tap):
    """A press about putting an evaluation right.

    ``subject`` is the evaluation for CORRECT, MOVE and WITHDRAW, a draft that was submitted for
    SUBMITTED, nothing for MINE, else the correction. ``value`` is an agent for AGENT, and how many
    a list skips for MINE and MORE. OPEN sends a correction as a new message, SHOW puts it where
    the button was.
    """

    prefix: ClassVar[str] = "n"
    subject: int
    act: CorrectionAct
    value: int = 0

"""Buttons under feedback and about disputes."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from handlers.taps.base import Tap


class FeedbackAct(StrEnum):
    """What can be pressed under feedback."""

    OPEN = "o"
    SHOW = "s"
    ACKNOWLEDGE = "a"
    DISPUTE = "d"
    RECEIPT = "r"
    MATERIAL = "m"
    LIST = "l"


@dataclass(frozen=True, slots=True)
class FeedbackTap(Tap):
    """A press about an evaluation's feedback.

    OPEN sends it as a new message, SHOW puts it where the button was. ``value`` is a page of the
    receipt or how much of the material was sent already; for LIST it is how many to skip, and
    ``evaluation`` is the agent (0: oneself). ``back`` is 1 more than what the list skipped from
    which the feedback was opened, 0 where it was none; of an evaluator's own list it is negative.
    For ACKNOWLEDGE ``value`` is how many versions there were before the one that was read.
    """

    prefix: ClassVar[str] = "f"
    evaluation: int
    act: FeedbackAct
    value: int = 0
    back: int = 0


class DisputeAct(StrEnum):
    """What can be pressed about a dispute."""

    CRITERION = "c"
    ALL = "a"
    WRITE = "w"
    CANCEL = "x"
    OPEN = "o"
    SHOW = "s"
    LIST = "l"
    ACCEPT = "y"
    DECLINE = "n"
    WITHDRAW = "d"
    OFFER = "f"
    TAKE = "t"
    MATERIAL = "m"
    HAND_ON = "p"
    HAND_ON_SURE = "q"
    REOPEN = "r"
    SEND = "g"
    CHANGE = "e"


@dataclass(frozen=True, slots=True)
class DisputeTap(Tap):
    """A press about a dispute; ``subject`` is the evaluation while it is being opened.

    Then ``value`` holds the chosen errors as the bits of a number; SEND files it, CHANGE asks for
    another reason. OPEN sends a dispute as a new message, SHOW puts it where the button was; for
    MATERIAL ``value`` is how much was sent already. OFFER, TAKE, MATERIAL and the two of HAND_ON
    belong to whoever is asked to score the disputed criteria afresh.
    """

    prefix: ClassVar[str] = "x"
    wide: ClassVar[frozenset[str]] = frozenset({"value"})
    subject: int
    act: DisputeAct
    value: int = 0

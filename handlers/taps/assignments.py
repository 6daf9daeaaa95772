"""Buttons of assignments and of what double scoring shows."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from handlers.taps.base import Tap


class TaskAct(StrEnum):
    """What can be pressed about assignments; TEAM, PERSON and TASK are for overseers."""

    NEXT = "n"
    SCORE = "s"
    SKIP = "k"
    WHY = "w"
    HAND_ON = "p"
    TO = "t"
    TEAM = "m"
    PERSON = "e"
    TASK = "c"


@dataclass(frozen=True, slots=True)
class TaskTap(Tap):
    """A press about the assignment ``subject`` or, for TEAM and PERSON, about that team.

    ``value`` is a reason's number for WHY, a person's id for TO and PERSON (0: nobody's), a page
    for TASK. ``team`` is the team whose list of outstanding contacts led here (0: one's own).
    """

    prefix: ClassVar[str] = "w"
    act: TaskAct
    subject: int = 0
    value: int = 0
    team: int = 0
    page: int = 0


class DoubleAct(StrEnum):
    """What can be pressed about double scoring."""

    LIST = "l"
    RESULTS = "u"
    CRITERION = "q"
    LENIENCY = "h"


@dataclass(frozen=True, slots=True)
class DoubleTap(Tap):
    """A press about double scoring in the month that ``month`` (such as 2026-11) begins.

    LIST shows the teams; else ``team`` and ``version`` (of a scorecard) name the pairs, and
    ``value`` is a criterion's number, ``page`` how many of them the list skips.
    """

    prefix: ClassVar[str] = "y"
    act: DoubleAct
    month: str = ""
    team: int = 0
    version: int = 0
    value: int = 0
    page: int = 0

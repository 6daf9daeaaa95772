"""Buttons of monitoring plans and their draws."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from handlers.taps.base import Tap


class PlanAct(StrEnum):
    """What can be pressed about plans; NOW draws, DRAWS to FILE show what was drawn."""

    LIST = "l"
    TEAMS = "t"
    NEW = "n"
    CARD = "c"
    ASK = "a"
    SET = "s"
    RUNS = "p"
    DROP = "x"
    DROP_SURE = "y"
    NOW = "w"
    DRAWS = "r"
    DRAW = "d"
    FILE = "f"


class PlanField(StrEnum):
    """A plan's settings."""

    COUNT = "n"
    PERIOD = "p"
    CHANNELS = "c"
    TYPES = "t"
    STRATA = "s"
    BANDS = "b"
    SHORTEST = "l"
    AGE = "a"
    DOUBLE = "d"


@dataclass(frozen=True, slots=True)
class PlanTap(Tap):
    """A press about the plan ``subject``; for NEW it is a team, for DRAW and FILE a draw.

    For ASK and SET ``field`` names the setting. ``value`` is the choice (in lists of which several
    may be ticked, a place from 1, negative to untick it), for RUNS 1 or 0, for LIST, TEAMS and
    DRAWS how many to skip.
    """

    prefix: ClassVar[str] = "pl"
    act: PlanAct
    subject: int = 0
    field: str = ""
    value: int = 0

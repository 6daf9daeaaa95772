"""Buttons of drafts, calibrations and the versions of an evaluation."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from handlers.taps.base import Tap


class DraftAct(StrEnum):
    """What can be pressed on a draft's message."""

    AGENT = "a"
    MORE = "m"
    CHANNEL = "h"
    SCORECARD = "k"
    SKIP = "s"
    OPTION = "o"
    NA = "n"
    REASON = "r"
    COMMENT = "c"
    ERASE = "e"
    BACK = "b"
    CLOSE = "x"
    ALL_MET = "t"
    CHANGE = "g"
    CRITERION = "q"
    OVERALL = "f"
    MEND = "d"
    SUBMIT = "u"
    DISCARD = "z"
    DISCARD_SURE = "y"
    OPEN = "w"
    PRECEDENTS = "p"
    ADVICE = "v"
    RESTORE = "i"
    CONTACT = "j"
    AGAIN = "l"
    LEARNING = "L"
    UNLEARN = "J"
    REASONS = "8"
    GO_ON = "9"
    REST_MET = "1"
    REPLACE = "2"
    TAKE_BACK = "3"
    ADD_HERE = "4"
    NEW_CONTACT = "5"
    OTHER_SCORECARD = "6"


@dataclass(frozen=True, slots=True)
class DraftTap(Tap):
    """A press on a draft as it stood in ``version``; ``value`` is an id or a number."""

    prefix: ClassVar[str] = "d"
    draft: int
    version: int
    act: DraftAct
    value: int = 0


@dataclass(frozen=True, slots=True)
class RevisionTap(Tap):
    """A press that shows a page of an earlier version's receipt; ``back`` as above."""

    prefix: ClassVar[str] = "e"
    evaluation: int
    number: int
    page: int = 0
    back: int = 0


class CalibrationAct(StrEnum):
    """What can be pressed about calibration: lists, preparing, scoring, results."""

    LIST = "l"
    FINISHED = "f"
    CARD = "c"
    NEW = "n"
    PLAN = "p"
    CONTACTS = "k"
    PICK = "i"
    ATTACH = "m"
    PEOPLE = "e"
    INVITE = "v"
    REFERENCES = "r"
    REFERENCE = "b"
    DEADLINES = "d"
    DAYS = "y"
    OPEN = "o"
    DROP = "x"
    CONTACT = "t"
    MATERIAL = "a"
    SCORE = "s"
    NEXT = "g"
    CLOSE = "z"
    CLOSE_SURE = "w"
    RESULTS = "u"
    CRITERION = "q"
    LENIENCY = "h"


@dataclass(frozen=True, slots=True)
class CalibrationTap(Tap):
    """A press about a calibration session (0: about none, as in a list).

    ``value`` is a contact's, a person's or a criterion's number or a number of days. For PICK and
    INVITE it is negative to take out again, so a press that arrives twice does the same as once.
    ``page`` is how many a list skips, or how much of the material was sent already.
    """

    prefix: ClassVar[str] = "c"
    act: CalibrationAct
    session: int = 0
    value: int = 0
    page: int = 0

"""Buttons of scorecards, contacts and proposals."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from handlers.taps.base import Tap


class ScorecardAct(StrEnum):
    """What can be pressed under /scorecards."""

    LIST = "l"
    CARD = "c"
    FILE = "f"
    RETIRE = "r"
    RETIRE_SURE = "y"
    BRING_BACK = "b"


@dataclass(frozen=True, slots=True)
class ScorecardTap(Tap):
    """A press about a scorecard's version."""

    prefix: ClassVar[str] = "s"
    act: ScorecardAct
    subject: int = 0


class UploadAct(StrEnum):
    """What can be pressed under a scorecard's file before it is published."""

    PREVIEW = "v"
    PUBLISH = "p"
    DROP = "x"
    DETAILS = "d"
    EXPORT = "e"


@dataclass(frozen=True, slots=True)
class UploadTap(Tap):
    """A press about a file that waits to be published.

    For PUBLISH ``value`` is the version that its changes were shown against (0: none), for DETAILS
    how many entries to skip.
    """

    prefix: ClassVar[str] = "u"
    act: UploadAct
    upload: int
    value: int = 0


class ContactAct(StrEnum):
    """What can be pressed in the journal of contacts."""

    LIST = "l"
    EVERYTHING = "e"
    FILTER = "f"
    CARD = "c"
    SCORE = "s"
    MOVE = "m"
    SEND_BACK = "b"
    MATERIAL = "a"


@dataclass(frozen=True, slots=True)
class ContactTap(Tap):
    """A press in the journal.

    ``value`` is the number of a filter or status, or how much material was sent; ``page`` and
    ``chosen`` (the filters, packed into one number) lead back to the list as it was.
    """

    prefix: ClassVar[str] = "j"
    act: ContactAct
    contact: int = 0
    value: int = 0
    page: int = 0
    chosen: int = 0


class ProposalAct(StrEnum):
    """What can be pressed about proposals."""

    LIST = "l"
    NEW = "n"
    KIND = "k"
    CARD = "c"
    EVIDENCE = "e"
    EVALUATIONS = "v"
    EVALUATION = "a"
    SCORECARDS = "s"
    CRITERIA = "r"
    CRITERION = "t"
    TEAMS = "m"
    REPORT = "p"
    NOTHING = "z"
    ACCEPT = "y"
    DECLINE = "d"
    OWNERS = "w"
    OWNER = "o"
    OUTCOME = "u"
    CSV = "f"
    XLSX = "x"


@dataclass(frozen=True, slots=True)
class ProposalTap(Tap):
    """A press about a proposal; ``value`` is an id, a place in a list or how many to skip.

    ``version`` is a scorecard's for CRITERIA and CRITERION; ``status`` and ``kind`` are what the
    list is limited to, empty for all.
    """

    prefix: ClassVar[str] = "o"
    act: ProposalAct
    proposal: int = 0
    value: int = 0
    version: int = 0
    status: str = ""
    kind: str = ""

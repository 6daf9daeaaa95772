"""Buttons about people, teams, languages and commands."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from handlers.taps.base import Tap


class PeopleAct(StrEnum):
    """What can be pressed under /people and /invite."""

    LIST = "l"
    EVERYBODY = "e"
    CARD = "c"
    ROLE = "r"
    TEAM = "t"
    SUPERVISES = "s"
    TEAMS = "m"
    SUPERVISED = "v"
    TWIN = "w"
    INVITE = "i"
    RENAME = "n"
    SHUT_OUT = "x"
    SHUT_OUT_SURE = "y"
    LET_IN = "b"
    KEY = "k"
    KEY_OFF = "o"
    ALIASES = "a"
    ALIAS_OFF = "d"
    ROLE_SURE = "R"
    LINKS = "L"
    LINKS_SURE = "M"
    MERGE = "g"
    HAND_ON = "h"
    HAND_TO = "H"


@dataclass(frozen=True, slots=True)
class PeopleTap(Tap):
    """A press about ``person``; ``value`` is a page, a team's or alias's id, or a role's number.

    A team or role to be given is positive, one to be taken is negative: a press that arrives
    twice then does the same as once.
    """

    prefix: ClassVar[str] = "p"
    act: PeopleAct
    person: int = 0
    value: int = 0


class PeopleFileAct(StrEnum):
    """What can be done with a people file that waits."""

    APPLY = "a"
    DROP = "d"


@dataclass(frozen=True, slots=True)
class PeopleFileTap(Tap):
    """A press under a people file's preview; ``shown`` is the number of what it showed."""

    prefix: ClassVar[str] = "pf"
    act: PeopleFileAct
    upload: int
    shown: int = 0


class TeamAct(StrEnum):
    """What can be pressed under /teams."""

    LIST = "l"
    CARD = "c"
    NEW = "n"
    ASK = "a"
    SET = "s"
    ARCHIVED = "h"
    ARCHIVE = "x"
    ARCHIVE_SURE = "y"
    BRING_BACK = "b"
    MERGE = "g"


@dataclass(frozen=True, slots=True)
class TeamTap(Tap):
    """A press about a team's settings; ``field`` names the setting, ``value`` the choice."""

    prefix: ClassVar[str] = "t"
    act: TeamAct
    team: int = 0
    field: str = ""
    value: str = ""


class MergeAct(StrEnum):
    """What can be pressed while two people or two teams are merged, and once they are."""

    PEOPLE = "p"
    PEOPLE_SURE = "q"
    TEAMS = "t"
    TEAMS_SURE = "u"
    UNDO = "z"
    UNDO_SURE = "y"


@dataclass(frozen=True, slots=True)
class MergeTap(Tap):
    """A press about merging ``dropped`` into ``kept``, or about the ``entry`` that notes it."""

    prefix: ClassVar[str] = "mg"
    act: MergeAct
    kept: int = 0
    dropped: int = 0
    entry: int = 0


@dataclass(frozen=True, slots=True)
class LanguageTap(Tap):
    """A press that chooses a language."""

    prefix: ClassVar[str] = "lang"
    language: str


@dataclass(frozen=True, slots=True)
class MenuTap(Tap):
    """A press that stands for a command, such as ``score`` under an empty list."""

    prefix: ClassVar[str] = "go"
    command: str

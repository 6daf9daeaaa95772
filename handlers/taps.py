"""Typed callback data: what a button says when it is pressed, packed into 64 bytes.

A tap is a frozen dataclass of numbers, short texts and enumerations. It is packed as its prefix and
its fields, separated by colons; anything that does not unpack exactly is a forgery or a leftover.
"""

import dataclasses
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, get_type_hints

LIMIT = 64
SEPARATOR = ":"


class UnknownTapError(ValueError):
    """The data of a press that no button of ours carries."""


@dataclass(frozen=True, slots=True)
class Tap:
    """What every button's data derives from; ``prefix`` names the kind."""

    prefix: ClassVar[str]


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
    MATERIAL = "l"


@dataclass(frozen=True, slots=True)
class DraftTap(Tap):
    """A press on a draft as it stood in ``version``; ``value`` is an id or a number."""

    prefix: ClassVar[str] = "d"
    draft: int
    version: int
    act: DraftAct
    value: int = 0


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
    which the feedback was opened, 0 where it was none.
    """

    prefix: ClassVar[str] = "f"
    evaluation: int
    act: FeedbackAct
    value: int = 0
    back: int = 0


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


class ReportKind(StrEnum):
    """Whose report a press is about."""

    TEAM = "t"
    AGENT = "a"


class ReportAct(StrEnum):
    """What can be pressed under a report."""

    SHOW = "s"
    AGENTS = "a"
    EXPORT = "x"
    KPI = "k"
    ROWS_CSV = "c"
    ROWS_XLSX = "w"


@dataclass(frozen=True, slots=True)
class ReportTap(Tap):
    """A press under a report on ``subject`` (a team's or a person's id) over ``period``.

    A team's id of 0 stands for all teams of who presses, where rows are exported. ``value`` is
    the page for AGENTS, and for a person the team whose list led to them.
    """

    prefix: ClassVar[str] = "r"
    kind: ReportKind
    subject: int
    period: str
    act: ReportAct = ReportAct.SHOW
    value: int = 0


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


@dataclass(frozen=True, slots=True)
class DisputeTap(Tap):
    """A press about a dispute; ``subject`` is the evaluation while it is being opened.

    Then ``value`` holds the chosen errors as the bits of a number. OPEN sends a dispute as a new
    message, SHOW puts it where the button was; for LIST ``value`` is how many to skip.
    """

    prefix: ClassVar[str] = "x"
    subject: int
    act: DisputeAct
    value: int = 0


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


@dataclass(frozen=True, slots=True)
class PeopleTap(Tap):
    """A press about ``person``; ``value`` is a page, a team's id or a role's number.

    A team or role to be given is positive, one to be taken is negative: a press that arrives
    twice then does the same as once.
    """

    prefix: ClassVar[str] = "p"
    act: PeopleAct
    person: int = 0
    value: int = 0


class TeamAct(StrEnum):
    """What can be pressed under /teams."""

    LIST = "l"
    CARD = "c"
    NEW = "n"
    ASK = "a"
    SET = "s"


@dataclass(frozen=True, slots=True)
class TeamTap(Tap):
    """A press about a team's settings; ``field`` names the setting, ``value`` the choice."""

    prefix: ClassVar[str] = "t"
    act: TeamAct
    team: int = 0
    field: str = ""
    value: str = ""


class ScorecardAct(StrEnum):
    """What can be pressed under /scorecards and an uploaded scorecard."""

    LIST = "l"
    CARD = "c"
    FILE = "f"
    PUBLISH = "p"
    DROP = "x"
    RETIRE = "r"
    RETIRE_SURE = "y"


@dataclass(frozen=True, slots=True)
class ScorecardTap(Tap):
    """A press about a scorecard's version or, for PUBLISH and DROP, an upload."""

    prefix: ClassVar[str] = "s"
    act: ScorecardAct
    subject: int = 0


class TargetAct(StrEnum):
    """What can be pressed under /targets."""

    LIST = "l"
    TEAM = "t"
    METRIC = "m"
    USE = "u"
    CLEAR = "c"
    COMPOSITE = "k"
    WEIGHT = "w"
    SET_WEIGHT = "s"
    OFF = "o"
    NEW = "n"
    TRAIT = "g"
    REMOVE = "r"


@dataclass(frozen=True, slots=True)
class TargetTap(Tap):
    """A press about what a team wants of a metric (its key).

    ``value`` is 1 or 0 for USE, a weight for SET_WEIGHT, the place of a trait for TRAIT.
    """

    prefix: ClassVar[str] = "k"
    act: TargetAct
    team: int = 0
    metric: str = ""
    value: int = 0


KINDS: tuple[type[Tap], ...] = (
    DraftTap,
    FeedbackTap,
    DisputeTap,
    ReportTap,
    TargetTap,
    PeopleTap,
    TeamTap,
    ScorecardTap,
    LanguageTap,
    MenuTap,
)

FIELDS: dict[str, tuple[type[Tap], tuple[tuple[str, type], ...]]] = {
    kind.prefix: (
        kind,
        tuple((field.name, get_type_hints(kind)[field.name]) for field in dataclasses.fields(kind)),
    )
    for kind in KINDS
}


def pack(tap: Tap) -> str:
    """Return the tap's data; raise ``ValueError`` where it would not fit into 64 bytes."""
    _, fields = FIELDS[tap.prefix]
    texts = [str(getattr(tap, name)) for name, _ in fields]
    data = SEPARATOR.join([tap.prefix, *texts])
    if len(data.encode()) > LIMIT or any(SEPARATOR in text for text in texts):
        raise ValueError(f"callback data does not fit: {data!r}")
    return data


def unpack(data: str) -> Tap:
    """Return the tap that *data* stands for; raise ``UnknownTapError`` where there is none."""
    prefix, *given = data.split(SEPARATOR)
    if prefix not in FIELDS:
        raise UnknownTapError(prefix)
    kind, fields = FIELDS[prefix]
    if len(fields) != len(given):
        raise UnknownTapError(prefix)
    try:
        values = {name: read(text) for (name, read), text in zip(fields, given, strict=True)}
        return kind(**values)
    except ValueError as error:
        raise UnknownTapError(prefix) from error

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
    PRECEDENTS = "p"
    ADVICE = "v"
    RESTORE = "i"


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
class RevisionTap(Tap):
    """A press that shows a page of an earlier version's receipt; ``back`` as above."""

    prefix: ClassVar[str] = "e"
    evaluation: int
    number: int
    page: int = 0
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
    DISPUTES = "d"
    GOAL = "g"
    TRAINING = "n"
    PRAISE = "p"
    CONSENT = "y"


@dataclass(frozen=True, slots=True)
class ReportTap(Tap):
    """A press under a report on ``subject`` (a team's or a person's id) over ``period``.

    A team's id of 0 stands for all teams of who presses, where rows are exported. ``value`` is
    the page for AGENTS, 1 or 0 for CONSENT, and for a person the team whose list led to them.
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
    WITHDRAW = "d"
    OFFER = "f"
    TAKE = "t"
    MATERIAL = "m"


@dataclass(frozen=True, slots=True)
class DisputeTap(Tap):
    """A press about a dispute; ``subject`` is the evaluation while it is being opened.

    Then ``value`` holds the chosen errors as the bits of a number. OPEN sends a dispute as a new
    message, SHOW puts it where the button was; for LIST ``value`` is how many to skip, for
    MATERIAL how much was sent already. OFFER, TAKE and MATERIAL belong to whoever is asked to
    score the disputed criteria afresh.
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


class GoalAct(StrEnum):
    """What can be pressed about goals; SET to BY lead from a criterion to a goal."""

    LIST = "l"
    CARD = "c"
    AGENTS = "a"
    SET = "s"
    WRITE = "w"
    BY = "b"
    MAKE = "m"
    DROP = "d"
    DROP_SURE = "y"
    AGAIN = "g"


@dataclass(frozen=True, slots=True)
class GoalTap(Tap):
    """A press about the goal ``subject``, or about that agent while one is being set.

    Then ``version`` and ``number`` name the criterion (its place in that version of a scorecard),
    ``due`` the day (its ordinal) and ``mentor`` a person (0: nobody). For LIST ``subject`` is how
    many to skip and ``number`` 1 for those that have ended; for AGENTS ``subject`` is the page.
    """

    prefix: ClassVar[str] = "g"
    act: GoalAct
    subject: int = 0
    version: int = 0
    number: int = 0
    due: int = 0
    mentor: int = 0


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


class PraiseAct(StrEnum):
    """What can be pressed on the way to a praise."""

    PREVIEW = "p"
    POST = "o"


@dataclass(frozen=True, slots=True)
class PraiseTap(Tap):
    """A press about praising a team's best of a period in the group ``chat``."""

    prefix: ClassVar[str] = "v"
    act: PraiseAct
    team: int
    period: str
    chat: int = 0


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


KINDS: tuple[type[Tap], ...] = (
    DraftTap,
    FeedbackTap,
    RevisionTap,
    DisputeTap,
    CalibrationTap,
    ReportTap,
    TargetTap,
    PeopleTap,
    TeamTap,
    ScorecardTap,
    ContactTap,
    GoalTap,
    ProposalTap,
    PraiseTap,
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

"""Buttons under reports, and of targets, goals and praise."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from handlers.taps.base import Tap


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
    WORTH_A_LOOK = "l"
    EVALUATORS = "v"
    EVALUATOR = "e"
    PDF = "f"


@dataclass(frozen=True, slots=True)
class ReportTap(Tap):
    """A press under a report on ``subject`` (a team's or a person's id) over ``period``.

    A team's id of 0 stands for all teams of who presses, where rows are exported. ``value`` is
    the page for AGENTS and EVALUATORS, the person for EVALUATOR, 1 or 0 for CONSENT, and for a
    person the team whose list led to them.
    """

    prefix: ClassVar[str] = "r"
    kind: ReportKind
    subject: int
    period: str
    act: ReportAct = ReportAct.SHOW
    value: int = 0


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


class PraiseAct(StrEnum):
    """What can be pressed on the way to a praise."""

    PREVIEW = "p"
    POST = "o"


@dataclass(frozen=True, slots=True)
class PraiseTap(Tap):
    """A press about praising a team's best of a period in the group ``chat``."""

    prefix: ClassVar[str] = "v"
    wide: ClassVar[frozenset[str]] = frozenset({"chat"})
    act: PraiseAct
    team: int
    period: str
    chat: int = 0

"""Typed callback data: what a button says when it is pressed.

A tap is a frozen dataclass of numbers, short texts and enumerations.
"""

from handlers.taps.assignments import DoubleAct, DoubleTap, TaskAct, TaskTap
from handlers.taps.base import Tap, UnknownTapError
from handlers.taps.codec import (
    FIELDS,
    KINDS,
    LIMIT,
    SEPARATOR,
    of_page,
    on_page,
    pack,
    stamped,
    unpack,
    unstamped,
)
from handlers.taps.corrections import CorrectionAct, CorrectionTap
from handlers.taps.delivery import UndeliveredAct, UndeliveredTap
from handlers.taps.feedback import DisputeAct, DisputeTap, FeedbackAct, FeedbackTap
from handlers.taps.paging import PageTap
from handlers.taps.people import (
    LanguageTap,
    MenuTap,
    PeopleAct,
    PeopleFileAct,
    PeopleFileTap,
    PeopleTap,
    TeamAct,
    TeamTap,
)
from handlers.taps.plans import PlanAct, PlanField, PlanTap
from handlers.taps.privacy import (
    AuditAct,
    AuditTap,
    ForgetAct,
    ForgetTap,
    SettingAct,
    SettingTap,
)
from handlers.taps.registers import (
    ContactAct,
    ContactTap,
    ProposalAct,
    ProposalTap,
    ScorecardAct,
    ScorecardTap,
    UploadAct,
    UploadTap,
)
from handlers.taps.reports import (
    GoalAct,
    GoalTap,
    PraiseAct,
    PraiseTap,
    ReportAct,
    ReportKind,
    ReportTap,
    TargetAct,
    TargetTap,
)
from handlers.taps.scoring import CalibrationAct, CalibrationTap, DraftAct, DraftTap, RevisionTap

__all__ = [
    "FIELDS",
    "KINDS",
    "LIMIT",
    "SEPARATOR",
    "AuditAct",
    "AuditTap",
    "CalibrationAct",
    "CalibrationTap",
    "ContactAct",
    "ContactTap",
    "CorrectionAct",
    "CorrectionTap",
    "DisputeAct",
    "DisputeTap",
    "DoubleAct",
    "DoubleTap",
    "DraftAct",
    "DraftTap",
    "FeedbackAct",
    "FeedbackTap",
    "ForgetAct",
    "ForgetTap",
    "GoalAct",
    "GoalTap",
    "LanguageTap",
    "MenuTap",
    "PageTap",
    "PeopleAct",
    "PeopleFileAct",
    "PeopleFileTap",
    "PeopleTap",
    "PlanAct",
    "PlanField",
    "PlanTap",
    "PraiseAct",
    "PraiseTap",
    "ProposalAct",
    "ProposalTap",
    "ReportAct",
    "ReportKind",
    "ReportTap",
    "RevisionTap",
    "ScorecardAct",
    "ScorecardTap",
    "SettingAct",
    "SettingTap",
    "Tap",
    "TargetAct",
    "TargetTap",
    "TaskAct",
    "TaskTap",
    "TeamAct",
    "TeamTap",
    "UndeliveredAct",
    "UndeliveredTap",
    "UnknownTapError",
    "UploadAct",
    "UploadTap",
    "of_page",
    "on_page",
    "pack",
    "stamped",
    "unpack",
    "unstamped",
]

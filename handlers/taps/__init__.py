"""Typed callback data: what a button says when it is pressed.

A tap is a frozen dataclass of numbers, short texts and enumerations.
"""

from handlers.taps.base import Tap, UnknownTapError
from handlers.taps.codec import FIELDS, KINDS, LIMIT, SEPARATOR, pack, unpack
from handlers.taps.feedback import DisputeAct, DisputeTap, FeedbackAct, FeedbackTap
from handlers.taps.people import LanguageTap, MenuTap, PeopleAct, PeopleTap, TeamAct, TeamTap
from handlers.taps.registers import (
    ContactAct,
    ContactTap,
    ProposalAct,
    ProposalTap,
    ScorecardAct,
    ScorecardTap,
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
    "CalibrationAct",
    "CalibrationTap",
    "ContactAct",
    "ContactTap",
    "DisputeAct",
    "DisputeTap",
    "DraftAct",
    "DraftTap",
    "FeedbackAct",
    "FeedbackTap",
    "GoalAct",
    "GoalTap",
    "LanguageTap",
    "MenuTap",
    "PeopleAct",
    "PeopleTap",
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
    "Tap",
    "TargetAct",
    "TargetTap",
    "TeamAct",
    "TeamTap",
    "UnknownTapError",
    "pack",
    "unpack",
]

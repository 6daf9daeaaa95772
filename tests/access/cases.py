"""Every button there can be, about a thing of one's own team or of another: made, not listed."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from itertools import product
from typing import get_type_hints

from handlers.access import Said
from handlers.taps import (
    KINDS,
    AuditTap,
    CalibrationAct,
    CalibrationTap,
    ContactAct,
    ContactTap,
    CorrectionAct,
    CorrectionTap,
    DisputeAct,
    DisputeTap,
    DoubleAct,
    DoubleTap,
    DraftTap,
    FeedbackAct,
    FeedbackTap,
    ForgetAct,
    ForgetTap,
    GoalAct,
    GoalTap,
    LanguageTap,
    MenuTap,
    MergeAct,
    MergeTap,
    PageTap,
    PeopleAct,
    PeopleFileTap,
    PeopleTap,
    PlanAct,
    PlanTap,
    PraiseTap,
    ProposalAct,
    ProposalTap,
    ReportAct,
    ReportKind,
    ReportTap,
    RevisionTap,
    ScorecardTap,
    SettingTap,
    Tap,
    TargetAct,
    TargetTap,
    TaskAct,
    TaskTap,
    TeamTap,
    UndeliveredTap,
    UploadTap,
)
from scoring.roles import Role
from tests.access.world import Things
from tests.story import MONDAY

NOTHING = ""
"""Of a button that speaks of no single thing: a list of what is there for whoever presses."""

About = tuple[str, str]
"""The field of a button that names a thing, and what thing."""

ABOUT: Mapping[type[Tap], About] = {
    DraftTap: ("draft", "draft"),
    FeedbackTap: ("evaluation", "evaluation"),
    RevisionTap: ("evaluation", "evaluation"),
    DisputeTap: ("subject", "dispute"),
    CorrectionTap: ("subject", "correction"),
    CalibrationTap: ("session", "session"),
    ReportTap: ("subject", "team"),
    TargetTap: ("team", "team"),
    PeopleTap: ("person", "person"),
    PeopleFileTap: ("upload", "people_file"),
    TeamTap: ("team", "team"),
    ScorecardTap: ("subject", "version"),
    UploadTap: ("upload", "upload"),
    ContactTap: ("contact", "contact"),
    GoalTap: ("subject", "agent"),
    ProposalTap: ("proposal", "proposal"),
    PraiseTap: ("team", "team"),
    PlanTap: ("subject", "plan"),
    TaskTap: ("subject", "assignment"),
    DoubleTap: ("team", "team"),
    SettingTap: (NOTHING, NOTHING),
    AuditTap: ("person", "person"),
    ForgetTap: ("subject", "person"),
    UndeliveredTap: (NOTHING, NOTHING),
    LanguageTap: (NOTHING, NOTHING),
    MenuTap: (NOTHING, NOTHING),
    MergeTap: ("kept", "person"),
    PageTap: (NOTHING, NOTHING),
}
"""What the buttons of a kind speak of."""

LISTS: tuple[StrEnum, ...] = (
    DisputeAct.LIST,
    CorrectionAct.MINE,
    *(CalibrationAct.LIST, CalibrationAct.FINISHED, CalibrationAct.NEW),
    *(ContactAct.LIST, ContactAct.EVERYTHING, ContactAct.FILTER),
    *(GoalAct.LIST, GoalAct.AGENTS),
    *(ProposalAct.LIST, ProposalAct.NEW, ProposalAct.KIND, ProposalAct.CSV, ProposalAct.XLSX),
    *(PeopleAct.LIST, PeopleAct.EVERYBODY, PeopleAct.TWIN),
    *(PlanAct.LIST, PlanAct.TEAMS),
    *(TaskAct.NEXT, DoubleAct.LIST, TargetAct.LIST),
)

OTHERWISE: tuple[tuple[StrEnum, About], ...] = (
    (FeedbackAct.LIST, ("evaluation", "agent")),
    (DisputeAct.CRITERION, ("subject", "evaluation")),
    (DisputeAct.ALL, ("subject", "evaluation")),
    (DisputeAct.WRITE, ("subject", "evaluation")),
    (DisputeAct.CANCEL, ("subject", "evaluation")),
    (DisputeAct.SEND, ("subject", "evaluation")),
    (DisputeAct.CHANGE, ("subject", "evaluation")),
    (CorrectionAct.CORRECT, ("subject", "evaluation")),
    (CorrectionAct.MOVE, ("subject", "evaluation")),
    (CorrectionAct.WITHDRAW, ("subject", "evaluation")),
    (CorrectionAct.SUBMITTED, ("subject", "draft")),
    (ReportKind.AGENT, ("subject", "agent")),
    (GoalAct.CARD, ("subject", "goal")),
    (GoalAct.DROP, ("subject", "goal")),
    (GoalAct.DROP_SURE, ("subject", "goal")),
    (GoalAct.AGAIN, ("subject", "goal")),
    (PlanAct.NEW, ("subject", "team")),
    (PlanAct.DRAW, ("subject", "draw")),
    (PlanAct.FILE, ("subject", "draw")),
    (TaskAct.TEAM, ("subject", "team")),
    (TaskAct.PERSON, ("subject", "team")),
    (MergeAct.TEAMS, ("kept", "team")),
    (MergeAct.TEAMS_SURE, ("kept", "team")),
    (ForgetAct.CUSTOMER, ("subject", "contact")),
    (ForgetAct.CUSTOMER_ASK, ("subject", "contact")),
    (ForgetAct.CUSTOMER_SURE, ("subject", "contact")),
)
"""Acts whose buttons speak of something else than most of their kind."""

DUE = (MONDAY + dt.timedelta(days=14)).toordinal()
USUAL: Mapping[str, object] = {
    "version": 1,
    "number": 0,
    "due": DUE,
    "period": "month",
    "month": "2026-11",
    "metric": "aht_s",
    "language": "en",
    "command": "help",
    "kind": "",
    "status": "",
}
"""What else a button says, by field."""

TEXTS: tuple[tuple[StrEnum, Mapping[str, object]], ...] = (
    (ProposalAct.KIND, {"kind": "monitoring"}),
    (ReportAct.CONSENT, {"value": 1}),
)


def kinds() -> list[type[Tap]]:
    """Return every kind of button."""
    return list(KINDS)


def everything_said(kind: type[Tap]) -> Iterator[Said]:
    """Yield what buttons of the kind can say besides numbers and texts."""
    yield from product(*_choices(kind).values())


def about(kind: type[Tap], said: Said) -> About:
    """Return what the button speaks of, and the field that names it."""
    if any(_is(one, LISTS) for one in said):
        return NOTHING, NOTHING
    return next((what for act, what in OTHERWISE if _is(act, said)), ABOUT[kind])


def made(kind: type[Tap], said: Said, things: Things, who: str) -> Tap:
    """Return the button that says so about the thing among *things*, as it is shown to *who*."""
    values: dict[str, object] = {}
    choices = dict(zip(_choices(kind), said, strict=True))
    for field in dataclasses.fields(kind):
        if field.name in choices:
            values[field.name] = choices[field.name]
        elif field.name in USUAL and isinstance(USUAL[field.name], _type(kind, field.name)):
            values[field.name] = USUAL[field.name]
        elif field.default is dataclasses.MISSING:
            values[field.name] = _type(kind, field.name)()
    for act, texts in TEXTS:
        values |= texts if _is(act, said) else {}
    if kind is TaskTap and who != Role.EVALUATOR:
        values["team"] = things["team"]  # an evaluator's own list has none
    field_name, thing = about(kind, said)
    if field_name:
        values[field_name] = things[thing]
    return kind(**values)


def _is(act: StrEnum, among: Iterable[StrEnum]) -> bool:
    """Return whether the act is one of them: acts of two kinds may be equal as texts."""
    return any(one is act for one in among)


def _choices(kind: type[Tap]) -> dict[str, list[StrEnum]]:
    found = ((field.name, _type(kind, field.name)) for field in dataclasses.fields(kind))
    return {name: list(one) for name, one in found if issubclass(one, StrEnum)}


def _type(kind: type[Tap], name: str) -> type:
    found: type = get_type_hints(kind)[name]
    return found

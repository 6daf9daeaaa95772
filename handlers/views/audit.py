"""The audit log in words: who did what, newest first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from markupsafe import Markup

from handlers.taps import AuditAct, AuditTap, MergeAct, MergeTap
from handlers.views.screen import Button, Screen, bold, fit, in_rows, lines, shorten
from handlers.words import N_, Words
from storage.audit import Action, Detail, Entry, Thing

PAGE = 8
NONE = "–"
"""Stands for a detail that says nothing."""

NAME_SHOWN = 40
DETAILS_SHOWN = 120

ACTIONS: Mapping[str, str] = {
    Action.JOINED: N_("Joined by invitation"),
    Action.INVITED: N_("Invitation created"),
    Action.PERSON_ADDED: N_("Person added"),
    Action.ROLES_CHANGED: N_("Roles changed"),
    Action.TEAMS_CHANGED: N_("Teams changed"),
    Action.RENAMED: N_("Renamed"),
    Action.SHUT_OUT: N_("Access closed"),
    Action.LET_IN: N_("Access restored"),
    Action.TEAM_MADE: N_("Team created"),
    Action.TEAM_SET: N_("Team's setting changed"),
    Action.SETTING_CHANGED: N_("Setting changed"),
    Action.TARGET_CHANGED: N_("Target changed"),
    Action.SCORECARD_PUBLISHED: N_("Scorecard published"),
    Action.SCORECARD_RETIRED: N_("Scorecard retired"),
    Action.SCORECARD_BACK: N_("Scorecard brought back"),
    Action.SUBMITTED: N_("Evaluation submitted"),
    Action.REVISED: N_("Evaluation revised"),
    Action.WITHDRAWN: N_("Evaluation withdrawn"),
    Action.MOVED: N_("Evaluation moved to the right agent"),
    Action.CORRECTION_ASKED: N_("Consent to a correction asked"),
    Action.CORRECTION_DECLINED: N_("Correction declined"),
    Action.DISPUTE_OPENED: N_("Dispute opened"),
    Action.DISPUTE_DECIDED: N_("Dispute decided"),
    Action.DISPUTE_REOPENED: N_("Dispute reopened"),
    Action.EXPORTED: N_("Data exported"),
    Action.REPORT_TAKEN: N_("Report taken"),
    Action.IMPORTED: N_("File imported"),
    Action.PLAN_MADE: N_("Plan created"),
    Action.PLAN_CHANGED: N_("Plan changed"),
    Action.PLAN_DRAWN: N_("Sample drawn"),
    Action.ERASED: N_("Person erased"),
    Action.CUSTOMER_ERASED: N_("Customer erased"),
    Action.MASKED: N_("Journal masked"),
    Action.REFUSED: N_("Refused"),
    Action.RESTORED: N_("Copy brought back"),
    Action.DATED_ANEW: N_("Dates put right"),
    Action.KEY_CHANGED: N_("Key in another system changed"),
    Action.ALIASES_CHANGED: N_("Aliases changed"),
    Action.PEOPLE_MERGED: N_("People merged"),
    Action.TEAMS_MERGED: N_("Teams merged"),
    Action.MERGE_UNDONE: N_("Merging undone"),
    Action.TEAM_ARCHIVED: N_("Team archived"),
    Action.TEAM_BACK: N_("Team brought back"),
    Action.HANDED_ON: N_("Open work handed on"),
}

THINGS: Mapping[str, str] = {
    Thing.PERSON: N_("person {number}"),
    Thing.TEAM: N_("team {number}"),
    Thing.SCORECARD: N_("scorecard {number}"),
    Thing.EVALUATION: N_("evaluation {number}"),
    Thing.DISPUTE: N_("dispute {number}"),
    Thing.CONTACTS: N_("contact {number}"),
    Thing.PLAN: N_("plan {number}"),
    Thing.DRAW: N_("draw {number}"),
}

MERGES = frozenset({Action.PEOPLE_MERGED.value, Action.TEAMS_MERGED.value})
ERASURES = frozenset({Action.ERASED.value, Action.CUSTOMER_ERASED.value})


@dataclass(frozen=True, slots=True)
class LogPage:
    """A stretch of the log: names by the ids that stand in it, and what it is limited to."""

    entries: Sequence[Entry]
    total: int
    names: Mapping[int, str]
    zone: ZoneInfo
    person: int = 0
    action: int = 0
    page: int = 0


def list_screen(t: Words, view: LogPage) -> Screen:
    """Return a page of the log with what leads further."""
    heading = t.html("<b>Audit log: {count}</b>", count=view.total)
    limits = [view.names.get(view.person, "")] if view.person else []
    if view.action:
        limits.append(t(ACTIONS[action_at(view.action)]))
    told = [_entry(t, one, view) for one in view.entries]
    parts = [heading, bold(" · ".join(limits)) if limits else None, *told]
    hint = t("Write a part of a name to see one person's.")
    text = fit([part for part in (*parts, hint) if part is not None])
    return Screen(text, _buttons(t, view))


def _entry(t: Words, entry: Entry, view: LogPage) -> Markup:
    who = _name(t, view.names, entry.actor_id)
    about = subject_words(t, entry, view.names)
    told = details_words(entry.told())
    return lines(
        t.html(
            "{number} · {moment} · <b>{action}</b>",
            number=entry.id,
            moment=t.moment(entry.at, view.zone),
            action=action_words(t, entry.action),
        ),
        " · ".join(part for part in dict.fromkeys((who, about)) if part),
        shorten(told, DETAILS_SHOWN) if told else None,
    )


def _name(t: Words, names: Mapping[int, str], ident: int | None) -> str:
    if ident is None:
        return t("the program")
    return shorten(names.get(ident, str(ident)), NAME_SHOWN)


def action_words(t: Words, action: str) -> str:
    """Return what was done."""
    return t(ACTIONS[action]) if action in ACTIONS else action


def action_at(place: int) -> Action:
    """Return the action at that place of their list, counted from 1."""
    return tuple(Action)[place - 1]


def subject_words(t: Words, entry: Entry, names: Mapping[int, str]) -> str:
    """Return what it was done to; empty where it is about nothing in particular."""
    if entry.subject == Thing.PERSON and entry.subject_id in names:
        return shorten(names[entry.subject_id], NAME_SHOWN)
    if entry.subject not in THINGS or not entry.subject_id:
        return ""
    return t(THINGS[entry.subject], number=entry.subject_id)


def details_words(details: Mapping[str, Detail]) -> str:
    """Return the details as the program's words, such as ``after=agent``."""
    return ", ".join(f"{key}={_detail(value)}" for key, value in details.items())


def _detail(value: Detail) -> str:
    if isinstance(value, list):
        return "+".join(str(one) for one in value) or NONE
    return NONE if value is None else str(value)


def _buttons(t: Words, view: LogPage) -> list[list[Button]]:
    limits = (view.person, view.action)
    turning = []
    if view.page > 0:
        turning.append(Button("‹", AuditTap(AuditAct.LIST, *limits, view.page - 1)))
    if (view.page + 1) * PAGE < view.total:
        turning.append(Button("›", AuditTap(AuditAct.LIST, *limits, view.page + 1)))
    acts = [
        Button(t("Act {number}", number=one.id), AuditTap(AuditAct.ACT, page=one.id))
        for one in view.entries
        if one.action in ERASURES
    ]
    acts += [
        Button(t("Undo {number}", number=one.id), MergeTap(MergeAct.UNDO, entry=one.id))
        for one in view.entries
        if one.action in MERGES
    ]
    last = [
        Button(t("Filter"), AuditTap(AuditAct.ACTIONS, *limits)),
        Button("CSV", AuditTap(AuditAct.EXPORT, *limits)),
    ]
    if any(limits):
        last.insert(0, Button(t("Everything"), AuditTap(AuditAct.LIST)))
    return [turning, *in_rows(acts, 3), last]


def actions_screen(t: Words, person: int, page: int) -> Screen:
    """Return the choice of what the log is limited to."""
    labels = [
        Button(t(ACTIONS[one]), AuditTap(AuditAct.LIST, person, place))
        for place, one in enumerate(Action, start=1)
    ]
    back = [Button(t("Back"), AuditTap(AuditAct.LIST, person, 0, page))]
    return Screen(lines(t("What do you want to see?")), [*in_rows(labels, 2), back])

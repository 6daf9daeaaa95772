"""What could not be delivered: the list, one message, and why in plain words."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from markupsafe import Markup

from handlers.taps import PeopleAct, PeopleTap, UndeliveredAct, UndeliveredTap
from handlers.views.screen import Button, Screen, bold, fit, lines, shorten
from handlers.words import N_, Words
from storage.undelivered import Undelivered

PAGE = 6
NAME_SHOWN = 40

KINDS = {
    "feedback": N_("feedback"),
    "feedback_copy": N_("copy of feedback"),
    "compliance_alert": N_("compliance alert"),
    "dispute_opened": N_("new dispute"),
    "dispute_escalated": N_("overdue dispute"),
    "dispute_review": N_("request to score afresh"),
    "dispute_decided": N_("decision on a dispute"),
    "dispute_reopened": N_("reopened dispute"),
    "feedback_edit": N_("corrected feedback"),
    "correction_asked": N_("request for consent"),
    "correction_done": N_("change of an evaluation"),
    "correction_declined": N_("consent refused"),
    "correction_overtaken": N_("request that was overtaken"),
    "contact_review": N_("contact to check"),
    "contact_reviewed": N_("checked contact"),
    "goal-set": N_("new goal"),
    "goal-dropped": N_("goal taken back"),
    "goal-ended": N_("goal that ended"),
    "proposal-new": N_("new proposal"),
    "proposal-decided": N_("decision on a proposal"),
    "proposal-owned": N_("proposal to carry out"),
    "proposal-finished": N_("proposal carried out"),
    "reminder": N_("daily reminder"),
    "unreachable": N_("notice that somebody cannot be reached"),
    "merged": N_("notice that two entries are one"),
    "calibration_invited": N_("invitation to a calibration"),
    "calibration_reminder": N_("reminder of a calibration"),
    "calibration_closed": N_("results of a calibration"),
    "calibration_due": N_("calibration deadline"),
    "task_handed": N_("contact to score"),
    "digest-agent": N_("weekly digest"),
    "digest-team": N_("weekly digest of a team"),
    "digest-evaluator": N_("weekly digest for evaluators"),
    "monthly-chart": N_("monthly report"),
    "monthly-paper": N_("monthly report as a document"),
    "monthly-workbook": N_("monthly report as a table"),
    "kpi-missed": N_("missed target"),
    "draw-work": N_("contacts to score"),
    "draw-short": N_("plan short of contacts"),
}
"""Each kind of news in words."""

OTHER = N_("message")

REASONS = {
    "Forbidden": N_("They have blocked me, or their account is gone."),
    "unreachable": N_("They have blocked me, or their account is gone."),
    "BadRequest": N_("Telegram refused the message."),
    "nobody to tell": N_("They are shut out, or have not opened my chat."),
    "the invitation was never accepted": N_("They never opened their invitation."),
    "no such kind": N_("This version of Etalon does not know this kind of message."),
}
"""What is noted beside a message that was given up, in words for an admin."""

INCIDENT = "incident "


@dataclass(frozen=True, slots=True)
class UndeliveredPage:
    """A stretch of the list."""

    messages: Sequence[Undelivered]
    total: int
    page: int
    zone: ZoneInfo


def list_screen(t: Words, view: UndeliveredPage, note: str | None = None) -> Screen:
    """Return a stretch of what was put aside, with a button for each; *note* says what was done."""
    back = Button(t("People"), PeopleTap(PeopleAct.LIST))
    if not view.total:
        return Screen(lines(note, t("Everything has been delivered.")), [[back]])
    heading = t.html("<b>Undelivered: {count}</b>", count=view.total)
    told = [_entry(t, one, view.zone) for one in view.messages]
    rows = [[Button(_label(t, one), _tap(UndeliveredAct.CARD, one.id))] for one in view.messages]
    rows.append(_turning(view))
    again = t("Send all again ({count})", count=view.total)
    rows.append([Button(again, _tap(UndeliveredAct.AGAIN_ALL))])
    rows.append([back])
    return Screen(fit([one for one in (note, heading, *told) if one is not None]), rows)


def card_screen(t: Words, one: Undelivered, zone: ZoneInfo) -> Screen:
    """Return one message that was put aside, and what can be done about it."""
    told = lines(
        bold(one.recipient),
        kind_in_words(t, one.kind),
        t("Written {moment}", moment=t.moment(one.created_at, zone)),
        reason(t, one),
    )
    rows = [
        [
            Button(t("Send again"), _tap(UndeliveredAct.AGAIN, one.id)),
            Button(t("Do not send"), _tap(UndeliveredAct.DROP, one.id)),
        ],
        [Button(t("Back"), _tap(UndeliveredAct.LIST))],
    ]
    return Screen(told, rows)


def kind_in_words(t: Words, kind: str) -> str:
    """Return what kind of news it is."""
    return t(KINDS.get(kind, OTHER))


def reason(t: Words, one: Undelivered) -> str:
    """Return why the message did not arrive."""
    if one.uncertain:
        return t("Nobody knows whether it arrived.")
    if one.error.startswith(INCIDENT):
        number = one.error.removeprefix(INCIDENT)
        return t(
            "The message could not be composed. The log has this number: {number}", number=number
        )
    words = REASONS.get(one.error)
    return t(words) if words is not None else t("It did not arrive.")


def _entry(t: Words, one: Undelivered, zone: ZoneInfo) -> Markup:
    name = bold(shorten(one.recipient, NAME_SHOWN))
    what = f"{kind_in_words(t, one.kind)} · {t.moment(one.created_at, zone)}"
    return lines(name, what, reason(t, one))


def _label(t: Words, one: Undelivered) -> str:
    return f"{shorten(one.recipient, NAME_SHOWN // 2)} · {kind_in_words(t, one.kind)}"


def _turning(view: UndeliveredPage) -> list[Button]:
    """Return the buttons that turn pages, none where there is but one."""
    buttons = []
    if view.page > 0:
        buttons.append(Button("‹", _tap(UndeliveredAct.LIST, view.page - 1)))
    if (view.page + 1) * PAGE < view.total:
        buttons.append(Button("›", _tap(UndeliveredAct.LIST, view.page + 1)))
    return buttons


def _tap(act: UndeliveredAct, value: int = 0) -> UndeliveredTap:
    return UndeliveredTap(act, value)

"""Screens of a reference that is known: whose contact it is, and what it has been scored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from handlers import labels
from handlers.taps import ContactAct, ContactTap, DraftAct, FeedbackAct, FeedbackTap, Tap
from handlers.views.casefile import score_words
from handlers.views.draft_parts import DraftView, tap_on
from handlers.views.screen import Button, Screen, bold, lines, shorten
from handlers.words import Words
from scoring.zones import local_day
from storage.contacts import Contact
from storage.disputes import Dispute
from storage.evaluations import Evaluation

NAME = 18


@dataclass(frozen=True, slots=True)
class Before:
    """The evaluation that a contact has; a ``blind`` reader learns only that there is one."""

    contact: Contact
    agent: str
    evaluator: str
    evaluation: Evaluation
    dispute: Dispute | None
    blind: bool
    readable: bool
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Ways:
    """Where the buttons lead: to scoring again, and back to another contact.

    ``meanwhile`` says that it was scored while a draft was being filled in: *again* submits that
    draft all the same, and *other* leads back to it.
    """

    again: Tap
    other: Tap | None = None
    meanwhile: bool = False


def before_screen(t: Words, before: Before, ways: Ways) -> Screen:
    """Return what the contact has been scored, with the choice to open it or to score again."""
    contact = before.contact
    told = (
        shorten(before.agent, 60),
        labels.channel(t, contact.channel),
        labels.reference(t, contact.reference) if contact.reference else None,
    )
    text = lines(
        bold(
            t("This contact has been scored meanwhile")
            if ways.meanwhile
            else t("This contact has been scored")
        ),
        " · ".join(part for part in told if part),
        "",
        _has(t, before),
        _disputed(t, before),
        "",
        t("If you submit yours, it counts instead.")
        if ways.meanwhile
        else t("If you score it again, the new score counts instead."),
    )
    opening = Button(t("Open it"), _opening(before))
    again = Button(t("Submit anyway") if ways.meanwhile else t("Score again"), ways.again)
    rows = [[opening, again]]
    if ways.other is not None:
        back = t("Back") if ways.meanwhile else t("Another reference")
        rows.append([Button(back, ways.other)])
    return Screen(text, rows)


def mine_screen(t: Words, evaluation_id: int, other: Tap | None = None) -> Screen:
    """Return that the reader scored the contact themself, with the way to their evaluation.

    *other* leads back to the question for a reference, where that is where they came from.
    """
    rows = [[Button(t("Open it"), FeedbackTap(evaluation_id, FeedbackAct.OPEN))]]
    if other is not None:
        rows.append([Button(t("Another reference"), other)])
    return Screen(lines(t("You have scored this contact already.")), rows)


def _has(t: Words, before: Before) -> str | None:
    if before.blind:
        return None
    evaluation = before.evaluation
    score = score_words(t, evaluation) if before.readable else t("scored")
    day = t.day(local_day(evaluation.submitted_at, before.zone), year=True)
    return f"{score} · {day} · {shorten(before.evaluator, 40)}"


def _disputed(t: Words, before: Before) -> str | None:
    if before.blind:
        return None
    if before.dispute is None:
        return t("not disputed")
    return t("disputed, not decided yet") if before.dispute.is_open else t("disputed, decided")


def _opening(before: Before) -> Tap:
    if before.readable:
        return FeedbackTap(before.evaluation.id, FeedbackAct.OPEN)
    return ContactTap(ContactAct.CARD, before.contact.id)


def parts_screen(
    t: Words,
    view: DraftView,
    reference: str,
    found: Sequence[Contact],
    names: Mapping[int, str],
    zone: ZoneInfo,
) -> Screen:
    """Return whose contacts have the reference that was typed, with the choice among them."""
    shown = shorten(reference, 40)
    if len(found) == 1:
        name = names[found[0].agent_id]
        asks = t.html("<b>{reference}</b> is a contact of {name}.", reference=shown, name=name)
    else:
        asks = t.html("<b>{reference}</b> is known. Whose part?", reference=shown)
    rows = [[Button(_part(t, one, names, zone), _taking(view, one.id))] for one in found]
    if view.agent is not None and view.draft.channel is not None:
        fresh = t("New: {name}", name=shorten(view.agent, NAME))
        channel = labels.channel(t, view.draft.channel)
        rows.append([Button(f"{fresh} · {channel}", _taking(view, 0))])
    rows.append([Button(t("Another reference"), tap_on(view, DraftAct.OPEN))])
    return Screen(lines(asks), rows)


def _part(t: Words, one: Contact, names: Mapping[int, str], zone: ZoneInfo) -> str:
    """Return a contact in one line for a button."""
    name = shorten(names[one.agent_id], NAME)
    day = t.day(local_day(one.at, zone))
    return f"{name} · {labels.channel(t, one.channel)} · {day}"


def _taking(view: DraftView, contact: int) -> Tap:
    return tap_on(view, DraftAct.CONTACT, contact)

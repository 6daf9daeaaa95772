"""A contact's card: what is known of it, how it was scored, what may be done with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from markupsafe import Markup

from handlers import labels
from handlers.contacts import contact_labels
from handlers.taps import ContactAct, ContactTap, FeedbackAct, FeedbackTap
from handlers.views.casefile import score_of, score_words
from handlers.views.screen import Button, Rows, Screen, bold, fit, in_rows, lines, quote, shorten
from handlers.words import N_, Words
from scoring.contacts import MOVES, Status, masked
from scoring.draft import MAX_TEXT
from scoring.zones import local_day
from storage.contacts import Contact, Move
from storage.evaluations import Evaluation
from storage.people import Person
from storage.second_scorings import Own

EXCERPT = 700
WHOLE = 3000
"""Characters of a contact's text that are shown where it is about to be scored."""
EVALUATIONS = 5
EARLIER = 5
STATUSES = tuple(Status)

MOVE_LABELS = {
    Status.CLOSED: N_("Close"),
    Status.IN_PROGRESS: N_("In progress"),
    Status.DEFERRED: N_("Defer"),
    Status.UNDER_REVIEW: N_("Send for review"),
}

Line = str | Markup


@dataclass(frozen=True, slots=True)
class Card:
    """A contact with what belongs to it, and how somebody stands to it.

    ``evaluations`` are the newest, ``readable`` the ids of those whose score the reader may see;
    ``earlier`` are the same customer's, of ``earlier_total``; ``names`` are people's by id;
    ``pieces`` is how much material there is, ``own`` what the reader made of it besides. ``back``
    leads to the list.
    """

    contact: Contact
    agent: Person
    zone: ZoneInfo
    evaluations: Sequence[Evaluation]
    readable: frozenset[int]
    earlier: Sequence[Contact]
    earlier_total: int
    names: Mapping[int, str]
    pieces: int
    move: Move | None
    may_score: bool
    may_move: bool
    may_approve: bool
    back: ContactTap
    own: Sequence[Own] = ()


def card_screen(t: Words, card: Card) -> Screen:
    """Return the card."""
    contact = card.contact
    text = fit(
        [
            title(t, contact),
            *facts(t, card),
            *_standing(t, card),
            *excerpt(contact),
            *_evaluations(t, card),
            *_earlier(t, card),
        ]
    )
    return Screen(text, _buttons(t, card))


def about_screen(
    t: Words, contact: Contact, agent: Person, reading: ZoneInfo, pieces: int
) -> Screen:
    """Return what somebody sees of the contact that they begin to score: its facts and its text."""
    card = Card(
        contact=contact,
        agent=agent,
        zone=reading,
        evaluations=(),
        readable=frozenset(),
        earlier=(),
        earlier_total=0,
        names={},
        pieces=pieces,
        move=None,
        may_score=False,
        may_move=False,
        may_approve=False,
        back=ContactTap(ContactAct.LIST),
    )
    said = contact.text or ""
    told = [title(t, contact), *facts(t, card)]
    if said:
        told.append(quote(shorten(said, WHOLE)))
    material = [[Button(t("Material"), _tap(card, ContactAct.MATERIAL))]]
    return Screen(fit(told), material if pieces or len(said) > WHOLE else ())


def title(t: Words, contact: Contact) -> Markup:
    """Return what the contact is called, and what kind of contact it is."""
    told = (
        labels.channel(t, contact.channel),
        contact_labels.contact_type(t, contact.type) if contact.type else None,
    )
    kind = " · ".join(part for part in told if part)
    if contact.reference is None:
        return bold(kind)
    return Markup("<b>{}</b> · {}").format(contact.reference, kind)


def facts(t: Words, card: Card) -> list[Line]:
    """Return a line on each thing that is known of the contact."""
    contact = card.contact
    told: list[Line] = [t("Agent: {name}", name=shorten(card.agent.name, 60))]
    if contact.topic:
        told.append(t("Topic: {topic}", topic=contact.topic))
    if contact.started_at is not None:
        told.append(_when(t, card))
    if contact.customer:
        told.append(t("Customer: {customer}", customer=masked(contact.customer)))
    if contact.link:
        told.append(_link(t, contact.link))
    if card.pieces:
        told.append(f"📎 {card.pieces}")
    return told


def _when(t: Words, card: Card) -> str:
    contact = card.contact
    at = contact.started_at or contact.at
    day = local_day(at, card.zone)
    told = (
        t.day(day, year=True) + at.astimezone(card.zone).strftime(", %H:%M"),
        duration(t, contact.duration_s) if contact.duration_s is not None else None,
    )
    return " · ".join(part for part in told if part)


def duration(t: Words, seconds: int) -> str:
    """Return how long something took, to the second below an hour, else to the minute."""
    minutes, rest = divmod(seconds, 60)
    hours, of_hour = divmod(minutes, 60)
    if hours:
        return t("{hours} h {minutes} min", hours=hours, minutes=of_hour)
    if minutes:
        return t("{minutes} min {seconds} s", minutes=minutes, seconds=rest)
    return t("{seconds} s", seconds=seconds)


def _link(t: Words, link: str) -> Markup:
    """Return the link to tap; anything but a web address is shown as the text that it is."""
    try:
        parts = urlsplit(link)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme in {"http", "https"} and parts.netloc:
        named = t("Open it at {host}", host=shorten(parts.hostname or "", 60))
        return Markup('<a href="{}">{}</a>').format(link, named)
    return lines(t("Link: {link}", link=shorten(link, 200)))


def _standing(t: Words, card: Card) -> list[Line]:
    """Return the status and, where a person moved it, who did and what they said."""
    named = contact_labels.status(t, card.contact.status)
    told: list[Line] = [t.html("Status: <b>{status}</b>", status=named)]
    move = card.move
    if move is None or move.after is not card.contact.status:
        return told
    values = {"name": _name(card, move.moved_by), "moment": t.moment(move.moved_at, card.zone)}
    if move.before is Status.UNDER_REVIEW and move.after is Status.CLOSED:
        told.append(t("Approved by {name}, {moment}", **values))
    elif move.before is Status.UNDER_REVIEW:
        told.append(t("Sent back by {name}, {moment}", **values))
    else:
        told.append(t("Moved by {name}, {moment}", **values))
    return [*told, quote(move.comment)] if move.comment else told


def _name(card: Card, person_id: int | None) -> str:
    return card.names.get(person_id or 0, "…")


def excerpt(contact: Contact) -> list[Line]:
    """Return the beginning of the contact's text, where it has one."""
    return [quote(shorten(contact.text, EXCERPT))] if contact.text else []


def _evaluations(t: Words, card: Card) -> list[Line]:
    """Return the evaluations; where the reader may not see a score, that there is one."""
    if not card.evaluations and not card.own:
        return ["", t("Not scored yet")]
    told: list[Line] = ["", bold(t("Evaluations"))]
    for mine in card.own:
        day = t.day(local_day(mine.submitted_at, card.zone), year=True)
        told.append(f"• {score_of(t, mine.final)} · {day} · {_name(card, mine.evaluator_id)}")
    for one in card.evaluations:
        day = t.day(local_day(one.submitted_at, card.zone), year=True)
        name = _name(card, one.evaluator_id)
        line = f"• {_score(t, card, one)} · {day} · {name}"
        told.append(f"{line} · {_standing_of(t, one)}" if not one.counts else line)
    return told


def _standing_of(t: Words, one: Evaluation) -> str:
    """Return why the evaluation does not count."""
    return t("scored again") if one.superseded else t("withdrawn")


def _score(t: Words, card: Card, one: Evaluation) -> str:
    return score_words(t, one) if one.id in card.readable else t("scored")


def _earlier(t: Words, card: Card) -> list[Line]:
    if not card.earlier_total:
        return []
    said = t.plural(
        "{count} earlier contact of this customer",
        "{count} earlier contacts of this customer",
        card.earlier_total,
    )
    return ["", bold(said)]


def _buttons(t: Words, card: Card) -> Rows:
    contact = card.contact
    acting = []
    if card.may_score:
        acting.append(Button(t("Score it"), _tap(card, ContactAct.SCORE)))
    if card.pieces:
        acting.append(Button(t("Material"), _tap(card, ContactAct.MATERIAL)))
    opening = [
        Button(
            f"{score_words(t, one)} · {t.day(local_day(one.submitted_at, card.zone))} · "
            f"{shorten(_name(card, one.evaluator_id), 18)}",
            FeedbackTap(one.id, FeedbackAct.OPEN),
        )
        for one in card.evaluations
        if one.id in card.readable
    ]
    before = [
        Button(
            f"{t.day(local_day(one.at, card.zone), year=True)} · "
            f"{labels.channel(t, one.channel)} · {shorten(one.topic or one.reference or '', 16)}",
            ContactTap(ContactAct.CARD, one.id, 0, card.back.page, card.back.chosen),
        )
        for one in card.earlier
    ]
    return [
        acting,
        *in_rows(opening, 1),
        *in_rows(before, 1),
        *in_rows(_moves(t, card, contact.status), 2),
        [Button(t("To the list"), card.back)],
    ]


def _moves(t: Words, card: Card, status: Status) -> list[Button]:
    """Return where the status may go, for whoever may move it."""
    if status is Status.UNDER_REVIEW:
        if not card.may_approve:
            return []
        return [
            Button(t("Approve"), _moving(card, Status.CLOSED)),
            Button(t("Send back"), _tap(card, ContactAct.SEND_BACK)),
        ]
    if not card.may_move:
        return []
    return [
        Button(
            t("Reopen") if status is Status.CLOSED else t(MOVE_LABELS[after]),
            _moving(card, after),
        )
        for after in MOVES[status]
    ]


def _moving(card: Card, after: Status) -> ContactTap:
    return _tap(card, ContactAct.MOVE, STATUSES.index(after))


def _tap(card: Card, act: ContactAct, value: int = 0) -> ContactTap:
    return ContactTap(act, card.contact.id, value, card.back.page, card.back.chosen)


def comment_screen(t: Words, contact: Contact, back: ContactTap) -> Screen:
    """Return the question why a contact is sent back; what is typed next is the answer."""
    text = lines(
        title(t, contact),
        bold(t("What is still to be done?")),
        t("Write it in one message of up to {limit} characters.", limit=MAX_TEXT),
    )
    return Screen(text, [[Button(t("Back"), back)]])


def review_screen(t: Words, contact: Contact, agent: Person, name: str) -> Screen:
    """Return the news that a contact waits for its approval."""
    text = lines(
        t.html("<b>A contact waits for your approval</b>"),
        Markup("{} · {}").format(title(t, contact), agent.name),
        t("Sent for review by {name}", name=name),
    )
    return Screen(text, [[_open(t, contact)]])


def reviewed_screen(t: Words, contact: Contact, agent: Person, move: Move, name: str) -> Screen:
    """Return the news that a review has ended, for whoever had asked for it."""
    approved = move.after is Status.CLOSED
    told = t("Approved by {name}", name=name) if approved else t("Sent back by {name}", name=name)
    text = lines(
        bold(told),
        Markup("{} · {}").format(title(t, contact), agent.name),
        quote(move.comment) if move.comment else None,
    )
    return Screen(text, [[_open(t, contact)]])


def _open(t: Words, contact: Contact) -> Button:
    return Button(t("Open the contact"), ContactTap(ContactAct.CARD, contact.id))

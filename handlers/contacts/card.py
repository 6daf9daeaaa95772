"""A contact's card, scoring it, and its material on demand."""

from collections.abc import Awaitable, Callable, Mapping

from handlers.contacts.access import may_approve, may_handle, opened, reach
from handlers.contacts.begin_scoring import AGAIN, begin
from handlers.contacts.begin_scoring import card as about_card
from handlers.evaluating.casefile import clock_of, oversees
from handlers.evaluating.showing import send_new
from handlers.feedback.listening import send_pieces
from handlers.refusals import NotAllowed
from handlers.taps import ContactAct, ContactTap
from handlers.turn import Turn
from handlers.views import contact_card as views
from handlers.views.contacts import CHOSEN
from handlers.views.screen import Screen
from scoring.roles import Role
from storage import assignments, attachments, contacts, evaluations, people, second_scorings, teams
from storage.attachments import Attachment
from storage.contacts import Contact
from storage.database import Transaction
from storage.evaluations import Evaluation
from storage.people import Person

TEXT_AT_ONCE = 3500
"""Characters of a contact's text in one message."""


async def show(turn: Turn, tap: ContactTap) -> None:
    """Show the card in place of the list, or of whatever led here."""
    async with turn.db.reading() as tx:
        screen = await card(tx, turn, tap)
    await turn.show(screen)


async def card(tx: Transaction, turn: Turn, tap: ContactTap) -> Screen:
    """Return the contact's card as it stands; raise ``NotFound`` or ``NotYours``."""
    person = turn.person
    contact, agent = await opened(tx, person, tap.contact)
    scored = await scored_as_seen(tx, person, agent, contact.id)
    before, total = await contacts.earlier(tx, contact, reach(person), limit=views.EARLIER)
    move = await contacts.last_move(tx, contact.id)
    named = {one.evaluator_id for one in scored} | {move.moved_by if move else None}
    known = await people.by_ids(tx, [one for one in named if one is not None])
    team = await teams.by_id(tx, agent.teams[0]) if agent.teams else None
    pieces = await pieces_of(tx, contact)
    shown = views.Card(
        contact=contact,
        agent=agent,
        zone=clock_of(turn.services, person, team),
        evaluations=scored,
        readable=frozenset(one.id for one in scored if _may_see(person, agent, one)),
        own=await second_scorings.own(tx, contact.id, person.id),
        earlier=before,
        earlier_total=total,
        names={one.id: one.name for one in (*known.values(), person)},
        pieces=pieces,
        move=move,
        may_score=agent.active and may_handle(person, agent) and person.is_a(Role.EVALUATOR),
        may_move=may_handle(person, agent),
        may_approve=may_approve(person, agent),
        back=ContactTap(ContactAct.LIST, page=tap.page, chosen=tap.chosen),
    )
    return views.card_screen(turn.t, shown)


async def scored_as_seen(
    tx: Transaction, person: Person, agent: Person, contact_id: int
) -> list[Evaluation]:
    """Return the contact's newest evaluations as far as *person* may know of them.

    Whoever scores it second, unannounced, learns of no other scoring.
    """
    scored = await evaluations.of_contact(tx, contact_id, limit=views.EVALUATIONS)
    if oversees(person, frozenset(agent.teams)):
        return scored
    every = await assignments.of_contact(tx, contact_id)
    second = any(one.second and one.evaluator_id == person.id for one in every)
    return [] if second else scored


def _may_see(person: Person, agent: Person, evaluation: Evaluation) -> bool:
    """Return whether *person* may read the evaluation.

    To other evaluators a score that is there already stays unknown: they might have to give one.
    """
    if person.id in {agent.id, evaluation.evaluator_id}:
        return True
    return oversees(person, frozenset(agent.teams) | {evaluation.team_id or 0})


async def score(turn: Turn, tap: ContactTap) -> None:
    """Begin to score the contact, in a new message."""
    if not turn.person.is_a(Role.EVALUATOR):
        raise NotAllowed
    async with turn.db.writing() as tx:
        contact, _ = await opened(tx, turn.person, tap.contact)
        draft, screen = await begin(tx, turn, contact, again=tap.value == AGAIN)
        shown = draft is not None and tap.value in {AGAIN, CHOSEN}
        about = await about_card(tx, turn, contact) if shown else None
    await turn.toast()
    if about is not None:
        await turn.say(about)
    if draft is None:
        await turn.say(screen)
    else:
        await send_new(turn, draft, screen)


async def send_material(turn: Turn, tap: ContactTap) -> None:
    """Send the next few pieces of what is attached, the journal's own text first."""
    async with turn.db.reading() as tx:
        contact, _ = await opened(tx, turn.person, tap.contact)
        attached = await attachments.of_contact(tx, contact.id)
    pieces = [*_texts(turn, contact), *attached]
    await send_pieces(turn, pieces, tap.value, lambda sent: ContactTap(tap.act, contact.id, sent))


async def pieces_of(tx: Transaction, contact: Contact) -> int:
    """Return how much material there is to send."""
    return len(await attachments.of_contact(tx, contact.id)) + bool(_long_text(contact))


def _long_text(contact: Contact) -> str:
    """Return the contact's text where the card shows but a part of it."""
    text = contact.text or ""
    return text if len(text) > views.EXCERPT else ""


def _texts(turn: Turn, contact: Contact) -> list[Attachment]:
    text = _long_text(contact)
    return [
        Attachment("text", 0, text=text[start : start + TEXT_AT_ONCE], sender=turn.t("Journal"))
        for start in range(0, len(text), TEXT_AT_ONCE)
    ]


ACTS: Mapping[ContactAct, Callable[[Turn, ContactTap], Awaitable[None]]] = {
    ContactAct.CARD: show,
    ContactAct.SCORE: score,
    ContactAct.MATERIAL: send_material,
}

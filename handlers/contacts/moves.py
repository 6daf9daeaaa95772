"""Moving a contact's status: by a press, with a comment, and the news about reviews."""

from collections.abc import Awaitable, Callable, Mapping

from handlers.contacts.access import READERS, may_approve, may_handle, may_read, opened
from handlers.contacts.card import card
from handlers.disputes.disputing import required_text
from handlers.evaluating.submission import allowed_at
from handlers.notice import Notice
from handlers.refusals import NotAllowed, OutOfDate, Sorry
from handlers.routing import Typed
from handlers.taps import ContactAct, ContactTap
from handlers.turn import Services, Turn
from handlers.views import contact_card as views
from handlers.views.screen import Screen
from handlers.words import N_, Words
from scoring import contacts as rules
from scoring.contacts import Status
from scoring.roles import Role
from storage import awaiting, contacts, outbox, people, teams
from storage.awaiting import Awaited
from storage.contacts import Contact, Move
from storage.database import Transaction
from storage.outbox import Claimed, Message
from storage.people import Person

COMMENT = "contacts.comment"
REVIEW = "contact_review"
REVIEWED = "contact_reviewed"


class OwnStatus(Sorry):
    """Nobody moves or approves their own contacts."""

    sentence = N_("This is your own contact: somebody else moves it on.")


class MovedOn(Sorry):
    """The contact is not any more where it was when the message was drawn."""

    sentence = N_("This contact had moved on meanwhile.")


async def move(turn: Turn, tap: ContactTap) -> None:
    """Move the status as the button says; where it had moved on, show where it stands."""
    if not 0 <= tap.value < len(views.STATUSES):
        raise OutOfDate
    after = views.STATUSES[tap.value]
    try:
        async with turn.db.writing() as tx:
            contact, agent = await _movable(tx, turn, tap.contact, after)
            await _move(tx, turn, contact, agent, after)
            screen = await card(tx, turn, tap)
    except MovedOn:
        await _redraw(turn, tap)
        return
    turn.services.wake()
    await turn.show(screen)


async def _redraw(turn: Turn, tap: ContactTap) -> None:
    async with turn.db.reading() as tx:
        screen = await card(tx, turn, tap)
    await turn.toast(turn.t("This had moved on. Here is where it stands now."))
    await turn.show(screen)


async def _movable(
    tx: Transaction, turn: Turn, contact_id: int, after: Status
) -> tuple[Contact, Person]:
    """Return the contact and its agent where the person may move it there; raise why not."""
    contact, agent = await opened(tx, turn.person, contact_id)
    if not may_handle(turn.person, agent):
        raise OwnStatus
    approver = may_approve(turn.person, agent)
    if contact.status is Status.UNDER_REVIEW and not approver:
        raise NotAllowed
    if not rules.may_move(contact.status, after, approver=approver):
        raise MovedOn
    return contact, agent


async def _under_review(tx: Transaction, turn: Turn, contact_id: int) -> tuple[Contact, Person]:
    """Return the contact and its agent where the person may send it back; raise why not."""
    contact, agent = await _movable(tx, turn, contact_id, Status.IN_PROGRESS)
    if contact.status is not Status.UNDER_REVIEW:
        raise MovedOn
    return contact, agent


async def _move(
    tx: Transaction,
    turn: Turn,
    contact: Contact,
    agent: Person,
    after: Status,
    comment: str | None = None,
) -> None:
    """Store the move and queue the news about it."""
    now, by = turn.now, turn.person
    asked = await contacts.last_move(tx, contact.id, Status.UNDER_REVIEW)
    move_id = await contacts.move(tx, contact, after, now, by=by.id, comment=comment)
    if move_id is None:
        raise MovedOn
    if after is Status.UNDER_REVIEW:
        kind, told = REVIEW, await _approvers(tx, agent)
    elif contact.status is Status.UNDER_REVIEW and asked is not None:
        kind, told = REVIEWED, list((await people.by_ids(tx, [asked.moved_by or 0])).values())
    else:
        return
    team = await teams.by_id(tx, agent.teams[0]) if agent.teams else None
    messages = [
        Message(kind, one.id, move_id, f"{kind}:{move_id}:{one.id}", allowed_at(team, one, now))
        for one in told
        if one.id != by.id
    ]
    await outbox.put(tx, messages, now)


async def _approvers(tx: Transaction, agent: Person) -> list[Person]:
    """Return who is asked to approve: supervisors of the agent, or admins where there is none."""
    found = await people.supervisors_of(tx, agent) or await people.with_role(tx, Role.ADMIN)
    return [one for one in found if may_approve(one, agent)]


async def ask_comment(turn: Turn, tap: ContactTap) -> None:
    """Ask what is still to be done before a contact is sent back."""
    try:
        async with turn.db.writing() as tx:
            contact, _ = await _under_review(tx, turn, tap.contact)
            awaited = turn.asked or await awaiting.current(tx, turn.person.id)
            words = awaited.detail if awaited is not None else ""
            expected = Awaited(COMMENT, contact.id, words, turn.pressed_message)
            await awaiting.expect(tx, turn.person.id, expected)
    except MovedOn:
        await _redraw(turn, tap)
        return
    back = ContactTap(ContactAct.CARD, contact.id, 0, tap.page, tap.chosen)
    await turn.show(views.comment_screen(turn.t, contact, back))


async def take_comment(turn: Turn, awaited: Awaited) -> None:
    """Send the contact back with the typed comment."""
    comment = required_text(turn)
    try:
        async with turn.db.writing() as tx:
            contact, agent = await _under_review(tx, turn, awaited.subject)
            await _move(tx, turn, contact, agent, Status.IN_PROGRESS, comment)
            await awaiting.forget(tx, turn.person.id)
            screen = await card(tx, turn, ContactTap(ContactAct.CARD, contact.id))
    except Sorry:
        async with turn.db.writing() as tx:
            await awaiting.forget(tx, turn.person.id)
        raise
    turn.services.wake()
    await turn.show_below(screen, awaited.message_id)


async def _draw_review(services: Services, t: Words, to: Person, message: Claimed) -> Screen | None:
    async with services.db.reading() as tx:
        found = await _told(tx, message.subject)
        if found is None or not may_approve(to, found[1]):
            return None
        contact, agent, asked = found
        name = await _name(tx, asked)
    if contact.status is not Status.UNDER_REVIEW:
        return None
    return views.review_screen(t, contact, agent, name)


async def _draw_reviewed(
    services: Services, t: Words, to: Person, message: Claimed
) -> Screen | None:
    async with services.db.reading() as tx:
        found = await _told(tx, message.subject)
        if found is None or not to.roles & READERS or not may_read(to, found[1]):
            return None
        contact, agent, made = found
        name = await _name(tx, made)
    return views.reviewed_screen(t, contact, agent, made, name)


async def _told(tx: Transaction, move_id: int) -> tuple[Contact, Person, Move] | None:
    made = await contacts.move_by_id(tx, move_id)
    contact = await contacts.by_id(tx, made.contact_id) if made is not None else None
    agent = await people.by_id(tx, contact.agent_id) if contact is not None else None
    if made is None or contact is None or agent is None:
        return None
    return contact, agent, made


async def _name(tx: Transaction, made: Move) -> str:
    person = await people.by_id(tx, made.moved_by) if made.moved_by is not None else None
    return person.name if person is not None else "…"


ACTS: Mapping[ContactAct, Callable[[Turn, ContactTap], Awaitable[None]]] = {
    ContactAct.MOVE: move,
    ContactAct.SEND_BACK: ask_comment,
}

TYPED = (Typed(COMMENT, take_comment, READERS),)

NOTICES = (Notice(REVIEW, _draw_review), Notice(REVIEWED, _draw_reviewed))

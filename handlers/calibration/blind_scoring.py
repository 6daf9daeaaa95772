"""Scoring blind in a calibration: the session's card, its contacts, and the walk through one."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from handlers.calibration.access import SessionView, view_of, visible
from handlers.calibration.ends import ScoredAlready, SessionOver, close
from handlers.evaluating.steps import AWAITED, draw
from handlers.evaluating.submission import with_walk
from handlers.feedback.listening import send_pieces
from handlers.refusals import NotFound, NotYours, Sorry
from handlers.taps import CalibrationAct, CalibrationTap
from handlers.turn import Turn
from handlers.views import calibration as views
from handlers.words import N_
from scoring import draft as walking
from scoring.draft import Stage
from storage import attachments, awaiting, calibration_scorings, calibrations, contacts, drafts
from storage.attachments import Attachment
from storage.awaiting import Awaited
from storage.calibrations import Contact, Session
from storage.database import Transaction
from storage.drafts import Draft

TEXT_AT_ONCE = 3500
"""Characters of a contact's text in one message."""


class AllScored(Sorry):
    """Nothing is left for the person to score in the session."""

    sentence = N_("You have scored everything in this session.")


async def show_card(turn: Turn, tap: CalibrationTap) -> None:
    """Show the session: what is still to score, or that its results are out."""
    async with turn.db.reading() as tx:
        session = await visible(tx, turn.person, tap.session)
        view = await view_of(tx, turn.services, turn.person, session)
    await turn.show(views.card_screen(turn.t, view, turn.now))


async def show_contact(turn: Turn, tap: CalibrationTap) -> None:
    """Show a contact with its material; one without any is scored at once."""
    async with turn.db.reading() as tx:
        session, contact = await _task(tx, turn, tap)
        view = await view_of(tx, turn.services, turn.person, session)
        pieces = len(await _pieces(tx, turn, contact.id))
        journal = await contacts.by_id(tx, contact.id)
    link = journal.link if journal is not None else None
    if pieces or link:
        await turn.show(views.contact_screen(turn.t, view, contact, pieces, link))
    else:
        await score(turn, tap)


async def send_material(turn: Turn, tap: CalibrationTap) -> None:
    """Send the next few pieces of the contact's material."""
    async with turn.db.reading() as tx:
        session = await visible(tx, turn.person, tap.session)
        if session.contact(tap.value) is None or turn.person.id not in session.people:
            raise NotYours
        pieces = await _pieces(tx, turn, tap.value)
    await send_pieces(turn, pieces, max(tap.page, 0), lambda sent: replace(tap, page=sent))


async def _pieces(tx: Transaction, turn: Turn, contact_id: int) -> list[Attachment]:
    """Return what there is to read and hear of the contact, the journal's own text first."""
    journal = await contacts.by_id(tx, contact_id)
    text = (journal.text or "") if journal is not None else ""
    told = [
        Attachment("text", 0, text=text[start : start + TEXT_AT_ONCE], sender=turn.t("Journal"))
        for start in range(0, len(text), TEXT_AT_ONCE)
    ]
    return [*told, *await attachments.of_contact(tx, contact_id)]


async def score(turn: Turn, tap: CalibrationTap) -> None:
    """Begin or go on with the walk through the scorecard on a contact, in this message."""
    async with turn.db.writing() as tx:
        session, contact = await _task(tx, turn, tap)
        done = await calibration_scorings.done(tx, session.id)
        if (contact.id, turn.person.id) in done:
            raise ScoredAlready
        draft = await _draft(tx, turn, session, contact)
        await awaiting.expect(tx, turn.person.id, Awaited(AWAITED, draft.id))
        screen = await draw(tx, turn, draft)
    shown = await turn.show(screen)
    async with turn.db.writing() as tx:
        await drafts.place(tx, draft.id, turn.chat.id, shown)


async def score_next(turn: Turn, tap: CalibrationTap) -> None:
    """Go on to the first contact that the person has not scored."""
    async with turn.db.reading() as tx:
        session = await visible(tx, turn.person, tap.session)
        done = await calibration_scorings.done(tx, session.id)
    left = [one for one in session.tasks_of(turn.person.id) if (one.id, turn.person.id) not in done]
    if not left:
        raise AllScored
    await show_contact(turn, replace(tap, value=left[0].id))


async def _task(tx: Transaction, turn: Turn, tap: CalibrationTap) -> tuple[Session, Contact]:
    """Return a running session with a contact that is the person's to score in it."""
    session = await calibrations.by_id(tx, tap.session, alone=True)
    if session is None or not session.concerns(turn.person.id):
        raise NotFound if session is None else NotYours
    if not session.is_running(turn.now):
        raise SessionOver
    contact = session.contact(tap.value)
    if contact is None or contact not in session.tasks_of(turn.person.id):
        raise NotYours
    return session, contact


async def _draft(tx: Transaction, turn: Turn, session: Session, contact: Contact) -> Draft:
    """Return the person's draft on the contact: the one they began, or a fresh one."""
    begun = await drafts.in_calibration(tx, session.id, turn.person.id, contact.id)
    if begun is not None or session.scorecard_version_id is None:
        if begun is None:
            raise NotFound
        return begun
    fresh = await drafts.start(
        tx,
        turn.person.id,
        Stage.REFERENCE,
        turn.now,
        calibration_id=session.id,
        begun_by=turn.asked_by,
    )
    published = await turn.services.shelf.get(tx, session.scorecard_version_id)
    placed = replace(
        fresh,
        agent_id=contact.agent_id,
        channel=contact.channel,
        reference=contact.reference,
        contact_id=contact.id,
        scorecard_version_id=published.id,
    )
    after = with_walk(placed, walking.begin(published.scorecard))
    return await drafts.save(tx, fresh, after, turn.now)


async def ask_close(turn: Turn, tap: CalibrationTap) -> None:
    """Ask whether the session is to end before its time."""
    view = await _closable(turn, tap)
    await turn.show(views.close_screen(turn.t, view))


async def close_now(turn: Turn, tap: CalibrationTap) -> None:
    """End the session; everybody else is told that the results are out."""
    await _closable(turn, tap)
    async with turn.db.writing() as tx:
        session = await calibrations.by_id(tx, tap.session, alone=True)
        if session is None or not session.is_running(turn.now):
            raise SessionOver
        await close(tx, session, turn.now, by=turn.person.id)
    turn.services.wake()
    await show_card(turn, tap)


async def _closable(turn: Turn, tap: CalibrationTap) -> SessionView:
    async with turn.db.reading() as tx:
        session = await visible(tx, turn.person, tap.session)
        if session.opener_id != turn.person.id:
            raise NotYours
        if not session.is_running(turn.now):
            raise SessionOver
        return await view_of(tx, turn.services, turn.person, session)


ACTS: Mapping[CalibrationAct, Callable[[Turn, CalibrationTap], Awaitable[None]]] = {
    CalibrationAct.CARD: show_card,
    CalibrationAct.CONTACT: show_contact,
    CalibrationAct.MATERIAL: send_material,
    CalibrationAct.SCORE: score,
    CalibrationAct.NEXT: score_next,
    CalibrationAct.CLOSE: ask_close,
    CalibrationAct.CLOSE_SURE: close_now,
}

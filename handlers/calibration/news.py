"""How a calibration's news is drawn when it is delivered, as things stand then."""

from handlers.calibration.access import SessionView, view_of
from handlers.calibration.ends import close
from handlers.calibration.messages import CLOSED, DUE, INVITED, REMINDER
from handlers.notice import Notice
from handlers.turn import Services
from handlers.views import calibration as views
from handlers.views.screen import Screen
from handlers.words import Words
from storage import calibrations
from storage.calibrations import Status
from storage.outbox import Claimed
from storage.people import Person


async def _view(services: Services, to: Person, message: Claimed) -> SessionView | None:
    """Return the session for somebody whom it still concerns."""
    async with services.db.reading() as tx:
        session = await calibrations.by_id(tx, message.subject)
        if session is None or not session.concerns(to.id):
            return None
        return await view_of(tx, services, to, session)


async def _draw_invitation(
    services: Services, t: Words, to: Person, message: Claimed
) -> Screen | None:
    view = await _view(services, to, message)
    if view is None or not view.session.is_running(services.clock()) or view.is_done(to.id):
        return None
    return views.invitation_screen(t, view)


async def _draw_reminder(
    services: Services, t: Words, to: Person, message: Claimed
) -> Screen | None:
    view = await _view(services, to, message)
    if view is None or not view.session.is_running(services.clock()) or view.is_done(to.id):
        return None
    return views.reminder_screen(t, view)


async def _draw_closed(services: Services, t: Words, to: Person, message: Claimed) -> Screen | None:
    view = await _view(services, to, message)
    if view is None or not view.session.is_over(services.clock()):
        return None
    return views.over_screen(t, view)


async def _draw_due(services: Services, t: Words, to: Person, message: Claimed) -> Screen | None:
    """Draw the results' news at the deadline, unless the session was over before."""
    await settle(services, message.subject)
    view = await _view(services, to, message)
    if view is None or view.session.closed_at is None or view.session.due_at is None:
        return None
    if view.session.closed_at < view.session.due_at:
        return None
    return views.over_screen(t, view)


async def settle(services: Services, session_id: int) -> None:
    """Close a session whose deadline has passed, as of that deadline; nobody need be told twice."""
    async with services.db.writing() as tx:
        session = await calibrations.by_id(tx, session_id, alone=True)
        if session is None or session.status is not Status.OPEN or session.due_at is None:
            return
        if session.is_over(services.clock()):
            await close(tx, session, session.due_at, by=None, tell=False)


NOTICES = (
    Notice(INVITED, _draw_invitation),
    Notice(REMINDER, _draw_reminder),
    Notice(CLOSED, _draw_closed),
    Notice(DUE, _draw_due),
)

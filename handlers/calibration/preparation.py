"""Preparing a calibration: which contacts, who scores them, against whom, until when."""

import datetime as dt
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

from handlers.calibration import messages as calibrate_messages
from handlers.calibration.access import in_preparation, view_of, zone_of
from handlers.calibration.choices import attach, invite, pick, show_contacts, show_people
from handlers.evaluating.steps import AWAITED
from handlers.refusals import OutOfDate, Sorry
from handlers.taps import CalibrationAct, CalibrationTap
from handlers.turn import Turn
from handlers.views import calibration as views
from handlers.views import calibration_plan as plans
from handlers.views.screen import Screen
from handlers.words import N_
from scoring.periods import add_working_days
from scoring.roles import Role
from scoring.zones import local_day, moment_of
from storage import awaiting, calibrations, draft_discards, drafts, outbox
from storage.calibrations import Session
from storage.database import Transaction

DAYS = (1, 2, 3, 5, 10)
DEADLINE = dt.time(18)
SEEDS = 2**31


class NothingChosen(Sorry):
    """There is nothing to score in the session yet."""

    sentence = N_("Choose at least one contact first.")


class TooFewPeople(Sorry):
    """One person alone cannot agree with anybody."""

    sentence = N_("Invite at least two people first, so that there is something to compare.")


async def new(turn: Turn, _tap: CalibrationTap) -> None:
    """Begin a session, or go on with the one that is being prepared."""
    async with turn.db.writing() as tx:
        session = await calibrations.planned_by(tx, turn.person.id)
        if session is None:
            oneself = [turn.person.id] if turn.person.is_a(Role.EVALUATOR) else []
            session = await calibrations.plan(tx, turn.person.id, oneself, turn.now)
        screen = await _plan(tx, turn, session.id)
    await turn.show(screen)


async def _plan(tx: Transaction, turn: Turn, session_id: int) -> Screen:
    session = await in_preparation(tx, turn, session_id)
    view = await view_of(tx, turn.services, turn.person, session)
    return plans.plan_screen(turn.t, view, _deadline(session, turn.now, view.zone))


def _deadline(session: Session, now: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """Return the deadline of a session that is opened now: an evening some working days on."""
    day = add_working_days(local_day(now, zone), session.days)
    return moment_of(day, DEADLINE, zone)


async def show_plan(turn: Turn, tap: CalibrationTap) -> None:
    """Show the session that is being prepared."""
    async with turn.db.writing() as tx:
        await _leave_form(tx, turn)
        screen = await _plan(tx, turn, tap.session)
    await turn.show(screen)


async def _leave_form(tx: Transaction, turn: Turn) -> None:
    """Let the next text answer no form of a contact any more."""
    awaited = await awaiting.current(tx, turn.person.id)
    draft = await drafts.by_id(tx, awaited.subject) if awaited and awaited.what == AWAITED else None
    if draft is not None and draft.calibration_id is not None:
        await awaiting.forget(tx, turn.person.id)


async def show_references(turn: Turn, tap: CalibrationTap) -> None:
    """Show who can be the reference."""
    async with turn.db.reading() as tx:
        session = await in_preparation(tx, turn, tap.session)
        view = await view_of(tx, turn.services, turn.person, session)
    await turn.show(plans.references_screen(turn.t, view))


async def choose_reference(turn: Turn, tap: CalibrationTap) -> None:
    """Hold the others against somebody who scores too, or (0) against each other."""
    async with turn.db.writing() as tx:
        session = await in_preparation(tx, turn, tap.session)
        if tap.value and tap.value not in session.people:
            raise OutOfDate
        await calibrations.save_plan(tx, replace(session, reference_id=tap.value or None))
        screen = await _plan(tx, turn, session.id)
    await turn.show(screen)


async def show_deadlines(turn: Turn, tap: CalibrationTap) -> None:
    """Show the deadlines to choose from."""
    async with turn.db.reading() as tx:
        session = await in_preparation(tx, turn, tap.session)
        zone = await zone_of(tx, turn.services, turn.person)
    choices = [(days, _deadline(replace(session, days=days), turn.now, zone)) for days in DAYS]
    await turn.show(plans.deadlines_screen(turn.t, session, choices, zone))


async def choose_days(turn: Turn, tap: CalibrationTap) -> None:
    """Set the deadline."""
    if tap.value not in DAYS:
        raise OutOfDate
    async with turn.db.writing() as tx:
        session = await in_preparation(tx, turn, tap.session)
        await calibrations.save_plan(tx, replace(session, days=tap.value))
        screen = await _plan(tx, turn, session.id)
    await turn.show(screen)


async def open_session(turn: Turn, tap: CalibrationTap) -> None:
    """Open the session and invite its people."""
    async with turn.db.writing() as tx:
        session = await in_preparation(tx, turn, tap.session)
        _require_enough(session)
        zone = await zone_of(tx, turn.services, turn.person)
        due_at = _deadline(session, turn.now, zone)
        await calibrations.begin(tx, session.id, secrets.randbelow(SEEDS), due_at, turn.now)
        await draft_discards.of_calibration(tx, session.id, turn.now)
        told = await calibrate_messages.opening(tx, turn.services, session, due_at, turn.now)
        await outbox.put(tx, told, turn.now)
        begun = await calibrations.by_id(tx, session.id) or session
        view = await view_of(tx, turn.services, turn.person, begun)
    turn.services.wake()
    await turn.show(views.card_screen(turn.t, view, turn.now))


def _require_enough(session: Session) -> None:
    if not session.contacts or session.scorecard_version_id is None:
        raise NothingChosen
    if sum(bool(session.tasks_of(one)) for one in session.people) < 2:
        raise TooFewPeople


async def drop(turn: Turn, tap: CalibrationTap) -> None:
    """Give up the session that is being prepared."""
    async with turn.db.writing() as tx:
        session = await in_preparation(tx, turn, tap.session)
        await calibrations.drop(tx, session.id)
        await draft_discards.of_calibration(tx, session.id, turn.now)
    await turn.show(plans.dropped_screen(turn.t))


ACTS: Mapping[CalibrationAct, Callable[[Turn, CalibrationTap], Awaitable[None]]] = {
    CalibrationAct.NEW: new,
    CalibrationAct.PLAN: show_plan,
    CalibrationAct.CONTACTS: show_contacts,
    CalibrationAct.PICK: pick,
    CalibrationAct.ATTACH: attach,
    CalibrationAct.PEOPLE: show_people,
    CalibrationAct.INVITE: invite,
    CalibrationAct.REFERENCES: show_references,
    CalibrationAct.REFERENCE: choose_reference,
    CalibrationAct.DEADLINES: show_deadlines,
    CalibrationAct.DAYS: choose_days,
    CalibrationAct.OPEN: open_session,
    CalibrationAct.DROP: drop,
}

"""Choosing a calibration's contacts and inviting its people, each a tap that can be taken back."""

from dataclasses import replace

from handlers.calibration.access import in_preparation, scope, view_of
from handlers.calibration.ends import MOST_CONTACTS, EnoughContacts, OtherScorecard
from handlers.evaluating.form_acts import NoScorecard
from handlers.evaluating.steps import AWAITED, draw
from handlers.refusals import NotFound, Sorry
from handlers.taps import CalibrationTap
from handlers.turn import Turn
from handlers.views import calibration_plan as plans
from handlers.views.screen import Screen
from handlers.words import N_
from scoring.draft import Stage
from scoring.roles import Role
from storage import awaiting, calibration_scorings, calibrations, drafts, people, scorecards
from storage.awaiting import Awaited
from storage.calibration_scorings import Recent
from storage.calibrations import Session
from storage.database import Transaction
from storage.people import Person

OFFERED = 20
"""How many of the contacts evaluated last are offered."""

MOST_PEOPLE = 12
"""More would not fit side by side into the heat map on a phone."""


class EnoughPeople(Sorry):
    """A session has its limits."""

    sentence = N_("At most {limit} people score in one session.")


async def show_contacts(turn: Turn, tap: CalibrationTap) -> None:
    """Show the contacts to choose from."""
    async with turn.db.reading() as tx:
        screen = await _contacts(tx, turn, tap)
    await turn.show(screen)


async def _contacts(tx: Transaction, turn: Turn, tap: CalibrationTap) -> Screen:
    session = await in_preparation(tx, turn, tap.session)
    view = await view_of(tx, turn.services, turn.person, session)
    found = await calibration_scorings.recent(tx, teams=scope(turn.person), limit=OFFERED)
    offered = {one.contact.id: one.contact for one in found}
    if view.published is not None:
        channels = view.published.scorecard.channels
        offered = {key: one for key, one in offered.items() if one.channel in channels}
    added = [one for one in session.contacts if one.id not in offered]
    every = [*added, *offered.values()]
    names = await people.by_ids(tx, {one.agent_id for one in every})
    shown = [(one, names[one.agent_id].name) for one in every]
    return plans.contacts_screen(turn.t, view, shown, tap.page)


async def pick(turn: Turn, tap: CalibrationTap) -> None:
    """Take a contact into the session, or out of it."""
    async with turn.db.writing() as tx:
        session = await in_preparation(tx, turn, tap.session)
        if tap.value > 0:
            await _take_in(tx, turn, session, tap.value)
        else:
            await _take_out(tx, session, -tap.value)
        screen = await _contacts(tx, turn, tap)
    await turn.show(screen)


async def _take_in(tx: Transaction, turn: Turn, session: Session, contact_id: int) -> None:
    if session.contact(contact_id) is not None:
        return
    if len(session.contacts) >= MOST_CONTACTS:
        raise EnoughContacts(limit=MOST_CONTACTS)
    found = await calibration_scorings.recent(tx, teams=scope(turn.person), contact_id=contact_id)
    if not found:
        raise NotFound
    version = await _version(tx, turn, session, found[0])
    await calibrations.add_contact(tx, session.id, contact_id)
    await calibrations.save_plan(tx, replace(session, scorecard_version_id=version))


async def _version(tx: Transaction, turn: Turn, session: Session, chosen: Recent) -> int:
    """Return the session's scorecard version; the first contact decides which one it is.

    That is the newest version of the scorecard by which the contact was evaluated, or, where that
    is no longer offered, of another one for its channel.
    """
    shelf, channel = turn.services.shelf, chosen.contact.channel
    if session.scorecard_version_id is not None:
        published = await shelf.get(tx, session.scorecard_version_id)
        if channel not in published.scorecard.channels:
            raise OtherScorecard
        return published.id
    fitting = await scorecards.for_channel(tx, shelf, channel)
    if not fitting:
        raise NoScorecard
    before = await shelf.get(tx, chosen.scorecard_version_id)
    return next((one for one in fitting if one.key == before.key), fitting[0]).id


async def _take_out(tx: Transaction, session: Session, contact_id: int) -> None:
    await calibrations.remove_contact(tx, session.id, contact_id)
    if not [one for one in session.contacts if one.id != contact_id]:
        await calibrations.save_plan(tx, replace(session, scorecard_version_id=None))


async def attach(turn: Turn, tap: CalibrationTap) -> None:
    """Ask for a contact that is not in the journal: its agent, channel, reference and material."""
    async with turn.db.writing() as tx:
        session = await in_preparation(tx, turn, tap.session)
        if len(session.contacts) >= MOST_CONTACTS:
            raise EnoughContacts(limit=MOST_CONTACTS)
        person = turn.person
        draft = await drafts.in_calibration(tx, session.id, person.id, None)
        if draft is None:
            draft = await drafts.start(
                tx,
                person.id,
                Stage.AGENT,
                turn.now,
                calibration_id=session.id,
                begun_by=turn.asked_by,
            )
        await awaiting.expect(tx, person.id, Awaited(AWAITED, draft.id))
        screen = plans.with_hint(turn.t, await draw(tx, turn, draft))
    shown = await turn.show(screen)
    async with turn.db.writing() as tx:
        await drafts.place(tx, draft.id, turn.chat.id, shown)


async def show_people(turn: Turn, tap: CalibrationTap) -> None:
    """Show who can be invited."""
    async with turn.db.reading() as tx:
        screen = await _people(tx, turn, tap)
    await turn.show(screen)


async def _people(tx: Transaction, turn: Turn, tap: CalibrationTap) -> Screen:
    session = await in_preparation(tx, turn, tap.session)
    view = await view_of(tx, turn.services, turn.person, session)
    return plans.people_screen(turn.t, view, await _invitable(tx, turn), tap.page)


async def _invitable(tx: Transaction, turn: Turn) -> list[Person]:
    """Return who may score in the session: its opener first, then every evaluator."""
    evaluators = await people.with_role(tx, Role.EVALUATOR)
    return [turn.person, *(one for one in evaluators if one.id != turn.person.id)]


async def invite(turn: Turn, tap: CalibrationTap) -> None:
    """Invite somebody, or leave them out."""
    async with turn.db.writing() as tx:
        session = await in_preparation(tx, turn, tap.session)
        if tap.value > 0:
            if tap.value not in {one.id for one in await _invitable(tx, turn)}:
                raise NotFound
            if len({*session.people, tap.value}) > MOST_PEOPLE:
                raise EnoughPeople(limit=MOST_PEOPLE)
            await calibrations.invite(tx, session.id, tap.value)
        else:
            await calibrations.leave_out(tx, session.id, -tap.value)
            if session.reference_id == -tap.value:
                await calibrations.save_plan(tx, replace(session, reference_id=None))
        screen = await _people(tx, turn, tap)
    await turn.show(screen)

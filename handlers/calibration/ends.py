"""What ends in a calibration: a contact scored, a contact added, the session itself."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from handlers.calibration import messages as calibrate_messages
from handlers.evaluating.submission import NotReady, walk_of
from handlers.refusals import NotFound, NotYours, Sorry
from handlers.words import N_
from scoring.answers import asked
from scoring.draft import Stage, ready
from scoring.scorecard import Channel
from storage import (
    attachments,
    awaiting,
    calibration_scorings,
    calibrations,
    contacts,
    draft_discards,
    drafts,
    outbox,
    people,
    scorecards,
)
from storage.calibration_scorings import NewScoring
from storage.calibrations import Session
from storage.database import Transaction
from storage.drafts import SUBMITTED, Draft
from storage.scorecards import Published, Shelf

MOST_CONTACTS = 20


class SessionOver(Sorry):
    """Nobody scores in the session any more."""

    sentence = N_("This calibration is over: its results are out.")


class ScoredAlready(Sorry):
    """The person has scored this contact in the session."""

    sentence = N_("You have scored this contact already.")


class OtherScorecard(Sorry):
    """The session's contacts are scored by a scorecard that does not cover this channel."""

    sentence = N_("The scorecard of this session does not cover this channel.")


class EnoughContacts(Sorry):
    """A session has its limits."""

    sentence = N_("A session has at most {limit} contacts.")


async def submit(tx: Transaction, shelf: Shelf, draft: Draft, now: dt.datetime) -> None:
    """Store the draft's answers in its calibration, where they count as nobody's evaluation.

    Closes the session with the last of them. Raises ``NotReady`` for an unfinished draft,
    ``SessionOver``, ``ScoredAlready`` and ``StaleDraftError`` for one that was moved meanwhile.
    """
    session = await _session_of(tx, draft)
    if not session.is_running(now):
        raise SessionOver
    if draft.contact_id is None or draft.scorecard_version_id is None:
        raise NotReady
    scorecard = (await shelf.get(tx, draft.scorecard_version_id)).scorecard
    if draft.stage is not Stage.SUMMARY or not ready(walk_of(draft, scorecard)):
        raise NotReady
    done = await calibration_scorings.done(tx, session.id)
    this = (draft.contact_id, draft.evaluator_id)
    if this in done:
        raise ScoredAlready
    await drafts.save(tx, draft, replace(draft, status=SUBMITTED), now)
    new = NewScoring(
        calibration_id=session.id,
        contact_id=draft.contact_id,
        evaluator_id=draft.evaluator_id,
        draft_id=draft.id,
        answers={key: draft.answers[key] for key in asked(scorecard, draft.answers)},
        overall=draft.overall,
    )
    await calibration_scorings.add(tx, new, now)
    if is_complete(session, {*done, this}):
        await close(tx, session, now, by=None)


def is_complete(session: Session, done: Iterable[tuple[int, int]]) -> bool:
    """Return whether everybody has scored all that is theirs to score."""
    scored = set(done)
    return all(
        (contact.id, person) in scored
        for person in session.people
        for contact in session.tasks_of(person)
    )


async def add_contact(tx: Transaction, draft: Draft, now: dt.datetime) -> Draft:
    """Make the draft's form and material a contact of the session that is being prepared."""
    session = await _session_of(tx, draft)
    if not session.is_planned:
        raise SessionOver
    if draft.agent_id is None or draft.channel is None or draft.scorecard_version_id is None:
        raise NotReady
    agent = await people.by_id(tx, draft.agent_id)
    if agent is None or not agent.active:
        raise NotFound
    if len(session.contacts) >= MOST_CONTACTS:
        raise EnoughContacts(limit=MOST_CONTACTS)
    version = draft.scorecard_version_id
    if session.scorecard_version_id not in {None, version}:
        raise OtherScorecard
    ended = await drafts.save(tx, draft, replace(draft, status=SUBMITTED), now)
    contact_id = await contacts.add(tx, agent.id, draft.channel, draft.reference, now)
    await attachments.move_to_contact(tx, draft.id, contact_id)
    await calibrations.add_contact(tx, session.id, contact_id)
    await calibrations.save_plan(tx, replace(session, scorecard_version_id=version))
    await awaiting.forget(tx, draft.evaluator_id)
    return ended


async def fitting(tx: Transaction, shelf: Shelf, draft: Draft, channel: Channel) -> list[Published]:
    """Return the scorecards that a contact of *channel* may be scored by in the draft.

    A session that has its scorecard already keeps to that version; raises ``OtherScorecard``.
    """
    session = await _session_of(tx, draft) if draft.calibration_id is not None else None
    if session is None or session.scorecard_version_id is None:
        return await scorecards.for_channel(tx, shelf, channel)
    published = await shelf.get(tx, session.scorecard_version_id)
    if channel not in published.scorecard.channels:
        raise OtherScorecard
    return [published]


async def close(
    tx: Transaction, session: Session, at: dt.datetime, *, by: int | None, tell: bool = True
) -> None:
    """End the session as of that moment and *tell* everyone but *by*, who knows."""
    if not await calibrations.close(tx, session.id, at):
        return
    await draft_discards.of_calibration(tx, session.id, at)
    if tell:
        await outbox.put(tx, await calibrate_messages.closing(tx, session, at, by=by), at)


async def _session_of(tx: Transaction, draft: Draft) -> Session:
    """Return the draft's session, which nobody else changes meanwhile."""
    session = await calibrations.by_id(tx, draft.calibration_id or 0, alone=True)
    if session is None:
        raise NotFound
    if session.is_planned and session.opener_id != draft.evaluator_id:
        raise NotYours
    return session

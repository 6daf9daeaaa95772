"""Beginning to score a contact of the journal: agent, channel and reference are known."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.assignments.duty import ScoredBefore, to_score
from handlers.contacts.access import may_handle
from handlers.evaluating.casefile import clock_of
from handlers.evaluating.form_acts import NoScorecard, begin_walk, usual
from handlers.evaluating.scored_before import before_screen, known, scored_by_me
from handlers.evaluating.steps import AWAITED, draw
from handlers.evaluating.submission import OwnContact
from handlers.refusals import NotFound
from handlers.taps import ContactAct, ContactTap
from handlers.turn import Turn
from handlers.views.contact_card import about_screen
from handlers.views.contacts import choice_screen
from handlers.views.scored_before import Ways
from handlers.views.screen import Screen
from scoring.draft import Stage
from scoring.roles import Role
from storage import attachments, awaiting, contacts, draft_discards, drafts, people, scorecards
from storage.awaiting import Awaited
from storage.contacts import Contact
from storage.database import Transaction
from storage.drafts import Draft

AGAIN = 1
"""What a press says that scores a contact although it has been scored."""

MOST_NAMED = 8
"""How many contacts with the same reference are offered, the newest."""


async def referred(tx: Transaction, words: str) -> list[Contact]:
    """Return the contacts whose reference is *words*, the newest first."""
    return await contacts.by_reference(tx, words, limit=MOST_NAMED) if words else []


async def choice(tx: Transaction, turn: Turn, words: str, found: Sequence[Contact]) -> Screen:
    """Return the question which of the contacts *found* is to be scored."""
    agents = await people.by_ids(tx, {one.agent_id for one in found})
    names = {one.id: one.name for one in agents.values()}
    zone = clock_of(turn.services, turn.person, None)
    return choice_screen(turn.t, words, found, names, zone)


async def card(tx: Transaction, turn: Turn, contact: Contact) -> Screen:
    """Return what is known of the contact that is about to be scored, with its text."""
    agent = await people.by_id(tx, contact.agent_id)
    if agent is None:
        raise NotFound
    pieces = len(await attachments.of_contact(tx, contact.id))
    return about_screen(turn.t, contact, agent, clock_of(turn.services, turn.person, None), pieces)


async def begin(
    tx: Transaction, turn: Turn, contact: Contact, *, again: bool = False
) -> tuple[Draft | None, Screen]:
    """Return a draft on the contact, the evaluator's open one or a new one, and its screen.

    Unless *again*, a contact that has been scored is asked about first, without a draft. Raises
    ``OwnContact``, ``ScoredBefore`` for one of a plan that they scored already, ``NotFound`` where
    the agent is gone, or ``NoScorecard``.
    """
    agent = await people.by_id(tx, contact.agent_id)
    if agent is None or not agent.active or not agent.is_a(Role.AGENT):
        raise NotFound
    if not may_handle(turn.person, agent):
        raise OwnContact
    try:
        task = await to_score(tx, contact.id, turn.person.id)
    except ScoredBefore:
        scored = await scored_by_me(tx, turn, contact)
        if scored is None:
            raise
        return None, scored
    mine = await drafts.open_of(tx, turn.person.id)
    ordinary = [one for one in mine if one.calibration_id is None]
    open_one = next((one for one in ordinary if one.contact_id == contact.id), None)
    before = await known(tx, turn.person, contact) if open_one is None and not again else None
    if before is not None:
        ways = Ways(again=ContactTap(ContactAct.SCORE, contact.id, AGAIN))
        return None, await before_screen(tx, turn, contact, before, ways)
    draft = open_one or await _start(tx, turn, contact)
    if task is not None and draft.assignment_id != task:
        await drafts.hand_over(tx, draft.id, task)
    await awaiting.expect(tx, turn.person.id, Awaited(AWAITED, draft.id))
    fresh = await drafts.by_id(tx, draft.id) or draft
    return fresh, await draw(tx, turn, fresh)


async def _start(tx: Transaction, turn: Turn, contact: Contact) -> Draft:
    fitting = await scorecards.for_channel(tx, turn.services.shelf, contact.channel)
    if not fitting:
        raise NoScorecard
    await draft_discards.blank(tx, turn.person.id, turn.now)
    blank = await drafts.start(
        tx, turn.person.id, Stage.SCORECARD, turn.now, begun_by=turn.asked_by
    )
    chosen = await usual(tx, turn.person.id, contact.channel, fitting)
    known = replace(
        blank,
        agent_id=contact.agent_id,
        channel=contact.channel,
        reference=contact.reference,
        contact_id=contact.id,
        scorecard_version_id=chosen,
    )
    if chosen is None:
        return await drafts.save(tx, blank, known, turn.now)
    draft, _ = await begin_walk(tx, turn, known, contact.reference)
    return draft

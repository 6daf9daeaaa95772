"""A reference typed into the form is looked up: a contact that is known is scored, not a new one.

``refer`` asks where somebody else's contact has the reference, and before a contact is scored
again; ``take`` and ``take_again`` are the answers.
"""

from collections.abc import Sequence
from dataclasses import replace

from handlers.assignments.duty import ScoredBefore, to_score
from handlers.disputes.dispute_drafts import viewed
from handlers.evaluating.casefile import clock_of
from handlers.evaluating.draft_view import scorable
from handlers.evaluating.form_acts import (
    MAX_FILTER,
    NoScorecard,
    begin_walk,
    narrow,
    reference_in,
    require_agent,
    usual,
)
from handlers.evaluating.scored_before import before_screen, known, scored_by_me
from handlers.evaluating.steps import NotHere, Result, drawn, require_stage
from handlers.refusals import NotFound, OutOfDate
from handlers.taps import DraftAct, DraftTap
from handlers.turn import Turn
from handlers.views.scored_before import Ways, parts_screen
from scoring.draft import Stage
from scoring.references import reference_key
from storage import contacts, drafts, people, scorecards
from storage.contacts import Contact
from storage.database import Transaction
from storage.drafts import Draft

MOST_NAMED = 8
"""How many contacts with the same reference are offered, the newest."""


async def refer(tx: Transaction, turn: Turn, draft: Draft, reference: str | None) -> Result:
    """Go on to the criteria with the contact that *reference* names, or with a new one.

    Where it names others' contacts, or one that has been scored, that is asked about first. Raises
    ``ScoredBefore``.
    """
    if not reference or draft.calibration_id is not None or draft.dispute_id is not None:
        return await begin_walk(tx, turn, draft, reference)
    found = await _parts(tx, turn, reference)
    part = (draft.agent_id, draft.channel)
    own = next((one for one in found if (one.agent_id, one.channel) == part), None)
    if own is not None:
        return await _taken(tx, turn, draft, own, again=own.id == draft.contact_id)
    if not found or draft.answers:
        return await begin_walk(tx, turn, draft, reference)
    return await _ask_whose(tx, turn, draft, reference, found)


async def seek_agent(tx: Transaction, turn: Turn, draft: Draft, words: str) -> Result:
    """Take what was typed instead of an agent: a part of a name or, matching none, a reference.

    One that nobody knows is kept for the new contact.
    """
    if draft.calibration_id is None and not await scorable(tx, turn.person, words):
        found = await _parts(tx, turn, words)
        if len(found) == 1:
            return await _taken(tx, turn, draft, found[0], again=False)
        if found:
            return await _ask_whose(tx, turn, draft, words, found)
        if any(one.isdigit() for one in words):
            unknown = replace(draft, reference=reference_in(words), filter="")
            return await drawn(tx, turn, await drafts.save(tx, draft, unknown, turn.now))
    return await drawn(tx, turn, await narrow(tx, turn, draft, words))


async def take(tx: Transaction, turn: Turn, draft: Draft, value: int) -> Result:
    """Take the contact that was chosen; 0 stands for a new one, with the reference as typed."""
    _require_form(draft)
    if value == 0:
        require_stage(draft, Stage.REFERENCE)
        return await begin_walk(tx, turn, draft, draft.reference)
    return await _taken(tx, turn, draft, await _chosen(tx, turn, draft, value), again=False)


async def take_again(tx: Transaction, turn: Turn, draft: Draft, value: int) -> Result:
    """Take the contact although it has been scored."""
    _require_form(draft)
    return await _taken(tx, turn, draft, await _chosen(tx, turn, draft, value), again=True)


def _require_form(draft: Draft) -> None:
    if draft.stage not in {Stage.AGENT, Stage.REFERENCE} or draft.calibration_id is not None:
        raise NotHere


async def _parts(tx: Transaction, turn: Turn, reference: str) -> list[Contact]:
    """Return the contacts of others with that reference, the newest first."""
    found = await contacts.by_reference(tx, reference, limit=MOST_NAMED)
    return [one for one in found if one.agent_id != turn.person.id]


async def _chosen(tx: Transaction, turn: Turn, draft: Draft, contact_id: int) -> Contact:
    """Return the contact of a press; it has the reference that the draft asks about."""
    contact = await contacts.by_id(tx, contact_id)
    if contact is None:
        raise NotFound
    asked = draft.reference or ""
    if not contact.reference or reference_key(contact.reference) != reference_key(asked):
        raise OutOfDate
    await require_agent(tx, turn, contact.agent_id)
    return contact


async def _ask_whose(
    tx: Transaction, turn: Turn, draft: Draft, reference: str, found: Sequence[Contact]
) -> Result:
    kept = await _noted(tx, turn, draft, reference)
    who = await people.by_ids(tx, {one.agent_id for one in found})
    names = {one.id: one.name for one in who.values()}
    zone = clock_of(turn.services, turn.person, None)
    view = await viewed(tx, turn, kept)
    return kept, parts_screen(turn.t, view, reference, found, names, zone)


async def _noted(tx: Transaction, turn: Turn, draft: Draft, reference: str | None) -> Draft:
    """Keep what was typed while its question stands."""
    words = (reference or "")[:MAX_FILTER] if draft.stage is Stage.AGENT else draft.filter
    after = replace(draft, reference=reference, filter=words)
    return await drafts.save(tx, draft, after, turn.now)


async def _taken(
    tx: Transaction, turn: Turn, draft: Draft, contact: Contact, *, again: bool
) -> Result:
    """Let the draft be about the contact; unless *again*, ask first where it has been scored."""
    await require_agent(tx, turn, contact.agent_id)
    try:
        task = await to_score(tx, contact.id, turn.person.id)
    except ScoredBefore:
        kept = await _noted(tx, turn, draft, contact.reference)
        other = DraftTap(kept.id, kept.version, DraftAct.OPEN)
        scored = await scored_by_me(tx, turn, contact, other)
        if scored is None:
            raise
        return kept, scored
    before = None if again else await known(tx, turn.person, contact)
    if before is not None:
        kept = await _noted(tx, turn, draft, contact.reference)
        ways = Ways(
            again=DraftTap(kept.id, kept.version, DraftAct.AGAIN, contact.id),
            other=DraftTap(kept.id, kept.version, DraftAct.OPEN),
        )
        return kept, await before_screen(tx, turn, contact, before, ways)
    about = replace(
        draft,
        agent_id=contact.agent_id,
        channel=contact.channel,
        reference=contact.reference,
        contact_id=contact.id,
        assignment_id=task,
        filter="",
    )
    if draft.scorecard_version_id is not None and draft.channel is contact.channel:
        return await begin_walk(tx, turn, about, contact.reference)
    if draft.answers:
        raise NotHere
    fitting = await scorecards.for_channel(tx, turn.services.shelf, contact.channel)
    if not fitting:
        raise NoScorecard
    chosen = await usual(tx, turn.person.id, contact.channel, fitting)
    if chosen is not None:
        settled = replace(about, scorecard_version_id=chosen)
        return await begin_walk(tx, turn, settled, contact.reference)
    asking = replace(about, scorecard_version_id=None, stage=Stage.SCORECARD)
    return await drawn(tx, turn, await drafts.save(tx, draft, asking, turn.now))

"""The form before the criteria: whose contact, which channel, which scorecard, which reference."""

from collections.abc import Sequence
from dataclasses import replace

import structlog

from handlers.calibration import ends as calibrate_ends
from handlers.evaluating.draft_view import guess, may_score, scorable
from handlers.evaluating.steps import NotHere, Result, draw, drawn, opened, require_stage
from handlers.evaluating.submission import OwnContact, with_walk
from handlers.refusals import Empty, NotFound, NotYours, OutOfDate, Sorry, TooLong
from handlers.turn import Turn
from handlers.words import N_
from scoring import draft as walking
from scoring.draft import Stage
from scoring.references import bare_reference
from scoring.roles import Role
from scoring.scorecard import Channel
from storage import attachments, drafts, people, scorecards
from storage.database import Transaction
from storage.drafts import Draft
from storage.scorecards import Published

log = structlog.get_logger(__name__)

MAX_REFERENCE = 80
MAX_FILTER = 64


class NoScorecard(Sorry):
    """No published scorecard covers the channel."""

    sentence = N_("There is no scorecard for this channel yet. An admin can add one: /scorecards")


async def narrow(tx: Transaction, turn: Turn, draft: Draft, words: str) -> Draft:
    """Take *words* as a part of the agent's name; a single match is chosen at once."""
    found = await scorable(tx, turn.person, words)
    if len(found) == 1:
        return await _with_agent(tx, turn, draft, found[0].id)
    return await _save_form(tx, turn, draft, filter=words[:MAX_FILTER])


async def _save_form(
    tx: Transaction,
    turn: Turn,
    draft: Draft,
    *,
    stage: Stage | None = None,
    agent_id: int | None = None,
    filter: str = "",  # noqa: A002  it is the column's name
) -> Draft:
    after = replace(
        draft, stage=stage or draft.stage, agent_id=agent_id or draft.agent_id, filter=filter
    )
    return await drafts.save(tx, draft, after, turn.now)


async def choose_agent(tx: Transaction, turn: Turn, draft: Draft, value: int) -> Result:
    """Take the agent; raise a ``Sorry`` for one who may not be scored by this person."""
    await require_agent(tx, turn, value)
    require_stage(draft, Stage.AGENT)
    return await drawn(tx, turn, await _with_agent(tx, turn, draft, value))


async def require_agent(tx: Transaction, turn: Turn, agent_id: int) -> None:
    """Raise a ``Sorry`` unless that is an agent whose contacts this person may score."""
    agent = await people.by_id(tx, agent_id)
    if agent is None or not agent.active or not agent.is_a(Role.AGENT):
        raise NotFound
    if agent.id == turn.person.id:
        raise OwnContact
    if not may_score(turn.person, agent):
        raise NotYours


async def _with_agent(tx: Transaction, turn: Turn, draft: Draft, agent_id: int) -> Draft:
    """Return the draft with its agent, and with the channel that its material speaks for."""
    after = replace(draft, agent_id=agent_id, filter="", stage=Stage.CHANNEL)
    material = await attachments.of_draft(tx, draft.id) if draft.channel is None else []
    channel = guess(material)
    if channel is not None:
        try:
            after = await _with_channel(tx, turn, after, channel)
        except Sorry:
            log.info("no_scorecard_for_the_guess", channel=channel)
    return await drafts.save(tx, draft, after, turn.now)


async def _with_channel(tx: Transaction, turn: Turn, draft: Draft, channel: Channel) -> Draft:
    """Return the draft with its channel and scorecard: the only one, or the one used last.

    Raises ``NoScorecard`` or ``OtherScorecard``.
    """
    fitting = await calibrate_ends.fitting(tx, turn.services.shelf, draft, channel)
    if not fitting:
        raise NoScorecard
    chosen = await usual(tx, turn.person.id, channel, fitting)
    stage = Stage.REFERENCE if chosen is not None else Stage.SCORECARD
    return replace(draft, channel=channel, scorecard_version_id=chosen, stage=stage)


async def usual(
    tx: Transaction, evaluator_id: int, channel: Channel, fitting: Sequence[Published]
) -> int | None:
    """Return the version to score by unasked: the only one, or that of the one used last."""
    if len(fitting) == 1:
        return fitting[0].id
    key = await drafts.last_scorecard(tx, evaluator_id, channel)
    return next((one.id for one in fitting if one.key == key), None)


async def other_scorecard(tx: Transaction, turn: Turn, draft: Draft, _value: int) -> Result:
    """Ask which scorecard is meant, where another one was taken unasked."""
    require_stage(draft, Stage.REFERENCE)
    if draft.answers or draft.calibration_id is not None:
        raise NotHere
    after = replace(draft, stage=Stage.SCORECARD)
    return await drawn(tx, turn, await drafts.save(tx, draft, after, turn.now))


async def more_agents(tx: Transaction, turn: Turn, draft: Draft, value: int) -> Result:
    """Show another page of the agents, or everybody again."""
    require_stage(draft, Stage.AGENT)
    if value == 0 and draft.filter:
        draft = await _save_form(tx, turn, draft)
    return draft, await draw(tx, turn, draft, skip=max(0, value))


async def choose_channel(tx: Transaction, turn: Turn, draft: Draft, value: int) -> Result:
    """Take the channel and, where that is settled, the scorecard."""
    if draft.stage is not Stage.REFERENCE or draft.answers:  # where a guess may be put right
        require_stage(draft, Stage.CHANNEL)
    channels = tuple(Channel)
    if not 0 <= value < len(channels):
        raise OutOfDate
    after = await _with_channel(tx, turn, draft, channels[value])
    return await drawn(tx, turn, await drafts.save(tx, draft, after, turn.now))


async def choose_scorecard(tx: Transaction, turn: Turn, draft: Draft, value: int) -> Result:
    """Take the scorecard, one of those that cover the channel."""
    require_stage(draft, Stage.SCORECARD)
    if draft.channel is None:
        raise OutOfDate
    fitting = await scorecards.for_channel(tx, turn.services.shelf, draft.channel)
    if value not in {one.id for one in fitting}:
        raise OutOfDate
    after = replace(draft, scorecard_version_id=value, stage=Stage.REFERENCE)
    if draft.contact_id is not None:
        return await begin_walk(tx, turn, after, draft.reference)
    return await drawn(tx, turn, await drafts.save(tx, draft, after, turn.now))


async def begin_walk(tx: Transaction, turn: Turn, draft: Draft, reference: str | None) -> Result:
    """Go on to the criteria: to the first one, or to where the answers given so far lead."""
    if draft.scorecard_version_id is None:
        raise OutOfDate
    if draft.calibration_id is not None:
        ended = await calibrate_ends.add_contact(tx, replace(draft, reference=reference), turn.now)
        return ended, await opened(tx, turn, ended)
    scorecard = (await turn.services.shelf.get(tx, draft.scorecard_version_id)).scorecard
    walk = replace(
        walking.begin(scorecard), answers=draft.answers, notes=draft.notes, overall=draft.overall
    )
    after = with_walk(replace(draft, reference=reference), walk)
    return await drawn(tx, turn, await drafts.save(tx, draft, after, turn.now))


def form_before(draft: Draft) -> Stage:
    """Return the form's step before the draft's; answers hold the scorecard where it is."""
    if draft.stage is Stage.REFERENCE and not draft.answers:
        return Stage.CHANNEL
    if draft.stage is Stage.REFERENCE:
        raise NotHere
    return Stage.AGENT if draft.stage is Stage.CHANNEL else Stage.CHANNEL


def reference_in(text: str) -> str:
    """Return the reference in a typed text, without the mark of a number before it.

    Raises ``Empty`` or ``TooLong``.
    """
    reference = bare_reference(text)
    if not reference:
        raise Empty
    if len(reference) > MAX_REFERENCE:
        raise TooLong(limit=MAX_REFERENCE)
    return reference

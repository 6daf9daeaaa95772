"""What each press on a draft does: read, step, store, and the screen that follows."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from handlers import calibrate_ends
from handlers.dispute_drafts import require, viewed
from handlers.draft_scorecard import scorecard_of
from handlers.draft_view import may_score, scorable
from handlers.refusals import Empty, NotAllowed, NotFound, NotYours, OutOfDate, Sorry, TooLong
from handlers.settling import settle
from handlers.submission import OwnContact, submit, walk_of, with_walk
from handlers.taps import DraftAct
from handlers.turn import Turn
from handlers.views import draft_ends, draft_screens
from handlers.views.screen import Screen
from handlers.words import N_
from scoring import draft as walking
from scoring.draft import FORM_STAGES, MAX_TEXT, NotPossible, Refusal, Stage, Walk
from scoring.roles import Role
from scoring.scorecard import Channel
from storage import awaiting, drafts, people, scorecards
from storage.awaiting import Awaited
from storage.database import Transaction
from storage.drafts import DISCARDED, Draft

AWAITED = "draft"
MAX_REFERENCE = 80


class NoScorecard(Sorry):
    """No published scorecard covers the channel."""

    sentence = N_("There is no scorecard for this channel yet. An admin can add one: /scorecards")


class NotHere(Sorry):
    """The act does not belong to the draft's present step."""

    sentence = N_("That is not possible at this step.")


Result = tuple[Draft, Screen]
Act = Callable[[Transaction, Turn, Draft, int], Awaitable[Result]]


async def narrow(tx: Transaction, turn: Turn, draft: Draft, words: str) -> Draft:
    """Take *words* as a part of the agent's name; a single match is chosen at once."""
    found = await scorable(tx, turn.person, words)
    if len(found) == 1:
        return await _save_form(tx, turn, draft, agent_id=found[0].id, stage=Stage.CHANNEL)
    return await _save_form(tx, turn, draft, filter=words[:64])


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


async def draw(tx: Transaction, turn: Turn, draft: Draft, skip: int = 0) -> Screen:
    """Return the draft's screen as it stands."""
    view = await viewed(tx, turn, draft, skip)
    return draft_screens.draft_screen(turn.t, view)


async def mine(tx: Transaction, turn: Turn, draft_id: int) -> Draft:
    draft = await drafts.by_id(tx, draft_id)
    if draft is None:
        raise NotFound
    if draft.evaluator_id != turn.person.id:
        raise NotYours
    if draft.dispute_id is not None:
        await require(tx, turn.services, turn.person, draft)
    elif draft.calibration_id is None and not turn.person.is_a(Role.EVALUATOR):
        raise NotAllowed
    return draft


async def opened(tx: Transaction, turn: Turn, draft: Draft) -> Screen:
    """Show the draft where it stands, or what became of it."""
    if draft.is_open:
        await awaiting.expect(tx, turn.person.id, Awaited(AWAITED, draft.id))
        return await draw(tx, turn, draft)
    view = await viewed(tx, turn, draft)
    return draft_ends.ended_screen(turn.t, view)


async def _drawn(tx: Transaction, turn: Turn, draft: Draft) -> Result:
    return draft, await draw(tx, turn, draft)


async def _choose_agent(tx: Transaction, turn: Turn, draft: Draft, value: int) -> Result:
    agent = await people.by_id(tx, value)
    if agent is None or not agent.active or not agent.is_a(Role.AGENT):
        raise NotFound
    if agent.id == turn.person.id:
        raise OwnContact
    if not may_score(turn.person, agent):
        raise NotYours
    _require_stage(draft, Stage.AGENT)
    chosen = await _save_form(tx, turn, draft, agent_id=agent.id, stage=Stage.CHANNEL)
    return await _drawn(tx, turn, chosen)


async def _more_agents(tx: Transaction, turn: Turn, draft: Draft, value: int) -> Result:
    _require_stage(draft, Stage.AGENT)
    if value == 0 and draft.filter:
        draft = await _save_form(tx, turn, draft)
    return draft, await draw(tx, turn, draft, skip=max(0, value))


async def _choose_channel(tx: Transaction, turn: Turn, draft: Draft, value: int) -> Result:
    _require_stage(draft, Stage.CHANNEL)
    channels = tuple(Channel)
    if not 0 <= value < len(channels):
        raise OutOfDate
    channel = channels[value]
    fitting = await calibrate_ends.fitting(tx, turn.services.shelf, draft, channel)
    if not fitting:
        raise NoScorecard
    only = fitting[0].id if len(fitting) == 1 else None
    stage = Stage.REFERENCE if only is not None else Stage.SCORECARD
    after = replace(draft, channel=channel, scorecard_version_id=only, stage=stage)
    return await _drawn(tx, turn, await drafts.save(tx, draft, after, turn.now))


async def _choose_scorecard(tx: Transaction, turn: Turn, draft: Draft, value: int) -> Result:
    _require_stage(draft, Stage.SCORECARD)
    if draft.channel is None:
        raise OutOfDate
    fitting = await scorecards.for_channel(tx, turn.services.shelf, draft.channel)
    if value not in {one.id for one in fitting}:
        raise OutOfDate
    after = replace(draft, scorecard_version_id=value, stage=Stage.REFERENCE)
    if draft.contact_id is not None:
        return await begin_walk(tx, turn, after, draft.reference)
    return await _drawn(tx, turn, await drafts.save(tx, draft, after, turn.now))


async def _skip_reference(tx: Transaction, turn: Turn, draft: Draft, _value: int) -> Result:
    _require_stage(draft, Stage.REFERENCE)
    return await begin_walk(tx, turn, draft, draft.reference)


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
    return await _drawn(tx, turn, await drafts.save(tx, draft, after, turn.now))


async def _step_back(tx: Transaction, turn: Turn, draft: Draft, _value: int) -> Result:
    if draft.stage in FORM_STAGES:
        after = replace(draft, stage=_form_before(draft))
        return await _drawn(tx, turn, await drafts.save(tx, draft, after, turn.now))
    try:
        return await _walk(tx, turn, draft, walking.back)
    except NotPossible as refusal:
        if refusal.code is not Refusal.AT_START:
            raise
        if draft.dispute_id is not None:
            return await _close(tx, turn, draft, 0)
        if draft.calibration_id is not None:
            raise NotHere from refusal
        after = replace(draft, stage=Stage.REFERENCE, criterion=None)
        return await _drawn(tx, turn, await drafts.save(tx, draft, after, turn.now))


def _form_before(draft: Draft) -> Stage:
    """Return the form's step before the draft's; answers hold the scorecard where it is."""
    if draft.stage is Stage.REFERENCE and not draft.answers:
        return Stage.CHANNEL
    if draft.stage is Stage.REFERENCE:
        raise NotHere
    return Stage.AGENT if draft.stage is Stage.CHANNEL else Stage.CHANNEL


async def _walk(tx: Transaction, turn: Turn, draft: Draft, step: Callable[[Walk], Walk]) -> Result:
    """Take one step of the walk and store where it leads."""
    if draft.scorecard_version_id is None or draft.stage in FORM_STAGES:
        raise OutOfDate
    scorecard = await scorecard_of(tx, turn.services.shelf, draft)
    after = with_walk(draft, step(walk_of(draft, scorecard)))
    return await _drawn(tx, turn, await drafts.save(tx, draft, after, turn.now))


def _stepping(step: Callable[[Walk, int], Walk]) -> Act:
    """Return the act that takes *step* with the press's value."""

    async def act(tx: Transaction, turn: Turn, draft: Draft, value: int) -> Result:
        try:
            return await _walk(tx, turn, draft, lambda walk: step(walk, value))
        except NotPossible as refusal:
            raise _sorry(refusal) from refusal

    return act


def _sorry(refusal: NotPossible) -> Sorry:
    if refusal.code is Refusal.TOO_LONG:
        return TooLong(limit=MAX_TEXT)
    return Empty() if refusal.code is Refusal.EMPTY else NotHere()


def _change_to(walk: Walk, value: int) -> Walk:
    keys = [criterion.key for criterion in walk.scorecard.criteria()]
    if not 0 <= value < len(keys):
        raise NotPossible(Refusal.NO_SUCH_CRITERION)
    return walking.change(walk, keys[value])


async def _close(tx: Transaction, turn: Turn, draft: Draft, _value: int) -> Result:
    await awaiting.forget(tx, turn.person.id)
    view = await viewed(tx, turn, draft)
    return draft, draft_ends.closed_screen(turn.t, view)


async def _ask_discard(tx: Transaction, turn: Turn, draft: Draft, value: int) -> Result:
    if not draft.answers:
        return await _discard(tx, turn, draft, value)
    view = await viewed(tx, turn, draft)
    return draft, draft_ends.discard_screen(turn.t, view)


async def _discard(tx: Transaction, turn: Turn, draft: Draft, _value: int) -> Result:
    gone = await drafts.save(tx, draft, replace(draft, status=DISCARDED), turn.now)
    await awaiting.forget(tx, turn.person.id)
    return gone, await opened(tx, turn, gone)


async def _submit(tx: Transaction, turn: Turn, draft: Draft, value: int) -> Result:
    if draft.scorecard_version_id is None:
        raise OutOfDate
    scorecard = await scorecard_of(tx, turn.services.shelf, draft)
    if draft.stage is Stage.SUMMARY and not walking.ready(walk_of(draft, scorecard)):
        return await ACTS[DraftAct.MEND](tx, turn, draft, value)
    if draft.dispute_id is not None:
        _require_stage(draft, Stage.SUMMARY)
        if draft.overall is None:
            return await ACTS[DraftAct.OVERALL](tx, turn, draft, value)
        await settle(tx, turn, draft)
    else:
        ending = submit if draft.calibration_id is None else calibrate_ends.submit
        await ending(tx, turn.services.shelf, draft, turn.now)
    await awaiting.forget(tx, turn.person.id)
    done = await mine(tx, turn, draft.id)
    return done, await opened(tx, turn, done)


def _require_stage(draft: Draft, stage: Stage) -> None:
    if draft.stage is not stage:
        raise NotHere


ACTS: dict[DraftAct, Act] = {
    DraftAct.AGENT: _choose_agent,
    DraftAct.MORE: _more_agents,
    DraftAct.CHANNEL: _choose_channel,
    DraftAct.SCORECARD: _choose_scorecard,
    DraftAct.SKIP: _skip_reference,
    DraftAct.BACK: _step_back,
    DraftAct.CLOSE: _close,
    DraftAct.OPTION: _stepping(walking.choose),
    DraftAct.NA: _stepping(lambda walk, _: walking.mark_na(walk)),
    DraftAct.REASON: _stepping(walking.give_reason),
    DraftAct.COMMENT: _stepping(lambda walk, _: walking.ask_comment(walk)),
    DraftAct.ERASE: _stepping(lambda walk, _: walking.erase(walk)),
    DraftAct.ALL_MET: _stepping(lambda walk, _: walking.all_met(walk)),
    DraftAct.CHANGE: _stepping(lambda walk, _: walking.ask_change(walk)),
    DraftAct.CRITERION: _stepping(_change_to),
    DraftAct.OVERALL: _stepping(lambda walk, _: walking.ask_overall(walk)),
    DraftAct.MEND: _stepping(lambda walk, _: walking.mend(walk)),
    DraftAct.SUBMIT: _submit,
    DraftAct.DISCARD: _ask_discard,
    DraftAct.DISCARD_SURE: _discard,
}


async def take_text(tx: Transaction, turn: Turn, draft: Draft, text: str) -> Result:
    if draft.stage is Stage.AGENT:
        words = " ".join(text.split())
        return await _drawn(tx, turn, await narrow(tx, turn, draft, words))
    if draft.stage is Stage.REFERENCE:
        return await begin_walk(tx, turn, draft, _reference(text))
    if draft.stage in FORM_STAGES:
        raise NotHere
    return await _stepping(lambda walk, _: walking.write(walk, text))(tx, turn, draft, 0)


def _reference(text: str) -> str:
    reference = " ".join(text.split())
    if not reference:
        raise Empty
    if len(reference) > MAX_REFERENCE:
        raise TooLong(limit=MAX_REFERENCE)
    return reference

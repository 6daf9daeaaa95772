"""What each press on a draft does: read, step, store, and the screen that follows."""

from collections.abc import Callable
from dataclasses import replace

from handlers.calibration import ends as calibrate_ends
from handlers.corrections import saving
from handlers.disputes.dispute_drafts import viewed
from handlers.disputes.settling import settle
from handlers.evaluating import texts
from handlers.evaluating.choosing_scorecard import scorecard_of
from handlers.evaluating.form_acts import (
    choose_agent,
    choose_channel,
    choose_scorecard,
    form_before,
    more_agents,
    other_scorecard,
    reference_in,
)
from handlers.evaluating.referring import refer, seek_agent, take, take_again
from handlers.evaluating.scored_before import before_screen, known
from handlers.evaluating.steps import (
    Act,
    NoTextHere,
    NotHere,
    Result,
    drawn,
    mine,
    opened,
    require_stage,
)
from handlers.evaluating.submission import ScoredMeanwhile, submit, walk_of, with_walk
from handlers.refusals import Empty, OutOfDate, Sorry, TooLong
from handlers.taps import DraftAct, DraftTap
from handlers.turn import Turn
from handlers.views import draft_ends
from handlers.views.correction_draft import correction_reason_screen
from handlers.views.scored_before import Ways
from handlers.views.screen import Screen
from scoring import draft as walking
from scoring.draft import FORM_STAGES, MAX_TEXT, NotPossible, Refusal, Slot, Stage, Walk
from storage import audit, awaiting, contacts, draft_texts, drafts
from storage.audit import Action, Subject, Thing
from storage.database import Transaction
from storage.draft_texts import Piece
from storage.drafts import DISCARDED, Draft

ERASED = {
    Stage.OVERALL: Slot.OVERALL,
    Stage.COMMENT: Slot.COMMENT,
    Stage.REASONS: Slot.WHY,
}
"""What is removed in each stage of writing."""


async def _step_back(tx: Transaction, turn: Turn, draft: Draft, _value: int) -> Result:
    if draft.stage in FORM_STAGES:
        if draft.assignment_id is not None:
            return await _close(tx, turn, draft, 0)
        after = replace(draft, stage=form_before(draft))
        return await drawn(tx, turn, await drafts.save(tx, draft, after, turn.now))
    try:
        return await _walk(tx, turn, draft, walking.back)
    except NotPossible as refusal:
        if refusal.code is not Refusal.AT_START:
            raise _sorry(refusal) from refusal
        apart = (draft.dispute_id, draft.correction_id, draft.assignment_id)
        if any(one is not None for one in apart):
            return await _close(tx, turn, draft, 0)
        if draft.calibration_id is not None:
            raise NotHere from refusal
        after = replace(draft, stage=Stage.REFERENCE, criterion=None)
        return await drawn(tx, turn, await drafts.save(tx, draft, after, turn.now))


async def _walk(tx: Transaction, turn: Turn, draft: Draft, step: Callable[[Walk], Walk]) -> Result:
    """Take one step of the walk and store where it leads."""
    if draft.scorecard_version_id is None or draft.stage in FORM_STAGES:
        raise OutOfDate
    scorecard = await scorecard_of(tx, turn.services.shelf, draft)
    after = with_walk(draft, step(walk_of(draft, scorecard)))
    return await drawn(tx, turn, await drafts.save(tx, draft, after, turn.now))


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


async def _erase(tx: Transaction, turn: Turn, draft: Draft, value: int) -> Result:
    """Remove the text that is being written, with what is known of its messages."""
    result = await _stepping(lambda walk, _: walking.erase(walk))(tx, turn, draft, value)
    slot = ERASED.get(draft.stage)
    if slot is not None:
        criterion = None if slot is Slot.OVERALL else draft.criterion
        await texts.drop_at(tx, draft, slot, criterion)
    return result


async def _ask_discard(tx: Transaction, turn: Turn, draft: Draft, value: int) -> Result:
    if not draft.answers:
        return await _discard(tx, turn, draft, value)
    return await _stepping(lambda walk, _: walking.ask_discard(walk))(tx, turn, draft, value)


async def _discard(tx: Transaction, turn: Turn, draft: Draft, _value: int) -> Result:
    if draft.answers:
        require_stage(draft, Stage.DISCARD)
    await draft_texts.end(tx, draft.id)
    gone = await drafts.save(tx, draft, replace(draft, status=DISCARDED), turn.now)
    await saving.give_up(tx, turn, gone)
    await awaiting.forget(tx, turn.person.id)
    return gone, await opened(tx, turn, gone)


async def _submit(tx: Transaction, turn: Turn, draft: Draft, value: int) -> Result:
    if draft.scorecard_version_id is None:
        raise OutOfDate
    scorecard = await scorecard_of(tx, turn.services.shelf, draft)
    if draft.stage is Stage.SUMMARY and not walking.ready(walk_of(draft, scorecard)):
        return await ACTS[DraftAct.MEND](tx, turn, draft, value)
    if draft.dispute_id is not None:
        require_stage(draft, Stage.SUMMARY)
        if draft.overall is None:
            return await ACTS[DraftAct.OVERALL](tx, turn, draft, value)
        await settle(tx, turn, draft)
    elif draft.correction_id is not None:
        require_stage(draft, Stage.SUMMARY)
        if not await saving.has_reason(tx, draft):
            view = await viewed(tx, turn, draft)
            return draft, correction_reason_screen(turn.t, view)
        await saving.save(tx, turn, draft)
    else:
        try:
            await _end(tx, turn, draft, knowing=value)
        except ScoredMeanwhile as found:
            asking = await _ask_anyway(tx, turn, draft, found)
            if asking is not None:
                return draft, asking
            await _end(tx, turn, draft, knowing=found.evaluation_id)
    await draft_texts.end(tx, draft.id)
    await awaiting.forget(tx, turn.person.id)
    done = await mine(tx, turn, draft.id)
    return done, await opened(tx, turn, done)


async def _ask_anyway(
    tx: Transaction, turn: Turn, draft: Draft, found: ScoredMeanwhile
) -> Screen | None:
    """Return what the contact was scored meanwhile, with the choice to submit all the same.

    The press names that evaluation, so that a still newer one is asked about again. ``None`` for
    whoever judges blind and is told of no other scoring.
    """
    contact = await contacts.by_id(tx, found.contact_id)
    before = await known(tx, turn.person, contact) if contact is not None else None
    if contact is None or before is None:
        return None
    anyway = DraftTap(draft.id, draft.version, DraftAct.SUBMIT, found.evaluation_id)
    back = DraftTap(draft.id, draft.version, DraftAct.OPEN)
    return await before_screen(
        tx, turn, contact, before, Ways(again=anyway, other=back, meanwhile=True)
    )


async def _end(tx: Transaction, turn: Turn, draft: Draft, *, knowing: int) -> None:
    if draft.calibration_id is not None:
        await calibrate_ends.submit(tx, turn.services.shelf, draft, turn.now)
        return
    evaluation_id = await submit(tx, turn.services.shelf, draft, turn.now, knowing=knowing)
    if evaluation_id is not None:
        about = Subject(Thing.EVALUATION, evaluation_id)
        details: audit.Details = {"agent": draft.agent_id}
        await audit.note(tx, turn.actor, Action.SUBMITTED, about, details)


async def _choose_channel(tx: Transaction, turn: Turn, draft: Draft, value: int) -> Result:
    """Take the channel; a reference that is known by then is not asked for again."""
    chosen, screen = await choose_channel(tx, turn, draft, value)
    if chosen.stage is Stage.REFERENCE and chosen.reference and not chosen.answers:
        return await refer(tx, turn, chosen, chosen.reference)
    return chosen, screen


async def _skip_reference(tx: Transaction, turn: Turn, draft: Draft, _value: int) -> Result:
    """Go on to the criteria with the reference as it stands."""
    require_stage(draft, Stage.REFERENCE)
    return await refer(tx, turn, draft, draft.reference)


ACTS: dict[DraftAct, Act] = {
    DraftAct.AGENT: choose_agent,
    DraftAct.MORE: more_agents,
    DraftAct.CHANNEL: _choose_channel,
    DraftAct.SCORECARD: choose_scorecard,
    DraftAct.OTHER_SCORECARD: other_scorecard,
    DraftAct.SKIP: _skip_reference,
    DraftAct.CONTACT: take,
    DraftAct.AGAIN: take_again,
    DraftAct.BACK: _step_back,
    DraftAct.CLOSE: _close,
    DraftAct.OPTION: _stepping(walking.choose),
    DraftAct.NA: _stepping(lambda walk, _: walking.mark_na(walk)),
    DraftAct.REASON: _stepping(walking.give_reason),
    DraftAct.COMMENT: _stepping(lambda walk, _: walking.ask_comment(walk)),
    DraftAct.REASONS: _stepping(lambda walk, _: walking.ask_reasons(walk)),
    DraftAct.GO_ON: _stepping(lambda walk, _: walking.go_on(walk)),
    DraftAct.ERASE: _erase,
    DraftAct.REPLACE: texts.replace_before,
    DraftAct.TAKE_BACK: texts.take_back,
    DraftAct.ALL_MET: _stepping(lambda walk, _: walking.all_met(walk)),
    DraftAct.REST_MET: _stepping(lambda walk, _: walking.rest_met(walk)),
    DraftAct.CHANGE: _stepping(lambda walk, _: walking.ask_change(walk)),
    DraftAct.CRITERION: _stepping(_change_to),
    DraftAct.OVERALL: _stepping(lambda walk, _: walking.ask_overall(walk)),
    DraftAct.MEND: _stepping(lambda walk, _: walking.mend(walk)),
    DraftAct.SUBMIT: _submit,
    DraftAct.DISCARD: _ask_discard,
    DraftAct.DISCARD_SURE: _discard,
}


async def take_text(tx: Transaction, turn: Turn, draft: Draft, text: str) -> Result:
    """Take a typed text for what the draft's present step asks; raise a ``Sorry`` if it is not."""
    if draft.stage is Stage.AGENT:
        words = " ".join(text.split())
        await texts.keep(tx, turn, draft, texts.AGENT, None, None, words)
        return await seek_agent(tx, turn, draft, words)
    if draft.stage is Stage.REFERENCE:
        reference = reference_in(text)
        await texts.keep(tx, turn, draft, texts.REFERENCE, None, None, reference)
        return await refer(tx, turn, draft, reference)
    if draft.stage in FORM_STAGES:
        raise NoTextHere
    if draft.stage is Stage.DISCARD:
        view = await viewed(tx, turn, draft)
        return draft, draft_ends.discard_screen(turn.t, view, unchanged=True)
    if saving.takes_reason(draft):
        return await texts.write_reason(tx, turn, draft, text)
    try:
        return await texts.write(tx, turn, draft, text)
    except NotPossible as refusal:
        sorry = _sorry(refusal)
        raise NoTextHere if isinstance(sorry, NotHere) else sorry from refusal


async def follow_edit(tx: Transaction, turn: Turn, piece: Piece) -> Result:
    """Let the draft follow a message that was edited; raise a ``Sorry`` where it cannot."""
    draft = await mine(tx, turn, piece.draft_id)
    if piece.slot == texts.AGENT:
        return await _choose_again(tx, turn, draft, piece)
    try:
        return await drawn(tx, turn, await texts.edit(tx, turn, draft, piece))
    except NotPossible as refusal:
        raise _sorry(refusal) from refusal


async def _choose_again(tx: Transaction, turn: Turn, draft: Draft, piece: Piece) -> Result:
    """Look for the agent by the edited text, while nothing was asked or said after it."""
    every = await draft_texts.of_draft(tx, draft.id)
    if not draft.is_open or draft.stage not in FORM_STAGES or every[-1].id != piece.id:
        raise texts.EditedElsewhere
    words = " ".join(turn.text.split())
    await draft_texts.change(tx, piece.id, words)
    anew = replace(draft, stage=Stage.AGENT, agent_id=None)
    return await seek_agent(tx, turn, anew, words)

"""Typed texts of a draft: each is added where it belongs, can be taken back, and may be edited."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.corrections import saving
from handlers.evaluating.choosing_scorecard import scorecard_of
from handlers.evaluating.form_acts import reference_in
from handlers.evaluating.steps import NotHere, Result, draw, drawn
from handlers.evaluating.submission import walk_of, with_walk
from handlers.refusals import Sorry
from handlers.turn import Turn
from handlers.views.draft_parts import REASON, Added
from handlers.words import N_
from scoring import draft as walking
from scoring.draft import Place, Slot
from scoring.scorecard import Scorecard
from storage import draft_texts, drafts
from storage.database import Transaction
from storage.draft_texts import BEFORE, Piece
from storage.drafts import Draft

ADVICE, REFERENCE, AGENT = "advice", "reference", "agent"
"""Slots of a draft that its walk does not know."""


class EditedTooLate(Sorry):
    """The evaluation is submitted or discarded."""

    sentence = N_("This evaluation has ended. The edited text changes nothing in it.")


class EditedElsewhere(Sorry):
    """The text was replaced, removed, or made into something else meanwhile."""

    sentence = N_("This text is no longer part of the evaluation. The edit changes nothing in it.")


async def write(tx: Transaction, turn: Turn, draft: Draft, text: str) -> Result:
    """Add a typed text where the walk's present stage wants it, and say where.

    Raises ``NotPossible`` where no text is wanted, and for none or too much of it.
    """
    scorecard = await scorecard_of(tx, turn.services.shelf, draft)
    walk = walk_of(draft, scorecard)
    place = walking.place_of(walk)
    before = walk.text_at(place)
    saved = await drafts.save(tx, draft, with_walk(draft, walking.write(walk, text)), turn.now)
    added = await keep(tx, turn, draft, place.slot, place.criterion, before, walking.cleaned(text))
    return saved, await draw(tx, turn, saved, added=added)


async def write_reason(tx: Transaction, turn: Turn, draft: Draft, text: str) -> Result:
    """Add a typed text to the reason of a correction, and say so."""
    before, said = await saving.reason_of(tx, draft), saving.reason_in(text)
    await saving.explain(tx, draft, "\n".join(filter(None, [before, said])))
    saved = await drafts.save(tx, draft, draft, turn.now)
    added = await keep(tx, turn, draft, REASON, None, before, said)
    return saved, await draw(tx, turn, saved, added=added)


async def keep(
    tx: Transaction,
    turn: Turn,
    draft: Draft,
    slot: str,
    criterion: str | None,
    before: str | None,
    text: str,
) -> Added:
    """Note which message brought *text* to a place that held *before*."""
    pieces = await _at(tx, draft.id, slot, criterion)
    if "\n".join(one.text for one in pieces) != (before or ""):
        await draft_texts.drop(tx, pieces)
        if before:
            await draft_texts.add(tx, draft.id, BEFORE, slot, criterion, before)
    message = turn.message.message_id if turn.message is not None else BEFORE
    piece = await draft_texts.add(tx, draft.id, message, slot, criterion, text)
    return Added(piece.id, slot, criterion, several=bool(before))


async def take_back(tx: Transaction, turn: Turn, draft: Draft, value: int) -> Result:
    """Take the text that was added last out again; what was there before stays."""
    piece, others = await _last(tx, draft, value)
    await draft_texts.drop(tx, [piece])
    return await _changed(tx, turn, draft, piece, others)


async def replace_before(tx: Transaction, turn: Turn, draft: Draft, value: int) -> Result:
    """Let the text that was added last stand in place of what was there before."""
    piece, others = await _last(tx, draft, value)
    await draft_texts.drop(tx, others)
    return await _changed(tx, turn, draft, piece, [piece])


async def drop_at(tx: Transaction, draft: Draft, slot: str, criterion: str | None) -> None:
    """Forget the messages of a text that was removed."""
    await draft_texts.drop(tx, await _at(tx, draft.id, slot, criterion))


async def edit(tx: Transaction, turn: Turn, draft: Draft, piece: Piece) -> Draft:
    """Let the draft's text follow the message that brought it; return the draft.

    Raises ``EditedTooLate`` or ``EditedElsewhere`` where it is not that text any more.
    """
    if not draft.is_open:
        raise EditedTooLate
    pieces = await _at(tx, draft.id, piece.slot, piece.criterion)
    before = "\n".join(one.text for one in pieces)
    scorecard = await _scorecard(tx, turn, draft)
    looked_up = piece.slot == REFERENCE and draft.contact_id is not None
    there = _text_at(draft, scorecard, piece)
    if piece.slot == REASON:
        there = await saving.reason_of(tx, draft)
    if looked_up or there != before:
        raise EditedElsewhere
    said = reference_in(turn.text) if piece.slot == REFERENCE else walking.cleaned(turn.text)
    after = [replace(one, text=said) if one.id == piece.id else one for one in pieces]
    changed = await _with_text(
        tx, draft, scorecard, piece, walking.joined(one.text for one in after)
    )
    saved = await drafts.save(tx, draft, changed, turn.now)
    await draft_texts.change(tx, piece.id, said)
    return saved


async def _changed(
    tx: Transaction, turn: Turn, draft: Draft, piece: Piece, left: Sequence[Piece]
) -> Result:
    """Store what is left of the pieces at a place, and ask ``Why?`` again where none is."""
    scorecard = await _scorecard(tx, turn, draft)
    text = walking.joined(one.text for one in left) or None
    after = await _with_text(tx, draft, scorecard, piece, text)
    if scorecard is not None and piece.slot == Slot.WHY and piece.criterion is not None:
        after = with_walk(after, walking.ask_again(walk_of(after, scorecard), piece.criterion))
    return await drawn(tx, turn, await drafts.save(tx, draft, after, turn.now))


async def _last(tx: Transaction, draft: Draft, value: int) -> tuple[Piece, list[Piece]]:
    """Return the newest piece of its place, and those before it; raise ``NotHere`` for others."""
    every = await draft_texts.of_draft(tx, draft.id)
    piece = next((one for one in every if one.id == value), None)
    if piece is None:
        raise NotHere
    there = [one for one in every if one.is_at(piece.slot, piece.criterion)]
    if there[-1].id != piece.id:
        raise NotHere
    return piece, there[:-1]


async def _at(tx: Transaction, draft_id: int, slot: str, criterion: str | None) -> list[Piece]:
    every = await draft_texts.of_draft(tx, draft_id)
    return [one for one in every if one.is_at(slot, criterion)]


async def _scorecard(tx: Transaction, turn: Turn, draft: Draft) -> Scorecard | None:
    if draft.scorecard_version_id is None:
        return None
    return await scorecard_of(tx, turn.services.shelf, draft)


def _text_at(draft: Draft, scorecard: Scorecard | None, piece: Piece) -> str | None:
    if piece.slot == ADVICE:
        return draft.advice
    if piece.slot == REFERENCE:
        return draft.reference
    if piece.slot in {AGENT, REASON} or scorecard is None:
        return None
    return walk_of(draft, scorecard).text_at(Place(Slot(piece.slot), piece.criterion))


async def _with_text(
    tx: Transaction, draft: Draft, scorecard: Scorecard | None, piece: Piece, text: str | None
) -> Draft:
    if piece.slot == REASON:
        await saving.explain(tx, draft, text)
        return draft
    if piece.slot == ADVICE:
        return replace(draft, advice=text)
    if piece.slot == REFERENCE:
        return replace(draft, reference=text)
    if scorecard is None:
        raise NotHere
    place = Place(Slot(piece.slot), piece.criterion)
    return with_walk(draft, walking.with_text(walk_of(draft, scorecard), place, text))

"""Note for learning: what whoever scores afresh finds outside of what is disputed.

It is told beside the decision and lowers no score.
"""

from collections.abc import Mapping
from dataclasses import replace

from handlers.asking import LEARNING
from handlers.corrections.saving import reason_in
from handlers.disputes.dispute_drafts import viewed
from handlers.evaluating import texts
from handlers.evaluating.steps import Act, NotHere, Result, draw, opened, touch
from handlers.refusals import TooLong
from handlers.taps import DraftAct
from handlers.turn import Turn
from handlers.views.rescoring import learning_screen
from scoring.draft import MAX_TEXT, Stage
from storage import awaiting, drafts
from storage.awaiting import Awaited
from storage.database import Transaction
from storage.drafts import Draft

AWAITED = LEARNING


async def ask(tx: Transaction, turn: Turn, draft: Draft, _value: int) -> Result:
    """Ask for the note; the next text is it."""
    _require(draft)
    view = await viewed(tx, turn, draft)
    await awaiting.expect(tx, turn.person.id, Awaited(AWAITED, draft.id))
    return draft, learning_screen(turn.t, view)


async def remove(tx: Transaction, turn: Turn, draft: Draft, _value: int) -> Result:
    """Note nothing after all."""
    _require(draft)
    await texts.drop_at(tx, draft, texts.ADVICE, None)
    saved = await drafts.save(tx, draft, replace(draft, advice=None), turn.now)
    return saved, await opened(tx, turn, saved)


async def take_text(tx: Transaction, turn: Turn, draft: Draft, text: str) -> Result:
    """Take a typed *text* as the note, or add it to what stands there."""
    _require(draft)
    said = reason_in(text)
    whole = "\n".join(filter(None, [draft.advice, said]))
    if len(whole) > MAX_TEXT:
        raise TooLong(limit=MAX_TEXT)
    saved = await drafts.save(tx, draft, replace(draft, advice=whole), turn.now)
    added = await texts.keep(tx, turn, draft, texts.ADVICE, None, draft.advice, said)
    await touch(tx, turn, saved)
    return saved, await draw(tx, turn, saved, added=added)


def _require(draft: Draft) -> None:
    if draft.dispute_id is None or draft.stage is not Stage.SUMMARY:
        raise NotHere


ACTS: Mapping[DraftAct, Act] = {DraftAct.LEARNING: ask, DraftAct.UNLEARN: remove}

"""The button Advice: what the agent would be recommended, and the evaluator's own words for it."""

from collections.abc import Mapping
from dataclasses import replace

from handlers.asking import ADVICE
from handlers.evaluating import texts
from handlers.evaluating.draft_view import view_of
from handlers.evaluating.steps import Act, NotHere, Result, draw, opened, touch
from handlers.evaluating.submission import walk_of
from handlers.refusals import Empty, TooLong
from handlers.taps import DraftAct
from handlers.turn import Turn
from handlers.views import advice as views
from scoring.draft import MAX_TEXT, Stage
from scoring.feedback import LOOK_BACK, Feedback, feedback
from scoring.text import printable
from storage import awaiting, drafts, misses
from storage.awaiting import Awaited
from storage.database import Transaction
from storage.drafts import Draft

AWAITED = ADVICE


async def ask(tx: Transaction, turn: Turn, draft: Draft, _value: int) -> Result:
    """Show what the agent would be told, and take the next text for it."""
    found = await _generated(tx, turn, draft)
    view = await view_of(tx, turn.services.shelf, draft, turn.person)
    await awaiting.expect(tx, turn.person.id, Awaited(AWAITED, draft.id))
    return draft, views.advice_screen(turn.t, view, found)


async def restore(tx: Transaction, turn: Turn, draft: Draft, _value: int) -> Result:
    """Leave the recommendations to the scorecard again."""
    _require_summary(draft)
    await texts.drop_at(tx, draft, texts.ADVICE, None)
    return await _saved(tx, turn, draft, None)


async def take_text(tx: Transaction, turn: Turn, draft: Draft, text: str) -> Result:
    """Take a typed *text* in place of the recommendations, or add it to what stands there."""
    _require_summary(draft)
    said = printable(text)
    if not said:
        raise Empty
    whole = "\n".join(filter(None, [draft.advice, said]))
    if len(whole) > MAX_TEXT:
        raise TooLong(limit=MAX_TEXT)
    saved = await drafts.save(tx, draft, replace(draft, advice=whole), turn.now)
    added = await texts.keep(tx, turn, draft, texts.ADVICE, None, draft.advice, said)
    await touch(tx, turn, saved)
    return saved, await draw(tx, turn, saved, added=added)


async def _saved(tx: Transaction, turn: Turn, draft: Draft, advice: str | None) -> Result:
    saved = await drafts.save(tx, draft, replace(draft, advice=advice), turn.now)
    return saved, await opened(tx, turn, saved)


async def _generated(tx: Transaction, turn: Turn, draft: Draft) -> Feedback:
    """Return the feedback as it would be without any own words."""
    _require_summary(draft)
    if draft.scorecard_version_id is None or draft.agent_id is None:
        raise NotHere
    scorecard = (await turn.services.shelf.get(tx, draft.scorecard_version_id)).scorecard
    earlier = await misses.missed_lately(
        tx, draft.agent_id, draft.scorecard_version_id, LOOK_BACK - 1
    )
    return feedback(scorecard, walk_of(draft, scorecard).answers, earlier)


def _require_summary(draft: Draft) -> None:
    # Blind scoring advises nobody, and what the agent missed lately would give answers away.
    blind = draft.calibration_id is not None or draft.dispute_id is not None
    if draft.stage is not Stage.SUMMARY or blind:
        raise NotHere


ACTS: Mapping[DraftAct, Act] = {DraftAct.ADVICE: ask, DraftAct.RESTORE: restore}

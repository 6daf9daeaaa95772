"""What the walk of a correction does at its summary: taking the reason, saving, giving up."""

from dataclasses import replace

from handlers.corrections import applying
from handlers.refusals import Empty, OutOfDate, TooLong
from handlers.turn import Turn
from scoring.draft import MAX_TEXT, Stage
from scoring.text import printable
from storage import corrections, drafts
from storage.database import Transaction
from storage.drafts import SUBMITTED, Draft


def takes_reason(draft: Draft) -> bool:
    """Return whether a text that is typed now is the reason of a correction."""
    return draft.correction_id is not None and draft.stage is Stage.SUMMARY


async def reason_of(tx: Transaction, draft: Draft) -> str | None:
    """Return why the draft's evaluation is corrected, as far as that was said."""
    ident = draft.correction_id
    correction = await corrections.by_id(tx, ident) if ident is not None else None
    return correction.reason if correction is not None else None


async def explain(tx: Transaction, draft: Draft, reason: str | None) -> None:
    """Keep the reason; raise ``TooLong`` or ``OutOfDate``."""
    if draft.correction_id is None:
        raise OutOfDate
    if reason is not None and len(reason) > MAX_TEXT:
        raise TooLong(limit=MAX_TEXT)
    await corrections.explain(tx, draft.correction_id, reason)


async def has_reason(tx: Transaction, draft: Draft) -> bool:
    """Return whether the correction says why."""
    return await reason_of(tx, draft) is not None


async def save(tx: Transaction, turn: Turn, draft: Draft) -> None:
    """Let the draft's answers count, or ask for consent to that."""
    ident = draft.correction_id
    correction = await corrections.by_id(tx, ident) if ident is not None else None
    if correction is None:
        raise OutOfDate
    await drafts.save(tx, draft, replace(draft, status=SUBMITTED), turn.now)
    await applying.finish(tx, turn, correction)


async def give_up(tx: Transaction, turn: Turn, draft: Draft) -> None:
    """Note that nothing comes of the correction."""
    if draft.correction_id is not None:
        await corrections.drop(tx, draft.correction_id, turn.now)


def reason_in(text: str) -> str:
    """Return the typed reason, cleaned; raise ``Empty`` or ``TooLong``."""
    said = printable(text)
    if not said:
        raise Empty
    if len(said) > MAX_TEXT:
        raise TooLong(limit=MAX_TEXT)
    return said

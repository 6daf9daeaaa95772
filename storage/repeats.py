"""Messages that Telegram brings a second time, after a crash, and what they did the first time.

Presses carry their draft's version; typed messages have only their number in the chat, which
grows. A draft keeps the numbers of the message it was begun by and of the last one it took.
"""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from storage.database import Transaction
from storage.drafts import Draft, by_id
from storage.tables import AttachmentRow, DraftRow

SKEW = dt.timedelta(minutes=10)
"""How far this clock and Telegram's may differ."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A message by its number in the chat and the moment at which Telegram got it.

    The moment tells it from one that another bot, whose numbers begin anew, got on this database.
    """

    message: int
    at: dt.datetime


def took(draft: Draft, heard: Heard) -> bool:
    """Return whether the draft has taken that message, or was begun after it."""
    return (
        draft.heard is not None
        and heard.message <= draft.heard
        and heard.at <= draft.updated_at + SKEW
    )


async def begun_by(tx: Transaction, evaluator_id: int, heard: Heard) -> Draft | None:
    """Return the draft that the evaluator began with that message, or ``None``."""
    wanted = select(DraftRow.id).where(
        DraftRow.evaluator_id == evaluator_id,
        DraftRow.begun_by == heard.message,
        DraftRow.created_at >= heard.at - SKEW,
    )
    return await _first(tx, (await tx.execute(wanted.order_by(DraftRow.id.desc()))).scalar())


async def attached_to(tx: Transaction, evaluator_id: int, heard: Heard) -> Draft | None:
    """Return the evaluator's draft to which that message is attached, or ``None``."""
    wanted = (
        select(DraftRow.id)
        .join(AttachmentRow, AttachmentRow.draft_id == DraftRow.id)
        .where(
            DraftRow.evaluator_id == evaluator_id,
            AttachmentRow.source_message == heard.message,
            AttachmentRow.added_at >= heard.at - SKEW,
        )
    )
    return await _first(tx, (await tx.execute(wanted.order_by(DraftRow.id.desc()))).scalar())


async def _first(tx: Transaction, draft_id: int | None) -> Draft | None:
    return None if draft_id is None else await by_id(tx, draft_id)

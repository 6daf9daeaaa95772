"""Material of a contact: recordings, files and forwarded texts."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import RowMapping, bindparam, func, insert, select, update

from storage import masking
from storage.database import Transaction
from storage.tables import AttachmentRow, EvaluationRow
from storage.tables.base import table_of

MOVE = update(table_of(AttachmentRow)).where(AttachmentRow.draft_id == bindparam("draft"))
COUNT = select(func.count()).where(AttachmentRow.draft_id == bindparam("draft"))


@dataclass(frozen=True, slots=True)
class Attachment:
    """One piece; ``kind`` is voice, audio, photo, video, document or text."""

    kind: str
    source_message: int
    file_id: str | None = None
    file_unique_id: str | None = None
    text: str | None = None
    sender: str | None = None


async def add(tx: Transaction, draft_id: int, piece: Attachment, now: dt.datetime) -> bool:
    """Attach *piece* to the draft; return False where that message is attached already.

    What a customer says in it is masked where the organisation wants that.
    """
    there = select(AttachmentRow.id).where(
        AttachmentRow.draft_id == draft_id, AttachmentRow.source_message == piece.source_message
    )
    if (await tx.execute(there)).first() is not None:
        return False
    mask = await masking.current(tx, now)
    row = insert(AttachmentRow).values(
        draft_id=draft_id,
        kind=piece.kind,
        file_id=piece.file_id,
        file_unique_id=piece.file_unique_id,
        text=mask.text(piece.text),
        sender=mask.text(piece.sender),
        source_message=piece.source_message,
        added_at=now,
    )
    await tx.execute(row)
    return True


async def move_to_contact(tx: Transaction, draft_id: int, contact_id: int) -> None:
    """Make the draft's material the contact's."""
    await tx.execute(MOVE, {"draft": draft_id, "contact_id": contact_id})


async def move_to_draft(tx: Transaction, draft_id: int, to: int) -> None:
    """Make the draft's material that of another draft."""
    await tx.execute(MOVE, {"draft": draft_id, "draft_id": to})


async def of_draft(tx: Transaction, draft_id: int) -> list[Attachment]:
    """Return the draft's material in the order it came."""
    wanted = select(AttachmentRow.__table__).where(AttachmentRow.draft_id == draft_id)
    rows = await tx.execute(wanted.order_by(AttachmentRow.source_message))
    return [_attachment(row) for row in rows.mappings()]


async def follow(tx: Transaction, before: int, after: int, evaluation_id: int) -> None:
    """Give the material that came with the evaluation from contact *before* to *after*."""
    draft = select(EvaluationRow.draft_id).where(EvaluationRow.id == evaluation_id)
    mine = (
        AttachmentRow.contact_id == before,
        AttachmentRow.draft_id == draft.scalar_subquery(),
    )
    await tx.execute(update(AttachmentRow).where(*mine).values(contact_id=after))


async def of_contact(tx: Transaction, contact_id: int) -> list[Attachment]:
    """Return the contact's material in the order it came."""
    wanted = select(AttachmentRow.__table__).where(AttachmentRow.contact_id == contact_id)
    rows = await tx.execute(wanted.order_by(AttachmentRow.source_message))
    return [_attachment(row) for row in rows.mappings()]


async def count(tx: Transaction, draft_id: int) -> int:
    """Return how many pieces the draft has."""
    return (await tx.execute(COUNT, {"draft": draft_id})).scalar_one()


def _attachment(row: RowMapping) -> Attachment:
    return Attachment(
        kind=row["kind"],
        source_message=row["source_message"],
        file_id=row["file_id"],
        file_unique_id=row["file_unique_id"],
        text=row["text"],
        sender=row["sender"],
    )

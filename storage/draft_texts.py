"""Which typed message each text of a draft came from, while the draft is open.

A text that is typed for a place where there is one already is added to it; the pieces are kept, so
that the last one can be taken back or put in place of the others, and an edited message followed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import RowMapping, bindparam, delete, insert, select, update

from storage.database import Transaction
from storage.tables import DraftRow, DraftTextRow
from storage.tables.base import table_of

TEXTS = table_of(DraftTextRow)
ADD = insert(TEXTS).returning(TEXTS.c.id)
OF_DRAFT = TEXTS.c.draft_id == bindparam("of_draft")
ALL = select(TEXTS).where(OF_DRAFT).order_by(TEXTS.c.id)
BEFORE = 0
"""The message that stands for a text which was there before."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A typed message as a part of one of a draft's texts: its slot, perhaps of a criterion."""

    id: int
    draft_id: int
    message_id: int
    slot: str
    criterion: str | None
    text: str

    def is_at(self, slot: str, criterion: str | None) -> bool:
        """Return whether it belongs there."""
        return (self.slot, self.criterion) == (slot, criterion)


async def of_draft(tx: Transaction, draft_id: int) -> list[Piece]:
    """Return the draft's pieces in the order in which they came."""
    rows = (await tx.execute(ALL, {"of_draft": draft_id})).mappings()
    return [_piece(row) for row in rows]


async def add(
    tx: Transaction, draft_id: int, message_id: int, slot: str, criterion: str | None, text: str
) -> Piece:
    """Note that the message brought *text* for that place."""
    row = {
        "draft_id": draft_id,
        "message_id": message_id,
        "slot": slot,
        "criterion": criterion,
        "text": text,
    }
    ident = (await tx.execute(ADD, row)).scalar_one()
    return Piece(ident, draft_id, message_id, slot, criterion, text)


async def change(tx: Transaction, piece_id: int, text: str) -> None:
    """Let the piece read *text*."""
    await tx.execute(update(TEXTS).where(TEXTS.c.id == piece_id).values(text=text))


async def drop(tx: Transaction, pieces: Sequence[Piece]) -> None:
    """Forget the pieces."""
    ids = [one.id for one in pieces]
    if ids:
        await tx.execute(delete(TEXTS).where(TEXTS.c.id.in_(ids)))


async def end(tx: Transaction, draft_id: int) -> None:
    """Forget what was typed for a draft that has ended; which messages they were stays."""
    await tx.execute(update(TEXTS).where(TEXTS.c.draft_id == draft_id).values(text=""))


async def brought_by(tx: Transaction, evaluator_id: int, message_id: int) -> Piece | None:
    """Return what the evaluator's message brought to a draft last, or ``None``."""
    wanted = (
        select(TEXTS)
        .join(DraftRow, DraftRow.id == TEXTS.c.draft_id)
        .where(DraftRow.evaluator_id == evaluator_id, TEXTS.c.message_id == message_id)
        .order_by(TEXTS.c.id.desc())
        .limit(1)
    )
    found = (await tx.execute(wanted)).mappings().first()
    return None if found is None else _piece(found)


def _piece(row: RowMapping) -> Piece:
    return Piece(
        row["id"],
        row["draft_id"],
        row["message_id"],
        row["slot"],
        row["criterion"],
        row["text"],
    )

"""What an agent has typed against an evaluation and not sent yet, message by message.

Texts are added together and never overwritten; an edited message changes its own part. They go
once the dispute is filed, or when nobody has gone on with it for a month.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import RowMapping, delete, insert, select, update

from storage.database import Transaction
from storage.tables import DisputeReasonRow
from storage.tables.base import table_of

REASONS = table_of(DisputeReasonRow)
KEPT = dt.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Piece:
    """A typed message as a part of the reason for disputing an evaluation."""

    id: int
    evaluation_id: int
    message_id: int
    text: str


def joined(pieces: Sequence[Piece]) -> str:
    """Return the pieces as one text, each on lines of its own."""
    return "\n".join(one.text for one in pieces)


async def of_evaluation(tx: Transaction, evaluation_id: int) -> list[Piece]:
    """Return the pieces in the order in which they came."""
    wanted = select(REASONS).where(REASONS.c.evaluation_id == evaluation_id).order_by(REASONS.c.id)
    return [_piece(row) for row in (await tx.execute(wanted)).mappings()]


async def of_message(tx: Transaction, agent_id: int, message_id: int) -> Piece | None:
    """Return what the message of that agent is a part of, or ``None``."""
    mine = (REASONS.c.agent_id == agent_id, REASONS.c.message_id == message_id)
    row = (await tx.execute(select(REASONS).where(*mine))).mappings().first()
    return None if row is None else _piece(row)


async def add(
    tx: Transaction, evaluation_id: int, agent_id: int, message_id: int, text: str, now: dt.datetime
) -> None:
    """Add a part to the reason; a message that was added before is not added again."""
    if await of_message(tx, agent_id, message_id) is not None:
        return
    row = {
        "evaluation_id": evaluation_id,
        "agent_id": agent_id,
        "message_id": message_id,
        "text": text,
        "written_at": now,
    }
    await tx.execute(insert(REASONS), row)


async def change(tx: Transaction, piece: Piece, text: str) -> None:
    """Let the part say something else."""
    await tx.execute(update(REASONS).where(REASONS.c.id == piece.id).values(text=text))


async def clear(tx: Transaction, evaluation_id: int) -> None:
    """Remove every part of the reason."""
    await tx.execute(delete(REASONS).where(REASONS.c.evaluation_id == evaluation_id))


async def tidy(tx: Transaction, now: dt.datetime) -> None:
    """Remove what was never sent."""
    await tx.execute(delete(REASONS).where(REASONS.c.written_at < now - KEPT))


def _piece(row: RowMapping) -> Piece:
    return Piece(row["id"], row["evaluation_id"], row["message_id"], row["text"])

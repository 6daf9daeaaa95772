"""What was put aside instead of arriving: to be read, sent again or dropped by an admin."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select, update

from storage.database import Transaction
from storage.outbox import DEAD, DROPPED, QUEUED, UNCERTAIN
from storage.tables import OutboxRow, PersonRow

ASIDE = (DEAD, UNCERTAIN)


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A message that was put aside; ``uncertain`` says that it may have arrived all the same."""

    id: int
    kind: str
    recipient_id: int
    recipient: str
    created_at: dt.datetime
    uncertain: bool
    error: str


async def count(tx: Transaction) -> int:
    """Return how many messages were put aside."""
    number = select(func.count()).where(OutboxRow.state.in_(ASIDE))
    return (await tx.execute(number)).scalar_one()


async def page(tx: Transaction, *, offset: int, limit: int) -> list[Undelivered]:
    """Return a stretch of what was put aside, newest first."""
    return await _found(tx, offset=offset, limit=limit)


async def by_id(tx: Transaction, message_id: int) -> Undelivered | None:
    """Return the message, ``None`` where it is put aside no more."""
    return next(iter(await _found(tx, OutboxRow.id == message_id)), None)


async def send_again(
    tx: Transaction, now: dt.datetime, messages: Collection[int] | None = None
) -> int:
    """Queue those messages, or all that were put aside, as if they were new; return how many."""
    values = {
        "state": QUEUED,
        "attempts": 0,
        "not_before": now,
        "last_error": None,
        "lease_owner": None,  # whoever had it has no more to say about it
    }
    return await _turn(tx, messages, values)


async def drop(tx: Transaction, messages: Collection[int] | None = None) -> int:
    """Put those messages, or all, aside for good; return how many.

    The rows stay for a while: their keys keep the same news from being queued once more.
    """
    return await _turn(tx, messages, {"state": DROPPED})


async def _turn(
    tx: Transaction, messages: Collection[int] | None, values: dict[str, object]
) -> int:
    theirs = [OutboxRow.state.in_(ASIDE)]
    if messages is not None:
        theirs.append(OutboxRow.id.in_(list(messages)))
    return (await tx.execute(update(OutboxRow).where(*theirs).values(values))).rowcount


async def _found(
    tx: Transaction, *conditions: ColumnElement[bool], offset: int = 0, limit: int = 1
) -> list[Undelivered]:
    wanted = (
        select(
            OutboxRow.id,
            OutboxRow.kind,
            OutboxRow.recipient_id,
            PersonRow.name,
            OutboxRow.created_at,
            OutboxRow.state,
            OutboxRow.last_error,
        )
        .join(PersonRow, PersonRow.id == OutboxRow.recipient_id)
        .where(OutboxRow.state.in_(ASIDE), *conditions)
        .order_by(OutboxRow.created_at.desc(), OutboxRow.id.desc())
        .offset(offset)
        .limit(limit)
    )
    return [
        Undelivered(
            row.id,
            row.kind,
            row.recipient_id,
            row.name,
            row.created_at,
            row.state == UNCERTAIN,
            row.last_error or "",
        )
        for row in (await tx.execute(wanted)).all()
    ]

"""The outbox: messages written in the transaction that caused them, delivered afterwards."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, bindparam, delete, exists, func, or_, select, update

from storage import upserts
from storage.database import Transaction
from storage.tables import OutboxRow, PersonRow

QUEUED = "queued"
SENT = "sent"
DEAD = "dead"
UNCERTAIN = "uncertain"
DROPPED = "dropped"
"""An admin did not want it any more."""

BATCH = 500
"""Rows in one statement; a database takes some 32,000 values in one."""

URGENT = 1
ORDINARY = 5


@dataclass(frozen=True, slots=True)
class Message:
    """What to tell whom; ``key`` is its business key, so the same news is never queued twice."""

    kind: str
    recipient_id: int
    subject: int
    key: str
    not_before: dt.datetime
    data: str = ""
    priority: int = ORDINARY


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a message: ``message_id`` in ``chat_id`` is where it is to be read."""

    state: str
    not_before: dt.datetime
    sent_at: dt.datetime | None
    chat_id: int | None
    message_id: int | None

    @property
    def waits(self) -> bool:
        """Whether it is still to be delivered."""
        return self.state == QUEUED


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message under lease; ``attempts`` counts the tries before this one.

    ``owner`` and ``lease``, the lease's number, say whose claim this is: a later claim of the same
    message has another number.
    """

    id: int
    kind: str
    recipient_id: int
    subject: int
    data: str
    attempts: int
    owner: str | None = None
    lease: int = 0


def _bound() -> ColumnElement[bool]:
    """Return the condition that a message's recipient can be written to."""
    return exists().where(
        PersonRow.id == OutboxRow.recipient_id, PersonRow.telegram_id.is_not(None)
    )


DUE = (
    select(OutboxRow.id)
    .where(
        OutboxRow.state == QUEUED,
        OutboxRow.not_before <= bindparam("now"),
        or_(
            OutboxRow.lease_until.is_(None),
            OutboxRow.lease_until <= bindparam("now"),
            # No lease lasts so long: the clock was set back, and whoever had it may be gone.
            OutboxRow.lease_until > bindparam("odd"),
        ),
        _bound(),
        OutboxRow.recipient_id.not_in(bindparam("without", expanding=True)),
    )
    .limit(bindparam("room"))
    .with_for_update(skip_locked=True, of=OutboxRow)
)
# Two questions: the second one's order is that of the index, so that no more than the wanted rows
# are read.
DUE_URGENT = DUE.where(OutboxRow.priority < ORDINARY).order_by(
    OutboxRow.priority, OutboxRow.not_before, OutboxRow.id
)
DUE_ORDINARY = DUE.where(OutboxRow.priority >= ORDINARY).order_by(
    OutboxRow.not_before, OutboxRow.id
)
TAKE = (
    update(OutboxRow)
    .where(OutboxRow.id.in_(bindparam("taken", expanding=True)))
    .values(
        lease_owner=bindparam("owner"),
        lease_until=bindparam("until"),
        lease_number=OutboxRow.lease_number + 1,
    )
    .returning(
        OutboxRow.id,
        OutboxRow.kind,
        OutboxRow.recipient_id,
        OutboxRow.subject,
        OutboxRow.data,
        OutboxRow.attempts,
        OutboxRow.lease_owner,
        OutboxRow.lease_number,
    )
)
"""Returns what a claimed message is made of, in the order of its fields."""


async def put(tx: Transaction, messages: Sequence[Message], now: dt.datetime) -> int:
    """Queue the messages whose key is new; return how many that were.

    Where another process queues the same key at this moment, the database keeps one of the two.
    """
    new = upserts.into(tx, OutboxRow).on_conflict_do_nothing().returning(OutboxRow.id)
    queued = 0
    for start in range(0, len(messages), BATCH):
        rows = [_row(message, now) for message in messages[start : start + BATCH]]
        queued += len((await tx.execute(new, rows)).all())
    return queued


async def claim(
    tx: Transaction,
    owner: str,
    now: dt.datetime,
    lease: dt.timedelta,
    limit: int,
    *,
    without: Collection[int] = (),
) -> list[Claimed]:
    """Take up to *limit* due messages under a lease and return them, urgent ones first.

    Messages for the recipients in *without* are left, and those for people who have not accepted
    their invitation yet wait until they do.
    Works on both databases: PostgreSQL skips rows that another process is just claiming, SQLite has
    one writer at a time anyway.
    """
    asked = {"now": now, "odd": now + 2 * lease, "without": list(without)}
    ids: list[int] = []
    for due in (DUE_URGENT, DUE_ORDINARY):
        ids += (await tx.execute(due, {**asked, "room": limit - len(ids)})).scalars()
    if not ids:
        return []
    values = {"taken": ids, "owner": owner, "until": now + lease}
    rows = (await tx.execute(TAKE, values)).all()
    by_id = {ident: Claimed(ident, *rest) for ident, *rest in rows}
    return [by_id[ident] for ident in ids]


async def sent(
    tx: Transaction,
    message: Claimed,
    now: dt.datetime,
    *,
    telegram_message: int | None,
    chat: int | None = None,
) -> bool:
    """Note that the message arrived, and which one in which chat it is.

    Return False where its lease belongs to another by now.
    """
    values = {"state": SENT, "sent_at": now, "chat_id": chat, "message_id": telegram_message}
    return await _end(tx, message, values)


async def became(tx: Transaction, keys: Collection[str]) -> dict[int, Sent]:
    """Return what became of the messages with those business keys, by their recipients."""
    wanted = select(
        OutboxRow.recipient_id,
        OutboxRow.state,
        OutboxRow.not_before,
        OutboxRow.sent_at,
        OutboxRow.chat_id,
        OutboxRow.message_id,
    ).where(OutboxRow.key.in_(list(keys)))
    return {
        row.recipient_id: Sent(row.state, row.not_before, row.sent_at, row.chat_id, row.message_id)
        for row in await tx.execute(wanted.order_by(OutboxRow.id))
    }


async def retry(
    tx: Transaction, message: Claimed, at: dt.datetime, *, error: str, counts: bool = True
) -> bool:
    """Try the message again at that moment; *counts* tells whether this was a failed try.

    A message that was put aside as uncertain is queued again. Returns False, having changed
    nothing, where the lease belongs to another by now.
    """
    values = {
        "state": QUEUED,
        "not_before": at,
        "lease_owner": None,
        "last_error": error[:200],
        "attempts": OutboxRow.attempts + (1 if counts else 0),
    }
    return await _end(tx, message, values)


async def give_up(
    tx: Transaction, message: Claimed, *, error: str, uncertain: bool = False
) -> bool:
    """Put the message aside: it could not be delivered, or nobody knows whether it was.

    Returns False, having changed nothing, where the lease belongs to another by now.
    """
    values = {"state": UNCERTAIN if uncertain else DEAD, "last_error": error[:200]}
    return await _end(tx, message, values)


async def drop_before(tx: Transaction, moment: dt.datetime) -> None:
    """Remove queued messages that were due before *moment*: news that is none any more."""
    await tx.execute(
        delete(OutboxRow).where(OutboxRow.state == QUEUED, OutboxRow.not_before < moment)
    )


async def give_up_unbound(tx: Transaction, before: dt.datetime) -> int:
    """Put aside what was queued before that moment for people who never came; return how many."""
    waiting = (
        OutboxRow.state == QUEUED,
        OutboxRow.created_at < before,
        ~_bound(),
    )
    values = {"state": DEAD, "last_error": "the invitation was never accepted"}
    return (await tx.execute(update(OutboxRow).where(*waiting).values(values))).rowcount


async def release(tx: Transaction, owner: str, messages: Collection[int] | None = None) -> None:
    """Give back the leases of *owner*, all or those of *messages*, before they run out."""
    mine = [OutboxRow.lease_owner == owner, OutboxRow.state == QUEUED]
    if messages is not None:
        mine.append(OutboxRow.id.in_(list(messages)))
    values = {"lease_until": None, "lease_owner": None}
    await tx.execute(update(OutboxRow).where(*mine).values(values))


async def depth(tx: Transaction, now: dt.datetime) -> tuple[int, float]:
    """Return how many messages are due and how many seconds the oldest has been so."""
    waiting = select(func.count(), func.min(OutboxRow.not_before)).where(
        OutboxRow.state == QUEUED,
        OutboxRow.not_before <= now,
        _bound(),
    )
    count, oldest = (await tx.execute(waiting)).one()
    return count, (now - oldest).total_seconds() if count else 0.0


async def _end(tx: Transaction, message: Claimed, values: Mapping[str, object]) -> bool:
    """End the lease with what became of the message; return whether the lease was still held.

    A process that stood still for longer than its lease lasts must not undo what came after it.
    The owner and the number stay, so that whoever put a message aside before sending it can still
    say what came of that.
    """
    still_held = (
        OutboxRow.id == message.id,
        OutboxRow.lease_owner == message.owner,
        OutboxRow.lease_number == message.lease,
        OutboxRow.state.in_((QUEUED, UNCERTAIN)),
    )
    ended = update(OutboxRow).where(*still_held).values({"lease_until": None, **values})
    return (await tx.execute(ended)).rowcount == 1


def _row(message: Message, now: dt.datetime) -> dict[str, object]:
    return {
        "kind": message.kind,
        "recipient_id": message.recipient_id,
        "subject": message.subject,
        "key": message.key,
        "not_before": message.not_before,
        "data": message.data,
        "priority": message.priority,
        "state": QUEUED,
        "attempts": 0,
        "created_at": now,
    }

"""Many contacts at once, as an import has them: three statements a chunk, however many rows."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import RowMapping, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite

from scoring.contacts import ContactType, Source, Status
from scoring.scorecard import Channel
from storage import masking
from storage.database import Transaction
from storage.masking import Mask
from storage.people import fold
from storage.tables import ContactMoveRow, ContactRow

CHUNK = 1000
"""Contacts in one transaction: others get their turn in between."""

KEPT = ("type", "topic", "started_at", "duration_s", "customer", "link", "text")
"""What a later file may change, besides the status."""

COLUMNS = (*KEPT, "status", "at", "topic_key", "customer_key")
FOUND = ("id", "identity", "erased_at", *COLUMNS)


@dataclass(frozen=True, slots=True)
class NewContact:
    """What a file says of a contact; ``None`` is what it does not say.

    ``customer_key`` is what the customer is known by once the contact was made ready to be kept.
    """

    identity: str
    agent_id: int
    channel: Channel
    reference: str | None = None
    type: ContactType | None = None
    topic: str | None = None
    status: Status | None = None
    started_at: dt.datetime | None = None
    duration_s: int | None = None
    customer: str | None = None
    link: str | None = None
    text: str | None = None
    customer_key: str | None = None


@dataclass(frozen=True, slots=True)
class Merged:
    """How many contacts were new, became different, or were as the file says."""

    added: int = 0
    changed: int = 0
    same: int = 0

    def __add__(self, other: "Merged") -> "Merged":
        """Return both together."""
        return Merged(
            self.added + other.added, self.changed + other.changed, self.same + other.same
        )


def chunks(contacts: Sequence[NewContact]) -> Iterator[Sequence[NewContact]]:
    """Yield the contacts in portions of ``CHUNK``."""
    for start in range(0, len(contacts), CHUNK):
        yield contacts[start : start + CHUNK]


async def merge(tx: Transaction, contacts: Sequence[NewContact], now: dt.datetime) -> Merged:
    """Store a portion of contacts of different identity, each new or joined to the one there.

    Customers' data are masked on the way in where the organisation wants that; of a contact whose
    customer was erased nothing comes back.
    """
    mask = await masking.current(tx, now)
    contacts = [_ready(mask, one) for one in contacts]
    known = await _known(tx, contacts)
    moved = await _moved(tx, [row["id"] for row in known.values()])
    fresh = [_row(one, now) for one in contacts if one.identity not in known]
    changes = []
    for one in contacts:
        row = known.get(one.identity)
        if row is None or row["erased_at"] is not None:
            continue
        after = _joined(row, one, may_move=row["id"] not in moved)
        if any(row[name] != value for name, value in after.items()):
            changes.append({"key": row["id"], **{f"new_{name}": after[name] for name in COLUMNS}})
    await _insert(tx, fresh)
    await _update(tx, changes)
    return Merged(len(fresh), len(changes), len(contacts) - len(fresh) - len(changes))


async def _known(tx: Transaction, contacts: Sequence[NewContact]) -> dict[str, RowMapping]:
    """Return what is there already of these contacts, by identity."""
    columns = [ContactRow.__table__.c[name] for name in FOUND]
    wanted = select(*columns).where(ContactRow.identity.in_([one.identity for one in contacts]))
    return {row["identity"]: row for row in (await tx.execute(wanted)).mappings()}


async def _moved(tx: Transaction, ids: Sequence[int]) -> set[int]:
    """Return which contacts' status a person has moved: a file does not move it back."""
    wanted = select(ContactMoveRow.contact_id).where(ContactMoveRow.contact_id.in_(ids))
    return set((await tx.execute(wanted)).scalars())


def _row(one: NewContact, now: dt.datetime) -> dict[str, object]:
    return {
        "identity": one.identity,
        "agent_id": one.agent_id,
        "channel": one.channel,
        "reference": one.reference,
        "reference_key": fold(one.reference) if one.reference else None,
        "source": Source.IMPORT,
        "created_at": now,
        **{name: getattr(one, name) for name in KEPT},
        "status": one.status or Status.CLOSED,
        "at": one.started_at or now,
        "topic_key": _folded(one.topic),
        "customer_key": one.customer_key,
    }


def _joined(row: RowMapping, one: NewContact, *, may_move: bool) -> dict[str, object]:
    """Return the contact's columns with what the file says of them; it empties nothing."""
    kept: dict[str, object] = {
        name: row[name] if getattr(one, name) is None else getattr(one, name) for name in KEPT
    }
    free = may_move and row["status"] != Status.UNDER_REVIEW
    return {
        **kept,
        "status": one.status if free and one.status is not None else row["status"],
        "at": one.started_at or row["at"],
        "topic_key": _folded(one.topic or row["topic"]),
        "customer_key": one.customer_key or row["customer_key"],
    }


def _ready(mask: Mask, one: NewContact) -> NewContact:
    return replace(
        one,
        topic=mask.text(one.topic),
        text=mask.text(one.text),
        customer=mask.customer(one.customer),
        customer_key=mask.key(one.customer),
    )


def _folded(topic: str | None) -> str | None:
    return fold(topic) if topic else None


async def _insert(tx: Transaction, rows: Sequence[Mapping[str, object]]) -> None:
    if rows:
        # Another process may import the same file at this moment.
        make = sqlite.insert if tx.dialect.name == "sqlite" else postgresql.insert
        unique = make(ContactRow).on_conflict_do_nothing(index_elements=["identity"])
        await tx.execute(unique, [dict(row) for row in rows])


async def _update(tx: Transaction, changes: Sequence[Mapping[str, object]]) -> None:
    if changes:
        values: dict[str, object] = {name: bindparam(f"new_{name}") for name in COLUMNS}
        table = ContactRow.__table__
        one = update(ContactRow).where(table.c.id == bindparam("key")).values(values)
        await tx.execute(one, [dict(change) for change in changes])

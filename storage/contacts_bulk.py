"""Many contacts at once, as an import has them: three statements a chunk, however many rows."""

import asyncio
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import RowMapping, bindparam, select, update

from scoring.contacts import ContactType, Source, Status
from scoring.references import reference_key
from scoring.scorecard import Channel
from scoring.text import folded
from storage import masking, upserts
from storage.database import Transaction
from storage.inserting import Inserting
from storage.masking import Mask
from storage.tables import ContactMoveRow, ContactRow

CHUNK = 5000
"""Contacts in one transaction: others get their turn in between, every fifth of a second or so.

Each transaction writes most pages of the indexes anew, so that small ones take far longer.
"""

ROOMY, USUAL = 32_000, 2_000
"""Kilobytes of pages that SQLite keeps at hand while it adds to every index, and otherwise."""

KEPT = ("type", "topic", "started_at", "duration_s", "customer", "link", "text")
"""What a later file may change, besides the status."""

COLUMNS = (*KEPT, "status", "at", "topic_key", "customer_key")
FOUND = ("id", "identity", "erased_at", *COLUMNS)
NEW = (
    *("identity", "agent_id", "channel", "reference", "reference_key", "source", "created_at"),
    *COLUMNS,
)
"""The columns of a new contact."""


@dataclass(frozen=True, slots=True)
class NewContact:
    """What a file says of a contact; ``None`` is what it does not say.

    ``country`` is the agent's: a customer's number without a country's code is at home there.
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
    country: str | None = None
    link: str | None = None
    text: str | None = None


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


@dataclass(frozen=True, slots=True)
class Ready:
    """A portion of contacts made ready to be stored: their ``NEW`` columns, masked as *mask* says.

    ``values`` are the same rows as the database's driver takes them, for the statement that
    inserts.
    """

    mask: Mask
    contacts: Sequence[NewContact]
    rows: Sequence[tuple[object, ...]]
    values: Sequence[tuple[object, ...]]


def prepare(
    inserting: Inserting, mask: Mask, contacts: Sequence[NewContact], now: dt.datetime
) -> Ready:
    """Make the contacts ready to be stored; it takes a while and needs no database."""
    keys = _Keys(mask)
    rows = [_row(keys, one, now) for one in contacts]
    return Ready(mask, contacts, rows, inserting.values(rows))


def inserting(tx: Transaction) -> Inserting:
    """Return the statement that inserts contacts, unless they are there already."""
    # Another process may import the same file at this moment.
    unique = upserts.into(tx, ContactRow).on_conflict_do_nothing(index_elements=["identity"])
    return Inserting(unique, ContactRow.__table__, NEW, tx.dialect)


async def merge(tx: Transaction, contacts: Sequence[NewContact], now: dt.datetime) -> Merged:
    """Store a portion of contacts of different identity, each new or joined to the one there.

    Customers' data are masked on the way in where the organisation wants that; of a contact whose
    customer was erased nothing comes back.
    """
    mask, how = await masking.current(tx, now), inserting(tx)
    return await _merge(tx, how, prepare(how, mask, contacts, now))


async def merge_ready(tx: Transaction, how: Inserting, ready: Ready, now: dt.datetime) -> Merged:
    """Do what ``merge`` does with contacts made ready; once more, where masking is another now."""
    mask = await masking.current(tx, now)
    if mask != ready.mask:
        ready = await asyncio.to_thread(prepare, how, mask, ready.contacts, now)
    await _keep_at_hand(tx, ROOMY)
    merged = await _merge(tx, how, ready)
    await _keep_at_hand(tx, USUAL)
    return merged


async def _keep_at_hand(tx: Transaction, kilobytes: int) -> None:
    """Let SQLite keep so many of the database's pages in memory (``PRAGMA cache_size``)."""
    if tx.dialect.name == "sqlite":
        await tx.exec_driver_sql(f"PRAGMA cache_size = -{kilobytes}")


async def _merge(tx: Transaction, how: Inserting, ready: Ready) -> Merged:
    known = await _known(tx, ready.contacts)
    moved = await _moved(tx, [row["id"] for row in known.values()]) if known else set()
    changes = []
    for one, new in zip(ready.contacts, ready.rows, strict=True) if known else ():
        row = known.get(one.identity)
        if row is None or row["erased_at"] is not None:
            continue
        named = dict(zip(NEW, new, strict=True))
        after = _joined(row, one, named, may_move=row["id"] not in moved)
        if any(row[name] != value for name, value in after.items()):
            changes.append({"key": row["id"], **{f"new_{name}": after[name] for name in COLUMNS}})
    fresh = [
        values
        for one, values in zip(ready.contacts, ready.values, strict=True)
        if one.identity not in known
    ]
    if fresh:
        await how.insert(tx, fresh)
    await _update(tx, changes)
    return Merged(len(fresh), len(changes), len(ready.contacts) - len(fresh) - len(changes))


async def _known(tx: Transaction, contacts: Sequence[NewContact]) -> dict[str, RowMapping]:
    """Return what is there already of these contacts, by identity."""
    columns = [ContactRow.__table__.c[name] for name in FOUND]
    wanted = select(*columns).where(ContactRow.identity.in_([one.identity for one in contacts]))
    return {row["identity"]: row for row in (await tx.execute(wanted)).mappings()}


async def _moved(tx: Transaction, ids: Sequence[int]) -> set[int]:
    """Return which contacts' status a person has moved: a file does not move it back."""
    wanted = select(ContactMoveRow.contact_id).where(ContactMoveRow.contact_id.in_(ids))
    return set((await tx.execute(wanted)).scalars())


def _row(keys: "_Keys", one: NewContact, now: dt.datetime) -> tuple[object, ...]:
    """Return the columns of ``NEW``."""
    topic, topic_key = keys.topic(one.topic)
    return (
        one.identity,
        one.agent_id,
        one.channel,
        one.reference,
        reference_key(one.reference) if one.reference else None,
        Source.IMPORT,
        now,
        one.type,
        topic,
        one.started_at,
        one.duration_s,
        keys.mask.customer(one.customer),
        one.link,
        keys.mask.text(one.text),
        one.status or Status.CLOSED,
        one.started_at or now,
        topic_key,
        keys.mask.key(one.customer, one.country),
    )


class _Keys:
    """What is kept of topics, of which many contacts share few."""

    def __init__(self, mask: Mask) -> None:
        self.mask = mask
        self._topics: dict[str | None, tuple[str | None, str | None]] = {None: (None, None)}

    def topic(self, topic: str | None) -> tuple[str | None, str | None]:
        """Return the topic as it is kept, and by what it is searched."""
        if topic not in self._topics:
            kept = self.mask.text(topic)
            self._topics[topic] = kept, _topic_key(kept)
        return self._topics[topic]


def _joined(
    row: RowMapping, one: NewContact, new: Mapping[str, object], *, may_move: bool
) -> dict[str, object]:
    """Return the contact's columns with what the file says of them; it empties nothing."""
    kept = {name: row[name] if new[name] is None else new[name] for name in KEPT}
    free = may_move and row["status"] != Status.UNDER_REVIEW
    return {
        **kept,
        "status": one.status if free and one.status is not None else row["status"],
        "at": one.started_at or row["at"],
        "topic_key": new["topic_key"] or _topic_key(row["topic"]),
        "customer_key": new["customer_key"] or row["customer_key"],
    }


def _topic_key(topic: str | None) -> str | None:
    return folded(topic) if topic else None


async def _update(tx: Transaction, changes: Sequence[Mapping[str, object]]) -> None:
    if changes:
        values: dict[str, object] = {name: bindparam(f"new_{name}") for name in COLUMNS}
        table = ContactRow.__table__
        one = update(ContactRow).where(table.c.id == bindparam("key")).values(values)
        await tx.execute(one, [dict(change) for change in changes])

"""Erasing a customer from the journal: who they were and what they said goes."""

import datetime as dt
from collections.abc import Collection

from sqlalchemy import ColumnElement, Select, delete, func, or_, select, update

from scoring.references import reference_key
from storage import customer_keys
from storage.database import Transaction
from storage.erasure import Counts
from storage.tables import AttachmentRow, ContactMoveRow, ContactRow, DraftRow

CONTACT_COLUMNS = ("customer", "customer_key", "link", "text")
MOVE_COLUMNS = ("comment",)
PORTION = 500
"""Contacts in one statement; a database takes some 32,000 values in one."""


async def of_customer(tx: Transaction, typed: str, usual: str = "UTC") -> list[list[int]]:
    """Return the ids of the contacts of each customer that *typed* may name, oldest first.

    They are several where teams of two countries read a number in two ways; *usual* is the zone
    of agents without a team. Those of which nothing is left are not among them; the same below.
    """
    await customer_keys.unify_typed(tx, typed, usual)
    keys = await customer_keys.of_typed(tx, typed, usual)
    wanted = (
        select(ContactRow.customer_key, ContactRow.id)
        .where(ContactRow.customer_key.in_(keys), ContactRow.erased_at.is_(None))
        .order_by(ContactRow.id)
    )
    found: dict[str | None, list[int]] = {}
    for key, contact in await tx.execute(wanted):
        found.setdefault(key, []).append(contact)
    return list(found.values())


async def of_reference(tx: Transaction, typed: str) -> list[int]:
    """Return the ids of the contacts with that reference, oldest first."""
    return await _found(tx, ContactRow.reference_key == reference_key(typed))


async def alike(tx: Transaction, contact_id: int, *, by_reference: bool) -> list[int]:
    """Return the ids of the contacts of the same customer, or with the same reference."""
    column = ContactRow.reference_key if by_reference else ContactRow.customer_key
    same = select(column).where(ContactRow.id == contact_id)
    return await _found(tx, column.in_(same))


async def _found(tx: Transaction, condition: ColumnElement[bool]) -> list[int]:
    wanted = select(ContactRow.id).where(condition, ContactRow.erased_at.is_(None))
    return list((await tx.execute(wanted.order_by(ContactRow.id))).scalars())


async def still_told(tx: Transaction, contacts: Collection[int]) -> list[int]:
    """Return those of the contacts that are there and still tell of a customer."""
    found: list[int] = []
    for ids in _portions(contacts):
        found += await _found(tx, ContactRow.id.in_(ids))
    return found


async def outdated(tx: Transaction, before: dt.datetime, *, limit: int) -> list[int]:
    """Return up to *limit* contacts from before then that still tell of a customer."""
    wanted = select(ContactRow.id).where(ContactRow.at < before, ContactRow.erased_at.is_(None))
    return list((await tx.execute(wanted.order_by(ContactRow.at).limit(limit))).scalars())


async def forecast(tx: Transaction, contacts: Collection[int]) -> Counts:
    """Return what erasing these contacts' customers would empty or remove, in rows by table."""
    counts: Counts = {}
    for ids in _portions(contacts):
        for table, wanted in _counting(ids).items():
            counts[table] = counts.get(table, 0) + (await tx.execute(wanted)).scalar_one()
    return {table: number for table, number in counts.items() if number}


async def erase(tx: Transaction, contacts: Collection[int], now: dt.datetime) -> Counts:
    """Empty these contacts of their customers for good; return the rows changed, by table."""
    done = await forecast(tx, contacts)
    for ids in _portions(contacts):
        await tx.execute(delete(AttachmentRow).where(_material(ids)))
        moves = update(ContactMoveRow).where(ContactMoveRow.contact_id.in_(ids))
        await tx.execute(moves.values(dict.fromkeys(MOVE_COLUMNS)))
        emptied: dict[str, object] = {**dict.fromkeys(CONTACT_COLUMNS), "erased_at": now}
        await tx.execute(update(ContactRow).where(ContactRow.id.in_(ids)).values(emptied))
    return done


async def drop_left_over(tx: Transaction, before: dt.datetime) -> int:
    """Remove material from before then that became no contact's; return how many pieces."""
    old = (AttachmentRow.contact_id.is_(None), AttachmentRow.added_at < before)
    return (await tx.execute(delete(AttachmentRow).where(*old))).rowcount


def _portions(ids: Collection[int]) -> list[list[int]]:
    every = list(ids)
    return [every[start : start + PORTION] for start in range(0, len(every), PORTION)]


def _counting(ids: Collection[int]) -> dict[str, Select[int]]:
    moved = (ContactMoveRow.contact_id.in_(ids), ContactMoveRow.comment.is_not(None))
    return {
        ContactRow.__tablename__: select(func.count()).where(ContactRow.id.in_(ids)),
        AttachmentRow.__tablename__: select(func.count())
        .select_from(AttachmentRow)
        .where(_material(ids)),
        ContactMoveRow.__tablename__: select(func.count())
        .select_from(ContactMoveRow)
        .where(*moved),
    }


def _material(ids: Collection[int]) -> ColumnElement[bool]:
    """Return the condition that a piece of material belongs to one of the contacts."""
    drafted = select(DraftRow.id).where(DraftRow.contact_id.in_(ids))
    return or_(AttachmentRow.contact_id.in_(ids), AttachmentRow.draft_id.in_(drafted))

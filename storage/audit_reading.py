"""Reading the audit log: in pages, whole, and to see whether anybody has tampered with it."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, RowMapping, and_, func, or_, select

from storage.audit import FIRST, Action, Entry, Thing, hash_of
from storage.database import Transaction
from storage.tables import AuditEntryRow

PORTION = 1000


@dataclass(frozen=True, slots=True)
class Sought:
    """Which entries are wanted: by or about a person (0: anybody), of an action (``None``: any)."""

    person: int = 0
    action: Action | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many entries hold, the last hash of them, and the first entry that does not, if any.

    ``gaps`` are the numbers, first and last, of entries that were lost when a copy was brought
    back, as the entry after them says.
    """

    count: int
    last: str
    broken: int | None = None
    gaps: tuple[tuple[int, int], ...] = ()


async def page(
    tx: Transaction, sought: Sought, *, offset: int, limit: int
) -> tuple[list[Entry], int]:
    """Return a stretch of the entries, newest first, and how many there are in all."""
    conditions = _conditions(sought)
    total = (await tx.execute(select(func.count(AuditEntryRow.id)).where(*conditions))).scalar_one()
    wanted = select(AuditEntryRow.__table__).where(*conditions).order_by(AuditEntryRow.id.desc())
    rows = (await tx.execute(wanted.limit(limit).offset(offset))).mappings()
    return [_entry(row) for row in rows], total


async def by_id(tx: Transaction, entry_id: int) -> Entry | None:
    """Return the entry of that number, or ``None``."""
    found = await tx.execute(select(AuditEntryRow.__table__).where(AuditEntryRow.id == entry_id))
    row = found.mappings().first()
    return None if row is None else _entry(row)


async def verify(tx: Transaction) -> Verdict:
    """Return whether every entry is as it was written, none is missing and none was put between.

    Entries cut off at the end leave a chain that holds: the count and the last hash tell, where
    they were noted elsewhere, as acts of erasure do.
    """
    count, number, last = 0, 0, FIRST
    gaps: list[tuple[int, int]] = []
    async for entry in _whole(tx):
        lost = _lost_before(entry)
        if lost is not None and lost[0] == number + 1 <= lost[1]:
            gaps.append(lost)
            number = lost[1]
        whole = entry.id == number + 1 and entry.previous == last and entry.hash == hash_of(entry)
        if not whole:
            return Verdict(count, last, entry.id, tuple(gaps))
        count, number, last = count + 1, entry.id, entry.hash
    return Verdict(count, last, None, tuple(gaps))


def _lost_before(entry: Entry) -> tuple[int, int] | None:
    """Return which entries *entry* says were lost before it."""
    if entry.action != Action.RESTORED:
        return None
    told = entry.told()
    first, last = told.get("from"), told.get("to")
    return (first, last) if isinstance(first, int) and isinstance(last, int) else None


async def entries_after(tx: Transaction, number: int) -> list[Entry]:
    """Return the entries after that one, oldest first."""
    wanted = select(AuditEntryRow.__table__).where(AuditEntryRow.id > number)
    rows = (await tx.execute(wanted.order_by(AuditEntryRow.id))).mappings()
    return [_entry(row) for row in rows]


async def _whole(tx: Transaction) -> AsyncIterator[Entry]:
    """Yield every entry, oldest first, a portion at a time."""
    after = None
    while True:
        wanted = select(AuditEntryRow.__table__).order_by(AuditEntryRow.id).limit(PORTION)
        if after is not None:
            wanted = wanted.where(AuditEntryRow.id > after)
        rows: Sequence[RowMapping] = (await tx.execute(wanted)).mappings().all()
        for row in rows:
            yield _entry(row)
        if len(rows) < PORTION:
            return
        after = rows[-1]["id"]


def _conditions(sought: Sought) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if sought.person:
        about = and_(
            AuditEntryRow.subject == Thing.PERSON, AuditEntryRow.subject_id == sought.person
        )
        conditions.append(or_(AuditEntryRow.actor_id == sought.person, about))
    if sought.action is not None:
        conditions.append(AuditEntryRow.action == sought.action)
    return conditions


def _entry(row: RowMapping) -> Entry:
    return Entry(**row)

"""What an older copy must not undo: erasures, closed doors, used invitations, numbers given once.

A copy knows nothing of what came after it. What has to stay done is read from the audit log of the
database that the copy replaces, or from the documents that erasures left; both name people and
contacts by numbers, which are the same in the copy.
"""

import datetime as dt
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select, update

from storage import audit, settings
from storage.audit import Action, Entry, Subject, Thing
from storage.audit_reading import entries_after
from storage.database import Database, Transaction
from storage.tables import AuditEntryRow, AwaitingRow, InvitationRow

EPOCH = "epoch"
LASTING = frozenset({Action.ERASED, Action.CUSTOMER_ERASED, Action.SHUT_OUT, Action.LET_IN})
"""Acts that the copy must be told of."""


@dataclass(frozen=True, slots=True)
class Lost:
    """What came after the copy: the last entry of the log, and the acts that must stay done.

    ``last`` is ``None`` where nobody knows.
    """

    last: Entry | None = None
    acts: tuple[Entry, ...] = ()

    def joined(self, acts: Iterable[Entry]) -> "Lost":
        """Return the same with those acts too, in their order, none of them twice."""
        every = {one.id: one for one in (*acts, *self.acts)}
        ordered = tuple(every[number] for number in sorted(every))
        last = max(
            (one for one in (self.last, *ordered) if one), key=lambda one: one.id, default=None
        )
        return Lost(last, ordered)


async def head(tx: Transaction) -> int:
    """Return the number of the audit log's last entry, 0 where there is none."""
    return (await tx.execute(select(func.max(AuditEntryRow.id)))).scalar_one() or 0


async def lost_since(replaced: Database, number: int) -> Lost:
    """Return what the replaced database knows of what came after entry *number*.

    Raises ``StorageUnavailableError`` or what SQLAlchemy does of one that cannot be read.
    """
    async with replaced.reading() as tx:
        found = await entries_after(tx, number)
    acts = tuple(one for one in found if one.action in LASTING)
    return Lost(found[-1] if found else None, acts)


async def epoch(tx: Transaction) -> str:
    """Return what buttons made since the last copy was brought back carry; empty before any was."""
    return await settings.text(tx, EPOCH)


async def close_the_past(tx: Transaction, now: dt.datetime) -> int:
    """Void every unused invitation and every older button; return how many invitations there were.

    Numbers that the copy gives again would let a button on an old message act on another thing.
    """
    unused = InvitationRow.used_at.is_(None)
    voided = (await tx.execute(update(InvitationRow).where(unused).values(used_at=now))).rowcount
    await tx.execute(delete(AwaitingRow))
    await settings.put_text(tx, EPOCH, secrets.token_hex(2), now)
    return voided


async def note_gap(tx: Transaction, lost: Lost, voided: int, now: dt.datetime) -> Entry:
    """Note in the log which entries are missing and return the entry, numbered after them."""
    before = await head(tx)
    last = lost.last if lost.last is not None and lost.last.id > before else None
    details: audit.Details = {
        "from": before + 1,
        "to": last.id if last is not None else before,
        "lost_hash": last.hash if last is not None else "unknown",
        "acts": _numbers(lost.acts),
        "invitations": voided,
    }
    about = Subject(Thing.SYSTEM)
    number = last.id + 1 if last is not None else None
    return await audit.note(tx, audit.program(now), Action.RESTORED, about, details, number=number)


def _numbers(acts: Sequence[Entry]) -> list[int]:
    return [one.id for one in acts]

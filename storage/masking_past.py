"""Masking what came into the journal before it was to be masked, a portion a night."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import RowMapping, select, update

from scoring.text import folded
from storage import customer_keys, masking, settings
from storage.database import Transaction
from storage.masking import Mask, is_hashed
from storage.tables import AttachmentRow, ContactRow

PORTION = 5000
"""Rows looked at in one go; whoever else writes waits meanwhile."""

STEP = 250
"""Rows after which whatever else goes on gets its turn."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """A table whose rows are masked: how far that is (a setting's key), and what becomes of one."""

    table: type[ContactRow] | type[AttachmentRow]
    reached: str
    columns: tuple[str, ...]
    masked: Callable[[Mask, RowMapping, str | None], Mapping[str, object]]


def _contact(mask: Mask, row: RowMapping, country: str | None) -> Mapping[str, object]:
    topic = mask.text(row["topic"])
    known = is_hashed(row["customer_key"]) or row["customer"] is None
    return {
        "customer": row["customer"] if known else mask.customer(row["customer"]),
        "customer_key": row["customer_key"] if known else mask.key(row["customer"], country),
        "topic": topic,
        "topic_key": folded(topic) if topic else None,
        "text": mask.text(row["text"]),
    }


def _attachment(mask: Mask, row: RowMapping, _country: str | None) -> Mapping[str, object]:
    return {"text": mask.text(row["text"]), "sender": mask.text(row["sender"])}


KINDS = (
    _Kind(
        ContactRow,
        "masked_contacts",
        ("agent_id", "customer", "customer_key", "topic", "topic_key", "text"),
        _contact,
    ),
    _Kind(AttachmentRow, "masked_attachments", ("text", "sender"), _attachment),
)


async def begin_again(tx: Transaction, now: dt.datetime) -> None:
    """Look at everything anew, as is needed once masking is switched on."""
    for kind in KINDS:
        await settings.put_number(tx, kind.reached, 0, now)


async def go_on(tx: Transaction, now: dt.datetime, usual: str = "UTC") -> int:
    """Mask the next portion of what is there and return how many rows that changed.

    *usual* is the time zone of agents without a team: their customers' numbers are at home there.
    """
    mask = await masking.current(tx, now)
    if mask.secret is None:
        return 0
    return sum([await _portion(tx, mask, kind, now, usual) for kind in KINDS])


async def _portion(tx: Transaction, mask: Mask, kind: _Kind, now: dt.datetime, usual: str) -> int:
    reached = before = await settings.number(tx, kind.reached)
    changed = 0
    for _ in range(PORTION // STEP):
        rows = await _next(tx, kind, reached)
        agents = {row["agent_id"] for row in rows if "agent_id" in row}
        where = await customer_keys.countries(tx, agents, usual) if agents else {}
        for row in rows:
            changed += await _masked(tx, mask, kind, row, where.get(row.get("agent_id", 0)))
        if not rows:
            break
        reached = rows[-1]["id"]
    if reached != before:
        await settings.put_number(tx, kind.reached, reached, now)
    return changed


async def _next(tx: Transaction, kind: _Kind, reached: int) -> Sequence[RowMapping]:
    columns = [kind.table.__table__.c[name] for name in ("id", *kind.columns)]
    wanted = select(*columns).where(kind.table.id > reached).order_by(kind.table.id)
    return (await tx.execute(wanted.limit(STEP))).mappings().all()


async def _masked(
    tx: Transaction, mask: Mask, kind: _Kind, row: RowMapping, country: str | None
) -> bool:
    """Mask the row where it is not, and return whether that changed it."""
    after = kind.masked(mask, row, country)
    if all(row[name] == value for name, value in after.items()):
        return False
    await tx.execute(update(kind.table).where(kind.table.id == row["id"]).values(after))
    return True

"""Contacts that agents handled, one by one: storing, reading, moving their status."""

import datetime as dt
import hashlib
from dataclasses import dataclass

from sqlalchemy import ColumnElement, RowMapping, and_, func, insert, or_, select, update

from scoring.contacts import ContactType, Source, Status
from scoring.references import reference_key
from scoring.roles import Relation
from scoring.scorecard import Channel
from storage import upserts
from storage.database import Transaction
from storage.tables import ContactMoveRow, ContactRow, MembershipRow, PersonRow

Teams = tuple[int, ...] | None
"""Whose agents' contacts are meant (team ids); ``None`` stands for everybody's."""


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact; ``at`` is when it was or, where nobody knows, when it came here."""

    id: int
    agent_id: int
    channel: Channel
    status: Status
    source: Source
    at: dt.datetime
    reference: str | None = None
    type: ContactType | None = None
    topic: str | None = None
    started_at: dt.datetime | None = None
    duration_s: int | None = None
    customer: str | None = None
    customer_key: str | None = None
    link: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """A change of a contact's status; ``moved_by`` is nobody once that person was erased."""

    id: int
    contact_id: int
    before: Status
    after: Status
    comment: str | None
    moved_by: int | None
    moved_at: dt.datetime


def identity(
    agent_id: int, channel: Channel, reference: str | None, started_at: dt.datetime | None
) -> str | None:
    """Return what tells a contact from every other one, or ``None`` where nothing does.

    That is agent, channel and reference, as references are compared, or without one the moment.
    """
    if reference:
        own = f"reference {reference_key(reference)}"
    elif started_at is not None:
        own = f"moment {started_at.astimezone(dt.UTC).isoformat()}"
    else:
        return None
    return hashlib.blake2b(f"{agent_id} {channel} {own}".encode(), digest_size=32).hexdigest()


async def add(
    tx: Transaction,
    agent_id: int,
    channel: Channel,
    reference: str | None,
    now: dt.datetime,
    *,
    started_at: dt.datetime | None = None,
    source: Source = Source.SCORE,
) -> int:
    """Store a contact and return its id; of one that is there already, just return the id."""
    key = identity(agent_id, channel, reference, started_at)
    row = {
        "identity": key,
        "agent_id": agent_id,
        "channel": channel,
        "reference": reference,
        "reference_key": reference_key(reference) if reference else None,
        "status": Status.CLOSED,
        "started_at": started_at,
        "at": started_at or now,
        "source": source,
        "created_at": now,
    }
    new = upserts.into(tx, ContactRow).on_conflict_do_nothing(index_elements=["identity"])
    made = (await tx.execute(new.returning(ContactRow.id), row)).scalar_one_or_none()
    if made is not None:
        return made
    there = select(ContactRow.id).where(ContactRow.identity == key)
    return (await tx.execute(there)).scalar_one()


async def by_id(tx: Transaction, contact_id: int) -> Contact | None:
    """Return the contact, or ``None``."""
    found = await tx.execute(select(ContactRow.__table__).where(ContactRow.id == contact_id))
    row = found.mappings().first()
    return None if row is None else _contact(row)


async def by_reference(tx: Transaction, reference: str, *, limit: int) -> list[Contact]:
    """Return the contacts of active agents with that reference, newest first."""
    wanted = (
        select(ContactRow.__table__)
        .join(PersonRow, PersonRow.id == ContactRow.agent_id)
        .where(ContactRow.reference_key == reference_key(reference), PersonRow.active.is_(True))
        .order_by(ContactRow.at.desc(), ContactRow.id.desc())
    )
    return [_contact(row) for row in (await tx.execute(wanted.limit(limit))).mappings()]


async def earlier(
    tx: Transaction, contact: Contact, teams: Teams, *, limit: int
) -> tuple[list[Contact], int]:
    """Return the last contacts of the same customer before this one, and how many there were."""
    if not contact.customer_key:
        return [], 0
    conditions = (
        ContactRow.customer_key == contact.customer_key,
        or_(
            ContactRow.at < contact.at,
            and_(ContactRow.at == contact.at, ContactRow.id < contact.id),
        ),
        *of_teams(teams),
    )
    total = (await tx.execute(select(func.count(ContactRow.id)).where(*conditions))).scalar_one()
    wanted = select(ContactRow.__table__).where(*conditions)
    newest = wanted.order_by(ContactRow.at.desc(), ContactRow.id.desc()).limit(limit)
    return [_contact(row) for row in (await tx.execute(newest)).mappings()], total


def of_teams(teams: Teams) -> list[ColumnElement[bool]]:
    """Return the condition that a contact's agent is now a member of one of *teams*."""
    if teams is None:
        return []
    members = select(MembershipRow.person_id).where(
        MembershipRow.team_id.in_(teams), MembershipRow.relation == Relation.MEMBER
    )
    return [ContactRow.agent_id.in_(members)]


async def move(
    tx: Transaction,
    contact: Contact,
    after: Status,
    now: dt.datetime,
    *,
    by: int,
    comment: str | None = None,
) -> int | None:
    """Move the contact's status and return the move's id; ``None`` where it had moved on."""
    as_read = (ContactRow.id == contact.id, ContactRow.status == contact.status)
    done = await tx.execute(update(ContactRow).where(*as_read).values(status=after))
    if done.rowcount != 1:
        return None
    row = insert(ContactMoveRow).values(
        contact_id=contact.id,
        before=contact.status,
        after=after,
        comment=comment,
        moved_by=by,
        moved_at=now,
    )
    return (await tx.execute(row.returning(ContactMoveRow.id))).scalar_one()


async def move_by_id(tx: Transaction, move_id: int) -> Move | None:
    """Return the move, or ``None``."""
    found = await _moves(tx, ContactMoveRow.id == move_id, limit=1)
    return next(iter(found), None)


async def last_move(tx: Transaction, contact_id: int, after: Status | None = None) -> Move | None:
    """Return the contact's last move, or its last one to the status *after*; or ``None``."""
    conditions = [ContactMoveRow.contact_id == contact_id]
    if after is not None:
        conditions.append(ContactMoveRow.after == after)
    return next(iter(await _moves(tx, *conditions, limit=1)), None)


async def _moves(tx: Transaction, *conditions: ColumnElement[bool], limit: int) -> list[Move]:
    wanted = select(ContactMoveRow.__table__).where(*conditions)
    newest = wanted.order_by(ContactMoveRow.id.desc()).limit(limit)
    return [_move(row) for row in (await tx.execute(newest)).mappings()]


def _move(row: RowMapping) -> Move:
    return Move(
        id=row["id"],
        contact_id=row["contact_id"],
        before=Status(row["before"]),
        after=Status(row["after"]),
        comment=row["comment"],
        moved_by=row["moved_by"],
        moved_at=row["moved_at"],
    )


def _contact(row: RowMapping) -> Contact:
    return Contact(
        id=row["id"],
        agent_id=row["agent_id"],
        channel=Channel(row["channel"]),
        status=Status(row["status"]),
        source=Source(row["source"]),
        at=row["at"],
        reference=row["reference"],
        type=ContactType(row["type"]) if row["type"] else None,
        topic=row["topic"],
        started_at=row["started_at"],
        duration_s=row["duration_s"],
        customer=row["customer"],
        customer_key=row["customer_key"],
        link=row["link"],
        text=row["text"],
    )

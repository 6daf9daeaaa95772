"""Contacts that agents handled."""

import datetime as dt

from sqlalchemy import insert

from scoring.scorecard import Channel
from storage.database import Transaction
from storage.tables import ContactRow


async def add(
    tx: Transaction,
    agent_id: int,
    channel: Channel,
    reference: str | None,
    now: dt.datetime,
    *,
    started_at: dt.datetime | None = None,
) -> int:
    """Store a contact and return its id."""
    row = insert(ContactRow).values(
        agent_id=agent_id,
        channel=channel,
        reference=reference,
        started_at=started_at,
        created_at=now,
    )
    return (await tx.execute(row.returning(ContactRow.id))).scalar_one()

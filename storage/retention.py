"""What is kept only for a while: links, files that wait, notes of delivery and runs, pictures' ids.

Nothing here is about people's results; those stay.
"""

import datetime as dt

from sqlalchemy import delete, or_

from storage import dispute_reasons, outbox, people_uploads, schedules
from storage.database import Transaction
from storage.outbox import QUEUED
from storage.tables import InvitationRow, OutboxRow, PictureRow

UNACCEPTED = dt.timedelta(days=30)
"""News for somebody who has not come by then is put aside."""

LINKS = dt.timedelta(days=30)
"""After use or expiry; until then somebody who taps one is told why it does not work."""

DELIVERED = dt.timedelta(days=180)
RUNS = dt.timedelta(days=400)
PICTURES = dt.timedelta(days=60)
LATEST_DAY = 28
"""Every month has that day."""


def months_before(now: dt.datetime, months: int) -> dt.datetime:
    """Return the moment that many calendar months before, at the latest on a month's 28th."""
    years, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    return now.replace(year=years, month=month + 1, day=min(now.day, LATEST_DAY))


async def tidy(tx: Transaction, now: dt.datetime) -> None:
    """Remove what has been kept for long enough."""
    await outbox.give_up_unbound(tx, now - UNACCEPTED)
    await _links(tx, now - LINKS)
    await _delivered(tx, now - DELIVERED)
    await people_uploads.tidy(tx, now)
    await dispute_reasons.tidy(tx, now)
    await schedules.forget_runs(tx, now - RUNS)
    await tx.execute(delete(PictureRow).where(PictureRow.sent_at < now - PICTURES))


async def _links(tx: Transaction, before: dt.datetime) -> None:
    done = or_(InvitationRow.used_at < before, InvitationRow.expires_at < before)
    await tx.execute(delete(InvitationRow).where(done))


async def _delivered(tx: Transaction, before: dt.datetime) -> None:
    old = (OutboxRow.created_at < before, OutboxRow.state != QUEUED)
    await tx.execute(delete(OutboxRow).where(*old))

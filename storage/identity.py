"""What a database remembers of itself: whose it is."""

import datetime as dt
from enum import StrEnum

from sqlalchemy import func, select

from storage import settings
from storage.database import Transaction
from storage.tables import PersonRow

OWNER = "owner"
SANDBOX_IDS = 10_000
"""The sandbox's people have Telegram IDs below that, Telegram's own have not."""


class Owner(StrEnum):
    """Whose database it is."""

    SANDBOX = "sandbox"
    TELEGRAM = "telegram"


async def owner(tx: Transaction) -> Owner | None:
    """Return whose database it is; ``None`` where nobody has used it yet.

    One that was made before this was remembered is told by its people's Telegram IDs.
    """
    said = await settings.text(tx, OWNER)
    if said:
        return Owner(said)
    highest = (await tx.execute(select(func.max(PersonRow.telegram_id)))).scalar_one()
    if highest is None:
        return None
    return Owner.SANDBOX if highest < SANDBOX_IDS else Owner.TELEGRAM


async def claim(tx: Transaction, wanted: Owner, now: dt.datetime) -> None:
    """Remember from now on whose database it is."""
    if await settings.text(tx, OWNER) != wanted:
        await settings.put_text(tx, OWNER, wanted, now)

"""Personal invitations: single use, expiring, known here by their hash alone."""

import datetime as dt
import hashlib
import secrets

from sqlalchemy import insert, select, update

from storage import people
from storage.database import Transaction
from storage.tables import InvitationRow, PersonRow

LIFETIME = dt.timedelta(days=7)
TOKEN_BYTES = 24


class InvitationError(Exception):
    """The link cannot be used."""


class UnknownInvitationError(InvitationError):
    """No such link, or it was used or replaced already."""


class ExpiredInvitationError(InvitationError):
    """The link was right, but too old."""


class AccountTakenError(InvitationError):
    """This Telegram account belongs to somebody else here."""


async def issue(tx: Transaction, person_id: int, now: dt.datetime, *, by: int | None = None) -> str:
    """Return a new token for the person; earlier unused ones stop working."""
    mine = InvitationRow.person_id == person_id
    await tx.execute(
        update(InvitationRow).where(mine, InvitationRow.used_at.is_(None)).values(used_at=now)
    )
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row = insert(InvitationRow).values(
        token_hash=digest(token),
        person_id=person_id,
        created_by=by,
        created_at=now,
        expires_at=now + LIFETIME,
    )
    await tx.execute(row)
    return token


async def redeem(tx: Transaction, token: str, telegram_id: int, now: dt.datetime) -> int:
    """Bind the account to the invited person and return their id.

    Raises a kind of ``InvitationError`` when the link cannot be used; of several attempts at one
    moment a single one succeeds, because the update itself looks whether the link is unused.
    """
    taken = (InvitationRow.token_hash == digest(token), InvitationRow.used_at.is_(None))
    found = (
        await tx.execute(select(InvitationRow.person_id, InvitationRow.expires_at).where(*taken))
    ).first()
    if found is None:
        raise UnknownInvitationError
    person_id, expires_at = found.tuple()
    if expires_at <= now:
        raise ExpiredInvitationError
    await _refuse_taken_account(tx, telegram_id, person_id)
    used = await tx.execute(update(InvitationRow).where(*taken).values(used_at=now))
    if used.rowcount != 1:
        raise UnknownInvitationError
    await people.bind(tx, person_id, telegram_id)
    return person_id


async def _refuse_taken_account(tx: Transaction, telegram_id: int, person_id: int) -> None:
    owner = await tx.execute(select(PersonRow.id).where(PersonRow.telegram_id == telegram_id))
    if owner.scalar_one_or_none() not in (None, person_id):
        raise AccountTakenError


def digest(token: str) -> str:
    """Return the hash a token is stored under."""
    return hashlib.sha256(token.encode()).hexdigest()

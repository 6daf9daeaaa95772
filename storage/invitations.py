"""Personal invitations: single use, expiring, known here by their hash alone."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Collection

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

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
    await revoke(tx, person_id, now)
    return (await issue_first(tx, [person_id], now, by=by))[person_id]


async def issue_first(
    tx: Transaction, people_ids: Collection[int], now: dt.datetime, *, by: int | None = None
) -> dict[int, str]:
    """Return a token for each of those people, who have no working link, by their ids."""
    tokens = {person_id: secrets.token_urlsafe(TOKEN_BYTES) for person_id in people_ids}
    rows = [
        {
            "token_hash": digest(token),
            "person_id": person_id,
            "created_by": by,
            "created_at": now,
            "expires_at": now + LIFETIME,
        }
        for person_id, token in tokens.items()
    ]
    if rows:
        await tx.execute(insert(InvitationRow), rows)
    return tokens


async def revoke(tx: Transaction, person_id: int, now: dt.datetime) -> None:
    """Make the person's unused links stop working."""
    mine = (InvitationRow.person_id == person_id, InvitationRow.used_at.is_(None))
    await tx.execute(update(InvitationRow).where(*mine).values(used_at=now))


async def holders(tx: Transaction, now: dt.datetime) -> set[int]:
    """Return the ids of the people who hold a link that still works."""
    working = (InvitationRow.used_at.is_(None), InvitationRow.expires_at > now)
    return set((await tx.execute(select(InvitationRow.person_id).where(*working))).scalars())


async def works_until(tx: Transaction, person_id: int, now: dt.datetime) -> dt.datetime | None:
    """Return until when the person's link works, or ``None`` where no link does."""
    working = (InvitationRow.used_at.is_(None), InvitationRow.expires_at > now)
    mine = select(InvitationRow.expires_at).where(InvitationRow.person_id == person_id, *working)
    return (await tx.execute(mine.order_by(InvitationRow.id.desc()).limit(1))).scalar_one_or_none()


async def owner(tx: Transaction, token: str) -> int | None:
    """Return whom the link was made for, used or not; ``None`` for no link of ours."""
    made_for = select(InvitationRow.person_id).where(InvitationRow.token_hash == digest(token))
    return (await tx.execute(made_for)).scalar_one_or_none()


async def redeem(tx: Transaction, token: str, telegram_id: int, now: dt.datetime) -> int:
    """Bind the account to the invited person and return their id.

    Raises a kind of ``InvitationError`` when the link cannot be used, as by people who were shut
    out; the transaction must then be given up. Of several attempts at one
    moment a single one succeeds, because the update itself looks whether the link is unused.
    """
    taken = (InvitationRow.token_hash == digest(token), InvitationRow.used_at.is_(None))
    link = select(InvitationRow.person_id, InvitationRow.expires_at).where(*taken)
    link = link.join(PersonRow, PersonRow.id == InvitationRow.person_id)
    found = (await tx.execute(link.where(PersonRow.active.is_(True)))).first()
    if found is None:
        raise UnknownInvitationError
    person_id: int = found.person_id
    if found.expires_at <= now:
        raise ExpiredInvitationError
    await _refuse_taken_account(tx, telegram_id, person_id)
    used = await tx.execute(update(InvitationRow).where(*taken).values(used_at=now))
    if used.rowcount != 1:
        raise UnknownInvitationError
    try:
        await people.bind(tx, person_id, telegram_id)
    except IntegrityError as error:  # the same account opened two links at one moment
        raise AccountTakenError from error
    return person_id


async def _refuse_taken_account(tx: Transaction, telegram_id: int, person_id: int) -> None:
    holds = PersonRow.telegram_id == telegram_id
    # The other account of somebody who was entered twice is theirs.
    twin = update(PersonRow).where(holds, PersonRow.merged_into == person_id)
    await tx.execute(twin.values(telegram_id=None))
    owner = await tx.execute(select(PersonRow.id).where(holds))
    if owner.scalar_one_or_none() not in (None, person_id):
        raise AccountTakenError


def digest(token: str) -> str:
    """Return the hash a token is stored under."""
    return hashlib.sha256(token.encode()).hexdigest()

"""Settings of the whole organisation, and the key by which customers are known again."""

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass, fields

from sqlalchemy import select

from storage import upserts
from storage.database import Transaction
from storage.tables import SettingRow

CUSTOMER_KEY = "customer_key"
HASHED = "k:"
"""What a hashed customer's key begins with."""

HASHED_BEFORE = "h:"
"""The same where a number's digits were hashed as they were written."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """What holds for everybody; months of 0 mean no limit.

    ``masking`` takes phones, cards and e-mails out of what comes into the journal; after
    ``customer_months`` nothing of a contact's customer is kept; ``former_months`` after somebody
    was shut out they are made anonymous. Disputes' limits are those of new teams.
    """

    masking: bool = True
    customer_months: int = 0
    former_months: int = 0
    dispute_days: int = 5
    dispute_count: int = 3


NAMES = tuple(field.name for field in fields(Organisation))


async def organisation(tx: Transaction) -> Organisation:
    """Return the settings as they are now."""
    wanted = select(SettingRow.key, SettingRow.value).where(SettingRow.key.in_(NAMES))
    found = {key: int(value) for key, value in await tx.execute(wanted)}
    masking = bool(found.pop("masking", True))
    return Organisation(masking=masking, **found)


async def change(tx: Transaction, name: str, value: int, now: dt.datetime, *, by: int) -> None:
    """Set one of ``NAMES``; raise ``ValueError`` for another one."""
    if name not in NAMES:
        raise ValueError(name)
    await _put(tx, name, str(int(value)), now, by)


async def number(tx: Transaction, key: str) -> int:
    """Return a number that the program keeps for itself; 0 where there is none."""
    wanted = select(SettingRow.value).where(SettingRow.key == key)
    return int((await tx.execute(wanted)).scalar_one_or_none() or 0)


async def put_number(tx: Transaction, key: str, value: int, now: dt.datetime) -> None:
    """Keep a number for the program itself."""
    await _put(tx, key, str(value), now, None)


async def text(tx: Transaction, key: str) -> str:
    """Return a word that the program keeps for itself; empty where there is none."""
    wanted = select(SettingRow.value).where(SettingRow.key == key)
    return (await tx.execute(wanted)).scalar_one_or_none() or ""


async def put_text(tx: Transaction, key: str, value: str, now: dt.datetime) -> None:
    """Keep a word for the program itself."""
    await _put(tx, key, value, now, None)


async def known_by(tx: Transaction, now: dt.datetime) -> bytes:
    """Return the secret that customers' keys are hashed with, made when it is first needed.

    Without it whoever sees a hash could try every phone number there is.
    """
    wanted = select(SettingRow.value).where(SettingRow.key == CUSTOMER_KEY)
    found = (await tx.execute(wanted)).scalar_one_or_none()
    if found is None:
        await _put(tx, CUSTOMER_KEY, secrets.token_hex(32), now, None, replacing=False)
        found = (await tx.execute(wanted)).scalar_one()
    return bytes.fromhex(found)


async def secret_so_far(tx: Transaction) -> bytes | None:
    """Return the secret of ``known_by``, ``None`` where nothing was hashed yet."""
    wanted = select(SettingRow.value).where(SettingRow.key == CUSTOMER_KEY)
    found = (await tx.execute(wanted)).scalar_one_or_none()
    return bytes.fromhex(found) if found is not None else None


def hashed_key(secret: bytes, known: str, before: str = HASHED) -> str:
    """Return a customer's key so that it does not tell who they are."""
    return before + hashlib.blake2b(known.encode(), key=secret, digest_size=32).hexdigest()


async def _put(
    tx: Transaction,
    key: str,
    value: str,
    now: dt.datetime,
    by: int | None,
    *,
    replacing: bool = True,
) -> None:
    given = {"value": value, "changed_at": now, "changed_by": by}
    row = upserts.into(tx, SettingRow).values(key=key, **given)
    if replacing:
        row = row.on_conflict_do_update(index_elements=["key"], set_=given)
    else:
        row = row.on_conflict_do_nothing(index_elements=["key"])
    await tx.execute(row)

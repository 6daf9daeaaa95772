"""Doing something alone, where rows to lock do not exist yet."""

from hashlib import blake2b

from sqlalchemy import func, select

from storage.database import Transaction

PEOPLE = "people"
TEAMS = "teams"
AUDIT = "audit"


async def alone(tx: Transaction, *names: str) -> None:
    """Let no other transaction that says one of the same *names* go on before this one ends.

    SQLite has one writer at a time anyway; PostgreSQL keeps advisory locks.
    """
    if tx.dialect.name == "sqlite":
        return
    for name in sorted(names):
        await tx.execute(select(func.pg_advisory_xact_lock(number_of(name))))


def number_of(name: str) -> int:
    """Return *name* as a number of 64 bits with a sign, which is what the locks go by."""
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), signed=True)

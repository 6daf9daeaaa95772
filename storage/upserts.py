"""Inserting rows that may be there already, in the dialect of the database at hand."""

from typing import TYPE_CHECKING

from sqlalchemy.dialects import sqlite

from storage.database import Transaction
from storage.tables import Base

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql


def into(tx: Transaction, table: type[Base]) -> "sqlite.Insert | postgresql.Insert":
    """Return an insert into *table* that can be told what to do where the row is there already."""
    if tx.dialect.name == "sqlite":
        return sqlite.insert(table)
    # It takes as long to load as all of the tables together, and most have SQLite.
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415

    return postgresql.insert(table)

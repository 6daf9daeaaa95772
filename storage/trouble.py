"""Telling a database that cannot work just now from a statement that is wrong."""

import contextlib
import sqlite3
from collections.abc import Iterator

from sqlalchemy.exc import DBAPIError

PRIMARY = 0xFF
"""SQLite's extended codes keep the primary one in their lowest byte."""
SQLITE_CODES = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_NOMEM,
    }
)
DAMAGE_CODES = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
"""What SQLite says of a file whose pages are not what they were."""
DAMAGED = "damaged"
POSTGRES_STATES = (
    "08",  # the connection failed
    "25P03",  # the transaction was idle for too long
    "25006",  # only reading is possible: a standby
    "40",  # rolled back for the sake of others: deadlock, serialisation
    "53",  # out of disk, memory or connections
    "55P03",  # a lock was not to be had in time
    "57P",  # the server stops, starts or ended this connection
    "58",  # the system around the server failed
)
"""Beginnings of SQLSTATE, https://www.postgresql.org/docs/current/errcodes-appendix.html."""


class StorageUnavailableError(Exception):
    """The database could not do its work just now (full disk, lock, lost connection, damage)."""


class TransactionLostError(Exception):
    """SQLite gave up the transaction, and with it what everybody in it had written."""


def is_passing(error: DBAPIError | sqlite3.Error) -> bool:
    """Return whether the error speaks of the machine's state rather than of a mistake of ours."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    code = getattr(cause, "sqlite_errorcode", None)
    if isinstance(code, int):
        return code & PRIMARY in SQLITE_CODES | DAMAGE_CODES
    state = getattr(cause, "sqlstate", None)
    return isinstance(state, str) and state.startswith(POSTGRES_STATES)


def is_damage(error: StorageUnavailableError) -> bool:
    """Return whether the file cannot be read any more as the database that it was."""
    return str(error) == DAMAGED


def told(error: BaseException) -> StorageUnavailableError:
    """Return the error that says so of what the driver raised."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(cause, "sqlite_errorcode", None)
    damaged = isinstance(code, int) and code & PRIMARY in DAMAGE_CODES
    return StorageUnavailableError(DAMAGED if damaged else type(cause).__name__)


@contextlib.contextmanager
def trouble_told() -> Iterator[None]:
    """Raise ``StorageUnavailableError`` for what the database cannot do just now."""
    try:
        yield
    except TransactionLostError as error:
        raise StorageUnavailableError("lost") from error
    except (DBAPIError, sqlite3.Error) as error:
        if is_passing(error):
            raise told(error) from error
        raise

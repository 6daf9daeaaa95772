"""Opening the database: reading and writing transactions on SQLite and PostgreSQL alike."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import Connection, event, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

Transaction = AsyncConnection
"""What the functions of this package work in; committing is the opener's business."""

WRITES = "etalon_writes"
BUSY_MILLISECONDS = 10_000


class StorageUnavailableError(Exception):
    """The database could not do its work just now (full disk, lock, lost connection)."""


class Database:
    """An engine and the rules of its transactions.

    SQLite takes one writer at a time: ``writing`` queues here instead of failing there, and opens
    with BEGIN IMMEDIATE, because a deferred transaction that starts writing late is refused.
    """

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite_engine(url) if self.is_sqlite else _server_engine(url)
        self._writer = asyncio.Lock()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Transaction]:
        """Open a transaction for reading; it is rolled back at the end."""
        async with self._connection() as connection:
            yield connection
            await connection.rollback()

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Transaction]:
        """Open a transaction that commits at the end, or rolls back when anything is raised."""
        if not self.is_sqlite:
            async with self._connection() as connection, connection.begin():
                yield connection
            return
        async with self._writer, self._connection() as connection:
            await connection.execution_options(**{WRITES: True})
            async with connection.begin():
                yield connection

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[AsyncConnection]:
        connection = await self._opened()
        try:
            yield connection
        except DBAPIError as error:
            if _is_passing(error):
                raise StorageUnavailableError(type(error.orig).__name__) from error
            raise
        finally:
            await connection.close()

    async def _opened(self) -> AsyncConnection:
        try:
            return await self.engine.connect()
        except (OSError, DBAPIError) as error:
            cause = error.orig if isinstance(error, DBAPIError) else error
            raise StorageUnavailableError(type(cause).__name__) from error

    async def close(self) -> None:
        """Close every connection."""
        await self.engine.dispose()


def _is_passing(error: DBAPIError) -> bool:
    """Whether the error speaks of the machine's state rather than of a mistake of ours."""
    words = str(error.orig).lower()
    signs = ("locked", "busy", "full", "i/o error", "readonly", "connection", "too many clients")
    return error.connection_invalidated or any(sign in words for sign in signs)


def _server_engine(url: str) -> AsyncEngine:
    # What people wrote must not reach the log with an error's parameters.
    return create_async_engine(url, hide_parameters=True)


def _sqlite_engine(url: str) -> AsyncEngine:
    engine = create_async_engine(
        url, hide_parameters=True, connect_args={"timeout": BUSY_MILLISECONDS / 1000}
    )
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # The driver must not open transactions by itself: it would do so late and lose updates.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "foreign_keys=ON",
        "synchronous=FULL",
        f"busy_timeout={BUSY_MILLISECONDS}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


async def ping(database: Database) -> None:
    """Ask the database something trivial; raise ``StorageUnavailableError`` if it is not there."""
    async with database.reading() as tx:
        await tx.execute(text("SELECT 1"))

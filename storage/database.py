"""Opening the database: reading and writing transactions on SQLite and PostgreSQL alike."""

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import URL, Connection, event, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoneFreeError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from storage import quick_sqlite
from storage.at_once import AtOnce
from storage.file_watch import FileWatch
from storage.grouping import Group
from storage.server import SERVER_CLOSE_SECONDS, server_engine
from storage.trouble import StorageUnavailableError, told, trouble_told

Transaction = AsyncConnection
"""What the functions of this package work in; committing is the opener's business."""

WRITES = "etalon_writes"
BUSY_SECONDS = 10.0
"""How long a statement waits for a lock; ``timeout`` in a SQLite URL says otherwise."""
QUEUE_SECONDS = 30.0
"""How long a writer on SQLite waits for the writers before it in this process."""
PRAGMAS = (
    "journal_mode=WAL",
    "foreign_keys=ON",
    "synchronous=FULL",
    "cache_size=-8192",  # KB: what a month's report reads among years of them
)


class Database:
    """An engine and the rules of its transactions.

    SQLite takes one writer at a time: ``writing`` queues here instead of failing there, and opens
    with BEGIN IMMEDIATE, because a deferred transaction that starts writing late is refused.
    """

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite_engine(self.url) if self.is_sqlite else server_engine(self.url)
        self.file = FileWatch(self.url)
        self.epoch = ""
        """What buttons carry since a copy was brought back last; read at the start."""
        self._writer = asyncio.Lock()
        self._group: Group | None = None
        self._glances = AtOnce(self.engine, _patience(self.url), _prepare_sqlite)
        self._jots = AtOnce(self.engine, _patience(self.url), _prepare_sqlite)
        self._settling: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Transaction]:
        """Open a transaction for reading; it is rolled back at the end."""
        async with self.connected() as connection:
            yield connection
            await connection.rollback()

    @asynccontextmanager
    async def glancing(self) -> AsyncIterator[Transaction]:
        """Read a few rows by their keys, at once; every statement sees what is newest."""
        if not self.is_sqlite:
            async with self.reading() as connection:
                yield connection
            return
        with trouble_told():
            yield await self._glances.connection()

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Transaction]:
        """Open a transaction that commits at the end, or rolls back when anything is raised.

        Raises ``StorageUnavailableError`` also where SQLite's file was removed or replaced: what
        was written is in a file that nobody will find.
        """
        if not self.is_sqlite:
            async with self.connected() as connection, connection.begin():
                yield connection
            return
        self.file.expect()  # before a connection could make a new one in its place
        async with self._turn():
            await self._end()
            async with self.connected() as connection:
                self.file.expect()
                await connection.execution_options(**{WRITES: True})
                async with connection.begin():
                    yield connection
        self.file.expect()

    @asynccontextmanager
    async def jotting(self) -> AsyncIterator[Transaction]:
        """Open a transaction for writing a few rows by their keys; it commits or rolls back.

        On SQLite, whoever waits to write like this writes together and is committed together.
        """
        if not self.is_sqlite:
            async with self.writing() as connection:
                yield connection
            return
        self.file.expect()
        async with self._turn():
            with trouble_told():
                group = await self._joined()
                with group.member():
                    yield group.connection
        with trouble_told():
            await asyncio.shield(group.outcome)
        self.file.expect()

    async def _joined(self) -> Group:
        """Return the group that is open, or a new one that ends after those who wait by now."""
        if self._group is not None and self._group.closed:
            await self._end()
        if self._group is None:
            self._group = Group(await self._jots.connection())
            self._settling = asyncio.create_task(self._settle())
        await self._group.begin()
        return self._group

    async def _settle(self) -> None:
        async with self._writer:
            await self._end()

    async def _end(self) -> None:
        """Commit what a group wrote, if there is one; only the one writer may."""
        if self._group is not None:
            await self._group.end()
            self._group = None

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        """Be the one writer of this process."""
        try:
            async with asyncio.timeout(QUEUE_SECONDS):
                await self._writer.acquire()
        except TimeoutError as error:
            raise StorageUnavailableError("busy") from error
        try:
            yield
        finally:
            self._writer.release()

    @asynccontextmanager
    async def connected(self) -> AsyncIterator[AsyncConnection]:
        """Open a connection whose transactions are the caller's business.

        Raises ``StorageUnavailableError`` where the database cannot do its work just now.
        """
        connection = await self._opened()
        try:
            with trouble_told():
                yield connection
        finally:
            await connection.close()

    @asynccontextmanager
    async def patiently(self) -> AsyncIterator[AsyncConnection]:
        """Open a connection on which a statement may take as long as it does.

        Migrations write tables anew and wait for those of other processes.
        """
        if self.is_sqlite:
            async with self.connected() as connection:
                yield connection
            return
        engine = server_engine(self.url, patient=True)
        connection = await self._opened(engine)
        try:
            with trouble_told():
                yield connection
        finally:
            await connection.close()
            await engine.dispose()

    async def _opened(self, engine: AsyncEngine | None = None) -> AsyncConnection:
        try:
            return await (engine or self.engine).connect()
        except (OSError, DBAPIError, NoneFreeError) as error:
            raise told(error) from error

    async def close(self) -> None:
        """Close every connection, once what is under way is committed."""
        if self._settling is not None:
            await self._settling
        await self._glances.close()
        await self._jots.close()
        # A server that does not answer any more must not keep the process from ending.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(SERVER_CLOSE_SECONDS):
                await self.engine.dispose()


def _sqlite_engine(url: URL) -> AsyncEngine:
    engine = create_async_engine(
        url,
        hide_parameters=True,
        connect_args={"timeout": _patience(url), "async_creator_fn": quick_sqlite.Connection},
        pool_reset_on_return=None,  # whoever opens a transaction here ends it
    )
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    event.listen(engine.sync_engine, "invalidate", _roll_back_sqlite)
    return engine


def _patience(url: URL) -> float:
    """Return for how many seconds a statement waits for a lock."""
    said = url.query.get("timeout")
    return float(said) if isinstance(said, str) else BUSY_SECONDS


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # The driver must not open transactions by itself: it would do so late and lose updates.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _roll_back_sqlite(
    connection: DBAPIConnection, _entry: ConnectionPoolEntry, _error: BaseException | None
) -> None:
    # Whoever is cancelled in the middle leaves a statement behind; closing would then wait for it
    # to be collected, and the transaction would stay open and keep every other writer out.
    with contextlib.suppress(sqlite3.Error):  # it is given up anyway
        connection.rollback()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


async def ping(database: Database) -> None:
    """Ask the database something trivial; raise ``StorageUnavailableError`` if it is not there."""
    async with database.reading() as tx:
        await tx.execute(text("SELECT 1"))

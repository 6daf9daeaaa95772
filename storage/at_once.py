"""SQLite without handing over: short statements are executed where they are asked for.

A few rows by their keys are there in less time than another thread takes to wake. What may have to
wait is handed over all the same: a commit for the disk, and whatever finds the database locked.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from sqlalchemy import Connection, CursorResult, Executable, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

Result = TypeVar("Result")
Values = Mapping[str, object] | Sequence[Mapping[str, object]] | None
Prepare = Callable[[DBAPIConnection, ConnectionPoolEntry], None]


class AtOnceConnection(AsyncConnection):
    """A connection to ``execute`` statements on at once; nobody opens transactions on it."""

    __slots__ = ("_patience_ms", "_thread", "own")

    def __init__(
        self, engine: AsyncEngine, connection: Connection, thread: ThreadPoolExecutor
    ) -> None:
        super().__init__(engine, connection)
        own = connection.connection.driver_connection
        if not isinstance(own, sqlite3.Connection):
            raise TypeError(f"not a connection to SQLite: {type(own).__name__}")
        self.own = own
        self._thread = thread
        (self._patience_ms,) = own.execute("PRAGMA busy_timeout").fetchone()
        own.execute("PRAGMA busy_timeout=0")

    async def execute(  # type: ignore[override]  # the one of its ways that is used here
        self, statement: Executable, parameters: Values = None
    ) -> CursorResult[*tuple[object, ...]]:
        """Execute the statement and return its result; raises what SQLAlchemy does."""
        return await self.do(partial(self._proxied.execute, statement, parameters))

    async def do(self, work: Callable[[], Result]) -> Result:
        """Do *work* here; where the database is locked, wait for it elsewhere."""
        try:
            return work()
        except (OperationalError, sqlite3.OperationalError) as error:
            cause = error.orig if isinstance(error, OperationalError) else error
            if getattr(cause, "sqlite_errorcode", None) != sqlite3.SQLITE_BUSY:
                raise
        return await self.elsewhere(partial(self._patiently, work))

    async def elsewhere(self, work: Callable[[], Result]) -> Result:
        """Do *work*, for which the disk is waited for, on this connection's thread."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _patiently(self, work: Callable[[], Result]) -> Result:
        self.own.execute(f"PRAGMA busy_timeout={self._patience_ms}")
        try:
            return work()
        finally:
            self.own.execute("PRAGMA busy_timeout=0")


class AtOnce:
    """Keeps one such connection, and a thread for what may have to wait.

    It waits up to *seconds* for a lock; *prepare* hears of the driver's connection.
    """

    def __init__(self, engine: AsyncEngine, seconds: float, prepare: Prepare) -> None:
        self._engine = engine
        self._seconds = seconds
        self._prepare = prepare
        self._thread = ThreadPoolExecutor(1, "sqlite")
        self._opening = asyncio.Lock()
        self._connection: AtOnceConnection | None = None

    async def connection(self) -> AtOnceConnection:
        """Return the connection, opened where it is not; raises what opening it raises."""
        if self._connection is None:
            async with self._opening:
                if self._connection is None:
                    loop = asyncio.get_running_loop()
                    plain = await loop.run_in_executor(self._thread, self._connect)
                    self._connection = AtOnceConnection(self._engine, plain, self._thread)
        return self._connection

    async def close(self) -> None:
        """Close the connection, if it is open."""
        known, self._connection = self._connection, None
        if known is not None and known.sync_connection is not None:
            known.sync_connection.close()
        self._thread.shutdown()

    def _connect(self) -> Connection:
        engine = create_engine(
            self._engine.url.set(drivername="sqlite"),
            poolclass=NullPool,
            hide_parameters=True,
            # One thing at a time is done on it, whichever thread does it.
            connect_args={"check_same_thread": False, "timeout": self._seconds},
        )
        event.listen(engine, "connect", self._prepare)
        return engine.connect()

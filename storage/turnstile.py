"""One process at a time: what several processes on one PostgreSQL may not do side by side.

The locks belong to connections, so whatever ends a process lets go of them. A process that merely
stands still loses them too: the server ends a connection that has been idle for long.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from sqlalchemy import URL, TextClause, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from storage.database import Database
from storage.locks import number_of
from storage.server import CONNECT_SECONDS, SERVER_CLOSE_SECONDS
from storage.trouble import StorageUnavailableError, is_passing

log = structlog.get_logger(__name__)

IDLE_SECONDS = 30
"""Whoever holds a lock for good says something more often than this."""
ASK_SECONDS = 5.0
"""How long the server may take to say who holds a lock; then the connection counts as gone."""
LONGEST_WAIT = 30
"""After so many seconds in line one goes in all the same: late is worse than side by side."""

TAKE = text("SELECT pg_try_advisory_lock(:number)")
WAIT = text("SELECT pg_advisory_lock(:number)")
GIVE_BACK = text("SELECT pg_advisory_unlock(:number)")
STILL_THERE = text("SELECT CAST(:number AS bigint) = 0")


class Turnstile:
    """Named locks between processes; on SQLite, which is for one process, all are free."""

    def __init__(self, database: Database) -> None:
        self._engine = None if database.is_sqlite else _lock_engine(database.url)
        self._connection: AsyncConnection | None = None
        self._speaking = asyncio.Lock()
        self._mine: set[str] = set()

    @asynccontextmanager
    async def alone(self, name: str) -> AsyncIterator[None]:
        """Let no other process be inside with the same *name*; they come in as they asked.

        Inside one process the caller sees to that. A database that is away is no obstacle here:
        what happens inside meets it and can tell the person.
        """
        if self._engine is None:
            yield
            return
        number = number_of(name)
        try:
            free = await self._ask(self._engine, TAKE, number)
        except StorageUnavailableError as error:
            log.warning("no_lock", cause=str(error))
            yield
            return
        if free:
            try:
                yield
            finally:
                await self._give_back(self._engine, number)
        else:
            async with _in_line(self._engine, number):
                yield

    async def mine(self, name: str) -> bool:
        """Return whether *name* belongs to this process, which takes it for good if it is free.

        To be asked again and again: another process gets it when this one ends or stands still.
        Raises ``StorageUnavailableError``.
        """
        if self._engine is None:
            return True
        if name in self._mine:
            await self._ask(self._engine, STILL_THERE, 0)
        # A connection that was lost meanwhile has taken the lock along.
        if name not in self._mine and await self._ask(self._engine, TAKE, number_of(name)):
            self._mine.add(name)
        return name in self._mine

    async def close(self) -> None:
        """Let go of everything."""
        async with self._speaking:
            await self._drop()

    async def _give_back(self, engine: AsyncEngine, number: int) -> None:
        try:
            await self._ask(engine, GIVE_BACK, number)
        except StorageUnavailableError:
            log.info("lock_lost", why="it went with its connection")

    async def _ask(self, engine: AsyncEngine, question: TextClause, number: int) -> bool:
        """Ask on the connection that holds this process's locks, on a new one if it is gone."""
        async with self._speaking:
            while True:
                known = self._connection is not None
                try:
                    async with asyncio.timeout(ASK_SECONDS):
                        return await self._answer(engine, question, number)
                except (OSError, DBAPIError) as error:
                    await self._drop()
                    if not known:
                        raise _unavailable(error) from error
                except BaseException:
                    await self._drop()  # cut off in the middle: nobody knows what is held
                    raise

    async def _answer(self, engine: AsyncEngine, question: TextClause, number: int) -> bool:
        if self._connection is None:
            self._connection = await engine.connect()
        answer = await self._connection.execute(question, {"number": number})
        return bool(answer.scalar_one())

    async def _drop(self) -> None:
        """Close the connection, and every lock with it."""
        self._mine.clear()
        connection, self._connection = self._connection, None
        if connection is not None:
            await _let_fall(connection)


@asynccontextmanager
async def _in_line(engine: AsyncEngine, number: int) -> AsyncIterator[None]:
    """Wait for the lock on a connection of its own: the server lets in who came first."""
    try:
        connection = await engine.connect()
    except (OSError, DBAPIError) as error:
        log.warning("no_lock", cause=type(error).__name__)
        yield
        return
    try:
        await _wait(connection, number)
        yield
    finally:
        await _let_fall(connection)


async def _wait(connection: AsyncConnection, number: int) -> None:
    try:
        await connection.execute(WAIT, {"number": number})
    except (OSError, DBAPIError) as error:
        if isinstance(error, DBAPIError) and not is_passing(error):
            raise
        log.warning("waited_too_long", seconds=LONGEST_WAIT)


async def _let_fall(connection: AsyncConnection) -> None:
    """Close the connection, and with it every lock, whether the server answers or not."""
    with contextlib.suppress(OSError, DBAPIError):
        async with asyncio.timeout(SERVER_CLOSE_SECONDS):
            await connection.invalidate()
            await connection.close()


def _lock_engine(url: URL) -> AsyncEngine:
    settings = {
        "idle_session_timeout": f"{IDLE_SECONDS}s",
        "lock_timeout": f"{LONGEST_WAIT}s",
    }
    return create_async_engine(
        url,
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",
        connect_args={
            "timeout": CONNECT_SECONDS,
            "command_timeout": LONGEST_WAIT + ASK_SECONDS,
            "server_settings": settings,
        },
    )


def _unavailable(error: OSError | DBAPIError) -> StorageUnavailableError:
    cause = error.orig if isinstance(error, DBAPIError) else error
    return StorageUnavailableError(type(cause).__name__)

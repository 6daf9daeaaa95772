"""Connections of SQLite on which short statements are done at once, each standing alone."""

import asyncio

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage import quick_sqlite

ALONE = "etalon_alone"
"""The option of a connection whose transactions, if any, are not opened by SQLAlchemy."""


class AtOnce:
    """One connection that is kept; what is asked of it does not go to another thread."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._opening = asyncio.Lock()
        self._connection: AsyncConnection | None = None

    async def connection(self) -> AsyncConnection:
        """Return the connection, opened where it is not; raises what opening it raises."""
        known = self._connection
        if known is not None and not known.invalidated:
            return known
        async with self._opening:
            if self._connection is None or self._connection.invalidated:
                await self.close()
                self._connection = await self._opened()
            return self._connection

    async def close(self) -> None:
        """Close the connection, if it is open."""
        known, self._connection = self._connection, None
        if known is not None:
            await known.invalidate()  # nobody else is to get it from the pool
            await known.close()

    async def _opened(self) -> AsyncConnection:
        connection = await self._engine.connect()
        try:
            await connection.execution_options(**{ALONE: True})
            (await driver_of(connection)).work_here()
        except BaseException:
            await connection.close()
            raise
        return connection


async def driver_of(connection: AsyncConnection) -> quick_sqlite.Connection:
    """Return SQLite's own connection behind *connection*."""
    driver = (await connection.get_raw_connection()).driver_connection
    if not isinstance(driver, quick_sqlite.Connection):
        raise TypeError(f"not a connection to SQLite: {type(driver).__name__}")
    return driver

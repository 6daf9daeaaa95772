"""SQLite through aiosqlite with one hand-over to its thread for each statement.

The usual cursor is opened, executed, read and closed in four, and waiting for the other thread is
most of what a short statement costs.
"""

import sqlite3
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Self, TypeVar

import aiosqlite

Parameter = str | int | float | bytes | None
Parameters = Sequence[Parameter] | dict[str, Parameter]
Row = tuple[Parameter, ...]
Result = TypeVar("Result")

AT_ONCE = 1_000
"""How many rows come along with the statement; whoever reads more rows comes back for them."""


class Cursor:
    """What SQLAlchemy asks of a cursor; ``execute`` brings the first rows along."""

    def __init__(self, connection: "Connection") -> None:
        self._connection = connection
        self._rows: deque[Row] = deque()
        self._rest: sqlite3.Cursor | None = None
        self.description: tuple[tuple[str, None, None, None, None, None, None], ...] | None = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    async def __aenter__(self) -> Self:
        """Return the cursor: there is nothing to open."""
        return self

    async def execute(self, sql: str, parameters: Parameters | None = None) -> Self:
        """Execute the statement and read what it returns; raises ``sqlite3.Error``."""
        await self._connection.on_thread(partial(self._run, sql, parameters or ()))
        return self

    async def executemany(self, sql: str, parameters: Iterable[Parameters]) -> Self:
        """Execute the statement for each of *parameters*; raises ``sqlite3.Error``."""
        await self._connection.on_thread(partial(self._run_many, sql, parameters))
        return self

    async def fetchone(self) -> Row | None:
        """Return the next row, ``None`` after the last."""
        return next(iter(await self.fetchmany(1)), None)

    async def fetchmany(self, size: int | None = None) -> list[Row]:
        """Return the next *size* rows, fewer at the end."""
        wanted = self.arraysize if size is None else size
        rows = [self._rows.popleft() for _ in range(min(wanted, len(self._rows)))]
        if len(rows) < wanted and self._rest is not None:
            more = partial(self._rest.fetchmany, wanted - len(rows))
            rows += await self._connection.on_thread(more)
        return rows

    async def fetchall(self) -> list[Row]:
        """Return the rows that are left."""
        rows, self._rows = list(self._rows), deque()
        if self._rest is not None:
            rows += await self._connection.on_thread(self._rest.fetchall)
        return rows

    async def close(self) -> None:
        """Forget what was not read."""
        self._rows = deque()
        if self._rest is not None:
            await self._connection.on_thread(self._rest.close)
            self._rest = None

    def _run(self, sql: str, parameters: Parameters) -> None:
        cursor = self._connection.own.execute(sql, parameters)
        self._rows = deque(cursor.fetchmany(AT_ONCE) if cursor.description else ())
        self._note(cursor)
        if len(self._rows) == AT_ONCE:
            self._rest = cursor
        else:
            cursor.close()

    def _run_many(self, sql: str, parameters: Iterable[Parameters]) -> None:
        cursor = self._connection.own.executemany(sql, parameters)
        self._note(cursor)
        cursor.close()

    def _note(self, cursor: sqlite3.Cursor) -> None:
        self.description = cursor.description
        self.rowcount = cursor.rowcount
        self.lastrowid = cursor.lastrowid


class Connection(aiosqlite.Connection):
    """A connection whose cursors are quick; its thread ends with the program."""

    def __init__(self, database: str, **options: object) -> None:
        super().__init__(partial(sqlite3.connect, database, **options), AT_ONCE)
        self._thread.daemon = True

    @property
    def own(self) -> sqlite3.Connection:
        """The connection itself, for use on its thread."""
        return self._conn

    def cursor(self) -> Cursor:  # type: ignore[override]  # without a coroutine's hand-over
        """Return a cursor."""
        return Cursor(self)

    async def on_thread(self, work: Callable[[], Result]) -> Result:
        """Do *work* on the connection's thread and return what it returns."""
        done: Result = await self._execute(work)  # type: ignore[no-untyped-call]  # the driver's
        return done

    async def rollback(self) -> None:
        """Roll back, if there is anything to roll back; raises ``sqlite3.Error``."""
        if self.own.in_transaction:
            await self.on_thread(self.own.rollback)

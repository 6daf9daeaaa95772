"""Brief writers share a transaction of SQLite, so that they share what a commit costs.

Each works behind a savepoint of its own: what one of them does wrong undoes nothing of the others.
Nobody is told that anything is stored before the commit is.
"""

import asyncio
import contextlib
from collections.abc import Iterator

from storage.at_once import AtOnceConnection
from storage.trouble import TransactionLostError


class Group:
    """One transaction and everybody who writes in it; they come one after another.

    ``outcome`` is done once the transaction is over; it holds what went wrong, if something did.
    """

    def __init__(self, connection: AtOnceConnection) -> None:
        self.connection = connection
        self._beginning: asyncio.Task[None] | None = None
        self._begun = False
        self._ending: asyncio.Task[None] | None = None
        self.outcome: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.outcome.add_done_callback(_looked_at)

    @property
    def closed(self) -> bool:
        """Whether nothing can be written in it any more; a full disk ends it, for example."""
        return self._ending is not None or (self._begun and not self.connection.own.in_transaction)

    async def begin(self) -> None:
        """Take SQLite's lock, unless it was taken; raises ``sqlite3.Error``.

        Whoever is cut off while another program has the lock leaves the waiting to the next.
        """
        if not self._begun:
            if self._beginning is None:
                self._beginning = asyncio.create_task(self._begin())
            await asyncio.shield(self._beginning)

    @contextlib.contextmanager
    def member(self) -> Iterator[None]:
        """Let somebody write inside; where that raises, nothing of it is kept."""
        own = self.connection.own
        own.execute("SAVEPOINT member")
        try:
            yield
        except BaseException:
            if own.in_transaction:
                own.execute("ROLLBACK TO member")
                own.execute("RELEASE member")
            raise
        own.execute("RELEASE member")

    async def end(self) -> None:
        """Commit, unless that was begun already; whoever is cut off waiting stops nothing."""
        if self._ending is None:
            self._ending = asyncio.create_task(self._end())
        await asyncio.shield(self._ending)

    async def _begin(self) -> None:
        await self.connection.do(self._lock)
        self._begun = True

    def _lock(self) -> None:
        self.connection.own.execute("BEGIN IMMEDIATE")

    async def _end(self) -> None:
        try:
            if self._beginning is not None:
                await self._beginning
            await self.connection.elsewhere(self._commit)
        except Exception as error:
            self.outcome.set_exception(error)
        else:
            self.outcome.set_result(None)

    def _commit(self) -> None:
        own = self.connection.own
        if not own.in_transaction:
            raise TransactionLostError
        try:
            own.execute("COMMIT")
        finally:
            if own.in_transaction:  # it failed
                own.execute("ROLLBACK")


def _looked_at(outcome: asyncio.Future[None]) -> None:
    """Take note of what went wrong, so that asyncio does not where nobody waits for it."""
    if not outcome.cancelled():
        outcome.exception()

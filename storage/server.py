"""Connections to PostgreSQL that are given up when nothing answers on them any more.

A network, a proxy or a frozen machine may let a connection die without a word: nothing comes back,
and nothing says so. So every statement has a limit, a connection that has rested is asked whether
it is still there before it is used, none grows old, and the server looks after its own side.
"""

import time

from sqlalchemy import URL, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from storage.trouble import StorageUnavailableError

LOCK_SECONDS = 10.0
"""How long a statement waits for a lock."""
CONNECT_SECONDS = 10.0
COMMAND_SECONDS = 30.0
"""How long a statement may take in all; what takes longer by nature says so."""
PING_SECONDS = 3.0
RESTED_SECONDS = 2.0
"""A connection that was used more recently than this is not asked whether it is there."""
LONGEST_LIFE_SECONDS = 1800
ROOM_SECONDS = 10.0
"""How long one waits for a free connection."""
SERVER_CLOSE_SECONDS = 5.0
SETTINGS = {
    "lock_timeout": f"{LOCK_SECONDS:.0f}s",
    # A process that was frozen in the middle of a transaction must not hold up the others.
    "idle_in_transaction_session_timeout": "60s",
    # The server lets go of what a process held that has gone without a word.
    "tcp_keepalives_idle": "30",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "60000",
}
RESTING_SINCE = "resting_since"


def server_engine(url: URL, *, patient: bool = False) -> AsyncEngine:
    """Return an engine for PostgreSQL whose statements wait no longer than they should.

    One that gets no answer raises ``StorageUnavailableError``, and its connection is given up. With
    *patient* a statement may take as long as it does.
    """
    # What people wrote must not reach the log with an error's parameters.
    engine = create_async_engine(
        url,
        hide_parameters=True,
        pool_recycle=LONGEST_LIFE_SECONDS,
        pool_timeout=ROOM_SECONDS,
        connect_args={
            "timeout": CONNECT_SECONDS,
            "command_timeout": None if patient else COMMAND_SECONDS,
            "server_settings": dict(SETTINGS),
        },
    )
    event.listen(engine.sync_engine, "checkin", _rests)
    event.listen(engine.sync_engine, "checkout", _is_there)
    event.listen(engine.sync_engine, "handle_error", _silent)
    return engine


def _rests(_connection: DBAPIConnection | None, entry: ConnectionPoolEntry) -> None:
    entry.info[RESTING_SINCE] = time.monotonic()


def _is_there(
    connection: DBAPIConnection, entry: ConnectionPoolEntry, _proxy: PoolProxiedConnection
) -> None:
    """Ask a connection that has rested for an answer; without one, all that rest are given up."""
    since = entry.info.pop(RESTING_SINCE, None)
    if since is None or time.monotonic() - since < RESTED_SECONDS:
        return
    try:
        connection.run_async(lambda plain: plain.execute("SELECT 1", timeout=PING_SECONDS))
    except Exception as error:
        raise InvalidatePoolError from error


def _silent(context: ExceptionContext) -> StorageUnavailableError | None:
    """Take a statement without an answer for what it is: a connection that is there no more."""
    cause = context.original_exception
    if not isinstance(cause, TimeoutError | ConnectionError):
        cause = getattr(cause, "__cause__", None) or cause
    if not isinstance(cause, TimeoutError | ConnectionError):
        return None
    context.is_disconnect = True
    return StorageUnavailableError("no answer")

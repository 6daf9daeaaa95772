"""Bringing the schema up to date, and telling how far it is.

Nearly every start finds the schema as it should be. Whether it is so is read without the migration
library, which costs a start a tenth of a second and seven megabytes: the functions that need it
load ``storage.migrating`` themselves.
"""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import WRITES, Database, Transaction

LOCK = 7_305_201
"""The number under which PostgreSQL knows the lock; any other program's will differ."""

FOLDER = Path(__file__).parent / "migrations"
HEAD = "head"
MARK = "alembic_version"
"""The library's table: a row with the schema's revision, none before the first migration."""

NAMED = re.compile(r'^(revision|down_revision) = "(\w+)"$', re.MULTILINE)


async def upgrade(database: Database, to: str = HEAD) -> None:
    """Bring the schema up to revision *to*, creating the file's folder where it is missing.

    Several processes may start at once: one migrates, the others wait for it. Raises
    ``StorageUnavailableError``, having changed nothing.
    """
    if database.is_sqlite and database.url.database:
        Path(database.url.database).parent.mkdir(parents=True, exist_ok=True)
    if to == HEAD and await _is_current(database):
        return
    alone = _without_foreign_keys if database.is_sqlite else _one_process_at_a_time
    async with database.patiently() as connection, alone(connection):
        await connection.run_sync(_upgrade, to)
        await connection.commit()


@asynccontextmanager
async def _without_foreign_keys(connection: AsyncConnection) -> AsyncIterator[None]:
    """Keep SQLite from looking at foreign keys, and another process from migrating too.

    A batch change rebuilds its table, and dropping the old one would take its children along. The
    switch works only outside a transaction, hence on the driver's own connection. The migration's
    transaction is a writing one from its beginning: who comes second waits, and finds it done.
    """
    driver = (await connection.get_raw_connection()).driver_connection
    if driver is None:
        raise RuntimeError("the connection is closed")
    await driver.execute("PRAGMA foreign_keys=OFF")
    await connection.execution_options(**{WRITES: True})
    try:
        yield
    except BaseException:
        await connection.invalidate()
        raise
    await connection.rollback()
    await driver.execute("PRAGMA foreign_keys=ON")


@asynccontextmanager
async def _one_process_at_a_time(connection: AsyncConnection) -> AsyncIterator[None]:
    """Hold PostgreSQL's lock of migrations, however long another process takes over its own."""
    await connection.execute(text("SET lock_timeout = 0"))
    await connection.execute(text(f"SELECT pg_advisory_lock({LOCK})"))
    await connection.commit()
    try:
        yield
    except BaseException:
        await connection.invalidate()  # the lock goes with the connection
        raise
    await connection.execute(text(f"SELECT pg_advisory_unlock({LOCK})"))
    await connection.execute(text("RESET lock_timeout"))
    await connection.commit()


async def stand_in_line(tx: Transaction) -> None:
    """Let one process at a time do what follows in this transaction, as only one may at a start."""
    if tx.dialect.name == "postgresql":
        await tx.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))


def _upgrade(connection: Connection, to: str) -> None:
    from storage import migrating  # noqa: PLC0415  only where there is something to migrate

    migrating.upgrade(connection, to)


async def _is_current(database: Database) -> bool:
    present, wanted = await revisions(database)
    return present is not None and present == wanted


async def revisions(database: Database) -> tuple[str | None, str | None]:
    """Return the schema's revision and the newest one that this program knows."""
    async with database.connected() as connection:
        return await connection.run_sync(_present), newest()


async def is_blank(database: Database) -> bool:
    """Return whether no tables are there that a migration could stumble over."""
    async with database.connected() as connection:
        names = await connection.run_sync(lambda plain: inspect(plain).get_table_names())
    return not set(names) - {MARK}


def known() -> set[str]:
    """Return every revision that this program knows."""
    return _named()["revision"]


def newest() -> str | None:
    """Return the newest revision in the folder of migrations: the one that none comes after."""
    named = _named()
    ends = named["revision"] - named["down_revision"]
    if len(ends) == 1:
        return ends.pop()
    from storage import migrating  # noqa: PLC0415  it says what is wrong with the folder

    return migrating.newest()


def _named() -> dict[str, set[str]]:
    """Return the revisions in the folder, and those that one of them comes after."""
    named: dict[str, set[str]] = {"revision": set(), "down_revision": set()}
    for file in (FOLDER / "versions").glob("*.py"):
        for name, revision in NAMED.findall(file.read_text(encoding="utf-8")):
            named[name].add(revision)
    return named


async def differences(database: Database) -> list[object]:
    """Return what the tables in the code have and the database lacks, or the other way round."""
    async with database.connected() as connection:
        return await connection.run_sync(_differences)


def _present(connection: Connection) -> str | None:
    """Return the schema's revision; ``None`` where there is none, or not one alone."""
    if not inspect(connection).has_table(MARK):
        return None
    found = connection.execute(text(f"SELECT version_num FROM {MARK}")).scalars().all()  # noqa: S608
    return str(found[0]) if len(found) == 1 else None


def _differences(connection: Connection) -> list[object]:
    from storage import migrating  # noqa: PLC0415  comparing is asked for seldom

    return migrating.differences(connection)

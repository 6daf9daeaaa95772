"""A consistent copy of the database while it is being written, looked through before it counts."""

import asyncio
import contextlib
import os
import re
import shutil
import sqlite3
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import URL, make_url, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from storage.database import Database, Transaction
from storage.migrate import MARK, is_blank
from storage.tables import Base
from storage.trouble import StorageUnavailableError

QUERY = {"host": "host", "port": "port", "ssl": "sslmode"}
"""What the driver's URL may say besides, and how PostgreSQL's own tools call it."""

ONLY_OWNER = 0o600
OTHERS = 0o077
COPY = re.compile(rb"COPY (?:\w+\.)?\"?(\w+)\"? \(")
END_OF_COPY = b"\\."

Counts = dict[str, int]
"""How many rows each table has."""


class BackupError(Exception):
    """No copy was made; the text says why and what to do."""


async def backup(url: str, target: Path) -> int:
    """Copy the database at *url* to the file *target* and return how many rows are in it.

    The copy appears under its name only when it was read through and holds every row, and never in
    place of another file; nobody but its owner can read it. Raises ``BackupError`` and, where the
    place cannot be written, ``OSError``.
    """
    _expect_free(target)
    source = make_url(url)
    unfinished = target.with_name(target.name + ".part")
    os.close(os.open(unfinished, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, ONLY_OWNER))
    try:
        if source.get_backend_name() == "sqlite":
            rows = await asyncio.to_thread(_copy_sqlite, Path(source.database or ""), unfinished)
        else:
            rows = await _dump_postgres(source, unfinished)
        unfinished.replace(target)
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)
    return rows


def _expect_free(target: Path) -> None:
    if target.exists():
        raise BackupError(f"{target} exists already; name another file.")
    if not target.absolute().parent.is_dir():
        raise BackupError(f"There is no folder {target.absolute().parent}.")


def _copy_sqlite(file: Path, target: Path) -> int:
    """Copy all pages as they are at one moment, which lets writers go on, and compare."""
    if not file.is_file():
        raise BackupError(f"There is no database at {file} yet.")
    with contextlib.closing(_opened(file)) as source, contextlib.closing(_new(target)) as copy:
        try:
            source.execute("BEGIN")
            before = rows_of(source)
            source.backup(copy)
            source.rollback()
        except sqlite3.Error as error:
            raise BackupError(_damaged(file, str(error))) from error
        complaint = complaint_about(copy)
        if complaint is not None:
            raise BackupError(_damaged(file, complaint))
        return _compared(before, rows_of(copy))


def _opened(file: Path) -> sqlite3.Connection:
    try:
        return sqlite3.connect(
            f"{file.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None
        )
    except sqlite3.Error as error:
        raise BackupError(f"{file} cannot be opened: {error}.") from error


def _new(target: Path) -> sqlite3.Connection:
    try:
        return sqlite3.connect(target)
    except sqlite3.Error as error:
        raise BackupError(f"{target} cannot be written: {error}.") from error


def complaint_about(file: sqlite3.Connection) -> str | None:
    """Return the first thing that does not hold together in the file; ``None`` where all does."""
    try:
        [(said,)] = file.execute("PRAGMA integrity_check(1)").fetchall()
        if said != "ok":
            return " ".join(str(said).split())
        if MARK not in rows_of(file):
            return "nothing of Etalon's is in it"
    except sqlite3.Error as error:
        return str(error)
    return None


def rows_of(file: sqlite3.Connection) -> Counts:
    """Return how many rows each table of the file has; raises ``sqlite3.Error``."""
    wanted = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    names = [name for (name,) in file.execute(wanted)]
    return {
        name: file.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
        for name in names
    }


def _compared(before: Mapping[str, int], after: Mapping[str, int]) -> int:
    """Return how many rows there are; raise ``BackupError`` where the copy has others."""
    differing = sorted(name for name in before if before[name] != after.get(name))
    if differing:
        raise BackupError(f"The copy lacks rows of {', '.join(differing)}; it was not kept.")
    return sum(after.values())


def _damaged(file: Path, complaint: str) -> str:
    return (
        f"{file} is damaged ({complaint}). A copy of it would be as well, so none was kept; "
        "keep the newest good one and run: etalon check"
    )


async def _dump_postgres(source: URL, target: Path) -> int:
    tool, reader = shutil.which("pg_dump"), shutil.which("pg_restore")
    address = _address(source)
    if tool is None or reader is None:
        raise BackupError(
            "A PostgreSQL database is copied by its own tools, which are not installed here. "
            f"Where they are: pg_dump --format=custom --file={target} "
            f"'{address}'"
        )
    database = Database(source.render_as_string(hide_password=False))
    try:
        async with database.connected() as tx:
            await tx.execution_options(isolation_level="REPEATABLE READ")
            snapshot = str(await tx.scalar(text("SELECT pg_export_snapshot()")))
            await _run(
                tool,
                "--format=custom",
                f"--snapshot={snapshot}",
                f"--file={target}",
                address,
                password=source.password,
            )
            before = await _rows_on_server(tx)
    except (StorageUnavailableError, SQLAlchemyError) as error:
        raise BackupError(f"The database could not be read through: {_reason(error)}.") from error
    finally:
        await database.close()
    return _compared(before, await _rows_in_dump(reader, target))


async def load_dump(url: str, dump: Path) -> None:
    """Load a dump into the blank database at *url*; raise ``BackupError``."""
    target, reader = make_url(url), shutil.which("pg_restore")
    if reader is None:
        raise BackupError("a PostgreSQL copy is loaded by pg_restore, which is not installed here.")
    if not await asyncio.to_thread(dump.is_file):
        raise BackupError(f"there is no file {dump}.")
    database = Database(url)
    try:
        if not await is_blank(database):
            raise BackupError("DATABASE_URL must name an empty database: make one with createdb.")
    finally:
        await database.close()
    await _run(
        reader,
        "--no-owner",
        "--exit-on-error",
        f"--dbname={_address(target)}",
        str(dump),
        password=target.password,
    )


def _reason(error: Exception) -> str:
    """Return what the server said, else the kind of error."""
    cause = error.__cause__ or error
    said = cause.orig if isinstance(cause, DBAPIError) else cause
    return " ".join(str(said).split()) or str(error)


async def _rows_on_server(tx: Transaction) -> Counts:
    return {
        name: await tx.scalar(text(f'SELECT count(*) FROM "{name}"')) or 0  # noqa: S608
        for name in Base.metadata.tables
    }


async def _rows_in_dump(reader: str, dump: Path) -> Counts:
    """Return how many rows of each table the dump holds, by reading it as a restoring would."""
    process = await asyncio.create_subprocess_exec(
        reader,
        "--data-only",
        "--file=-",
        str(dump),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        limit=2**26,
    )
    counts: Counts = {}
    table = ""
    if process.stdout is not None:
        async for line in process.stdout:
            begun = COPY.match(line)
            if table and line.rstrip() == END_OF_COPY:
                table = ""
            elif table:
                counts[table] += 1
            elif begun is not None:
                table = begun[1].decode()
                counts[table] = 0
    if await process.wait():
        raise BackupError("The dump cannot be read again by pg_restore; it was not kept.")
    return counts


async def _run(tool: str, *words: str, password: str | None) -> None:
    process = await asyncio.create_subprocess_exec(
        tool,
        *words,
        env={**os.environ, "PGPASSWORD": password or ""},
        stderr=asyncio.subprocess.PIPE,
        umask=OTHERS,
    )
    _, said = await process.communicate()
    if process.returncode:
        reason = " ".join(said.decode(errors="replace").split())
        raise BackupError(f"{Path(tool).name} failed: {reason or process.returncode}")


def address_of(url: str) -> str:
    """Return the database's address as PostgreSQL's own tools take it, without the password."""
    return _address(make_url(url))


def _address(source: URL) -> str:
    query = {QUERY[key]: value for key, value in source.query.items() if key in QUERY}
    address = URL.create(
        "postgresql",
        source.username,
        host=source.host,
        port=source.port,
        database=source.database,
        query=query,
    )
    return address.render_as_string()

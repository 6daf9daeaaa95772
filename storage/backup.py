"""A consistent copy of the database while it is being written."""

import asyncio
import os
import shutil
import sqlite3
from pathlib import Path

from sqlalchemy import URL, make_url

QUERY = {"host": "host", "port": "port", "ssl": "sslmode"}
"""What the driver's URL may say besides, and how PostgreSQL's own tools call it."""


class BackupError(Exception):
    """No copy was made; the text says why and what to do."""


async def backup(url: str, target: Path) -> None:
    """Copy the database at *url* to the file *target*; raise ``BackupError``.

    The copy appears under its name only when it is whole, and never in place of another file.
    """
    _expect_free(target)
    source = make_url(url)
    unfinished = target.with_name(target.name + ".part")
    try:
        if source.get_backend_name() == "sqlite":
            await asyncio.to_thread(_copy_sqlite, Path(source.database or ""), unfinished)
        else:
            await _dump_postgres(source, unfinished)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def _expect_free(target: Path) -> None:
    if target.exists():
        raise BackupError(f"{target} exists already; name another file.")
    if not target.absolute().parent.is_dir():
        raise BackupError(f"There is no folder {target.absolute().parent}.")


def _copy_sqlite(file: Path, target: Path) -> None:
    """Copy page by page under SQLite's own locks, which lets writers go on."""
    if not file.is_file():
        raise BackupError(f"There is no database at {file} yet.")
    source = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)
    copy = sqlite3.connect(target)
    try:
        source.backup(copy)
    except sqlite3.Error as error:
        raise BackupError(f"{file} could not be copied: {error}.") from error
    finally:
        copy.close()
        source.close()


async def _dump_postgres(source: URL, target: Path) -> None:
    tool = shutil.which("pg_dump")
    address = _address(source)
    if tool is None:
        raise BackupError(
            "A PostgreSQL database is copied by its own tool, which is not installed here. "
            f"Where it is: pg_dump --format=custom --file={target} "
            f"'{address}'"
        )
    process = await asyncio.create_subprocess_exec(
        tool,
        "--format=custom",
        f"--file={target}",
        address,
        env={**os.environ, "PGPASSWORD": source.password or ""},
        stderr=asyncio.subprocess.PIPE,
    )
    _, said = await process.communicate()
    if process.returncode:
        reason = " ".join(said.decode(errors="replace").split())
        raise BackupError(f"pg_dump failed: {reason or process.returncode}")


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

"""A consistent copy of the database while it is being written."""

import asyncio
import shutil
import sqlite3
from pathlib import Path

from sqlalchemy import URL, make_url


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
    address = _without_password(source)
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
        env={"PGPASSWORD": source.password or "", "PATH": str(Path(tool).parent)},
        stderr=asyncio.subprocess.PIPE,
    )
    _, said = await process.communicate()
    if process.returncode:
        reason = said.decode(errors="replace").strip().splitlines()
        raise BackupError(f"pg_dump failed: {reason[-1] if reason else process.returncode}")


def _without_password(source: URL) -> str:
    """Return the database's address as PostgreSQL's own tools take it."""
    query = {key: value for key, value in source.query.items() if key in {"host", "port"}}
    address = URL.create(
        "postgresql",
        source.username,
        host=source.host,
        port=source.port,
        database=source.database,
        query=query,
    )
    return address.render_as_string()

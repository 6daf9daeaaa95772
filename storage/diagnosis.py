"""What is wrong with a database, in words for whoever runs the program."""

import contextlib
import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, func, make_url, select
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from scoring.roles import Role
from storage import identity, migrate, probing
from storage.database import Database
from storage.identity import Owner
from storage.tables import PersonRoleRow, PersonRow
from storage.trouble import StorageUnavailableError, is_damage

BRING_BACK = "Stop Etalon and bring back the newest good copy: etalon restore FILE."
USE_ANOTHER = "Mend that, or set DATABASE_URL to another one."
OTHERS_BITS = 0o007
ONLY_OWNER = 0o600


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """``trouble`` is ``None`` when the database can be used; ``where`` holds no password.

    ``exists`` is false for one that the first start will make; ``remedy`` says what to do about the
    trouble; ``readable_by_all`` that other users of the machine can read the file.
    """

    where: str
    trouble: str | None = None
    remedy: str = USE_ANOTHER
    exists: bool = True
    is_current: bool = False
    has_admin: bool = False
    owner: Owner | None = None
    readable_by_all: bool = False


async def diagnose(url: str) -> Diagnosis:
    """Return how the database at *url* is doing; it is not changed."""
    try:
        database = Database(url)
    except (ArgumentError, SQLAlchemyError, ImportError, ValueError):
        return Diagnosis("DATABASE_URL", "DATABASE_URL cannot be read as a database's URL.")
    where = database.url.render_as_string(hide_password=True)
    try:
        return await _look(database, where)
    except StorageUnavailableError as error:
        if is_damage(error):
            return Diagnosis(where, _damaged(database.url), BRING_BACK)
        return Diagnosis(where, _unavailable(database.url, str(error)))
    except (SQLAlchemyError, sqlite3.Error, ValueError, ArithmeticError, TypeError) as error:
        # What is stored cannot be read: a damaged page can hold anything.
        if database.is_sqlite:
            return Diagnosis(where, _damaged(database.url), BRING_BACK)
        return Diagnosis(where, f"The database refuses to work ({type(error).__name__}).")
    finally:
        await database.close()


async def _look(database: Database, where: str) -> Diagnosis:
    if database.is_sqlite:
        trouble = _file_trouble(database.url)
        if trouble is not None:
            return Diagnosis(where, trouble)
        if not _exists(database.url):
            return Diagnosis(where, exists=False)
        if _is_emptied(database.url):
            return Diagnosis(where, _emptied(database.url), BRING_BACK)
    present, newest = await migrate.revisions(database)
    if present != newest:
        return await _other_schema(database, where, present, newest)
    return await _current(database, where)


async def _other_schema(
    database: Database, where: str, present: str | None, newest: str | None
) -> Diagnosis:
    if present is not None and present not in migrate.known():
        return Diagnosis(
            where,
            f"The schema of {where} ({present}) is newer than this version of Etalon "
            f"knows ({newest}).",
            "Install the version that wrote it, or a newer one.",
        )
    if present is None and not await migrate.is_blank(database):
        text = f"{where} holds tables, but nothing says which schema they are of."
        return Diagnosis(where, text, BRING_BACK)
    return Diagnosis(where, readable_by_all=_is_open_to_all(database))


async def _current(database: Database, where: str) -> Diagnosis:
    async with database.reading() as tx:
        count = (await tx.execute(_ADMINS)).scalar_one()
        owner = await identity.owner(tx)
    return Diagnosis(
        where,
        is_current=True,
        has_admin=count > 0,
        owner=owner,
        readable_by_all=_is_open_to_all(database),
    )


_ADMINS = (
    select(func.count())
    .select_from(PersonRow)
    .join(PersonRoleRow)
    .where(PersonRoleRow.role == Role.ADMIN, PersonRow.active.is_(True))
)


def _exists(url: URL) -> bool:
    return bool(url.database) and Path(url.database or "").exists()


def _is_emptied(url: URL) -> bool:
    """Return whether somebody has left nothing of the file: Etalon never makes an empty one."""
    file = Path(url.database or "")
    return file.stat().st_size == 0 and not file.with_name(f"{file.name}-wal").exists()


def _is_open_to_all(database: Database) -> bool:
    file = Path(database.url.database or "")
    return database.is_sqlite and bool(file.stat().st_mode & OTHERS_BITS)


def close_to_others(url: str) -> None:
    """Let nobody but the file's owner read it, nor the two files beside it."""
    file = Path(make_url(url).database or "")
    for ending in ("", "-wal", "-shm"):
        with contextlib.suppress(OSError):  # it belongs to somebody else, or is not there
            file.with_name(file.name + ending).chmod(ONLY_OWNER)


def _file_trouble(url: URL) -> str | None:
    """Return why the file could not be written, or ``None``."""
    file = Path(url.database or "")
    folder = next((one for one in file.absolute().parents if one.exists()), Path("/"))
    if file.is_dir():
        return f"{file} is a folder; DATABASE_URL must name a file."
    if not folder.is_dir():
        return f"{folder} is no folder, so {file} cannot be made in it."
    if not os.access(file if file.exists() else folder, os.W_OK):
        return f"{file if file.exists() else folder} may not be written by this user."
    return None


def _damaged(url: URL) -> str:
    return f"{url.database} is damaged: it cannot be read as the database that it was."


def _emptied(url: URL) -> str:
    return (
        f"{url.database} is empty: what was in it is gone. "
        "Remove the empty file only to begin anew."
    )


def _unavailable(url: URL, cause: str) -> str:
    if url.get_backend_name() == "sqlite":
        if not probing.has_room(Path(url.database or "").absolute().parent):
            return probing.FULL
        return f"{url.database} cannot be opened as a SQLite database ({cause})."
    return (
        f"No PostgreSQL answers at {url.host or 'localhost'}:{url.port or 5432}, or it does not "
        f"let {url.username or 'this user'} into {url.database!r} ({cause})."
    )

"""What is wrong with a database, in words for whoever runs the program."""

import os
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, func, select
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from scoring.roles import Role
from storage import migrate
from storage.database import Database
from storage.tables import PersonRoleRow, PersonRow
from storage.trouble import StorageUnavailableError


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """``trouble`` is ``None`` when the database can be used; ``where`` holds no password."""

    where: str
    trouble: str | None = None
    is_current: bool = False
    has_admin: bool = False


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
        return Diagnosis(where, _unavailable(database.url, str(error)))
    except SQLAlchemyError as error:
        return Diagnosis(where, f"The database refuses to work ({type(error).__name__}).")
    finally:
        await database.close()


async def _look(database: Database, where: str) -> Diagnosis:
    if database.is_sqlite:
        trouble = _file_trouble(database.url)
        if trouble is not None:
            return Diagnosis(where, trouble)
        if not _exists(database.url):
            return Diagnosis(where)
    async with database.reading():
        present, newest = await migrate.revisions(database)
    if present != newest:
        return Diagnosis(where)
    admins = (
        select(func.count())
        .select_from(PersonRow)
        .join(PersonRoleRow)
        .where(PersonRoleRow.role == Role.ADMIN, PersonRow.active.is_(True))
    )
    async with database.reading() as tx:
        count = (await tx.execute(admins)).scalar_one()
    return Diagnosis(where, is_current=True, has_admin=count > 0)


def _exists(url: URL) -> bool:
    return bool(url.database) and Path(url.database or "").exists()


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


def _unavailable(url: URL, cause: str) -> str:
    if url.get_backend_name() == "sqlite":
        return f"{url.database} cannot be opened as a SQLite database ({cause})."
    return (
        f"No PostgreSQL answers at {url.host or 'localhost'}:{url.port or 5432}, or it does not "
        f"let {url.username or 'this user'} into {url.database!r} ({cause})."
    )

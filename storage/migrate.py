"""Bringing the schema up to date, and telling how far it is."""

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from storage.database import Database
from storage.tables import Base

FOLDER = Path(__file__).parent / "migrations"


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    return config


async def upgrade(database: Database) -> None:
    """Bring the schema to the newest revision, creating the file's folder where it is missing.

    On SQLite foreign keys are off meanwhile: a batch change rebuilds its table, and dropping the
    old one would take its children along.
    """
    if database.is_sqlite and database.url.database:
        Path(database.url.database).parent.mkdir(parents=True, exist_ok=True)
    async with database.engine.connect() as connection:
        if database.is_sqlite:
            await connection.execute(text("PRAGMA foreign_keys=OFF"))
            await connection.rollback()
        await connection.run_sync(_upgrade)
        await connection.commit()
        if database.is_sqlite:
            await connection.execute(text("PRAGMA foreign_keys=ON"))
            await connection.rollback()


def _upgrade(connection: Connection) -> None:
    command.upgrade(_config(connection), "head")


async def revisions(database: Database) -> tuple[str | None, str | None]:
    """Return the schema's revision and the newest one that this program knows."""
    async with database.engine.connect() as connection:
        return await connection.run_sync(_present), newest()


def newest() -> str | None:
    """Return the newest revision in the folder of migrations."""
    return ScriptDirectory.from_config(_config()).get_current_head()


async def differences(database: Database) -> list[object]:
    """Return what the tables in the code have and the database lacks, or the other way round."""
    async with database.engine.connect() as connection:
        return await connection.run_sync(_differences)


def _present(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _differences(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection), Base.metadata))

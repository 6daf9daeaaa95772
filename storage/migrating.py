"""The migration library at work: heavy to load, so ``storage.migrate`` loads it when it must."""

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from storage.migrate import FOLDER
from storage.tables import Base


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    return config


def upgrade(connection: Connection, to: str) -> None:
    """Bring the schema up to revision *to*, in the connection's transaction."""
    command.upgrade(_config(connection), to)


def newest() -> str | None:
    """Return the newest revision in the folder of migrations."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def differences(connection: Connection) -> list[object]:
    """Return what the tables in the code have and the database lacks, or the other way round."""
    return list(compare_metadata(MigrationContext.configure(connection), Base.metadata))

"""Writing a migration: what the tables in the code have and the last revision lacks.

``python -m storage.revise "what changes"`` writes a dated file for a person to review.
"""

import asyncio
import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from storage import migrate
from storage.database import Database

DATED = "%%(year)d_%%(month).2d_%%(day).2d_%%(slug)s"


async def write_revision(message: str) -> None:
    """Write the next migration into the folder of migrations."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite+aiosqlite:///{Path(folder) / 'empty.db'}")
        try:
            await migrate.upgrade(database)
            async with database.engine.connect() as connection:
                await connection.run_sync(_write, message)
        finally:
            await database.close()


def _write(connection: Connection, message: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(migrate.FOLDER))
    config.set_main_option("file_template", DATED)
    config.attributes["connection"] = connection
    revision = f"{int(migrate.newest() or 0) + 1:04}"
    command.revision(config, message=message, autogenerate=True, rev_id=revision)


if __name__ == "__main__":
    asyncio.run(write_revision(" ".join(sys.argv[1:])))

"""Whether the database can be written just now: a write is tried, not only a question asked."""

import asyncio
import datetime as dt
import os
import tempfile
from pathlib import Path

from storage import file_watch, settings
from storage.database import Database
from storage.trouble import StorageUnavailableError

PROBE = "probe"
ROOM = b"\0" * 2**18
"""What has to find room beside SQLite's file: its log grows by such pieces."""

WORDS = {
    file_watch.GONE: "the database's file was removed while Etalon runs; nothing is saved",
    file_watch.REPLACED: "the database's file was replaced while Etalon runs; nothing is saved",
}
FULL = "the disk is full: the database cannot be written"
AWAY = "the database does not answer or cannot be written"


async def trouble(database: Database, now: dt.datetime) -> str | None:
    """Return in plain words why nothing can be saved just now; ``None`` where a write worked."""
    try:
        async with database.writing() as tx:
            await settings.put_text(tx, PROBE, now.isoformat(timespec="seconds"), now)
    except StorageUnavailableError as error:
        return WORDS.get(str(error)) or await _of_the_disk(database) or AWAY
    return await _of_the_disk(database)


async def _of_the_disk(database: Database) -> str | None:
    file = database.file.file
    if file is None:
        return None
    return None if await asyncio.to_thread(has_room, file.parent) else FULL


def has_room(folder: Path) -> bool:
    """Return whether a small file finds room in *folder*; it is gone again at once."""
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(ROOM)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        return False
    return True

"""Whether SQLite's file is still the one that was opened: another may have taken its place.

What is written into a file that was removed or replaced goes with the process that has it open.
"""

import os
from pathlib import Path

from sqlalchemy import URL

from storage.trouble import StorageUnavailableError

GONE, REPLACED = "removed", "replaced"


class FileWatch:
    """Knows the file by its number on the disk from the moment it was opened."""

    def __init__(self, url: URL) -> None:
        name = url.database or ""
        watched = url.get_backend_name() == "sqlite" and name not in {"", ":memory:"}
        self.file = Path(name) if watched and not name.startswith("file:") else None
        self._path = os.fspath(self.file) if self.file is not None else ""
        self._opened: tuple[int, int] | None = None

    def look(self) -> str | None:
        """Return what became of the file, ``GONE`` or ``REPLACED``; ``None`` while it is there."""
        if self.file is None:
            return None
        try:
            state = os.stat(self._path)  # noqa: PTH116  asked for at every write
        except FileNotFoundError:
            return GONE if self._opened is not None else None
        except OSError:
            return None  # the disk says nothing about the file itself
        number = (state.st_dev, state.st_ino)
        if self._opened is None:
            self._opened = number
        return None if number == self._opened else REPLACED

    def expect(self) -> None:
        """Raise ``StorageUnavailableError`` where the file is not the one that was opened."""
        found = self.look()
        if found is not None:
            raise StorageUnavailableError(found)

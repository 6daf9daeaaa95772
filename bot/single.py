"""One process a folder: two sandboxes in one would write over each other's chats."""

import contextlib
import fcntl
from collections.abc import Iterator
from pathlib import Path

LOCK = "lock"


@contextlib.contextmanager
def alone_in(folder: Path) -> Iterator[bool]:
    """Hold the folder while the block runs; gives False where another process holds it.

    The system lets go of it when the process ends, however it ends.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True

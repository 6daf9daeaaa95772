"""What a story's database holds: whether it changed, and putting it back as it was."""

import hashlib
import sqlite3
from collections.abc import Collection, Iterator

NOISE = frozenset({"outbox", "audit_entries", "pictures"})
"""Tables that change beside what somebody asked for: news on its way, and the log of refusals."""


class Kept:
    """A second pair of eyes on a SQLite database, and a copy of it as it was."""

    def __init__(self, file: str) -> None:
        self._eyes = sqlite3.connect(file, timeout=10.0, isolation_level=None)
        self._copy = sqlite3.connect(":memory:")
        self.keep()

    def close(self) -> None:
        """Look no more."""
        self._eyes.close()
        self._copy.close()

    def keep(self) -> None:
        """Take note of how everything is now."""
        self._eyes.backup(self._copy)
        self._before = self.digest()
        self._version = self._changes()

    def changed(self, *, but: Collection[str] = NOISE) -> bool:
        """Return whether a row is another one than when it was kept, outside the tables *but*."""
        # Another connection's commit moves this number: mostly there is none, and no need to look.
        if self._changes() == self._version:
            return False
        kept = (name for name in self._tables() if name not in but)
        return any(self._hash(name) != self._before.get(name) for name in kept)

    def put_back(self) -> None:
        """Make everything as it was when it was kept."""
        if self._changes() != self._version:
            self._copy.backup(self._eyes)
            self._version = self._changes()

    def digest(self) -> dict[str, str]:
        """Return a hash of the content of each table."""
        return {name: self._hash(name) for name in self._tables()}

    def one(self, query: str) -> int:
        """Return the number that *query* finds."""
        return int(self._eyes.execute(query).fetchone()[0])

    def _tables(self) -> Iterator[str]:
        found = self._eyes.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        yield from sorted(name for (name,) in found.fetchall())

    def _hash(self, table: str) -> str:
        rows = self._eyes.execute(f'SELECT * FROM "{table}"')  # noqa: S608  a name it gave itself
        return hashlib.sha256("\n".join(sorted(map(repr, rows))).encode()).hexdigest()

    def _changes(self) -> int:
        return int(self._eyes.execute("PRAGMA data_version").fetchone()[0])

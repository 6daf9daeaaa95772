"""Databases for benches, of the kind that ``BENCH_DATABASE`` names: sqlite or postgresql."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import postgres
from tests.bench.centre import file_of

KIND = os.environ.get("BENCH_DATABASE", "sqlite")

Make = Callable[[str], str]
"""Makes an empty database of that name and returns its address."""


@contextmanager
def databases() -> Iterator[Make]:
    """Yield what makes databases; they are gone afterwards.

    Raises ``ValueError`` where they would be of no known kind.
    """
    if KIND not in {"sqlite", "postgresql"}:
        raise ValueError(f"BENCH_DATABASE is sqlite or postgresql, not {KIND}")
    with tempfile.TemporaryDirectory() as folder:
        if KIND == "sqlite":
            yield lambda name: _file(Path(folder) / name)
            return
        server = postgres.start_server(Path(folder) / "server")
        try:
            yield lambda name: postgres.create(server, name)
        finally:
            server.cleanup()


def _file(folder: Path) -> str:
    folder.mkdir()
    return file_of(folder)

"""How long each broken file takes, and how much memory: python -m tests.files.measure FOLDER.

Reads the files of a folder in a process of its own, as the bot does, and prints a line for each.
"""

import asyncio
import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from handlers.refusals import Sorry
from handlers.tables import imports, tables
from handlers.tables.limits import LARGE
from handlers.tables.tables import Columns
from scoring.scorecard_file import read_scorecard
from scoring.scorecard_problems import ScorecardError

MEGABYTE = 1024
"""Of kilobytes, in which the system counts."""

TAKEN = "taken"


def columns(names: Sequence[str]) -> Columns:
    """Return the columns of the kind of table that shares most of those."""
    return max(imports.KINDS, key=lambda one: len(set(one.columns.all) & set(names))).columns


def header(names: Sequence[str]) -> None:
    """Look at the columns as the chat does, for somebody who may send everything."""
    tables.expect_columns(names, columns(names))


def read(file: Path) -> str:
    """Read the file and return what was wrong with it."""
    try:
        if file.suffix == ".yaml":
            read_scorecard(file.read_text())
        else:
            table = asyncio.run(tables.read(file.name, file.read_bytes(), LARGE, header=header))
            tables.expect(table, columns(table.columns))
    except (Sorry, ScorecardError, UnicodeDecodeError) as error:
        return type(error).__name__
    return TAKEN


def main(folder: Path) -> None:
    """Print seconds, megabytes of growth so far and outcome of each file."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for file in sorted(folder.iterdir()):
        start = time.monotonic()
        outcome = read(file)
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // MEGABYTE
        print(f"{time.monotonic() - start:6.2f} s {grown:5} MB  {file.name}  {outcome}")  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""What came of an import, whatever it was about, and the rows that go back to the sender."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from handlers.refusals import Sorry, wording
from handlers.tables import tables
from handlers.tables.tables import REASON, Row, Table
from handlers.views.screen import File
from handlers.words import Words


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that was not stored and why, in the sender's language."""

    row: Row
    reason: str


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """How many rows added, changed or repeated something; ``files`` are the answer's documents.

    ``touched`` are the ids of people whose roles became others.
    """

    added: int = 0
    changed: int = 0
    same: int = 0
    rejected: tuple[RejectedRow, ...] = ()
    files: tuple[File, ...] = ()
    touched: tuple[int, ...] = ()


T = TypeVar("T")


def understood(
    rows: Iterable[Row], read: Callable[[Row], T], t: Words
) -> tuple[list[T], list[RejectedRow]]:
    """Return what *read* makes of the rows, and those for which it raised a ``Sorry``."""
    taken: list[T] = []
    rejected: list[RejectedRow] = []
    for row in rows:
        try:
            taken.append(read(row))
        except Sorry as sorry:
            rejected.append(RejectedRow(row, wording(t, sorry)))
    return taken, rejected


async def returned(table: Table, rejected: Sequence[RejectedRow]) -> File | None:
    """Return the rejected rows in the format in which they came, the reason in a last column."""
    if not rejected:
        return None
    columns = [name for name in table.columns if name != REASON]
    rows = (
        [*(one.row[name] for name in columns), one.reason]
        for one in sorted(rejected, key=lambda one: one.row.number)
    )
    content = await tables.write(table, [*columns, REASON], rows)
    return File(f"rejected.{table.suffix}", content)

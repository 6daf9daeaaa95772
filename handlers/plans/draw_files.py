"""A draw's whole population as a file, by which anybody can replay the draw."""

import asyncio

from handlers.tables import csv_files
from handlers.tables.csv_files import FOR_EXCEL
from handlers.tables.tables import safe_cell
from storage import populations
from storage.database import Transaction
from storage.draws import Draw
from storage.populations import Line

COLUMNS = ("contact", "agent", "stratum", "excluded", "chosen", "name", "reference")
"""The first four are what the population's hash covers; the last two are for people."""


async def csv(tx: Transaction, draw: Draw) -> bytes:
    """Return the population as CSV, a row a contact; *chosen* is 1 or 0."""
    found = await populations.lines(tx, draw.id)
    return await asyncio.to_thread(_written, found)


def _written(found: list[Line]) -> bytes:
    return csv_files.content([COLUMNS, *(_row(one) for one in found)], FOR_EXCEL)


def _row(one: Line) -> list[str]:
    member = one.member
    return [
        str(member.contact),
        str(member.agent),
        member.stratum,
        member.excluded.value if member.excluded is not None else "",
        str(int(one.chosen)),
        safe_cell(one.agent),
        safe_cell(one.reference or ""),
    ]

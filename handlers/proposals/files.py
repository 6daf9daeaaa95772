"""The register of proposals as a file."""

from handlers.proposals.proposal_data import ProposalFile
from handlers.reports import books as report_books
from handlers.reports.export_rows import local
from handlers.tables import csv_files
from handlers.tables.csv_files import FOR_EXCEL
from handlers.tables.tables import safe_cell
from handlers.views import proposals as views
from handlers.views.sheets import Cell, Sheet
from handlers.words import Words
from storage.people import Person

COLUMNS = (
    ("number", 8),
    ("created_at", 17),
    ("kind", 12),
    ("text", 60),
    ("author", 24),
    ("evidence", 40),
    ("owner", 24),
    ("status", 10),
    ("decision", 48),
    ("decided_by", 24),
    ("decided_at", 17),
    ("outcome", 48),
    ("outcome_at", 17),
)
"""The columns of the register and their widths in a workbook."""


def csv(t: Words, files: list[ProposalFile]) -> bytes:
    """Return the register as CSV, moments with their offset."""
    header = [name for name, _ in COLUMNS]
    rows = ([_text(cell) for cell in _cells(t, one, zoned=True)] for one in files)
    return csv_files.content([header, *rows], FOR_EXCEL)


async def xlsx(t: Words, files: list[ProposalFile]) -> bytes:
    """Return the register as a workbook."""
    sheet = Sheet("proposals", COLUMNS, [_cells(t, one, zoned=False) for one in files])
    return await report_books.workbook_of([sheet])


def _cells(t: Words, file: ProposalFile, *, zoned: bool) -> list[Cell]:
    proposal = file.proposal
    moments: list[Cell] = []
    for moment in (proposal.created_at, proposal.decided_at, proposal.outcome_at):
        if moment is None:
            moments.append(None)
        else:
            here = moment.astimezone(file.zone)
            moments.append(here.isoformat(timespec="seconds") if zoned else local(here))
    return [
        proposal.id,
        moments[0],
        proposal.kind.value,
        proposal.text,
        _name(file.author),
        views.evidence_words(t, file),
        _name(file.owner),
        proposal.status.value,
        proposal.decision or "",
        _name(file.decider),
        moments[1],
        proposal.outcome or "",
        moments[2],
    ]


def _name(person: Person | None) -> str:
    return person.name if person is not None else ""


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    return safe_cell(cell) if isinstance(cell, str) else str(cell)

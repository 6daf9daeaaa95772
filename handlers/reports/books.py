"""A report as a file to send: a workbook, or a paper to read and print; made in a helper."""

import re
from collections.abc import Sequence

from handlers.reports.export_rows import PDF, XLSX
from handlers.reports.file_data import FileData, person_data, team_data
from handlers.reports.report_data import PersonReport, TeamReport
from handlers.turn import Services
from handlers.views import line_keepers, training
from handlers.views.kpi_sheets import kpi_sheets
from handlers.views.report_paper import report_paper
from handlers.views.report_sheets import report_sheets
from handlers.views.screen import File
from handlers.views.sheets import Sheet
from handlers.words import Words
from handlers.workshop import making
from handlers.workshop.aside import aside
from handlers.workshop.process import FILES
from scoring.periods import Period, token

NOT_IN_NAMES = re.compile(r"[^\w.-]+")
NAME = 60


async def team_book(services: Services, t: Words, seen: TeamReport) -> File:
    """Return a team's report as a workbook, with what it should train and what to look at."""
    return await aside(services, t, _team_book, seen)


async def person_book(services: Services, t: Words, seen: PersonReport) -> File:
    """Return one person's report as a workbook."""
    return await aside(services, t, _person_book, seen)


async def team_paper(services: Services, t: Words, seen: TeamReport) -> File:
    """Return a team's report as a PDF."""
    return await aside(services, t, _team_paper, seen)


async def person_paper(services: Services, t: Words, seen: PersonReport) -> File:
    """Return one person's report as a PDF."""
    return await aside(services, t, _person_paper, seen)


def file_name(whose: str, period: Period, ending: str) -> str:
    """Return a file's name such as ``Support-2026-10.xlsx``."""
    dates = token(period) if token(period)[0].isdigit() else f"{period.first}..{period.last}"
    stem = NOT_IN_NAMES.sub("-", whose).strip("-.")[:NAME]
    return f"{stem or 'etalon'}-{dates.replace('..', '_')}{ending}"


async def workbook_of(sheets: Sequence[Sheet]) -> bytes:
    """Return the sheets as an .xlsx file."""
    return await FILES.do(making.workbook, sheets)


async def _team_book(services: Services, t: Words, seen: TeamReport) -> File:
    return _book(t, await team_data(services, t, seen))


async def _person_book(services: Services, t: Words, seen: PersonReport) -> File:
    return _book(t, await person_data(services, t, seen))


async def _team_paper(services: Services, t: Words, seen: TeamReport) -> File:
    return _paper(t, await team_data(services, t, seen, errors=True))


async def _person_paper(services: Services, t: Words, seen: PersonReport) -> File:
    return _paper(t, await person_data(services, t, seen, errors=True))


def _book(t: Words, data: FileData) -> File:
    content = making.workbook(_sheets(t, data))
    return File(file_name(data.whose, data.period, XLSX), content)


def _paper(t: Words, data: FileData) -> File:
    # It brings a large library along, which only helpers load.
    from handlers.views import pdf  # noqa: PLC0415

    content = pdf.pdf(report_paper(t, data))
    return File(file_name(data.whose, data.period, PDF), content)


def _sheets(t: Words, data: FileData) -> list[Sheet]:
    sheets = report_sheets(t, data)
    sheets += kpi_sheets(t, data.kpi)
    if data.team is not None:
        sheets.append(training.sheet(t, data.team.seen, data.team.needs))
        sheets.append(line_keepers.sheet(t, data.team.look))
    return sheets

"""A report as a file to send: a workbook, or a paper to read and print."""

import asyncio
import re
from collections.abc import Sequence

from handlers.reports.export_rows import PDF, XLSX
from handlers.reports.file_data import FileData, person_data, team_data
from handlers.reports.painting import printed
from handlers.reports.report_data import PersonReport, TeamReport
from handlers.turn import Services
from handlers.views import line_keepers, training
from handlers.views.kpi_sheets import kpi_sheets
from handlers.views.report_paper import report_paper
from handlers.views.report_sheets import report_sheets
from handlers.views.screen import File
from handlers.views.sheets import Sheet
from handlers.words import Words
from scoring.periods import Period, token

NOT_IN_NAMES = re.compile(r"[^\w.-]+")
NAME = 60


async def team_book(services: Services, t: Words, seen: TeamReport) -> File:
    """Return a team's report as a workbook, with what it should train and what to look at."""
    return await _book(t, await team_data(services, t, seen))


async def person_book(services: Services, t: Words, seen: PersonReport) -> File:
    """Return one person's report as a workbook."""
    return await _book(t, await person_data(services, t, seen))


async def team_paper(services: Services, t: Words, seen: TeamReport) -> File:
    """Return a team's report as a PDF."""
    return await _paper(t, await team_data(services, t, seen))


async def person_paper(services: Services, t: Words, seen: PersonReport) -> File:
    """Return one person's report as a PDF."""
    return await _paper(t, await person_data(services, t, seen))


def file_name(whose: str, period: Period, ending: str) -> str:
    """Return a file's name such as ``Support-2026-10.xlsx``."""
    dates = token(period) if token(period)[0].isdigit() else f"{period.first}..{period.last}"
    stem = NOT_IN_NAMES.sub("-", whose).strip("-.")[:NAME]
    return f"{stem or 'etalon'}-{dates.replace('..', '_')}{ending}"


async def _book(t: Words, data: FileData) -> File:
    sheets = _sheets(t, data)
    content = await asyncio.to_thread(workbook_of, sheets)
    return File(file_name(data.whose, data.period, XLSX), content)


async def _paper(t: Words, data: FileData) -> File:
    content = await printed(report_paper(t, data))
    return File(file_name(data.whose, data.period, PDF), content)


def _sheets(t: Words, data: FileData) -> list[Sheet]:
    sheets = report_sheets(t, data)
    sheets += kpi_sheets(t, data.kpi)
    if data.team is not None:
        sheets.append(training.sheet(t, data.team.seen, data.team.needs))
        sheets.append(line_keepers.sheet(t, data.team.look))
    return sheets


def workbook_of(sheets: Sequence[Sheet]) -> bytes:
    """Return the sheets as an .xlsx file."""
    # The library behind it takes a while to load; most processes never write a workbook.
    from handlers.views import workbook  # noqa: PLC0415

    return workbook.workbook(sheets)

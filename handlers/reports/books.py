"""A report as a workbook to send."""

import asyncio
import re
from collections.abc import Mapping, Sequence

from handlers.reports.export_rows import XLSX, answer_lines
from handlers.reports.report_data import PersonReport, TeamReport, zone_of
from handlers.reports.training import training_of
from handlers.turn import Services
from handlers.views import training as training_views
from handlers.views.report_sheets import report_sheets
from handlers.views.screen import File
from handlers.views.sheets import Sheet
from handlers.words import Words
from scoring.periods import Period, token
from scoring.report import Report
from storage.reports import Scope
from storage.teams import Team

NOT_IN_NAMES = re.compile(r"[^\w.-]+")
NAME = 60


async def team_book(services: Services, t: Words, seen: TeamReport) -> File:
    """Return a team's report as a workbook, with what it should train."""
    scope, team = Scope(team=seen.team.id), seen.team
    async with services.db.reading() as tx:
        more = [training_views.sheet(t, seen, await training_of(tx, services, seen))]
    return await _book(
        services, t, scope, team, team.name, seen.period, seen.report, seen.names, more
    )


async def person_book(services: Services, t: Words, seen: PersonReport) -> File:
    """Return one person's report as a workbook."""
    scope, name = Scope(agent=seen.person.id), seen.person.name
    names = {seen.person.id: name}
    return await _book(services, t, scope, seen.team, name, seen.period, seen.report, names)


def file_name(whose: str, period: Period, ending: str) -> str:
    """Return a file's name such as ``Support-2026-10.xlsx``."""
    dates = token(period) if token(period)[0].isdigit() else f"{period.first}..{period.last}"
    stem = NOT_IN_NAMES.sub("-", whose).strip("-.")[:NAME]
    return f"{stem or 'etalon'}-{dates.replace('..', '_')}{ending}"


async def _book(
    services: Services,
    t: Words,
    scope: Scope,
    team: Team | None,
    whose: str,
    period: Period,
    report: Report,
    names: Mapping[int, str],
    more: Sequence[Sheet] = (),
) -> File:
    window = period.bounds(zone_of(services, team))
    answers = await answer_lines(services, [(scope, window)], t)
    sheets = [*report_sheets(t, whose, period, report, names, answers), *more]
    return File(file_name(whose, period, XLSX), await asyncio.to_thread(workbook_of, sheets))


def workbook_of(sheets: Sequence[Sheet]) -> bytes:
    """Return the sheets as an .xlsx file."""
    # The library behind it takes a while to load; most processes never write a workbook.
    from handlers.views import workbook  # noqa: PLC0415

    return workbook.workbook(sheets)

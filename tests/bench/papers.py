"""Making a team's paper and a quarter's export: ``python -m tests.bench.papers``.

``BENCH_PAPER_EVALUATIONS`` is how many the quarter holds (3,000), twelve answers each. Seconds are
those of the processor, of the second time: the first one loads the libraries.
"""

import asyncio
import os
import sqlite3
import time
from collections.abc import Awaitable, Callable
from tempfile import TemporaryDirectory

from bot.running import prepare
from handlers.reports import books
from handlers.reports.export_rows import answer_lines, rows_file, rows_sheet
from handlers.reports.report_data import TeamReport, team_report
from handlers.turn import Services
from handlers.words import Words, words
from handlers.workshop import making
from scoring.periods import parse_period
from storage import teams
from storage.reports import Scope
from tests.bench.filling import fill_file
from tests.bench.history import TEAM
from tests.bench.saying import say
from tests.bench.team import NOW, _file, _services

EVALUATIONS = int(os.environ.get("BENCH_PAPER_EVALUATIONS", "3000"))
MOVED = "UPDATE evaluations SET counts = 1, submitted_at = datetime(?, (id * 28) || ' minutes')"
BEGINNING = "2026-10-01 08:00:00"


async def main() -> None:
    """Fill a quarter, make every file twice, and print the second times."""
    with TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{folder}/papers.db"
        services = _services(url)
        await prepare(services)
        await services.db.close()
        await asyncio.to_thread(_fill, url)
        services = _services(url)
        seen, t = await _seen(services), words("ru")
        say(f"\nFiles of a quarter, {seen.report.count} evaluations, processor seconds")
        for name, make in _files(services, t, seen).items():
            await make()
            begun = time.process_time()
            size = len(await make())
            say(f"  {name:28}{time.process_time() - begun:6.2f} s {size / 1000:8.0f} kB")
        await services.db.close()


def _fill(url: str) -> None:
    fill_file(_file(url), EVALUATIONS)
    with sqlite3.connect(_file(url)) as file:
        file.execute(MOVED, (BEGINNING,))


async def _seen(services: Services) -> TeamReport:
    async with services.db.reading() as tx:
        team = await teams.by_id(tx, TEAM)
        if team is None:
            raise RuntimeError("the bench's team is not there")
        return await team_report(tx, services, team, parse_period("quarter", NOW.date()))


def _files(
    services: Services, t: Words, seen: TeamReport
) -> dict[str, Callable[[], Awaitable[bytes]]]:
    slices = [(Scope(team=TEAM), None)]

    async def paper() -> bytes:
        return (await books._team_paper(services, t, seen)).content

    async def book() -> bytes:
        return (await books._team_book(services, t, seen)).content

    async def openpyxl() -> bytes:
        lines = await answer_lines(services, slices, t)
        return making.workbook([rows_sheet("evaluations", lines)])

    return {
        "PDF of the team": paper,
        "workbook of the team": book,
        "export, CSV": lambda: rows_file(services, t, slices, ".csv"),
        "export, XLSX": lambda: rows_file(services, t, slices, ".xlsx"),
        "export, XLSX by openpyxl": openpyxl,
    }


if __name__ == "__main__":
    asyncio.run(main())

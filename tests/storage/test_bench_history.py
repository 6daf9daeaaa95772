"""The years that the benches of reports look through hold what a report reads."""

import asyncio
import datetime as dt
from pathlib import Path

from bot.running import prepare
from handlers.turn import Services
from storage import identity, reports
from storage.database import Database
from storage.reports import Scope
from storage.scorecards import Shelf
from tests.bench.centre import file_of, fill
from tests.bench.filling import fill_file
from tests.bench.history import DAYS_SO_FAR, IN_MONTH, MONTH, TEAM


async def test_the_benches_reports_were_empty(tmp_path: Path) -> None:
    url = file_of(tmp_path)
    services = Services(Database(url), Shelf(), lambda: MONTH, frozenset(), "UTC", "en")
    await prepare(services)
    await services.db.close()
    await asyncio.to_thread(fill_file, tmp_path / "bench.db", IN_MONTH + 100)
    database = Database(url)
    window = MONTH, MONTH + dt.timedelta(days=DAYS_SO_FAR)
    async with database.reading() as tx:
        found = await reports.facts(tx, Scope(team=TEAM), window)
    await database.close()
    assert len(found) == IN_MONTH


async def test_a_benchs_database_was_taken_for_a_sandboxs(tmp_path: Path) -> None:
    url = file_of(tmp_path)
    await fill(url, 2)
    database = Database(url)
    async with database.reading() as tx:
        assert await identity.owner(tx) is identity.Owner.TELEGRAM
    await database.close()

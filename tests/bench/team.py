"""``/team`` for a month, alone in the database and among a million: ``python -m tests.bench.team``.

``BENCH_EVALUATIONS`` is how many the large database holds (1,000,000), twelve answers each;
``BENCH_DATABASE`` is sqlite or postgresql.
"""

import asyncio
import datetime as dt
import os
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median

from bot.running import prepare
from handlers.kpi.kpi_data import team_sheet
from handlers.reports.report_data import team_report
from handlers.turn import Services
from handlers.views import reports as views
from handlers.words import words
from scoring.periods import parse_period
from storage import teams
from storage.database import Database
from storage.scorecards import Shelf
from tests.bench.bare_reports import BareFile, BareServer
from tests.bench.databases import KIND, databases
from tests.bench.filling import fill_file, fill_server
from tests.bench.history import AGENTS, IN_MONTH, TEAM
from tests.bench.saying import say

LARGE = int(os.environ.get("BENCH_EVALUATIONS", "1000000"))
ROUNDS, FIRST_ROUNDS = 60, 5
NOW = dt.datetime(2026, 11, 29, 12, tzinfo=dt.UTC)

Bare = BareFile | BareServer


async def main() -> None:
    """Fill both databases, measure them in turns, and print medians and their ratios."""
    with databases() as make:
        small, large = [await asyncio.to_thread(make, name) for name in ("small", "large")]
        await _fill(small, IN_MONTH)
        took = await _fill(large, LARGE)
        say(f"\n/team, {AGENTS} agents, {IN_MONTH} in the month, {KIND}; filled in {took:.0f} s")
        await _compare(_Asked(small), _Asked(large), await _bare(large))


async def _fill(url: str, evaluations: int) -> float:
    """Fill a new database and return the seconds that its rows took."""
    services = _services(url)
    await prepare(services)
    await services.db.close()
    begun = time.perf_counter()
    if services.db.is_sqlite:
        await asyncio.to_thread(fill_file, _file(url), evaluations)
    else:
        await fill_server(_uri(url), evaluations)
    return time.perf_counter() - begun


async def _bare(url: str) -> Bare:
    """Return what reads the rows alone; of a file, with as much memory as Etalon gives to it."""
    services = _services(url)
    if not services.db.is_sqlite:
        return await BareServer.connected(_uri(url))
    async with services.db.reading() as tx:
        pages = (await tx.exec_driver_sql("PRAGMA cache_size")).scalar_one()
    await services.db.close()
    return BareFile(_file(url), pages)


async def _compare(alone: "_Asked", among: "_Asked", bare: Bare) -> None:
    """Make the text alone, among all, and read the bare rows, in turns; print the medians."""
    measured = alone.text, among.text, bare.read
    took = [await _timed(*measured) for _ in range(ROUNDS + FIRST_ROUNDS)]
    for one in (alone, among, bare):
        await one.close()
    ours_alone, ours_among, bares = (median(one) for one in zip(*took[FIRST_ROUNDS:], strict=True))
    say(f"  alone {ours_alone * 1000:.1f} ms, among {LARGE:,} {ours_among * 1000:.1f} ms")
    say(f"  bare SQL of the same rows, among {LARGE:,}: {bares * 1000:.1f} ms")
    say(
        f"  among all ÷ alone {ours_among / ours_alone:.2f}, Etalon ÷ bare {ours_among / bares:.2f}"
    )


async def _timed(*measured: Callable[[], Awaitable[object]]) -> list[float]:
    """Return the seconds that each took."""
    took = []
    for one in measured:
        begun = time.perf_counter()
        await one()
        took.append(time.perf_counter() - begun)
    return took


class _Asked:
    """A database that is asked for the team's text."""

    def __init__(self, url: str) -> None:
        self._services = _services(url)

    async def text(self) -> None:
        """Make the text of ``/team`` with all that is read for it."""
        services, period = self._services, parse_period("month", NOW.date())
        async with services.db.reading() as tx:
            team = await teams.by_id(tx, TEAM)
            if team is None:
                raise RuntimeError("the bench's team is not there")
            seen = await team_report(tx, services, team, period)
            kpi = await team_sheet(tx, services, team, period)
        if f"{IN_MONTH}" not in views.team_text(words("en"), seen, kpi):
            raise RuntimeError("the bench's evaluations are not there")

    async def close(self) -> None:
        """Close the database."""
        await self._services.db.close()


def _services(url: str) -> Services:
    return Services(Database(url), Shelf(), lambda: NOW, frozenset(), "UTC", "en")


def _file(url: str) -> Path:
    return Path(url.removeprefix("sqlite+aiosqlite:///"))


def _uri(url: str) -> str:
    return url.replace("postgresql+asyncpg://", "postgresql://")


if __name__ == "__main__":
    asyncio.run(main())

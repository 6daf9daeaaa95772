"""``/team`` for a month, alone in the database and among a million: ``python -m tests.bench.team``.

``BENCH_EVALUATIONS`` is how many the large database holds (1,000,000), twelve answers each.
"""

import asyncio
import datetime as dt
import os
import sqlite3
import tempfile
import time
from pathlib import Path
from statistics import median

from bot.running import prepare
from handlers.reports.report_data import team_report
from handlers.turn import Services
from handlers.views import reports as views
from handlers.words import words
from scoring.periods import parse_period
from storage import teams
from storage.database import Database
from storage.scorecards import Shelf
from tests.bench.centre import file_of
from tests.bench.history import IN_MONTH, TEAM, fill
from tests.bench.saying import say

LARGE = int(os.environ.get("BENCH_EVALUATIONS", "1000000"))
ROUNDS = 30
NOW = dt.datetime(2026, 11, 29, 12, tzinfo=dt.UTC)


async def main() -> None:
    """Measure both databases in turn and print the medians and their ratios."""
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder) / "small", Path(folder) / "large"
        await _make(small, IN_MONTH)
        begun = time.perf_counter()
        await _make(large, LARGE)
        made = time.perf_counter() - begun
        say(f"\n/team, 16 agents, {IN_MONTH} in the month; {LARGE:,} made in {made:.0f} s")
        ours_small, ours_large = await _text(small), await _text(large)
        bare = _bare(large)
    say(f"  alone {ours_small * 1000:.1f} ms, among {LARGE:,} {ours_large * 1000:.1f} ms")
    say(f"  bare SQL of the same rows, among {LARGE:,}: {bare * 1000:.1f} ms")
    say(f"  among all ÷ alone {ours_large / ours_small:.2f}, Etalon ÷ bare {ours_large / bare:.2f}")


async def _make(folder: Path, evaluations: int) -> None:
    await asyncio.to_thread(folder.mkdir)
    url = file_of(folder)
    services = _services(url)
    await prepare(services)
    await services.db.close()
    await asyncio.to_thread(fill, folder / "bench.db", evaluations)


def _services(url: str) -> Services:
    return Services(Database(url), Shelf(), lambda: NOW, frozenset(), "UTC", "en")


async def _text(folder: Path) -> float:
    """Return the median seconds of making the team's text, the database being open."""
    services = _services(file_of(folder))
    took = []
    for _ in range(ROUNDS + 3):
        begun = time.perf_counter()
        async with services.db.reading() as tx:
            team = await teams.by_id(tx, TEAM)
            if team is None:
                raise RuntimeError("the bench's team is not there")
            seen = await team_report(tx, services, team, parse_period("month", NOW.date()))
        views.team_text(words("en"), seen)
        took.append(time.perf_counter() - begun)
    await services.db.close()
    return median(took[3:])


def _bare(folder: Path) -> float:
    """Return the median seconds of reading the month's evaluations and answers, nothing else."""
    connection = sqlite3.connect(folder / "bench.db")
    window = ("2026-11-01 00:00:00.000000", "2026-12-01 00:00:00.000000")
    mine = "e.team_id = 1 AND e.submitted_at >= ? AND e.submitted_at < ?"
    took = []
    for _ in range(ROUNDS + 3):
        begun = time.perf_counter()
        connection.execute(
            "SELECT agent_id, final, customer_ok, business_ok, compliance_ok, acknowledged_at"
            f" FROM evaluations e WHERE {mine} AND withdrawn_at IS NULL",
            window,
        ).fetchall()
        connection.execute(
            "SELECT a.criterion, a.passed, a.lost FROM evaluation_answers a"
            f" JOIN evaluations e ON e.id = a.evaluation_id WHERE {mine}",
            window,
        ).fetchall()
        took.append(time.perf_counter() - begun)
    connection.close()
    return median(took[3:])


if __name__ == "__main__":
    asyncio.run(main())

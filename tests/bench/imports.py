"""Importing contacts against a bare insert of the same rows: ``python -m tests.bench.imports``.

The file is read, understood and stored as one that is sent to the bot is, told how far it is. The
bare insert writes the same rows into the same table with the same indexes, as the driver's own
executemany in one transaction. ``BENCH_CONTACTS`` is how many (100,000), ``BENCH_PAIRS`` how often
(3), ``BENCH_DATABASE`` the kind of database.
"""

import asyncio
import csv
import datetime as dt
import io
import os
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from statistics import median

import asyncpg  # type: ignore[import-untyped]  # it has no types
from sqlalchemy import make_url

from bot import gc_tuning
from handlers.contacts import contacts_import
from scoring.contacts import ContactType
from storage.tables import ContactRow
from tests.bench.databases import KIND, databases
from tests.bench.saying import say
from tests.bench.week import fill, services_on, utc_now

PAIRS = int(os.environ.get("BENCH_PAIRS", "3"))
CONTACTS = int(os.environ.get("BENCH_CONTACTS", "100000"))
AGENTS = 500
TICK = 0.001
COLUMNS = [one.name for one in ContactRow.__table__.columns if one.name != "id"]
NAMES = ", ".join(COLUMNS)
TYPES, TOPICS = tuple(ContactType), ("Delivery", "Invoice", "Returns", "Account")
HEADER = "agent channel reference type topic status started_at duration_s customer link text"


@dataclass(slots=True)
class Watch:
    """How long the event loop was held at most, and how often it was said how far the import is."""

    held_s: float = 0.0
    told: list[int] = field(default_factory=list)

    async def __call__(self, stored: int, _total: int) -> None:
        """Take note that so many rows are stored."""
        self.told.append(stored)

    @asynccontextmanager
    async def looking(self) -> AsyncIterator[None]:
        """Look inside how long nothing else gets its turn."""
        looker = asyncio.create_task(self._look())
        try:
            yield
        finally:
            looker.cancel()

    async def _look(self) -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(TICK)
            self.held_s = max(self.held_s, time.perf_counter() - before - TICK)


@dataclass(frozen=True, slots=True)
class Pair:
    """Seconds of the import and of the bare insert, and what was seen of the former."""

    import_s: float
    bare_s: float
    watch: Watch


def main() -> None:
    """Measure both in turn, several times, and print the medians and their ratio."""
    file = _file()
    with databases() as make:
        pairs = []
        for number in range(PAIRS):
            url, other = make(f"imported_{number}"), make(f"bare_{number}")
            pairs.append(asyncio.run(_pair(url, other, file)))
    ours, bare = median(one.import_s for one in pairs), median(one.bare_s for one in pairs)
    ratio = median(one.import_s / one.bare_s for one in pairs)
    held, told = (
        max(one.watch.held_s for one in pairs),
        median(len(one.watch.told) for one in pairs),
    )
    size = len(file) / 2**20
    say(f"\nimport of {CONTACTS:,} contacts ({size:.1f} MB of CSV), {KIND}, {PAIRS} pairs")
    say(f"  import {ours:.2f} s, bare insert of the same rows {bare:.2f} s")
    say(f"  import ÷ bare {ratio:.2f}; told {told:.0f} times how far it is")
    say(f"  the event loop was held for {held * 1000:.0f} ms at most")


def _file() -> bytes:
    """Return the contacts as a file, no two alike."""
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(HEADER.split())
    begun = utc_now() - dt.timedelta(days=60)
    for number in range(CONTACTS):
        topic = TOPICS[number % len(TOPICS)]
        told = {
            "agent": f"Agent {number % AGENTS + 1}",
            "channel": "call",
            "reference": f"C-{number}",
            "type": TYPES[number % len(TYPES)],
            "topic": topic,
            "status": "closed",
            "started_at": f"{begun + dt.timedelta(seconds=number * 40):%Y-%m-%d %H:%M:%S}",
            "duration_s": number % 900,
            "customer": f"+3805011{number:05}",
            "link": f"https://crm.example/contacts/{number}",
            "text": f"Asked about {topic.lower()} of {number}, was told what comes next.",
        }
        table.writerow(told.values())
    return written.getvalue().encode()


async def _pair(url: str, other: str, file: bytes) -> Pair:
    gc_tuning.tune()  # as the bot does when it starts
    await fill(url, AGENTS, evaluated=False)
    await fill(other, AGENTS, evaluated=False)
    services, watch = services_on(url), Watch()
    try:
        async with watch.looking():
            begun = time.perf_counter()
            outcome = await contacts_import.import_contacts(
                services, "contacts.csv", file, progress=watch
            )
            took = time.perf_counter() - begun
    finally:
        await services.db.close()
    if outcome.added != CONTACTS:
        raise RuntimeError(f"{outcome.added} of {CONTACTS} contacts were stored")
    bare = await (bare_on_sqlite if KIND == "sqlite" else bare_on_postgresql)(url, other)
    return Pair(took, bare, watch)


async def bare_on_sqlite(url: str, other: str) -> float:
    """Return the seconds of writing the first database's contacts to the other one."""
    return await asyncio.to_thread(_bare_on_sqlite, url, other)


def _bare_on_sqlite(url: str, other: str) -> float:
    source, target = (sqlite3.connect(make_url(one).database or "") for one in (url, other))
    rows = source.execute(f"SELECT {NAMES} FROM contacts ORDER BY id").fetchall()
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL"):
        target.execute(f"PRAGMA {pragma}")
    begun = time.perf_counter()
    with target:
        target.executemany(f"INSERT INTO contacts ({NAMES}) VALUES ({_places('?')})", rows)
    took = time.perf_counter() - begun
    source.close()
    target.close()
    return took


async def bare_on_postgresql(url: str, other: str) -> float:
    """Return the seconds of writing the first database's contacts to the other one."""
    plain = (one.replace("postgresql+asyncpg://", "postgresql://", 1) for one in (url, other))
    source, target = [await asyncpg.connect(one) for one in plain]
    rows = await source.fetch(f"SELECT {NAMES} FROM contacts ORDER BY id")
    begun = time.perf_counter()
    async with target.transaction():
        await target.executemany(f"INSERT INTO contacts ({NAMES}) VALUES ({_places('$')})", rows)
    took = time.perf_counter() - begun
    await source.close()
    await target.close()
    return took


def _places(sign: str) -> str:
    """Return the places of a row's values as the driver writes them."""
    count = range(1, len(COLUMNS) + 1)
    return ", ".join(sign if sign == "?" else f"{sign}{number}" for number in count)


if __name__ == "__main__":
    main()

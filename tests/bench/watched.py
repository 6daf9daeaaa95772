"""A bot whose loop is watched: ``python -m tests.bench.watched ROOT TOKEN DATABASE ADMIN``.

Prints a line when it is ready. Each line it reads is an order, each line it prints what came of it.
"""

import asyncio
import datetime as dt
import json
import sys
from pathlib import Path

from bot import gc_tuning
from bot.logs import configure
from bot.pacing import Limits
from bot.running import Running, Setup
from bot.schedules import run_job
from bot.settings import LogFormat, LogLevel, Settings
from handlers.ration import Ration
from handlers.routes import jobs
from storage import backup, outbox
from tests.bench.watch import Watch

NOW = dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC)
"""When everything is done: a Monday, with a whole month behind it."""

LATER = dt.timedelta(days=2)
"""Into the next month, for the monthly job."""

LOOK_SECONDS = 0.05
UNHURRIED = Limits(overall=10_000, chat=10_000, group=10_000)


async def main(root: str, token: str, database: str, admin: int) -> None:
    """Run the bot until the order to stop comes, or no more orders."""
    running = Running(
        Setup(
            settings=_settings(),
            database=database,
            token=token,
            root=lambda _own: root,
            admin_ids=frozenset({admin}),
            clock=lambda: NOW,
            limits=UNHURRIED,
            ration=Ration(1e9),
            ticks=False,
        )
    )
    await running.start()
    gc_tuning.tune()
    watch = Watch()
    watch.start()
    orders = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(orders), sys.stdin
    )
    _print({})
    while order := (await orders.readline()).decode().strip():
        _print(await _done(order, running, watch, database))
    await running.stop()


async def _done(order: str, running: Running, watch: Watch, database: str) -> dict[str, float]:
    what, _, about = order.partition(" ")
    if what == "taken":
        return watch.taken()
    if what == "job":
        await run_job(running.services, jobs(), about, NOW + LATER)
        await _delivered(running)
    elif what == "backup":
        await backup.backup(database, Path(about))
    return {}


async def _delivered(running: Running) -> None:
    """Wait until everything that is due has been delivered."""
    services = running.services
    while True:
        services.wake()
        async with services.db.reading() as tx:
            due, _ = await outbox.depth(tx, services.clock())
        if not due and not running.delivering:
            return
        await asyncio.sleep(LOOK_SECONDS)


def _settings() -> Settings:
    configure(LogLevel.WARNING, LogFormat.TEXT)
    return Settings(http_port=0, log_level=LogLevel.WARNING)


def _print(found: dict[str, float]) -> None:
    sys.stdout.write(json.dumps(found) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])))

"""Making the weekly digests of a whole centre: ``python -m tests.bench.digests_made URL``.

What is made goes the way that it goes in the bot: the job queues a row for each agent, team by
team, and delivery claims the rows and draws each message, so that it could be sent. Prints one line
of JSON: how many were made, the seconds of queueing and of drawing, and the most memory that the
process ever had, in megabytes.
"""

import asyncio
import datetime as dt
import json
import secrets
import sys
import time
from pathlib import Path

from sqlalchemy import delete

from bot.delivery import LEASE, ROOM
from bot.drawing import Drawing, Drawn
from bot.logs import configure
from bot.schedules import run_job, synchronise
from bot.settings import LogFormat, LogLevel
from handlers.routes import jobs, notices
from handlers.turn import Services
from storage import outbox
from storage.tables import OutboxRow, ScheduleRunRow
from tests.bench.saying import say
from tests.bench.week import services_on, utc_now

JOB = "weekly-digest"
LONG = dt.timedelta(hours=1)


async def main(url: str) -> None:
    """Make every digest and print what it took."""
    services = services_on(url)
    weekly = {JOB: jobs()[JOB]}
    try:
        await _forget_earlier_runs(services)
        await synchronise(services, weekly, utc_now())  # as the ticks before have
        begun = time.perf_counter()
        await run_job(services, weekly, JOB, utc_now())
        queued = time.perf_counter()
        made = await _draw(services)
        drawn = time.perf_counter()
    finally:
        await services.db.close()
    took = {"queueing_s": queued - begun, "drawing_s": drawn - queued}
    say(json.dumps({"made": made, **took, "peak_mb": _peak_mb()}))


async def _forget_earlier_runs(services: Services) -> None:
    async with services.db.writing() as tx:
        await tx.execute(delete(OutboxRow))
        await tx.execute(delete(ScheduleRunRow))


async def _draw(services: Services) -> int:
    """Claim and draw what is queued, as many at a time as delivery does; return how many."""
    drawing, owner, made = Drawing(services, notices()), secrets.token_hex(8), 0
    while True:
        async with services.db.writing() as tx:
            claimed = await outbox.claim(tx, owner, utc_now(), LEASE + LONG, ROOM)
        if not claimed:
            return made
        drawing.announce(claimed)
        for message in claimed:
            drawn = await drawing.drawn(message)
            drawing.forget(message)
            if not isinstance(drawn, Drawn) or drawn.screen is None:
                raise RuntimeError(f"message {message.id} came to nothing")
            drawn.screen.keyboard()
            made += 1


def _peak_mb() -> float:
    """Return the most resident memory of this process, as Linux tells it."""
    lines = Path("/proc/self/status").read_text().splitlines()
    (peak,) = (line.split()[1] for line in lines if line.startswith("VmHWM"))
    return int(peak) / 1024


if __name__ == "__main__":
    configure(LogLevel.WARNING, LogFormat.TEXT)
    asyncio.run(main(sys.argv[1]))

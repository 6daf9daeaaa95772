"""Asking for the same chart again: it is drawn once, then sent by Telegram's own id of it."""

import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.bench.centre import file_of
from tests.bench.history import IN_MONTH
from tests.bench.watched_centre import ADMIN, SUPERVISOR, fill
from tests.bench.watched_stage import stage

TIMES = 10


@dataclass(frozen=True, slots=True)
class Resent:
    """How often a chart was asked for and drawn, and what the first and the later ones took."""

    asked: int
    drawn: int
    first_ms: float
    again_ms: float


async def resent() -> Resent:
    """Ask for the month of a team of sixteen, again and again."""
    with tempfile.TemporaryDirectory() as folder:
        url = file_of(Path(folder))
        await fill(url, Path(folder) / "bench.db", IN_MONTH)
        async with stage(url, ADMIN) as bot:
            await bot.join(SUPERVISOR)
            took = []
            for _ in range(TIMES):
                begun = time.perf_counter()
                await bot.ask(SUPERVISOR, "/team")
                took.append(1000 * (time.perf_counter() - begun))
            uploaded, sent = await bot.uploads("sendPhoto")
    return Resent(sent, uploaded, took[0], median(took[1:]))

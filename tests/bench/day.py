"""Whether memory grows over a day's work: ``python -m tests.bench.day``.

A hundred evaluators score one contact after another, as fast as the bot lets them. A day of forty
contacts each, at some fifteen taps a contact, is sixty thousand taps: BENCH_TAPS says how many are
made here. Resident memory is read after each tenth of them.
"""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from statistics import mean

from tests.bench.bot_api import Api
from tests.bench.centre import file_of, fill
from tests.bench.counterpart import FIRST, TOKEN, plain
from tests.bench.evaluators import Evaluator
from tests.bench.programs import ROOT, etalon
from tests.bench.rest import memory_mb
from tests.bench.saying import say

EVALUATORS = int(os.environ.get("BENCH_EVALUATORS", "100"))
TAPS = int(os.environ.get("BENCH_TAPS", "6000"))
PARTS = 10
PATIENCE_SECONDS = 900.0


class Shift:
    """A far side with its evaluators; it counts the presses that were answered and edited."""

    def __init__(self) -> None:
        self.api = Api(self._called, self._polled)
        self.taps = 0
        self.answered = asyncio.Event()
        self._people = {
            one: Evaluator(one, self.api.push) for one in range(FIRST, FIRST + EVALUATORS)
        }
        self._begun = False

    async def until(self, taps: int) -> None:
        """Wait until that many presses are over."""
        while self.taps < taps:
            self.answered.clear()
            await self.answered.wait()

    def _polled(self) -> None:
        if not self._begun:
            self._begun = True
            for one in self._people.values():
                one.start()

    def _called(self, method: str, params: Mapping[str, str]) -> object:
        if method == "answerCallbackQuery":
            self._count(self._people[int(params["callback_query_id"].split("-")[0])].answered())
            return True
        chat = self._people.get(int(params.get("chat_id", "0") or 0))
        if chat is not None and method == "editMessageText":
            message, took = chat.edited(params)
            self._count(took)
            return message
        if chat is not None and method == "sendMessage":
            return chat.sent(params)
        return plain(method, params)

    def _count(self, took: float | None) -> None:
        if took is not None:
            self.taps += 1
            self.answered.set()


async def main() -> None:
    """Let them work, and print what the bot held after each part of it."""
    with tempfile.TemporaryDirectory() as folder:
        url = file_of(Path(folder))
        await fill(url, EVALUATORS)
        _tell(await _worked(url))


async def _worked(url: str) -> list[float]:
    """Return the megabytes after each part."""
    shift = Shift()
    known = {"root": f"http://127.0.0.1:{await shift.api.listen()}", "token": TOKEN}
    bot = etalon(url)
    given = {key: one.format(**known) for key, one in bot.variables.items()}
    process = await asyncio.create_subprocess_exec(
        *bot.command, cwd=ROOT, env={**os.environ, **given}, stdout=asyncio.subprocess.DEVNULL
    )
    say(f"{EVALUATORS} evaluators, {TAPS} taps, Python {sys.version.split()[0]}")
    held = []
    begun = time.perf_counter()
    try:
        for part in range(1, PARTS + 1):
            await asyncio.wait_for(shift.until(TAPS * part // PARTS), PATIENCE_SECONDS)
            held.append(memory_mb(process.pid)["Rss"])
            rate = shift.taps / (time.perf_counter() - begun)
            say(f"{shift.taps:>8} taps{held[-1]:9.1f} MB{rate:8.0f} taps/s")
    finally:
        process.terminate()
        await process.wait()
    return held


def _tell(held: list[float]) -> None:
    half = PARTS // 2
    later = mean(held[half:]) - mean(held[1:half])
    say(
        f"growth from the first tenth to the end: {held[-1] - held[0]:+.1f} MB; "
        f"second half against the first without its first tenth: {later:+.1f} MB"
    )


if __name__ == "__main__":
    asyncio.run(main())

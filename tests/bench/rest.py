"""How soon a started bot answers, and what it holds at rest: ``python -m tests.bench.rest``.

Etalon and the bare PTB bot are started in turn, each with its modules compiled, as every start but
the first finds them; Etalon's SQLite database is there and migrated. The far side sends one
``/score`` at the first poll. Memory is read some seconds after the answer to it, with nothing more
going on: what is resident (RSS), and the same with shared pages counted in part (PSS).
"""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.bench.bot_api import Api
from tests.bench.centre import file_of, fill
from tests.bench.counterpart import FIRST, TOKEN, plain
from tests.bench.evaluators import Evaluator
from tests.bench.programs import ROOT, Program, bare, etalon
from tests.bench.saying import say

PAIRS = int(os.environ.get("BENCH_STARTS", "7"))
QUIET_SECONDS = float(os.environ.get("BENCH_QUIET_SECONDS", "2"))
PATIENCE_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Start:
    """One start: seconds to the first poll and to the first answer, and megabytes at rest."""

    polled_s: float
    first_s: float
    rss_mb: float
    pss_mb: float


class FirstMessage:
    """A far side where one evaluator asks once to score; it notes when what happened."""

    def __init__(self) -> None:
        self.api = Api(self._called, self._polled)
        self.begun = self.polled = self.answered = 0.0
        self.over = asyncio.Event()
        self._asks = Evaluator(FIRST, self.api.push)

    def _polled(self) -> None:
        if not self.polled:
            self.polled = time.perf_counter()
            self._asks.start()

    def _called(self, method: str, params: Mapping[str, str]) -> object:
        if method == "sendMessage" and not self.answered:
            self.answered = time.perf_counter()
            self.over.set()
        return plain(method, params)


async def main() -> None:
    """Start both in turn, several times, and print the medians and their ratios."""
    with tempfile.TemporaryDirectory() as folder:
        url = file_of(Path(folder))
        await fill(url, 1)
        ours, theirs = etalon(url), bare("bare PTB", "bare_ptb")
        compiled = Path(folder, "compiled")
        for program in (ours, theirs):
            await started(program, compiled)
        found: dict[str, list[Start]] = {ours.name: [], theirs.name: []}
        for _ in range(PAIRS):
            for program in (ours, theirs):
                found[program.name].append(await started(program, compiled))
    _tell(found)


async def started(program: Program, compiled: Path) -> Start:
    """Start the program, let it answer once and rest, end it, and return what was measured.

    Compiled modules are kept in the folder *compiled*. Raises ``TimeoutError`` where no answer
    comes.
    """
    far = FirstMessage()
    known = {"root": f"http://127.0.0.1:{await far.api.listen()}", "token": TOKEN}
    given = {key: one.format(**known) for key, one in program.variables.items()}
    kept = {key: one for key, one in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    begun = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        *(one.format(**known) for one in program.command),
        cwd=ROOT,
        env={**kept, "PYTHONPYCACHEPREFIX": str(compiled), **given},
        stdout=asyncio.subprocess.DEVNULL,
    )
    try:
        await asyncio.wait_for(far.over.wait(), PATIENCE_SECONDS)
        await asyncio.sleep(QUIET_SECONDS)
        memory = memory_mb(process.pid)
    finally:
        process.terminate()
        await process.wait()
    return Start(far.polled - begun, far.answered - begun, memory["Rss"], memory["Pss"])


def memory_mb(process: int) -> dict[str, float]:
    """Return a process's memory in megabytes, by the names that Linux gives its kinds."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    return {
        name: int(rest.split()[0]) / 1024 for name, _, rest in (x.partition(":") for x in lines)
    }


def _tell(found: dict[str, list[Start]]) -> None:
    say(f"\n{PAIRS} starts each, in turn, Python {sys.version.split()[0]}, medians")
    say(f"{'':12}{'first poll s':>14}{'first answer s':>16}{'RSS MB':>9}{'PSS MB':>9}")
    for name, runs in found.items():
        polled, first = median(one.polled_s for one in runs), median(one.first_s for one in runs)
        rss, pss = median(one.rss_mb for one in runs), median(one.pss_mb for one in runs)
        say(f"{name:12}{polled:14.2f}{first:16.2f}{rss:9.1f}{pss:9.1f}")
    ours, theirs = found.values()
    pairs = list(zip(ours, theirs, strict=True))
    say(
        f"Etalon ÷ bare PTB: first answer {median(a.first_s / b.first_s for a, b in pairs):.2f}, "
        f"RSS at rest {median(a.rss_mb / b.rss_mb for a, b in pairs):.2f}, "
        f"PSS {median(a.pss_mb / b.pss_mb for a, b in pairs):.2f}"
    )


if __name__ == "__main__":
    asyncio.run(main())

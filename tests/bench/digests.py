"""Weekly digests of a large centre, made and delivered: ``python -m tests.bench.digests``.

``BENCH_AGENTS`` is how many the large centre has (10,000), ``BENCH_MESSAGES`` how many digests are
delivered (1,200: forty seconds), ``BENCH_ANSWER_MS`` after how many milliseconds the server answers
(100), ``BENCH_DATABASE`` the kind of database. Each of the processes that make them starts afresh.
"""

import asyncio
import json
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from statistics import median

from bot.logs import configure
from bot.schedules import run_job, synchronise
from bot.settings import LogFormat, LogLevel
from handlers.routes import jobs
from tests.bench.counterpart import TOKEN
from tests.bench.databases import KIND, Make, databases
from tests.bench.digests_made import JOB
from tests.bench.limited_api import OVERALL
from tests.bench.programs import ROOT, etalon
from tests.bench.saying import say
from tests.bench.week import fill, services_on, utc_now

PAIRS = int(os.environ.get("BENCH_PAIRS", "3"))
AGENTS = int(os.environ.get("BENCH_AGENTS", "10000"))
FEWER = max(1, AGENTS // 10)
MESSAGES = int(os.environ.get("BENCH_MESSAGES", "1200"))
ANSWER_MS = float(os.environ.get("BENCH_ANSWER_MS", "100"))
PATIENCE_SECONDS = 300.0

Found = Mapping[str, float]
Process = asyncio.subprocess.Process


def main() -> None:
    """Measure both and print the medians."""
    configure(LogLevel.WARNING, LogFormat.TEXT)
    with databases() as make:
        _made(make)
        _delivered(make)


def _made(make: Make) -> None:
    few, many = make("few"), make("many")
    asyncio.run(fill(few, FEWER))
    asyncio.run(fill(many, AGENTS))
    pairs = [(asyncio.run(_make(few)), asyncio.run(_make(many))) for _ in range(PAIRS)]
    rate = median(a["made"] / (a["queueing_s"] + a["drawing_s"]) for _, a in pairs)
    queueing, drawing = (median(a[one] for _, a in pairs) for one in ("queueing_s", "drawing_s"))
    less, more = (median(pair[place]["peak_mb"] for pair in pairs) for place in (0, 1))
    say(f"\nweekly digests for {AGENTS:,} agents, {KIND}, medians of {PAIRS}")
    say(f"  made {rate:,.0f}/s: queued in {queueing:.1f} s, drawn in {drawing:.1f} s")
    say(f"  most memory: {FEWER:,} agents {less:.1f} MB, {AGENTS:,} agents {more:.1f} MB")
    say(f"  made a second ÷ 1,000: {rate / 1000:.2f}, memory {more - less:+.1f} MB")


async def _make(url: str) -> Found:
    """Return what making every digest took, in a process of its own."""
    process = await _python("tests.bench.digests_made", url)
    try:
        return await _result(process)
    finally:
        await _end(process)


def _delivered(make: Make) -> None:
    url = make("delivered")
    asyncio.run(_queue(url))
    found = asyncio.run(_deliver(url))
    share = found["per_second"] / OVERALL
    say(
        f"  {MESSAGES} delivered to a server that takes {OVERALL}/s and answers in {ANSWER_MS:g} ms"
    )
    say(f"  {found['per_second']:.2f}/s, ÷ {OVERALL}/s {share:.3f}, refused {found['refused']:.0f}")


async def _queue(url: str) -> None:
    await fill(url, MESSAGES)
    services = services_on(url)
    weekly = {JOB: jobs()[JOB]}
    try:
        await synchronise(services, weekly, utc_now())
        await run_job(services, weekly, JOB, utc_now())
    finally:
        await services.db.close()


async def _deliver(url: str) -> Found:
    """Return what a server that enforces the limits has to say of a bot that delivers."""
    far = await _python("tests.bench.limited_api", str(MESSAGES), str(ANSWER_MS))
    known = {"root": f"http://127.0.0.1:{(await _line(far)).strip()}", "token": TOKEN}
    program = etalon(url)
    variables = {key: one.format(**known) for key, one in program.variables.items()}
    own = await asyncio.create_subprocess_exec(
        *program.command, cwd=ROOT, env={**os.environ, **variables}
    )
    counted, ended = asyncio.create_task(_result(far)), asyncio.create_task(own.wait())
    try:
        await asyncio.wait({counted, ended}, return_when=asyncio.FIRST_COMPLETED)
        if not counted.done():
            raise RuntimeError("the bot ended before it had delivered everything")
        return counted.result()
    finally:
        counted.cancel()
        await _end(own)
        await _end(far)


async def _python(module: str, *words: str) -> Process:
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", module, *words), cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )


async def _result(process: Process) -> Found:
    found: Found = json.loads(await _line(process))
    return found


async def _line(process: Process) -> str:
    if process.stdout is None:
        raise RuntimeError("the process has no output")
    return (await asyncio.wait_for(process.stdout.readline(), PATIENCE_SECONDS)).decode()


async def _end(process: Process) -> None:
    with suppress(ProcessLookupError):
        process.terminate()
    await process.wait()


if __name__ == "__main__":
    main()

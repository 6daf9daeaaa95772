"""Starting a program against the counterpart, measuring it, and ending it."""

import asyncio
import json
import os
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.counterpart import TOKEN

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Program:
    """What to start: a command that is told the Bot API's root and the token in its variables."""

    name: str
    command: Sequence[str]
    variables: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Load:
    """How many evaluators press, for how many seconds, after how many of warming up."""

    evaluators: int
    seconds: float
    warmup: float = 2.0


@dataclass(frozen=True, slots=True)
class Figures:
    """Presses a second, their milliseconds, resident memory in megabytes, and how it started.

    ``first_s`` are the seconds from starting the program to its first message.
    """

    per_second: float
    median_ms: float
    p95_ms: float
    memory_mb: float
    first_s: float


def bare(name: str, module: str, python: str = sys.executable) -> Program:
    """Return a bare program of this folder."""
    return Program(name, (python, "-m", f"tests.bench.bots.{module}", "{root}", "{token}"), {})


def etalon(database: str) -> Program:
    """Return Etalon on the database at that address."""
    variables = {
        "TELEGRAM_API_URL": "{root}",
        "TELEGRAM_BOT_TOKEN": "{token}",
        "DATABASE_URL": database,
        "HTTP_PORT": "0",
        "LOG_LEVEL": "WARNING",
    }
    return Program("Etalon", (sys.executable, "-m", "bot", "run"), variables)


async def measure(program: Program, load: Load) -> Figures:
    """Run the program under the load and return what was measured.

    Raises ``RuntimeError`` with the program's last words when it does not come to that.
    """
    far = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.bench.counterpart",
        *(str(one) for one in (load.evaluators, load.seconds, load.warmup)),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    port = (await _line(far)).strip()
    known = {"root": f"http://127.0.0.1:{port}", "token": TOKEN}
    begun = time.perf_counter()  # one clock for every process of the machine
    own = await asyncio.create_subprocess_exec(
        *(one.format(**known) for one in program.command),
        cwd=ROOT,
        env={**os.environ, **{key: one.format(**known) for key, one in program.variables.items()}},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        found = json.loads(await _line(far, load.seconds + load.warmup + 3 * PATIENCE_SECONDS))
        memory = _memory_mb(own.pid)
    except (ValueError, TimeoutError, OSError) as error:
        raise RuntimeError(f"{program.name} was not measured: {await _end(own)}") from error
    finally:
        await _end(own)
        await _end(far)
    first = found["first_sent"] - begun
    return Figures(found["per_second"], found["median_ms"], found["p95_ms"], memory, first)


async def _line(process: asyncio.subprocess.Process, seconds: float = PATIENCE_SECONDS) -> str:
    if process.stdout is None:
        raise RuntimeError("the process has no output")
    return (await asyncio.wait_for(process.stdout.readline(), seconds)).decode()


async def _end(process: asyncio.subprocess.Process) -> str:
    """End the process, unless it has ended, and return the last of what it complained of."""
    if process.returncode is None:
        process.terminate()
    try:
        _, said = await asyncio.wait_for(process.communicate(), PATIENCE_SECONDS)
    except TimeoutError:
        process.kill()
        _, said = await process.communicate()
    return said.decode(errors="replace")[-800:] if said else ""


def _memory_mb(process: int) -> float:
    """Return a process's resident memory, as Linux tells it."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20

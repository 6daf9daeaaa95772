"""Durable scoring taps against bare bots that store nothing: ``python -m tests.bench.taps``."""

import asyncio
import os
from collections.abc import Callable
from statistics import median

from tests.bench.centre import fill
from tests.bench.databases import KIND, databases
from tests.bench.programs import Figures, Load, Program, bare, etalon, measure
from tests.bench.saying import say

PAIRS = int(os.environ.get("BENCH_PAIRS", "3"))
SECONDS = float(os.environ.get("BENCH_SECONDS", "8"))
AIOGRAM = os.environ.get("BENCH_AIOGRAM_PYTHON", "")
MANY, ONE = Load(30, SECONDS), Load(1, SECONDS)


async def main() -> None:
    """Measure everybody in turn, several times, and print the medians and their ratios."""
    others = [bare("bare PTB", "bare_ptb")]
    if AIOGRAM:
        others.append(bare("bare aiogram", "bare_aiogram", AIOGRAM))
    for load in (MANY, ONE):
        await _compare(load, others)


async def _compare(load: Load, others: list[Program]) -> None:
    found: dict[str, list[Figures]] = {}
    with databases() as make:
        for pair in range(PAIRS):
            url = await asyncio.to_thread(make, f"pair{pair}")
            await fill(url, load.evaluators)
            for program in (etalon(url), *others):
                found.setdefault(program.name, []).append(await measure(program, load))
    say(f"\n{KIND}, {load.evaluators} evaluator(s), {PAIRS} runs of {SECONDS:g} s, medians")
    say(f"{'':16}{'taps/s':>10}{'median ms':>12}{'p95 ms':>10}{'memory MB':>12}{'first s':>10}")
    for name, runs in found.items():
        row = [_median(runs, get) for get in (_rate, _middle, _slow, _memory, _first)]
        say(f"{name:16}{row[0]:10.0f}{row[1]:12.2f}{row[2]:10.2f}{row[3]:12.0f}{row[4]:10.2f}")
    ours = found.pop("Etalon")
    for name, runs in found.items():
        rate = median(a.per_second / b.per_second for a, b in zip(ours, runs, strict=True))
        wait = median(a.median_ms / b.median_ms for a, b in zip(ours, runs, strict=True))
        memory = median(a.memory_mb / b.memory_mb for a, b in zip(ours, runs, strict=True))
        first = median(a.first_s / b.first_s for a, b in zip(ours, runs, strict=True))
        say(
            f"Etalon ÷ {name}: taps {rate:.2f}, a tap's median {wait:.2f}, "
            f"memory {memory:.2f}, first message {first:.2f}"
        )


def _median(runs: list[Figures], get: Callable[[Figures], float]) -> float:
    return median(get(one) for one in runs)


def _rate(one: Figures) -> float:
    return one.per_second


def _middle(one: Figures) -> float:
    return one.median_ms


def _slow(one: Figures) -> float:
    return one.p95_ms


def _memory(one: Figures) -> float:
    return one.memory_mb


def _first(one: Figures) -> float:
    return one.first_s


if __name__ == "__main__":
    asyncio.run(main())

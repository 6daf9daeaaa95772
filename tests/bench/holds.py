"""How long the bot's event loop is held while it does what is heavy: ``-m tests.bench.holds``.

The bot is a process of its own, the sandbox with its people another. ``BENCH_HOLD_RUNS`` (3) times
it is started anew on the same data, with ``BENCH_HOLD_EVALUATIONS`` (3,000), and does everything
once; the medians of the runs are printed. Doing nothing shows what is the machine's own.
"""

import asyncio
import os
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median

from tests.bench.centre import file_of
from tests.bench.evaluators import wanted
from tests.bench.history import AGENTS
from tests.bench.saying import say
from tests.bench.watched_centre import ADMIN, SUPERVISOR, agents, evaluators, fill
from tests.bench.watched_files import contacts, large_scorecard, other_voice
from tests.bench.watched_stage import Stage, stage
from tests.far_side import Message

RUNS = int(os.environ.get("BENCH_HOLD_RUNS", "3"))
EVALUATIONS = int(os.environ.get("BENCH_HOLD_EVALUATIONS", "3000"))
TAPS = 12
CONTACTS = 10_000
REST_SECONDS = 3.0
EVERYTHING = "2023-11-30..2026-11-29"

Deed = Callable[[Stage], Awaitable[object]]
Found = dict[str, list[dict[str, float]]]


async def main() -> None:
    """Do everything several times and print the medians of the longest holds."""
    found: Found = {}
    with tempfile.TemporaryDirectory() as folder:
        url = file_of(Path(folder))
        await fill(url, Path(folder) / "bench.db", EVALUATIONS)
        for run in range(RUNS):
            copy = Path(folder) / str(run)
            copy.mkdir()
            shutil.copy(Path(folder) / "bench.db", copy)
            await _run(file_of(copy), copy, found)
    say(f"\nThe loop's longest holds, {RUNS} starts, {EVALUATIONS:,} evaluations, medians in ms")
    say(f"{'':34}{'callback':>10}{'its work':>10}{'heartbeat':>11}{'rubbish':>9}{'took s':>8}")
    for name, runs in found.items():
        kinds = ("hold", "work", "gap", "rubbish", "seconds")
        hold, work, gap, rubbish, took = (median(one[kind] for one in runs) for kind in kinds)
        say(f"{name:34}{hold:10.1f}{work:10.1f}{gap:11.1f}{rubbish:9.1f}{took:8.1f}")


async def _run(url: str, folder: Path, found: Found) -> None:
    async with stage(url, ADMIN) as bot:
        await bot.join(ADMIN)
        await bot.join(SUPERVISOR)
        await asyncio.gather(*(bot.join(one) for one in (*agents(), *evaluators())))
        for name, deed in _deeds(folder).items():
            await bot.order("taken")
            begun = asyncio.get_running_loop().time()
            await deed(bot)
            took = asyncio.get_running_loop().time() - begun
            one = await bot.order("taken") | {"seconds": took}
            found.setdefault(name, []).append(one)


def _deeds(folder: Path) -> dict[str, Deed]:
    return {
        "nothing": lambda _bot: asyncio.sleep(REST_SECONDS),
        "scoring, 30 evaluators": _scoring,
        "first chart after the start": lambda bot: bot.say(SUPERVISOR, "/team", _pictured),
        "/team with another chart": lambda bot: bot.say(ADMIN, "/team 2026-10", _pictured),
        f"CSV of {EVALUATIONS:,} evaluations": lambda bot: _export(bot, "CSV"),
        f"XLSX of {EVALUATIONS:,} evaluations": lambda bot: _export(bot, "XLSX"),
        "workbook of a month": lambda bot: _file_of_month(bot, ".xlsx"),
        "PDF of a month": lambda bot: _file_of_month(bot, ".pdf"),
        f"import of {CONTACTS:,} contacts, CSV": lambda bot: bot.upload(
            ADMIN, "contacts.csv", contacts(CONTACTS), _imported
        ),
        "a scorecard of 200 criteria": lambda bot: bot.upload(
            ADMIN, "large.yaml", large_scorecard(), _offered
        ),
        "replay of 200 evaluations": lambda bot: bot.upload(
            ADMIN, "voice.yaml", other_voice(), _offered
        ),
        "weekly digests": lambda bot: bot.order("job weekly-digest"),
        "monthly reports": lambda bot: bot.order("job monthly-report"),
        "draw of samples": lambda bot: bot.order("job draw-samples"),
        "housekeeping": lambda bot: bot.order("job housekeeping"),
        "/audit": lambda bot: bot.say(ADMIN, "/audit", _any),
        "/audit as a file": _audit_file,
        "backup": lambda bot: bot.order(f"backup {folder / 'copy.db'}"),
    }


async def _scoring(bot: Stage) -> None:
    await asyncio.gather(*(_score(bot, one) for one in evaluators()))


async def _score(bot: Stage, evaluator: int) -> None:
    agent = evaluator % (2 * AGENTS) + 1
    shown = await bot.say(evaluator, f"/score Agent {agent}", _any)
    for _ in range(TAPS):
        label = wanted(shown.buttons) or shown.buttons[0]
        await bot.press(evaluator, shown, label)
        shown = (await bot.seen(evaluator))[-1]


async def _export(bot: Stage, label: str) -> None:
    asked = await bot.say(ADMIN, f"/export {EVERYTHING}", _any)
    await bot.tap(ADMIN, asked, label, _file)


async def _file_of_month(bot: Stage, ending: str) -> None:
    """Take the team's month as a workbook, or as a paper, which is offered under the workbook."""
    report = await bot.say(SUPERVISOR, "/team", _pictured)
    book = await bot.tap(SUPERVISOR, report, "Export", _file)
    if ending == ".pdf":
        await bot.tap(SUPERVISOR, book, "PDF", _file)


async def _audit_file(bot: Stage) -> None:
    shown = await bot.say(ADMIN, "/audit", _any)
    await bot.tap(ADMIN, shown, "CSV", _file)


def _pictured(message: Message) -> bool:
    return bool(message.photo)


def _file(message: Message) -> bool:
    return bool(message.document)


def _any(message: Message) -> bool:
    return bool(message.text)


def _offered(message: Message) -> bool:
    return "Publish" in message.buttons


def _imported(message: Message) -> bool:
    return f"Added: {CONTACTS}" in message.text


if __name__ == "__main__":
    asyncio.run(main())

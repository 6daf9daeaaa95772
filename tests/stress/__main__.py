"""``python -m tests.stress``: kill the bot many times, on both databases and both ways in."""

import argparse
import asyncio
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tests import postgres
from tests.stress.trial import Plan, Trial

SQLITE_POLLING, SQLITE_WEBHOOK, POSTGRES_WEBHOOK = 0.5, 0.25, 0.25
"""Which part of the kills falls on which kind of bot."""


def main() -> int:
    """Run the trials and print what came out; return the exit code."""
    parser = argparse.ArgumentParser(prog="make stress", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    given = parser.parse_args()
    say(f"{given.kills} kills, seed {given.seed}")
    folder = Path(tempfile.mkdtemp(prefix="etalon-stress-"))
    try:
        every(folder, given.kills, given.seed)
    except AssertionError as error:
        say(f"FAILED: {error}\nThe databases and logs are in {folder}")
        return 1
    shutil.rmtree(folder)
    return 0


def every(folder: Path, kills: int, seed: int) -> None:
    """Run each kind of bot for its part of the kills; raises ``AssertionError``."""
    place(folder, "polling on SQLite", Plan(round(kills * SQLITE_POLLING), seed))
    place(folder, "webhook on SQLite", Plan(round(kills * SQLITE_WEBHOOK), seed, webhook=True))
    # Its socket lies in this folder, and a socket's path must be short.
    server = postgres.start_server(Path(tempfile.mkdtemp(prefix="pg")))
    try:
        url = postgres.create(server, "stress")
        plan = Plan(round(kills * POSTGRES_WEBHOOK), seed, webhook=True)
        place(folder, "webhook on PostgreSQL", plan, url)
    finally:
        server.cleanup()


def place(folder: Path, name: str, plan: Plan, url: str = "") -> None:
    """Run one trial in a folder of its own and print its figures."""
    own = folder / name.replace(" ", "-")
    own.mkdir()
    began = time.monotonic()
    figures = asyncio.run(Trial(plan, own, url or f"sqlite+aiosqlite:///{own}/etalon.db").run())
    say(f"{name}: {figures}, {time.monotonic() - began:.0f} s")


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())

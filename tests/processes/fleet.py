"""Three processes of ``etalon run`` behind a proxy, a sandbox as their Telegram, one PostgreSQL."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import TypeVar

import aiohttp

from bot.running import utc_now
from bot.sandbox import Sandbox
from bot.settings import variables
from handlers.turn import Services
from scoring.roles import Role
from storage import people, teams
from storage.database import Database, Transaction
from storage.people import NewPerson
from storage.scorecards import Shelf
from tests.background import Background
from tests.far_side import FarSide
from tests.person import Person
from tests.processes.proxy import Proxy

Result = TypeVar("Result")

PROCESSES = 3
PATIENCE = 60
SECRET = "only-telegram-knows"  # noqa: S105  nobody's
FIRST_ID = 70_001
"""A database whose people have lower ones is taken for a sandbox's."""


class Process:
    """One ``etalon run``; ``address`` is that of its pages."""

    def __init__(self, folder: Path, settings: dict[str, str]) -> None:
        folder.mkdir()
        self.log = folder / "log.txt"
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bot", "run"],
                cwd=folder,
                env=settings,
                stdout=subprocess.DEVNULL,
                stderr=log,
            )
        self.address = ""

    @property
    def pid(self) -> int:
        """Its number in the system."""
        return self._process.pid

    def has_started(self) -> bool:
        """Return whether it receives updates already; its address is known then."""
        assert self._process.poll() is None, self.log.read_text()
        for line in self.log.read_text().splitlines():
            if '"event": "started"' in line:
                self.address = str(json.loads(line)["address"])
        return bool(self.address)

    def kill(self) -> None:
        """End it in the middle of everything."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait(PATIENCE)

    def ask_to_end(self) -> None:
        """Ask it to end in good order, as a service manager does."""
        self._process.send_signal(signal.SIGTERM)

    def ended(self) -> int:
        """Wait for its end and return its exit code."""
        return self._process.wait(PATIENCE)


class Fleet:
    """A contact centre that several processes serve."""

    def __init__(self, database: str, folder: Path) -> None:
        self._url = database
        self._folder = folder
        self._background = Background()
        self.sandbox = self._background.call(self._open_sandbox())
        self.far = FarSide(self._background, self.sandbox.address)
        self.proxy = Proxy()
        self._background.call(self.proxy.start())
        self.services = self._background.call(self._services())
        self.processes: list[Process] = []
        self._people = 0

    def hire(
        self, *names: str, role: Role = Role.EVALUATOR, team: int | None = None
    ) -> list[Person]:
        """Take people in who have opened the chat already."""

        async def adding(tx: Transaction) -> list[int]:
            return [
                await people.add(
                    tx,
                    NewPerson(
                        name,
                        {role},
                        teams=[] if team is None else [team],
                        telegram_id=FIRST_ID + self._people + number,
                        language="en",
                    ),
                    utc_now(),
                )
                for number, name in enumerate(names)
            ]

        found = []
        for name, person_id in zip(names, self.write(adding), strict=True):
            telegram_id = FIRST_ID + self._people
            self.far.post("people", first_name=name, id=telegram_id, started=True)
            found.append(Person(name, telegram_id, self.far, person_id))
            self._people += 1
        return found

    def team(self, name: str) -> int:
        """Make a team and return its id."""
        return self.write(lambda tx: _team(tx, name))

    def start(self) -> None:
        """Start the processes, all at the same moment, and wait until each receives updates."""
        settings = self._settings()
        self.processes = [
            Process(self._folder / f"process{number}", settings) for number in range(PROCESSES)
        ]
        self.wait(lambda: all(one.has_started() for one in self.processes))
        self.proxy.upstreams = [one.address for one in self.processes]

    def close(self) -> None:
        """End everything."""
        for one in self.processes:
            one.kill()
        self.far.close()
        self._background.call(self.services.db.close())
        self._background.call(self.proxy.stop())
        self._background.call(self.sandbox.stop())
        self._background.close()

    def run(self, work: Callable[[Services], Awaitable[Result]]) -> Result:
        """Run a coroutine function with services of the test's own on the same database."""

        async def running() -> Result:
            return await work(self.services)

        return self._background.call(running())

    def write(self, work: Callable[[Transaction], Awaitable[Result]]) -> Result:
        """Run a coroutine function in a writing transaction."""

        async def running(services: Services) -> Result:
            async with services.db.writing() as tx:
                return await work(tx)

        return self.run(running)

    def rows(self, query: str) -> Sequence[tuple[object, ...]]:
        """Return what a query finds."""

        async def reading(tx: Transaction) -> list[tuple[object, ...]]:
            return [tuple(row) for row in await tx.exec_driver_sql(query)]

        return self.write(reading)

    def change(self, statement: str) -> None:
        """Change rows by hand, such as to let time pass for them."""

        async def changing(tx: Transaction) -> None:
            await tx.exec_driver_sql(statement)

        self.write(changing)

    def figures(self, process: Process) -> dict[str, float]:
        """Return the metrics of one of the processes."""
        page = self._background.call(_get(f"{process.address}/metrics"))
        lines = [line.rsplit(" ", 1) for line in page.splitlines() if not line.startswith("#")]
        return {name: float(value) for name, value in lines}

    def wait(self, condition: Callable[[], bool]) -> None:
        """Look again until it is so."""
        until = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < until, "it did not come to that"
            time.sleep(0.02)

    def _settings(self) -> dict[str, str]:
        ours = {name for name, _, _ in variables()}
        return {name: one for name, one in os.environ.items() if name not in ours} | {
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "TELEGRAM_BOT_TOKEN": self.sandbox.token,
            "TELEGRAM_API_URL": self.sandbox.address,
            "DATABASE_URL": self._url,
            "WEBHOOK_URL": f"{self.proxy.address}/telegram",
            "WEBHOOK_SECRET": SECRET,
            "HTTP_PORT": "0",
            "LOG_FORMAT": "json",
        }

    async def _open_sandbox(self) -> Sandbox:
        sandbox = Sandbox()
        await sandbox.start()
        return sandbox

    async def _services(self) -> Services:
        return Services(Database(self._url), Shelf(), utc_now)


async def _team(tx: Transaction, name: str) -> int:
    return (await teams.add(tx, name, "UTC", "en", utc_now())).id


async def _get(url: str) -> str:
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return await answer.text()

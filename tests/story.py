"""The stage of every story: a contact centre whose bot talks to a sandbox over HTTP.

The bot is the real one: library, transport, polling, delivery and database. A story reads from top
to bottom; each act of a person returns once the bot has handled it, so nothing waits in between.
"""

import asyncio
import datetime as dt
import re
from collections.abc import Awaitable, Callable
from typing import TypeVar

import aiohttp
from sqlalchemy import func, select
from sqlalchemy import table as sql_table

from bot.intake import LONGEST_HANDLING
from bot.pacing import Limits
from bot.running import Running, Setup
from bot.sandbox import Sandbox
from bot.sandbox.values import JsonObject, as_int, as_objects
from bot.schedules import Ran, run_job
from bot.settings import LogFormat, LogLevel, Settings
from bot.transport import READ_SECONDS
from handlers.ration import Ration
from handlers.routes import jobs
from handlers.turn import Services
from scoring.roles import Role
from storage import invitations, outbox, people, teams
from storage.database import Database, Transaction
from storage.people import NewPerson
from tests.background import Background
from tests.clock import MONDAY, Clock
from tests.far_side import FarSide, Message
from tests.log_watch import EAR
from tests.person import Group, Person

__all__ = ["MONDAY", "Centre", "Clock", "Group", "Message", "Person"]

Result = TypeVar("Result")

ADMIN_ID = 9001
UNHURRIED = Limits(overall=10_000, chat=10_000, group=10_000)
PLENTY = 1e9
"""A ration that no story uses up: its clock stands still, so nothing would flow in."""


class Centre:
    """A contact centre with its bot at work."""

    def __init__(
        self,
        database: str,
        *,
        limits: Limits = UNHURRIED,
        ration: float = PLENTY,
        language: str = "en",
        webhook: bool = False,
        read_seconds: float = READ_SECONDS,
    ) -> None:
        self.clock = Clock()
        self.settings = _settings(language)
        self._database = database
        self._limits = limits
        self._ration = ration
        self._webhook = webhook
        self._read_seconds = read_seconds
        self.handling_seconds = LONGEST_HANDLING
        """How long an update may take; counts from the next start on."""
        self._background = Background()
        self.sandbox = self._background.call(self._open_sandbox())
        EAR.keep_secret(self.sandbox.token)
        self.far = FarSide(self._background, self.sandbox.address)
        self._admin: Person | None = None
        self._running = self._background.call(self._start())

    @property
    def services(self) -> Services:
        """What the bot's handlers work with."""
        return self._running.services

    @property
    def db(self) -> Database:
        """The bot's database; use it inside ``run``."""
        return self._running.services.db

    @property
    def running(self) -> Running:
        """The bot."""
        return self._running

    @property
    def admin(self) -> Person:
        """Somebody whom the configuration names as an admin."""
        if self._admin is None:
            self._admin = self._let_in("Viktor Admin", "en", ADMIN_ID)
            self._admin.send("/start")
        return self._admin

    def hire(
        self,
        name: str,
        roles: str = "evaluator",
        team: str | None = None,
        language: str = "en",
        supervises: str | None = None,
        timezone: str = "UTC",
    ) -> Person:
        """Invite somebody, who opens their link; *roles* and teams are separated by ``|``."""
        token, person_id = self.invite(name, roles, team, supervises, language, timezone)
        person = self._let_in(name, language, person_id=person_id)
        person.open(token)
        return person

    def invite(
        self,
        name: str,
        roles: str = "evaluator",
        team: str | None = None,
        supervises: str | None = None,
        language: str = "en",
        timezone: str = "UTC",
    ) -> tuple[str, int]:
        """Take somebody in who has not come yet; return their link's token and their id."""

        async def take_in(tx: Transaction) -> tuple[str, int]:
            new = NewPerson(
                name,
                {Role(one) for one in _split(roles)},
                teams=[await _team(tx, one, timezone, language, now) for one in _split(team)],
                supervises=[
                    await _team(tx, one, timezone, language, now) for one in _split(supervises)
                ],
            )
            person_id = await people.add(tx, new, now)
            return await invitations.issue(tx, person_id, now), person_id

        now = self.clock()
        return self.write(take_in)

    def passer_by(self, name: str, language: str = "en") -> Person:
        """Return somebody whom nobody has invited."""
        return self._let_in(name, language)

    def group(self, title: str, *members: Person, forum: bool = False) -> Group:
        """Open a group chat with the bot in it, a *forum* with topics."""
        ids = [one.id for one in members]
        chat = self.far.post("groups", title=title, members=ids, forum=forum)
        return Group(as_int(chat["id"]), title, self.far)

    def restart(self) -> None:
        """Stop the bot and start it again on the same database."""
        self.stop()
        self.start()

    def stop(self) -> None:
        """Stop the bot in good order."""
        self._background.call(self._running.stop())

    def kill(self) -> None:
        """Stop the bot in the middle of everything, as a crash would."""
        self._background.call(self._running.kill())

    def start(self) -> None:
        """Start the bot after ``stop`` or ``kill``."""
        self._running = self._background.call(self._start())

    def run(self, work: Callable[[Services], Awaitable[Result]]) -> Result:
        """Run a coroutine function with the services, in the bot's loop."""

        async def running() -> Result:
            return await work(self.services)

        return self._background.call(running())

    def write(self, work: Callable[[Transaction], Awaitable[Result]]) -> Result:
        """Run a coroutine function in a writing transaction."""

        async def running(services: Services) -> Result:
            async with services.db.writing() as tx:
                return await work(tx)

        return self.run(running)

    def read(self, work: Callable[[Transaction], Awaitable[Result]]) -> Result:
        """Run a coroutine function in a reading transaction."""

        async def running(services: Services) -> Result:
            async with services.db.reading() as tx:
                return await work(tx)

        return self.run(running)

    def count(self, table: str) -> int:
        """Return how many rows a table has."""

        async def counting(tx: Transaction) -> int:
            found = await tx.execute(select(func.count()).select_from(sql_table(table)))
            return found.scalar_one()

        return self.read(counting)

    def delivered(self, within: float = 40.0) -> None:
        """Wait until every queued message that is due has been delivered or put aside."""

        async def waiting(services: Services) -> None:
            async with asyncio.timeout(within):
                while True:
                    services.wake()
                    async with services.db.reading() as tx:
                        due, _ = await outbox.depth(tx, services.clock())
                    if not due and not self._running.delivering:
                        return
                    await asyncio.sleep(0.005)

        self.run(waiting)

    def job(self, name: str, at: dt.datetime | None = None) -> list[Ran]:
        """Run a job's occurrence that is due at that moment (by default now), for every team."""
        return self.run(lambda services: run_job(services, jobs(), name, at or self.clock()))

    def fault(self, method: str, kind: str, times: int = 1, **more: object) -> None:
        """Let the Bot API go wrong; the kinds are the sandbox's."""
        self.far.post("faults", method=method, kind=kind, times=times, **more)

    def arrives(self, update: JsonObject, *, wait: bool = True) -> int:
        """Let an update come from Telegram as it is; return its id once it is confirmed."""

        async def putting() -> int:
            return self.sandbox.world.updates.put(update)

        number = self._background.call(putting())
        if wait:
            handled = self.far.get("wait", update=number)
            assert handled == {"handled": True}, "the update was not confirmed"
        return number

    def calls(self, method: str) -> list[JsonObject]:
        """Return the parameters of the calls of *method* so far."""
        found = as_objects(self.far.get("calls", method=method))
        return [one["params"] for one in found if isinstance(one["params"], dict)]

    def page(self, path: str) -> tuple[int, str]:
        """Return status and text of one of the bot's own web pages."""
        return self._background.call(self._get(self._running.address + path))

    def close(self) -> None:
        """End the story."""
        self.far.close()
        self._background.call(self._running.stop())
        self._background.call(self.sandbox.stop())
        self._background.close()

    def _let_in(
        self, name: str, language: str, telegram_id: int | None = None, person_id: int = 0
    ) -> Person:
        first, _, last = name.partition(" ")
        made = self.far.post(
            "people", first_name=first, last_name=last, language_code=language, id=telegram_id
        )
        return Person(name, as_int(made["id"]), self.far, person_id)

    async def _open_sandbox(self) -> Sandbox:
        sandbox = Sandbox()
        sandbox.world.clock = lambda: self.clock().timestamp()
        await sandbox.start()
        return sandbox

    async def _start(self) -> Running:
        running = Running(
            Setup(
                settings=self.settings,
                database=self._database,
                token=self.sandbox.token,
                root=lambda _own: self.sandbox.address,
                admin_ids=frozenset({ADMIN_ID}),
                clock=self.clock,
                limits=self._limits,
                ration=Ration(self._ration),
                ticks=False,
                read_seconds=self._read_seconds,
                handling_seconds=self.handling_seconds,
                webhook=(lambda own: f"{own}/telegram") if self._webhook else None,
            )
        )
        await running.start()
        return running

    async def _get(self, url: str) -> tuple[int, str]:
        async with aiohttp.ClientSession() as session, session.get(url) as answer:
            return answer.status, await answer.text()


def _settings(language: str) -> Settings:
    return Settings(
        timezone="UTC",
        language=language,
        http_host="127.0.0.1",
        http_port=0,
        webhook_secret="only-telegram-knows",  # noqa: S106  the tests' own
        log_level=LogLevel.INFO,
        log_format=LogFormat.TEXT,
    )


def _split(names: str | None) -> list[str]:
    return [one.strip() for one in re.split(r"[|,;]", names or "") if one.strip()]


async def _team(tx: Transaction, name: str, timezone: str, language: str, now: dt.datetime) -> int:
    team = await teams.by_name(tx, name) or await teams.add(tx, name, timezone, language, now)
    return team.id

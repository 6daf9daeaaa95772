"""Starting and stopping everything that makes one bot at work."""

import asyncio
import contextlib
import datetime as dt
from collections.abc import Callable, Coroutine
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import structlog
from starlette.types import ASGIApp
from telegram import Bot

from bot.application import App, Connection, Handling, assemble
from bot.delivery import Delivery
from bot.guarding import Guard
from bot.http_server import HttpServer
from bot.intake import LONGEST_HANDLING, Polling, in_time
from bot.metrics import Metrics
from bot.pacing import Limits, Pace
from bot.passing_over import PassingOver
from bot.reaching import reached
from bot.schedules import Ticking
from bot.settings import Settings
from bot.transport import READ_SECONDS
from bot.web import Pages, serve
from handlers.menus import Menus
from handlers.passed_over import Herald
from handlers.ration import Ration
from handlers.reception import Reception
from handlers.routes import jobs, notices, routes
from handlers.turn import Services
from scoring.builtin import NAMES, builtin_scorecards
from storage import (
    ahead,
    appointments,
    audit,
    identity,
    migrate,
    outbox,
    restoring,
    schedules,
    scorecards,
)
from storage.database import Database, ping
from storage.identity import Owner
from storage.scorecards import Shelf
from storage.trouble import StorageUnavailableError
from storage.turnstile import Turnstile

if TYPE_CHECKING:
    from bot.webhook import Webhook

log = structlog.get_logger(__name__)

INTAKE_PATIENCE, TICKING_PATIENCE, DELIVERY_PATIENCE = 3.0, 2.0, 2.0
"""Seconds to finish what is in flight; with the rest of stopping they stay under ten."""

LEADING = "leading"
HEALTH_PATIENCE = 5.0
POLLING_STANDS, DELIVERY_STANDS, TICKING_STANDS = 120.0, 120.0, 600.0
"""After so many seconds without getting on, each of them counts as standing still.

A tick may run a long job: a month's reports of all teams.
"""


def utc_now() -> dt.datetime:
    """Return this moment."""
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True, slots=True)
class Setup:
    """What a running bot is made from, besides the settings.

    ``root`` and ``webhook`` (``None``: polling) are told the address of the web pages and return
    the Bot API's root and the public address. ``others`` answers the web requests that are not the
    bot's own; ``ration`` is how much of what is costly each person may ask for; ``read_seconds``
    is how long a call waits for its answer, ``handling_seconds`` how long an update may take;
    ``owner`` is whose the database is from now on.
    """

    settings: Settings
    database: str
    token: str
    root: Callable[[str], str]
    admin_ids: frozenset[int]
    clock: Callable[[], dt.datetime] = utc_now
    limits: Limits = field(default_factory=Limits)
    webhook: Callable[[str], str] | None = None
    others: ASGIApp | None = None
    more_ports: bool = False
    ticks: bool = True
    ration: Ration = field(default_factory=Ration)
    read_seconds: float = READ_SECONDS
    handling_seconds: float = LONGEST_HANDLING
    owner: Owner | None = None


class Running:
    """One bot at work: web pages, receiving, delivering and schedules on one database."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._database = Database(setup.database)
        self._turnstile = Turnstile(self._database)
        self._woken = asyncio.Event()
        self._stopping = asyncio.Event()
        self._pace = Pace(setup.limits)
        self._metrics = Metrics()
        self._routes = routes()
        settings = setup.settings
        self.services = Services(
            db=self._database,
            shelf=Shelf(),
            clock=setup.clock,
            admin_ids=setup.admin_ids,
            timezone=settings.timezone,
            language=settings.language,
            wake=self._woken.set,
            menu=Menus(self._routes.commands).offer,
            ration=setup.ration,
        )
        self.guard = Guard(self.services, self._metrics.failed)
        self._pages = Pages(self._metrics, self._troubles, self._measure, setup.others)
        self._server: HttpServer | None = None
        self._intake: Polling | Webhook | None = None
        self._delivery: Delivery | None = None
        self._ticking: Ticking | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._closing = contextlib.AsyncExitStack()

    @property
    def address(self) -> str:
        """Return the root of the web pages, such as ``http://127.0.0.1:8080``."""
        return self._server.address if self._server is not None else ""

    @property
    def delivering(self) -> bool:
        """Return whether messages are being delivered just now."""
        return self._delivery is not None and self._delivery.busy

    async def start(self) -> None:
        """Start everything and return once all of it works, updates first.

        Raises ``NoAddressError``, ``InvalidToken`` or ``StorageUnavailableError``. A Bot API that
        cannot be reached is waited for.
        """
        self._closing.push_async_callback(self._database.close)
        self._closing.push_async_callback(self._turnstile.close)
        await prepare(self.services)
        setup = self._setup
        await self._settle()
        self._server = await serve(
            self._pages,
            setup.settings.http_host,
            setup.settings.http_port,
            more_ports=setup.more_ports,
        )
        self._closing.push_async_callback(self._server.stop)
        root = setup.root(self.address)
        connection = Connection(setup.token, root, setup.read_seconds)
        application = await self._receive(connection)
        await self._unless_ended(self._do_the_rest(connection, application.bot))
        log.info("started", address=self.address)

    async def _settle(self) -> None:
        """Remember whose the database is; put right what configuration and clock have left."""
        setup, now = self._setup, self._setup.clock()
        async with self._database.writing() as tx:
            if setup.owner is not None:
                await identity.claim(tx, setup.owner, now)
            withdrawn = await appointments.withdraw(tx, setup.admin_ids, audit.program(now))
            dated = await ahead.put_right(tx, now)
        if withdrawn:
            log.warning("no_longer_admins", count=withdrawn, why="ADMIN_IDS names them no more")
        if dated:
            log.warning("dated_anew", count=dated, why="the clock had run ahead")

    async def ended(self) -> None:
        """Wait for something that should never end to end; raises what ended it."""
        if not self._tasks:
            return
        done, _ = await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()

    async def stop(self) -> None:
        """Stop receiving, finish what is in flight, give back what is not, close everything."""
        self._stopping.set()
        if self._intake is not None:
            await self._intake.stop(INTAKE_PATIENCE)
        if self._ticking is not None:
            await self._ticking.stop(TICKING_PATIENCE)
        if self._delivery is not None:
            await self._delivery.stop(DELIVERY_PATIENCE)
        await self._close()
        log.info("stopped")

    async def kill(self) -> None:
        """Stop in the middle of everything, as a crash would."""
        self._stopping.set()
        if self._ticking is not None:
            await self._ticking.stop(0.0)
        if self._intake is not None:
            await self._intake.kill()
        if self._delivery is not None:
            await self._delivery.kill()
        await self._close()

    async def _close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._closing.aclose()

    async def _receive(self, connection: Connection) -> App:
        """Connect to the Bot API and begin to receive; return what receives."""
        reception = Reception(self.services, self._routes, self._metrics.failed)
        application = assemble(connection, reception, self._pace)
        self._closing.push_async_callback(application.bot.shutdown)
        await self._reached(application.initialize)
        handling = in_time(
            Handling(application, self._metrics),
            self._setup.handling_seconds,
            lambda update: reception.given_up(update, application.bot),
        )
        passing_over = PassingOver(application.bot, self._metrics, Herald(self.services))
        if self._setup.webhook is not None:
            from bot.webhook import Webhook  # noqa: PLC0415  with what it needs of HTTP

            url, secret = self._setup.webhook(self.address), self._setup.settings.secret
            webhook = Webhook(
                application.bot, handling, url, secret, passing_over, self._alone_with
            )
            self._pages.take(webhook)
            await self._reached(webhook.open)
            self._intake = webhook
        else:
            await self._reached(application.bot.delete_webhook)
            self._intake = Polling(application.bot, handling, passing_over)
            self._run(self._intake.run())
        return application

    async def _do_the_rest(self, connection: Connection, bot: Bot) -> None:
        """Deliver, tick and offer the menus."""
        sender = connection.bot()
        self._closing.push_async_callback(sender.shutdown)
        await self._reached(sender.initialize)
        self._delivery = Delivery(
            self.services,
            sender,
            notices(),
            self._pace,
            self._metrics,
            self._woken,
            self._leads,
        )
        self._run(self._delivery.run())
        if self._setup.ticks:
            self._ticking = Ticking(self.services, jobs(), self._metrics, self._leads)
            self._ticking.start()
            self._run(self.guard.run(sender.send_message))
        await self._reached(lambda: Menus(self._routes.commands).offer_to_all(bot))

    async def _unless_ended(self, work: Coroutine[None, None, None]) -> None:
        """Do the work; raise what ends something meanwhile that should never end."""
        task = asyncio.create_task(work)
        try:
            await asyncio.wait({task, *self._tasks}, return_when=asyncio.FIRST_COMPLETED)
            if not task.done():
                await self.ended()
            await task
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    def _alone_with(self, chat: int) -> AbstractAsyncContextManager[None]:
        """Keep other processes from handling anything of the chat meanwhile."""
        return self._turnstile.alone(f"chat:{chat}")

    async def _leads(self) -> bool:
        """Return whether schedules and deliveries are this process's business."""
        return await self._turnstile.mine(LEADING)

    def _run(self, forever: Coroutine[None, None, None]) -> None:
        self._tasks.append(asyncio.create_task(forever))

    async def _reached(self, call: Callable[[], Coroutine[None, None, object]]) -> None:
        await reached(call, self._stopping)

    async def _troubles(self) -> list[str]:
        troubles = []
        if self._intake is None or self._stopping.is_set():
            troubles.append("updates are not being received")
        troubles += [
            "a part of the bot has stopped; its log says why" for one in self._tasks if one.done()
        ]
        troubles += self._standing()
        try:
            async with asyncio.timeout(HEALTH_PATIENCE):
                await ping(self._database)
        except (StorageUnavailableError, TimeoutError):
            troubles.append("the database does not answer")
        else:
            unsaved = await self.guard.look()
            troubles += [unsaved] if unsaved is not None else []
        return troubles

    def _standing(self) -> list[str]:
        """Return what has not got on for too long, though nothing of it has ended."""
        now = asyncio.get_running_loop().time()
        polled = self._intake.answered_at if isinstance(self._intake, Polling) else None
        looked = self._delivery.looked_at if self._delivery is not None else None
        ticked = self._ticking.ticked_at if self._ticking is not None else None
        limits = (
            ("Telegram has not answered", polled, POLLING_STANDS),
            ("messages have not been delivered", looked, DELIVERY_STANDS),
            ("schedules have not been looked at", ticked, TICKING_STANDS),
        )
        return [
            f"{what} for {now - since:.0f} seconds"
            for what, since, limit in limits
            if since is not None and now - since > limit
        ]

    async def _measure(self) -> None:
        """Look how much waits in the database; where it is away, say just that."""
        now = self.services.clock()
        try:
            async with asyncio.timeout(HEALTH_PATIENCE), self._database.reading() as tx:
                depth, age = await outbox.depth(tx, now)
                lag = await schedules.lag(tx, now)
        except (StorageUnavailableError, TimeoutError):
            self._metrics.database_up.set(0)
            self._metrics.database_writable.set(0)
            return
        self._metrics.database_up.set(1)
        self._metrics.outbox_depth.set(depth)
        self._metrics.outbox_age.set(age)
        self._metrics.schedule_lag.set(lag)
        self._metrics.database_writable.set(int(await self.guard.look() is None))


async def prepare(services: Services) -> None:
    """Bring the schema up to date and publish the built-in scorecards that are not there yet."""
    await migrate.upgrade(services.db)
    async with services.db.reading() as tx:
        published = await scorecards.are_there(tx, NAMES)
        services.db.epoch = await restoring.epoch(tx)
    if not published:
        await _publish(services)


async def _publish(services: Services) -> None:
    async with services.db.writing() as tx:
        await migrate.stand_in_line(tx)
        for scorecard in builtin_scorecards():
            if await scorecards.latest(tx, services.shelf, scorecard.key) is None:
                await scorecards.publish(tx, scorecard, services.clock())

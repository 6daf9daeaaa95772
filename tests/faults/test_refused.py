"""Nobody listens where the Bot API should be: everything waits, nothing is lost."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from urllib.parse import urlsplit

import pytest
from telegram import Update

from bot.delivery import Delivery
from bot.intake import Polling
from bot.metrics import Metrics
from bot.pacing import Pace
from handlers.turn import Services
from scoring.roles import Role
from storage import teams
from storage.outbox import QUEUED, SENT
from tests.bot.conftest import Line, bot_for, clock, line, services, until
from tests.bot.post_office import IVAN, NOTICES, PostOffice, hire
from tests.clock import Clock
from tests.story import UNHURRIED

__all__ = ["clock", "line", "services"]


class Gate:
    """A port in front of a server, which can be shut: then connections are refused."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._behind = (str(parts.hostname), int(parts.port or 0))
        self._port = 0
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()

    @property
    def address(self) -> str:
        """The root of what is behind."""
        return f"http://127.0.0.1:{self._port}"

    async def open(self) -> None:
        """Let connections through."""
        self._server = await asyncio.start_server(self._pass, "127.0.0.1", self._port)
        self._port = self._server.sockets[0].getsockname()[1]

    async def shut(self) -> None:
        """Refuse new connections and cut those that there are."""
        if self._server is not None:
            self._server.close()
        for one in self._open:
            one.transport.abort()
        self._open.clear()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection(*self._behind)
        self._open |= {writer, back}
        await asyncio.gather(_pump(reader, back), _pump(there, writer))


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while part := await reader.read(65536):
            writer.write(part)
            await writer.drain()
    writer.close()


@pytest.fixture
async def gate(line: Line) -> AsyncIterator[Gate]:
    """The way to the sandbox."""
    gate = Gate(line.sandbox.address)
    await gate.open()
    yield gate
    await gate.shut()


async def test_news_waits_while_connections_are_refused(
    line: Line, gate: Gate, services: Services, clock: Clock
) -> None:
    woken = asyncio.Event()
    async with bot_for(gate.address, line.sandbox.token) as bot:
        notices = {one.kind: one for one in NOTICES}
        delivery = Delivery(services, bot, notices, Pace(UNHURRIED), Metrics(), woken)
        office = PostOffice(line, services, clock, delivery, woken)
        async with services.db.writing() as tx:
            team = await teams.add(tx, "Support", "UTC", "en", clock())
        await line.player.person("Ivan")
        office.ivan = await hire(services, "Ivan", Role.AGENT, IVAN, team.id)
        running = asyncio.create_task(delivery.run())
        await gate.shut()
        # Even what would rather miss than repeat is tried again: nothing can have been sent.
        await office.put("half price", kind="offer")
        await office.settle()
        assert (await office.row("half price")).state == QUEUED
        await gate.open()
        clock.advance(minutes=5)
        woken.set()
        await office.settle()
        assert (await office.row("half price")).state == SENT
        assert len(await office.read(IVAN)) == 1
        await delivery.stop(1.0)
        await running


async def test_polls_go_on_once_connections_are_accepted_again(line: Line, gate: Gate) -> None:
    heard: list[str] = []

    async def handle(update: Update) -> None:
        assert update.message is not None
        heard.append(str(update.message.text))

    anna = await line.player.person("Anna", starts=False)
    async with bot_for(gate.address, line.sandbox.token) as bot:
        polling = Polling(bot, handle)
        running = asyncio.create_task(polling.run())
        await until(lambda: line.sandbox.world.updates.polled)
        await gate.shut()
        await line.player.post("send", person=anna, text="hello")
        await gate.open()
        await until(lambda: heard == ["hello"])
        await polling.stop(1.0)
        await running

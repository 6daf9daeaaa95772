"""The parts of a running bot one by one: a sandbox, the transport, a database, the services."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

import aiohttp
import pytest
from telegram import Bot

from bot.sandbox import Sandbox
from bot.transport import AiohttpRequest
from handlers.turn import Services
from storage.database import Database
from storage.scorecards import Shelf
from tests.sandbox.player import Player
from tests.story import Clock

SHORT = 0.2
"""How many seconds the bots of these tests wait for an answer."""


@dataclass(frozen=True)
class Line:
    """A bot and the sandbox at the other end of it."""

    sandbox: Sandbox
    player: Player
    bot: Bot


def bot_for(root: str, token: str) -> Bot:
    """Return a bot over our own transport."""
    return Bot(
        token,
        base_url=f"{root}/bot",
        base_file_url=f"{root}/file/bot",
        request=AiohttpRequest(read_seconds=SHORT),
        get_updates_request=AiohttpRequest(),
    )


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    """A bot that has been connected to a sandbox of its own."""
    async with (
        Sandbox().serving() as sandbox,
        aiohttp.ClientSession(sandbox.address) as session,
        bot_for(sandbox.address, sandbox.token) as bot,
    ):
        yield Line(sandbox, Player(session, sandbox.token), bot)


@pytest.fixture
def clock() -> Clock:
    """A clock that stands still until it is moved."""
    return Clock()


@pytest.fixture
async def services(sqlite_url: str, clock: Clock) -> AsyncIterator[Services]:
    """The services on a database of this test's own."""
    database = Database(sqlite_url)
    yield Services(database, Shelf(), clock)
    await database.close()


async def until(condition: Callable[[], bool]) -> None:
    """Let everything else run until something has become true."""
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110  nobody sets an event for everything
            await asyncio.sleep(0.002)

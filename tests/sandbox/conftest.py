"""A sandbox on a free port, the bot's library and somebody at the other side."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from telegram import Bot

from bot.sandbox import Sandbox
from tests.sandbox.player import Player


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """A sandbox that forgets everything at its end."""
    async with Sandbox().serving() as running:
        yield running


@pytest.fixture
async def player(sandbox: Sandbox) -> AsyncIterator[Player]:
    """The user side."""
    async with aiohttp.ClientSession(sandbox.address) as session:
        yield Player(session, sandbox.token)


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[Bot]:
    """The bot library, unmodified, pointed at the sandbox."""
    root = sandbox.address
    async with Bot(sandbox.token, f"{root}/bot", f"{root}/file/bot") as running:
        yield running


@pytest.fixture
async def anna(player: Player) -> int:
    """Anna, who has started the bot; her /start is still unread by it."""
    return await player.person("Anna", username="anna", language_code="en")

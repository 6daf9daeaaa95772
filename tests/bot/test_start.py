"""A start: how much processor time until the first answer, and how much memory at rest."""

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.sandbox import Sandbox
from tests.bot.test_command_line import LIMIT, environment
from tests.sandbox.player import Player

FIRST_ANSWER_SECONDS = 4.0
AT_REST_BYTES = 200 * 2**20
"""The bounds of a start on two cores; processor time, so that a busy machine is no failure."""


def _processor_seconds(pid: int) -> float:
    """Return the processor time that the process has used, in seconds (proc(5), stat)."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def _resident_bytes(pid: int) -> int:
    """Return the memory that the process holds, in bytes (proc(5), status)."""
    lines = Path(f"/proc/{pid}/status").read_text("ascii").splitlines()
    [size] = [line.split()[1] for line in lines if line.startswith("VmRSS:")]
    return int(size) * 1024


@pytest.fixture
async def player() -> AsyncIterator[Player]:
    """Somebody at the user side of a sandbox whose bot has not started yet."""
    async with (
        Sandbox().serving() as sandbox,
        aiohttp.ClientSession(sandbox.address) as session,
    ):
        yield Player(session, sandbox.token)


async def _answered(player: Player, process: asyncio.subprocess.Process) -> None:
    """Wait until the bot has sent its first message."""
    async with asyncio.timeout(LIMIT):
        while not await player.get("calls", method="sendMessage"):
            assert process.returncode is None
            await asyncio.sleep(0.02)


async def test_the_first_answer_comes_soon_and_little_memory_is_held_at_rest(
    player: Player, sqlite_url: str, tmp_path: Path
) -> None:
    address = str(player.session._base_url).rstrip("/")
    await player.person("Anna")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        cwd=tmp_path,
        env=environment(
            TELEGRAM_BOT_TOKEN=player.token,
            TELEGRAM_API_URL=address,
            DATABASE_URL=sqlite_url,
            HTTP_PORT="0",
        ),
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        await _answered(player, process)
        assert _processor_seconds(process.pid) < FIRST_ANSWER_SECONDS
        assert _resident_bytes(process.pid) < AT_REST_BYTES
    finally:
        process.terminate()
        await asyncio.wait_for(process.wait(), LIMIT)
    assert process.returncode == 0

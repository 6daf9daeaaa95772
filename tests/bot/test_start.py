"""A start: what it does not load, and that what comes later is there when it is asked for."""

import asyncio
import gc
import subprocess
import sys
from pathlib import Path

import aiohttp

from bot.loading import without_collecting
from handlers import routes, routes_at_once
from tests.bot.conftest import Line
from tests.bot.test_command_line import LIMIT, environment

UNNEEDED = (
    *("alembic", "mako", "typer", "pydantic", "dotenv"),
    *("matplotlib", "openpyxl", "scipy", "numpy", "yaml"),
    *("sqlalchemy.orm", "sqlalchemy.dialects.postgresql", "asyncpg"),
    *("uvicorn", "starlette.applications"),
    *("bot.sandbox", "bot.demo", "bot.tasks", "bot.check"),
)
START = """
import asyncio
import sys
from bot.launch import telegram_launch
from bot.logs import configure
from bot.running import Running
from bot.settings import load_settings

async def start():
    settings = load_settings()
    configure(settings.log_level, settings.log_format)
    running = Running(telegram_launch(settings).setup)
    await running.start()
    print(running.address, *sorted(set(sys.argv[1:]) & set(sys.modules)), flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    await running.stop()

asyncio.run(start())
"""
SLICED = """
import importlib
import sys
from handlers.routes_at_once import SLICES
for name in SLICES[:-1]:
    importlib.import_module(name)
before = set(sys.modules)
import handlers.routes
print(*sorted(set(sys.modules) - before))
"""
SESSIONS = """
import sys
import storage.database
import sqlalchemy.ext.asyncio as given
print("sqlalchemy.orm" in sys.modules, hasattr(given, "nonsense"))
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
print("sqlalchemy.orm" in sys.modules, AsyncEngine is storage.database.AsyncEngine)
"""


def said_by(code: str, folder: Path) -> str:
    done = subprocess.run(  # noqa: S603  our own program
        [sys.executable, "-c", code],
        env=environment(),
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=True,
    )
    return done.stdout


async def test_a_started_bot_has_loaded_nothing_that_it_does_not_need_and_its_pages_answer(
    line: Line, sqlite_url: str, tmp_path: Path
) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", START, *UNNEEDED),
        cwd=tmp_path,
        env=environment(
            TELEGRAM_BOT_TOKEN=line.sandbox.token,
            TELEGRAM_API_URL=line.sandbox.address,
            DATABASE_URL=sqlite_url,
            HTTP_PORT="0",
        ),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    address, *loaded = (await asyncio.wait_for(process.stdout.readline(), LIMIT)).decode().split()
    assert loaded == []
    async with aiohttp.ClientSession() as session:
        answers = [session.get(f"{address}/{page}") for page in ("healthz", "metrics", "healthz")]
        for answer in await asyncio.gather(*answers):
            assert answer.status == 200
            assert await answer.read()
    await asyncio.wait_for(process.communicate(b"\n"), LIMIT)
    assert process.returncode == 0


def test_the_table_at_a_start_is_the_whole_table() -> None:
    at_once, whole = routes_at_once.routes(), routes.routes()
    assert set(at_once.commands) == set(whole.commands)
    assert {name: at_once.commands[name] for name in whole.commands} == whole.commands
    assert {kind: at_once.presses.get(kind) for kind in whole.presses} == whole.presses
    assert {what: at_once.typed.get(what) for what in whole.typed} == whole.typed
    assert at_once.commands.get("nonsense") is None
    assert len(at_once.presses) == len(whole.presses)


def test_the_table_is_loaded_in_steps_to_its_last_conversation(tmp_path: Path) -> None:
    assert said_by(SLICED, tmp_path).split() == ["handlers.routes"]


def test_sessions_are_left_out_until_somebody_asks_for_them(tmp_path: Path) -> None:
    assert said_by(SESSIONS, tmp_path).splitlines() == ["False False", "True True"]


def test_garbage_is_looked_for_again_once_everything_is_loaded() -> None:
    frozen = gc.get_freeze_count()
    try:
        with without_collecting():
            assert not gc.isenabled()
        assert gc.isenabled()
        assert gc.get_freeze_count() > frozen
    finally:
        gc.unfreeze()

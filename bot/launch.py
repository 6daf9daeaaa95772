"""One process from start to end: what it runs, the signals that stop it, its exit code."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog
from telegram.error import InvalidToken

from bot import gc_tuning
from bot.console import complain, say
from bot.running import Running, Setup
from bot.settings import Settings, database_url, sandbox_folder
from bot.single import alone_in
from bot.web import NoAddressError
from handlers.turn import Services
from storage.diagnosis import Diagnosis, close_to_others, diagnose
from storage.identity import Owner
from storage.trouble import StorageUnavailableError

if TYPE_CHECKING:
    from bot.sandbox import Sandbox

log = structlog.get_logger(__name__)

OK, FAILED = 0, 1
Fill = Callable[[Services, str, str], Awaitable[object]]
"""Fills an empty centre through the sandbox at an address, given the bot's user name."""


@dataclass(frozen=True, slots=True)
class Launch:
    """A bot to run, and what happens once it is ready."""

    setup: Setup
    ready: Callable[[Running], Awaitable[None]]
    sandbox: "Sandbox | None" = None


def telegram_launch(settings: Settings) -> Launch:
    """Return the bot whose token is configured."""
    setup = Setup(
        settings=settings,
        database=database_url(settings, sandbox=False),
        token=settings.token,
        root=lambda _own: settings.telegram_api_url,
        admin_ids=settings.admin_ids,
        webhook=(lambda _own: settings.webhook_url) if settings.webhook_url else None,
        owner=Owner.TELEGRAM,
    )
    return Launch(setup, _say_nothing)


def sandbox_launch(settings: Settings, fill: Fill | None) -> Launch:
    """Return the bot that talks to a sandbox in this process, filled by *fill*.

    The sandbox's first person is an admin.
    """
    # A bot with a token does without it.
    from bot.sandbox import Sandbox  # noqa: PLC0415
    from bot.sandbox.people import FIRST_ID  # noqa: PLC0415

    sandbox = Sandbox(state=sandbox_folder(), names=frozenset({settings.http_host}))

    async def ready(running: Running) -> None:
        if fill is not None:
            say("Preparing the demo contact centre…")
            await fill(running.services, running.address, str(sandbox.world.bot["username"]))
        say(f"Etalon sandbox: {running.address}/")

    setup = Setup(
        settings=settings,
        database=database_url(settings, sandbox=True),
        token=sandbox.token,
        root=lambda own: own,
        admin_ids=settings.admin_ids | {FIRST_ID},
        others=sandbox,
        more_ports=True,
        owner=Owner.SANDBOX,
    )
    return Launch(setup, ready, sandbox)


async def launch(one: Launch) -> int:
    """Run the bot until a signal stops it, or something does; return the exit code."""
    if one.sandbox is None:
        return await _launch(one)
    with alone_in(sandbox_folder()) as alone:
        if alone:
            return await _launch(one)
    complain(f"A sandbox is running in {sandbox_folder()} already. Stop it first.")
    return FAILED


async def _launch(one: Launch) -> int:
    diagnosis = await diagnose(one.setup.database)
    trouble = diagnosis.trouble or _of_another(diagnosis, one.setup.owner)
    if trouble is not None:
        complain(trouble)
        return FAILED
    if diagnosis.readable_by_all:
        close_to_others(one.setup.database)
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, stopped.set)
    return await _run(one, stopped)


def _of_another(found: Diagnosis, wanted: Owner | None) -> str | None:
    """Return why the database is not for this bot: invented people and real ones never mix."""
    if found.owner is None or wanted is None or found.owner is wanted:
        return None
    if found.owner is Owner.SANDBOX:
        return (
            f"{found.where} is a sandbox's database: its people are invented. "
            "Set DATABASE_URL to another one, or leave it empty for a new one in data/."
        )
    return (
        f"{found.where} holds a real centre's data, which the sandbox would open to everybody. "
        "Move it out of the sandbox's folder."
    )


async def _run(one: Launch, stopped: asyncio.Event) -> int:
    if one.sandbox is not None:
        await one.sandbox.open()
    running = Running(one.setup)
    work = asyncio.create_task(_work(one, running))
    signalled = asyncio.create_task(stopped.wait())
    try:
        await asyncio.wait({work, signalled}, return_when=asyncio.FIRST_COMPLETED)
        return _code(work)
    finally:
        signalled.cancel()
        await _end(work)
        if one.sandbox is not None:
            one.sandbox.world.events.close()  # or the server would wait for the pages to leave
        await running.stop()
        if one.sandbox is not None:
            await one.sandbox.close()


async def _work(one: Launch, running: Running) -> None:
    await running.start()
    gc_tuning.tune()
    await one.ready(running)
    await running.ended()


async def _end(work: asyncio.Task[None]) -> None:
    """Stop the work; what it raises while it is being stopped is of no interest any more."""
    work.cancel()
    await asyncio.gather(work, return_exceptions=True)


def _code(work: asyncio.Task[None]) -> int:
    """Return the exit code, having said in a sentence what went wrong."""
    error = work.exception() if work.done() else None
    match error:
        case None:
            return OK
        case NoAddressError():
            complain(str(error))
        case InvalidToken():
            complain(
                "Telegram does not accept TELEGRAM_BOT_TOKEN. Copy it again from @BotFather, "
                "then run: etalon check"
            )
        case StorageUnavailableError():
            complain(f"The database cannot be used just now ({error}). Run: etalon check")
        case _:
            log.critical("stopped_by_an_error", exc_info=error)
            complain("Etalon stopped because of an error; the log above says which.")
    return FAILED


async def _say_nothing(_running: Running) -> None:
    """Do nothing more once the bot is ready."""

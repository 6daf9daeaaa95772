"""The stage of the bench of holds: a sandbox with people here, the watched bot in a process."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import aiohttp

from bot.sandbox import Sandbox
from bot.sandbox.values import JsonObject, as_object, as_objects
from tests.bench.programs import ROOT
from tests.far_side import Message

PATIENCE_SECONDS = 300.0
LOOK_SECONDS = 0.1
START_SECONDS = 60.0


class Stage:
    """People who write to the bot, and the orders that its process takes."""

    def __init__(
        self, sandbox: Sandbox, session: aiohttp.ClientSession, bot: asyncio.subprocess.Process
    ) -> None:
        self._sandbox = sandbox
        self._session = session
        self._bot = bot

    async def order(self, line: str) -> dict[str, float]:
        """Give the bot's process an order and return what came of it."""
        if self._bot.stdin is None or self._bot.stdout is None:
            raise RuntimeError("the bot's process takes no orders")
        self._bot.stdin.write(f"{line}\n".encode())
        answer = await asyncio.wait_for(self._bot.stdout.readline(), PATIENCE_SECONDS)
        found: dict[str, float] = json.loads(answer)
        return found

    async def join(self, person: int) -> None:
        """Let somebody come and start the bot."""
        name = {"first_name": f"P{person}", "language_code": "en", "id": person}
        await self._post("people", name)
        await self._post("send", {"person": person, "text": "/start", "wait": True})

    async def say(self, person: int, text: str, until: Callable[[Message], bool]) -> Message:
        """Let somebody write, and return the first answer that is as *until* wants it."""
        before = await self._last(person)
        await self._post("send", {"person": person, "text": text})
        return await self._answer(person, before, until)

    async def tap(
        self, person: int, message: Message, label: str, until: Callable[[Message], bool]
    ) -> Message:
        """Let somebody press a button, and return the first new message as *until* wants it."""
        before = await self._last(person)
        await self.press(person, message, label, wait=False)
        return await self._answer(person, before, until)

    async def press(self, person: int, message: Message, label: str, *, wait: bool = True) -> None:
        """Let somebody press a button; return once it was handled where *wait* says so."""
        act = {"person": person, "message_id": message.message_id, "text": label, "wait": wait}
        await self._post("press-button", act | {"answer_timeout": 1})

    async def upload(
        self, person: int, name: str, content: bytes, until: Callable[[Message], bool]
    ) -> Message:
        """Let somebody send a file, and return the first answer that is as *until* wants it."""
        before = await self._last(person)
        form = aiohttp.FormData({"person": str(person), "kind": "document"})
        form.add_field("file", content, filename=name)
        async with self._session.post("/sandbox/upload", data=form) as answer:
            answer.raise_for_status()
        return await self._answer(person, before, until)

    async def ask(self, person: int, text: str) -> None:
        """Let somebody write, and return once that was handled."""
        await self._post("send", {"person": person, "text": text, "wait": True})

    async def seen(self, person: int) -> list[Message]:
        """Return what the bot has written to somebody."""
        async with self._session.get("/sandbox/messages", params={"chat": person}) as answer:
            every = [Message(one) for one in as_objects(await answer.json())]
        return [one for one in every if one.from_bot]

    async def uploads(self, method: str) -> tuple[int, int]:
        """Return how many calls of *method* brought a file along, and how many there were."""
        async with self._session.get("/sandbox/calls", params={"method": method}) as answer:
            calls = [as_object(one["params"]) for one in as_objects(await answer.json())]
        return sum(not isinstance(one.get("photo"), str) for one in calls), len(calls)

    async def _last(self, person: int) -> int:
        return max((one.message_id for one in await self.seen(person)), default=0)

    async def _answer(self, person: int, after: int, until: Callable[[Message], bool]) -> Message:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                for one in await self.seen(person):
                    if one.message_id > after and until(one):
                        return one
                await asyncio.sleep(LOOK_SECONDS)

    async def _post(self, path: str, fields: JsonObject) -> None:
        async with self._session.post(f"/sandbox/{path}", json=fields) as answer:
            if answer.status >= 400:
                raise RuntimeError(f"{path}: {await answer.text()}")


@asynccontextmanager
async def stage(database: str, admin: int) -> AsyncIterator[Stage]:
    """Open the sandbox and start the bot on that database; end both."""
    sandbox = Sandbox()
    await sandbox.start()
    bot = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.bench.watched"),
        *(sandbox.address, sandbox.token, database, str(admin)),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        async with aiohttp.ClientSession(sandbox.address) as session:
            if bot.stdout is None:
                raise RuntimeError("the bot's process says nothing")
            await asyncio.wait_for(bot.stdout.readline(), START_SECONDS)
            yield Stage(sandbox, session, bot)
    finally:
        await _end(bot)
        await sandbox.stop()


async def _end(bot: asyncio.subprocess.Process) -> None:
    if bot.returncode is None:
        bot.terminate()
    await bot.wait()

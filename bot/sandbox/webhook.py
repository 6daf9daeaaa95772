"""Delivering updates to the bot's own address."""

import asyncio
import contextlib
import time
from collections import defaultdict, deque

import aiohttp

from bot.sandbox.updates import UpdateQueue
from bot.sandbox.values import JsonObject, as_int, as_object, to_bytes

FIRST_PAUSE = 0.1
LONGEST_PAUSE = 30.0
_TIMEOUT = aiohttp.ClientTimeout(total=60)
_ANSWERED = range(200, 300)


class Webhook:
    """Posts updates to ``url``: one chat's in order, different chats' side by side.

    Whatever is not answered with 2xx is tried again, with growing pauses.
    """

    def __init__(self, queue: UpdateQueue, url: str, secret: str, max_connections: int) -> None:
        self.url = url
        self.secret = secret
        self.max_connections = max_connections
        self.last_error: str | None = None
        self.last_error_date: int | None = None
        self._queue = queue
        self._lanes: defaultdict[int, deque[int]] = defaultdict(deque)
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._free = asyncio.Semaphore(max_connections)
        self._session: aiohttp.ClientSession | None = None

    def start(self) -> None:
        """Deliver everything that is pending and everything that comes."""
        self._session = aiohttp.ClientSession(timeout=_TIMEOUT)
        self._queue.on_push = self._push
        for number in list(self._queue.pending):
            self._push(number)

    async def stop(self) -> None:
        """Deliver nothing more; what was not confirmed stays in the queue."""
        self._queue.on_push = None
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
            self._session = None

    def dump(self) -> JsonObject:
        """Return the settings for the snapshot."""
        return {"url": self.url, "secret": self.secret, "max_connections": self.max_connections}

    def _push(self, number: int) -> None:
        key = _chat_of(self._queue.pending[number])
        self._lanes[key].append(number)
        if key not in self._tasks:
            self._tasks[key] = asyncio.create_task(self._drain(key))

    async def _drain(self, key: int) -> None:
        lane = self._lanes[key]
        while lane:
            await self._deliver(lane[0])
            lane.popleft()
        del self._lanes[key], self._tasks[key]

    async def _deliver(self, number: int) -> None:
        pause = FIRST_PAUSE
        while number in self._queue.pending:
            async with self._free:
                error = await self._post(to_bytes(self._queue.pending[number]))
            if error is None:
                self._queue.confirm(number)
                return
            self.last_error, self.last_error_date = error, int(time.time())
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    async def _post(self, body: bytes) -> str | None:
        """Return what went wrong, None if nothing did."""
        session = self._session
        if session is None:
            return "Webhook is closed"
        headers = {"Content-Type": "application/json"}
        if self.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self.secret
        with contextlib.suppress(TimeoutError, aiohttp.ClientError):
            async with session.post(
                self.url, data=body, headers=headers, allow_redirects=False
            ) as answer:
                if answer.status in _ANSWERED:
                    return None
                return f"Wrong response from the webhook: {answer.status} {answer.reason}"
        return "Connection failed"


def _chat_of(update: JsonObject) -> int:
    """Return what an update must stay in order with: its chat."""
    content = next((as_object(one) for key, one in update.items() if key != "update_id"), {})
    if "chat" not in content:
        content = as_object(content.get("message"))
    return as_int(as_object(content.get("chat")).get("id"))

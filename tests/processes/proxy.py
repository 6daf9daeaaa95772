"""A small reverse proxy: hands each chat's requests to the processes in turn."""

import asyncio
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

import aiohttp
from aiohttp import web

from bot.webhook import HEADER

BAD_GATEWAY = 502
TIMEOUT = aiohttp.ClientTimeout(total=30)


@dataclass(frozen=True)
class Passed:
    """A request that was passed on: its chat, to which process, and what that answered."""

    chat: int
    to: str
    status: int


class Proxy:
    """Listens on an address of its own; ``doubling`` hands every request to two processes."""

    def __init__(self) -> None:
        self.upstreams: Sequence[str] = ()
        self.doubling = False
        self.passed: list[Passed] = []
        self.address = ""
        # By chat: chats in step with each other would else meet the same process each time.
        self._turns: defaultdict[int, Iterator[int]] = defaultdict(count)
        self._runner: web.AppRunner | None = None
        self._session: aiohttp.ClientSession | None = None

    async def start(self) -> None:
        """Listen on a free port of this machine."""
        application = web.Application()
        application.router.add_post("/telegram", self._answer)
        self._session = aiohttp.ClientSession(timeout=TIMEOUT)
        self._runner = web.AppRunner(application, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.address = f"http://{host}:{port}"

    async def stop(self) -> None:
        """Listen no more."""
        if self._session is not None:
            await self._session.close()
        if self._runner is not None:
            await self._runner.cleanup()

    def used(self, chat: int) -> set[str]:
        """Return the processes that handled something of the chat."""
        return {one.to for one in self.passed if one.chat == chat and one.status == 200}

    async def _answer(self, request: web.Request) -> web.Response:
        body = await request.read()
        many = len(self.upstreams)
        chat = _chat(body)
        turn = (chat + next(self._turns[chat])) % many
        order = [*self.upstreams[turn:], *self.upstreams[:turn]]
        copies = 2 if self.doubling else 1
        statuses = await asyncio.gather(
            *[self._pass(order[copy:], request, body) for copy in range(copies)]
        )
        return web.Response(status=max(statuses))

    async def _pass(self, upstreams: Sequence[str], request: web.Request, body: bytes) -> int:
        """Pass the request to the first that answers, as ``proxy_next_upstream`` does."""
        for upstream in upstreams:
            status = await self._try(upstream, request, body)
            if status not in {BAD_GATEWAY, 503}:
                return status
        return BAD_GATEWAY

    async def _try(self, upstream: str, request: web.Request, body: bytes) -> int:
        assert self._session is not None
        headers = {HEADER: request.headers[HEADER], "Content-Type": "application/json"}
        try:
            async with self._session.post(
                f"{upstream}/telegram", data=body, headers=headers
            ) as answer:
                self.passed.append(Passed(_chat(body), upstream, answer.status))
                return answer.status
        except aiohttp.ClientError:
            return BAD_GATEWAY


def _chat(body: bytes) -> int:
    """Return the number that every update of these tests has: its person's."""
    update = json.loads(body)
    (content,) = [one for name, one in update.items() if name != "update_id"]
    return int(content["from"]["id"])

"""A Bot API that enforces Telegram's limits: ``python -m tests.bench.limited_api WANTED MS``.

It runs in a process of its own and prints its port. Each call is counted as it arrives and answered
after that many milliseconds; a message is refused with 429 if it is the 31st in any second, or the
second one of a chat in any second. Once as many as wanted were taken it prints a line of JSON: how
many were refused, and the messages a second after the first thirty, which may come at once.
"""

import asyncio
import json
import sys
import time
from collections import deque

from aiohttp import web

from tests.bench.counterpart import plain
from tests.bench.saying import say

OVERALL = 30
SECOND = 1.0
POLL_SECONDS = 25.0


class Limited:
    """What arrived, and what was refused."""

    def __init__(self, wanted: int, answer_s: float) -> None:
        self._wanted, self._answer_s = wanted, answer_s
        self._taken: list[float] = []
        self._lately: deque[tuple[float, str]] = deque()
        self._refused = 0
        self.over = asyncio.Event()

    async def answer(self, request: web.Request) -> web.Response:
        """Answer one call."""
        method = request.match_info["method"]
        plain_json = request.content_type == "application/json"
        given = await request.json() if plain_json else await request.post()
        params = {key: str(value) for key, value in given.items()}
        if method == "getUpdates":
            await asyncio.sleep(min(POLL_SECONDS, float(params.get("timeout", "0"))))
            return web.json_response({"ok": True, "result": []})
        taken = not method.startswith("send") or self._take(params["chat_id"])
        await asyncio.sleep(self._answer_s)
        if taken:
            return web.json_response({"ok": True, "result": plain(method, params)})
        wait = {"retry_after": 1}
        refusal = {"ok": False, "error_code": 429, "description": "Too Many Requests"}
        return web.json_response({**refusal, "parameters": wait}, status=429)

    def _take(self, chat: str) -> bool:
        """Count a message and return whether it is within the limits."""
        now = time.perf_counter()
        while self._lately and self._lately[0][0] <= now - SECOND:
            self._lately.popleft()
        if len(self._lately) >= OVERALL or any(to == chat for _, to in self._lately):
            self._refused += 1
            return False
        self._lately.append((now, chat))
        self._taken.append(now)
        if len(self._taken) == self._wanted:
            self.over.set()
        return True

    def result(self) -> dict[str, float]:
        """Return what was measured."""
        first, *_, last = self._taken[OVERALL - 1 :]
        rate = (len(self._taken) - OVERALL) / (last - first)
        return {"refused": self._refused, "per_second": rate}


async def main(wanted: int, answer_s: float) -> None:
    """Serve until as many messages came as wanted, then print what was measured."""
    limited = Limited(wanted, answer_s)
    app = web.Application()
    app.router.add_route("*", "/bot{token}/{method}", limited.answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    say(str(runner.addresses[0][1]))
    try:
        await asyncio.wait_for(limited.over.wait(), 60 + 2 * wanted / OVERALL)
        say(json.dumps(limited.result()))
        await asyncio.sleep(POLL_SECONDS)  # until it is ended: the bot still polls
    finally:
        await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), float(sys.argv[2]) / 1000))

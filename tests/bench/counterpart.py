"""The far side of a bench: a small Bot API with evaluators who press as soon as they may.

It runs in a process of its own: ``python -m tests.bench.counterpart EVALUATORS SECONDS WARMUP``.
It prints its port, and when the time is over one line of JSON: presses a second, the median and
the 95th percentile of a press's milliseconds, and the clock at the bot's first message.
A press is over once it was answered and its message edited; then that evaluator makes the next.
"""

import asyncio
import json
import sys
import time
from collections.abc import Mapping
from statistics import median, quantiles

from tests.bench.bot_api import Api, BadCall
from tests.bench.evaluators import Evaluator

FIRST = 1000
"""The lowest chat."""
TOKEN = "100:bench"  # noqa: S105  nobody's


class Far:
    """Every evaluator, and what was measured of their presses."""

    def __init__(self, evaluators: int, seconds: float, warmup: float) -> None:
        self.api = Api(self._called, self._polled)
        self._seconds, self._warmup = seconds, warmup
        self._people = {
            one: Evaluator(one, self.api.push) for one in range(1000, 1000 + evaluators)
        }
        self._took: list[float] = []
        self._begun = 0.0
        self._first_sent = 0.0
        self.over = asyncio.Event()

    def _polled(self) -> None:
        """Let everybody start at the bot's first poll."""
        if self._begun:
            return
        self._begun = time.perf_counter() + self._warmup
        for one in self._people.values():
            one.start()

    def _called(self, method: str, params: Mapping[str, str]) -> object:
        """Answer one call of the bot and let whoever it concerns go on."""
        chat = self._people.get(int(params.get("chat_id", "0") or 0))
        if method == "answerCallbackQuery":
            self._note(self._people[int(params["callback_query_id"].split("-")[0])].answered())
            return True
        if chat is not None and method == "editMessageText":
            message, took = chat.edited(params)
            self._note(took)
            return message
        if chat is not None and method == "sendMessage":
            self._first_sent = self._first_sent or time.perf_counter()
            return chat.sent(params)
        return plain(method, params)

    def _note(self, took: float | None) -> None:
        now = time.perf_counter()
        if took is not None and now >= self._begun:
            self._took.append(took)
        if now >= self._begun + self._seconds:
            self.over.set()

    def result(self) -> dict[str, float]:
        """Return presses a second, their milliseconds, and when the bot first said something."""
        return {
            "presses": len(self._took),
            "first_sent": self._first_sent,
            "per_second": len(self._took) / self._seconds,
            "median_ms": median(self._took) * 1000,
            "p95_ms": quantiles(self._took, n=20)[-1] * 1000,
        }


def plain(method: str, params: Mapping[str, str]) -> object:
    """Answer what concerns nobody who presses."""
    if method == "getMe":
        return {"id": 100, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
    if method.startswith(("set", "delete")):
        return True
    if method.startswith("send"):
        return {
            "message_id": 1,
            "date": 0,
            "chat": {"id": int(params["chat_id"]), "type": "private"},
        }
    raise BadCall(method)


async def main(evaluators: int, seconds: float, warmup: float) -> None:
    """Serve until the time is over, then print what was measured."""
    far = Far(evaluators, seconds, warmup)
    port = await far.api.listen()
    print(port, flush=True)  # noqa: T201  the parent reads it
    await asyncio.wait_for(far.over.wait(), seconds + warmup + 60)
    print(json.dumps(far.result()), flush=True)  # noqa: T201  the same


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3])))

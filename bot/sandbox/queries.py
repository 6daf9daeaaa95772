"""Callback queries: a press waits here for the bot's answer."""

import asyncio
import itertools
import time
from dataclasses import dataclass, field

from bot.sandbox.errors import bad_request
from bot.sandbox.values import JsonObject

# Telegram does not say how long a query may be answered; a minute shows a bot that is too slow.
LIFETIME = 60.0


@dataclass(slots=True)
class Query:
    """One press of a button, until it is answered."""

    id: str
    person: int
    chat: int
    expires: float
    answer: asyncio.Future[JsonObject] = field(repr=False)


class QueryDesk:
    """The queries that can still be answered."""

    def __init__(self) -> None:
        self._open: dict[str, Query] = {}
        # Ids must not repeat after a restart, when the bot may still hold old ones.
        self._numbers = itertools.count(time.time_ns())

    def open(self, person: int, chat: int) -> Query:
        """Start a query; its future brings the answer."""
        now = time.monotonic()
        self._forget_before(now)
        answer: asyncio.Future[JsonObject] = asyncio.get_running_loop().create_future()
        query = Query(str(next(self._numbers)), person, chat, now + LIFETIME, answer)
        self._open[query.id] = query
        return query

    def close(self, query_id: str) -> Query:
        """Take a query out for answering. Raises ApiError if it is unknown, answered or too old."""
        query = self._open.pop(query_id, None)
        if query is None or query.expires < time.monotonic():
            raise bad_request(
                "query is too old and response timeout expired or query ID is invalid"
            )
        return query

    def _forget_before(self, now: float) -> None:
        for key, query in list(self._open.items()):
            if query.expires >= now:
                return
            del self._open[key]

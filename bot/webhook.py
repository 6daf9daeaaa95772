"""Receiving updates by webhook: answered only after they were handled."""

import asyncio
import contextlib
import hmac
import json
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from functools import partial
from urllib.parse import urlsplit

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from telegram import Bot

from bot.arrivals import Arrival, UnreadableError, arrival_of
from bot.arrivals import read as read_update
from bot.intake import WANTED, WIDTH, Handle
from bot.lanes import Lanes
from bot.metrics import Metrics
from bot.passing_over import PassingOver
from bot.sparing import Sparing

log = structlog.get_logger(__name__)

HEADER = "X-Telegram-Bot-Api-Secret-Token"
BODY_LIMIT = 1024 * 1024
CONNECTIONS = 40
TRIES = 3

HANDLED = 200
NOT_AN_UPDATE = 400
WRONG_SECRET = 403
TOO_LARGE = 413
NOT_NOW = 503


Alone = Callable[[int], AbstractAsyncContextManager[None]]
"""Keeps other processes from handling anything of a lane meanwhile."""


def _unshared(_lane: int) -> AbstractAsyncContextManager[None]:
    return contextlib.nullcontext()


class TooLargeError(Exception):
    """A body is larger than any update is."""


class Webhook:
    """Takes updates at the path of a public address.

    Other processes may be serving it too: *alone* keeps a chat's updates apart across them.
    """

    def __init__(
        self,
        bot: Bot,
        handle: Handle,
        url: str,
        secret: str,
        passing_over: PassingOver | None = None,
        alone: Alone = _unshared,
    ) -> None:
        self.path = urlsplit(url).path or "/"
        self._bot = bot
        self._handle = handle
        self._url = url
        self._secret = secret
        self._passing_over = passing_over or PassingOver(bot, Metrics())
        self._alone = alone
        self._lanes = Lanes(WIDTH)
        self._lines = Sparing()
        self._open = False
        self._failures: dict[int, int] = {}

    async def open(self) -> None:
        """Accept updates from now on and tell Telegram the address."""
        self._open = True
        await self._bot.set_webhook(
            self._url,
            secret_token=self._secret,
            max_connections=CONNECTIONS,
            allowed_updates=WANTED,
        )

    async def stop(self, seconds: float) -> None:
        """Take on nothing more and finish what was begun; Telegram sends the rest again.

        The address stays set: other processes may be serving it.
        """
        self._open = False
        if not await self._lanes.drained(seconds):
            await self._lanes.cancel()

    async def kill(self) -> None:
        """Stop in the middle, as a crash would."""
        self._open = False
        await self._lanes.cancel()

    async def answer(self, request: Request) -> Response:
        """Answer Telegram's request with the status that says what became of the update."""
        return Response(status_code=await self._status(request))

    async def _status(self, request: Request) -> int:
        given = request.headers.get(HEADER, "")
        if not hmac.compare_digest(given.encode(), self._secret.encode()):
            left_out = self._lines.due("webhook_secret_wrong")
            if left_out is not None:
                log.warning("webhook_secret_wrong", left_out=left_out)
            return WRONG_SECRET
        return await self._of_telegram(request) if self._open else NOT_NOW

    async def _of_telegram(self, request: Request) -> int:
        try:
            source = as_json(await read(request, BODY_LIMIT))
        except TooLargeError:
            return TOO_LARGE
        except ClientDisconnect:
            return NOT_NOW
        arrival = arrival_of(source)
        if arrival is None:
            log.warning("webhook_body_unreadable")
            self._passing_over.no_update()
            # Telegram would send an object of its own again and again, and its chat would wait.
            return HANDLED if isinstance(source, dict) else NOT_AN_UPDATE
        return HANDLED if await self._handled(arrival) else NOT_NOW

    async def _handled(self, arrival: Arrival) -> bool:
        done: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._lanes.put(arrival.lane, partial(self._one, arrival, done))
        return await done

    async def _one(self, arrival: Arrival, done: asyncio.Future[bool]) -> None:
        handled = False
        try:
            handled = await self._tried(arrival)
        finally:
            with contextlib.suppress(asyncio.InvalidStateError):  # the request may be gone
                done.set_result(handled)

    async def _tried(self, arrival: Arrival) -> bool:
        """Handle the update; return whether it need not come again."""
        try:
            update = read_update(arrival, self._bot)
            async with self._alone(arrival.lane):
                await self._handle(update)
        except UnreadableError as error:
            await self._passing_over.unreadable(arrival, error)
        except Exception as error:
            log.exception("update_not_handled", update=arrival.id)
            return await self._given_up(arrival, error)
        self._failures.pop(arrival.id, None)
        return True

    async def _given_up(self, arrival: Arrival, error: Exception) -> bool:
        """Return whether the update has failed too often: sent for ever, it would stop its chat."""
        failures = self._failures.pop(arrival.id, 0) + 1
        if failures < TRIES and not isinstance(error, TimeoutError):
            self._failures[arrival.id] = failures
            return False
        await self._passing_over.failed(arrival, error)
        return True


def as_json(body: bytes) -> object:
    """Return what the body says; ``None`` where that cannot be read."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


async def read(request: Request, limit: int) -> bytes:
    """Return the request's body; raise ``TooLargeError`` as soon as it is over *limit* bytes."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > limit:
            raise TooLargeError
    return bytes(body)

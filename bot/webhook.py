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
from telegram import Bot, Update

from bot.intake import WANTED, WIDTH, Handle, lane_of
from bot.lanes import Lanes

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
        self, bot: Bot, handle: Handle, url: str, secret: str, alone: Alone = _unshared
    ) -> None:
        self.path = urlsplit(url).path or "/"
        self._bot = bot
        self._handle = handle
        self._url = url
        self._secret = secret
        self._alone = alone
        self._lanes = Lanes(WIDTH)
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
            log.warning("webhook_secret_wrong")
            return WRONG_SECRET
        if not self._open:
            return NOT_NOW
        try:
            update = Update.de_json(json.loads(await read(request, BODY_LIMIT)), self._bot)
        except TooLargeError:
            return TOO_LARGE
        except (ValueError, TypeError, KeyError, AttributeError):
            log.warning("webhook_body_unreadable")
            return NOT_AN_UPDATE
        except ClientDisconnect:
            return NOT_NOW
        return HANDLED if await self._handled(update) else NOT_NOW

    async def _handled(self, update: Update) -> bool:
        done: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        lane = lane_of(update)
        self._lanes.put(lane, partial(self._one, lane, update, done))
        return await done

    async def _one(self, lane: int, update: Update, done: asyncio.Future[bool]) -> None:
        handled = False
        try:
            async with self._alone(lane):
                await self._handle(update)
            handled = True
        except Exception:
            log.exception("update_not_handled", update=update.update_id)
            handled = self._given_up(update.update_id)
        finally:
            with contextlib.suppress(asyncio.InvalidStateError):  # the request may be gone
                done.set_result(handled)

    def _given_up(self, update_id: int) -> bool:
        """Return whether the update has failed too often: sent for ever, it would stop its chat."""
        failures = self._failures.pop(update_id, 0) + 1
        if failures < TRIES:
            self._failures[update_id] = failures
            return False
        log.error("update_dropped", update=update_id)
        return True


async def read(request: Request, limit: int) -> bytes:
    """Return the request's body; raise ``TooLargeError`` as soon as it is over *limit* bytes."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > limit:
            raise TooLargeError
    return bytes(body)

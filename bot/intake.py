"""Receiving updates: each is handled first and confirmed afterwards, so that none is lost.

Telegram forgets an update once a poll asks for a later one. Polls therefore ask from the lowest
update that is not handled yet, and skip what they bring a second time.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable
from functools import partial

import structlog
from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.lanes import Lanes
from bot.patience import seconds_of
from bot.waiting import pause

log = structlog.get_logger(__name__)

Handle = Callable[[Update], Awaitable[None]]

WIDTH = 32
LONGEST_HANDLING = 180.0
"""Telegram hands out a hundred updates at most: one that never ended would stop all chats."""

LONGEST_TELLING = 20.0
"""Seconds in which whoever sent an update that was given up is told so."""
POLL_SECONDS = 25
POLL_SLACK_SECONDS = 10
FIRST_PAUSE, LONGEST_PAUSE = 0.02, 0.5
FLOCK = 0.004
"""While other updates are under way a poll brings those again, so it waits for several new ones."""
FIRST_RETRY, LONGEST_RETRY = 0.5, 30.0
WANTED = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.MY_CHAT_MEMBER,
)


class Window:
    """Which updates are under way or handled but not yet confirmed."""

    def __init__(self) -> None:
        self._open: set[int] = set()
        self._handled: set[int] = set()

    def offset(self) -> int | None:
        """Return from which update to ask; earlier ones are confirmed by asking so."""
        if self._open:
            return min(self._open)
        return max(self._handled) + 1 if self._handled else None

    def is_new(self, update_id: int) -> bool:
        """Return whether the update has not been taken on yet."""
        return update_id not in self._open and update_id not in self._handled

    def take(self, update_id: int) -> None:
        """Note that the update is being handled."""
        self._open.add(update_id)

    def done(self, update_id: int) -> None:
        """Note that the update was handled."""
        self._open.discard(update_id)
        self._handled.add(update_id)

    def confirmed(self, offset: int | None) -> None:
        """Forget what was confirmed by a poll from *offset*, keeping the newest as a mark."""
        if offset is not None:
            self._handled = {one for one in self._handled if one >= offset - 1}


def lane_of(update: Update) -> int:
    """Return what the update must stay in order with: its chat, else whoever caused it."""
    chat, user = update.effective_chat, update.effective_user
    return chat.id if chat is not None else user.id if user is not None else 0


async def _nobody(_update: Update) -> None:
    """Tell nobody."""


def in_time(
    handle: Handle, seconds: float = LONGEST_HANDLING, given_up: Handle = _nobody
) -> Handle:
    """Return *handle* with a limit, after which *given_up* hears of it and it raises
    ``TimeoutError``."""

    async def limited(update: Update) -> None:
        limit = asyncio.timeout(seconds)
        try:
            async with limit:
                await handle(update)
        except TimeoutError:
            if limit.expired():
                async with asyncio.timeout(LONGEST_TELLING):
                    await given_up(update)
            raise

    return limited


class Polling:
    """Long polling for one bot."""

    def __init__(
        self, bot: Bot, handle: Handle, window: Window | None = None, *, width: int = WIDTH
    ) -> None:
        self._bot = bot
        self._handle = handle
        self._window = window or Window()
        self._lanes = Lanes(width)
        self._stopping = asyncio.Event()
        self._poll: asyncio.Task[tuple[Update, ...]] | None = None

    async def run(self) -> None:
        """Receive until ``stop`` is called; raises ``InvalidToken`` when Telegram knows it not."""
        rest = FIRST_PAUSE
        retry = FIRST_RETRY
        while not self._stopping.is_set():
            try:
                news = await self._next()
            except InvalidToken:
                raise
            except TelegramError as error:
                retry = await self._rest_after(error, retry)
                continue
            retry = FIRST_RETRY
            rest = await self._breathe(rest, news=news)

    async def stop(self, seconds: float) -> None:
        """Take on nothing more, finish what was begun, and confirm it."""
        self._stopping.set()
        if self._poll is not None:
            self._poll.cancel()
        if not await self._lanes.drained(seconds):
            log.warning("updates_left", why="they come again after the restart")
            await self._lanes.cancel()
        await self._confirm()

    async def kill(self) -> None:
        """Stop in the middle, confirming nothing, as a crash would."""
        self._stopping.set()
        if self._poll is not None:
            self._poll.cancel()
        await self._lanes.cancel()

    async def _next(self) -> bool:
        """Poll once and hand out what is new; return whether there was anything."""
        self._lanes.finished.clear()
        offset = self._window.offset()
        updates = await self._ask(offset, POLL_SECONDS)
        self._window.confirmed(offset)
        fresh = [update for update in updates if self._window.is_new(update.update_id)]
        for update in fresh:
            self._window.take(update.update_id)
            self._lanes.put(lane_of(update), partial(self._one, update))
        return bool(fresh)

    async def _ask(self, offset: int | None, seconds: int) -> tuple[Update, ...]:
        """Return the updates from *offset*, none when polling is stopped meanwhile."""
        self._poll = asyncio.create_task(
            self._bot.get_updates(
                offset,
                timeout=seconds,
                read_timeout=seconds + POLL_SLACK_SECONDS,
                allowed_updates=WANTED,
            )
        )
        try:
            return await self._poll
        except asyncio.CancelledError:
            if self._stopping.is_set():
                return ()
            self._poll.cancel()
            raise
        finally:
            self._poll = None

    async def _one(self, update: Update) -> None:
        try:
            await self._handle(update)
        except Exception:
            # Handling again would fail again and hold up everything after it.
            log.exception("update_dropped", update=update.update_id)
        self._window.done(update.update_id)

    async def _breathe(self, rest: float, *, news: bool) -> float:
        """Let work under way finish before asking again, so that asking is no busy loop.

        Returns how long to let it the next time, if nothing comes of asking.
        """
        if not self._lanes.load:
            return FIRST_PAUSE
        if await pause(rest, until=self._lanes.finished):
            if self._lanes.load:
                await asyncio.sleep(FLOCK)  # whoever has an answer soon does the next thing
            return FIRST_PAUSE
        return FIRST_PAUSE if news else min(rest * 2, LONGEST_PAUSE)

    async def _rest_after(self, error: TelegramError, retry: float) -> float:
        """Wait after a failed poll, longer each time; return how long to wait the next time."""
        if isinstance(error, Conflict):
            log.error(
                "polling_conflict",
                why="another process polls with this token, or a webhook is set for it; "
                "stop the other one",
            )
        else:
            log.warning("polling_failed", cause=type(error).__name__, retry_in=round(retry, 1))
        wait = seconds_of(error) if isinstance(error, RetryAfter) else retry
        await pause(wait * random.uniform(0.8, 1.2), until=self._stopping)  # noqa: S311  jitter
        return min(retry * 2, LONGEST_RETRY)

    async def _confirm(self) -> None:
        """Tell Telegram what was handled, so that it does not come again.

        This also ends the long poll that stopping has abandoned and that Telegram still answers.
        """
        try:
            await self._bot.get_updates(
                self._window.offset(), limit=1, timeout=0, allowed_updates=WANTED
            )
        except TelegramError as error:
            log.warning("confirmation_failed", cause=type(error).__name__)

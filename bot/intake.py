"""Receiving updates: each is handled first and confirmed afterwards, so that none is lost.

Telegram forgets an update once a poll asks for a later one. Polls therefore ask from the lowest
update that is not handled yet, and skip what they bring a second time. A hundred updates are all
that a poll brings: where those of one chat, or one that takes long, would keep the others from
being seen, they are confirmed before they are handled.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

import structlog
from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.arrivals import MOST, Arrival, UnreadableError, UnusableAnswerError, arrival_of, ask, read
from bot.lanes import Lanes
from bot.metrics import Metrics
from bot.passing_over import PassingOver
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
SOON = 10.0
"""How many seconds an answer may take that waits for no update."""
FIRST_PAUSE, LONGEST_PAUSE = 0.02, 0.5
FLOCK = 0.004
"""While other updates are under way a poll brings those again, so it waits for several new ones."""
SHARE = MOST // 2
"""One chat may have no more of the hundred while others may be waiting behind them."""
LONG_HELD = 3.0
"""After so many seconds an update under way keeps no others from being seen."""
FIRST_RETRY, LONGEST_RETRY = 0.5, 30.0
WANTED = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.MY_CHAT_MEMBER,
)


@dataclass(slots=True)
class _Open:
    """An update under way: its lane, since when, and whether it is confirmed all the same."""

    lane: int
    since: float
    let_go: bool = False


class Window:
    """Which updates are under way or handled but not yet confirmed."""

    def __init__(self) -> None:
        self._open: dict[int, _Open] = {}
        self._handled: set[int] = set()

    def offset(self) -> int | None:
        """Return from which update to ask; earlier ones are confirmed by asking so."""
        held = [update_id for update_id, one in self._open.items() if not one.let_go]
        if held:
            return min(held)
        known = self._handled | self._open.keys()
        return max(known) + 1 if known else None

    def is_new(self, update_id: int) -> bool:
        """Return whether the update has not been taken on yet."""
        return update_id not in self._open and update_id not in self._handled

    def take(self, update_id: int, lane: int = 0, now: float = 0.0) -> None:
        """Note that the update is being handled from *now* on."""
        self._open[update_id] = _Open(lane, now)

    def done(self, update_id: int) -> None:
        """Note that the update was handled."""
        self._open.pop(update_id, None)
        self._handled.add(update_id)

    def confirmed(self, offset: int | None) -> None:
        """Forget what was confirmed by a poll from *offset*, keeping the newest as a mark."""
        if offset is not None and self._handled:
            newest = max(self._handled)
            self._handled = {one for one in self._handled if one >= offset - 1 or one == newest}

    def let_go(self, before: float) -> int:
        """Let others be seen when Telegram hands out no more; return how many were let go.

        Those that are under way since *before*, and all of a lane that has more than its share,
        hold nothing up any more: they are still handled, but a crash would lose them.
        """
        held = [one for one in self._open.values() if not one.let_go]
        lanes = Counter(one.lane for one in held)
        gone = [one for one in held if one.since <= before or lanes[one.lane] > SHARE]
        for one in gone:
            one.let_go = True
        return len(gone)


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
        self,
        bot: Bot,
        handle: Handle,
        passing_over: PassingOver | None = None,
        *,
        width: int = WIDTH,
        long_held: float = LONG_HELD,
    ) -> None:
        self._bot = bot
        self._handle = handle
        self._passing_over = passing_over or PassingOver(bot, Metrics())
        self._window = Window()
        self._lanes = Lanes(width)
        self._asides = Lanes(width)
        self._long_held = long_held
        self._stopping = asyncio.Event()
        self._poll: asyncio.Task[list[object]] | None = None
        self.answered_at: float | None = None
        """When, by the loop's clock, Telegram last answered a poll."""

    async def run(self) -> None:
        """Receive until ``stop`` is called; raises ``InvalidToken`` when Telegram knows it not."""
        self.answered_at = asyncio.get_running_loop().time()
        rest = FIRST_PAUSE
        retry = FIRST_RETRY
        while not self._stopping.is_set():
            try:
                news = await self._next()
            except InvalidToken:
                raise
            except Exception as error:
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
            log.warning("updates_left", why="they come again after the restart, unless let go")
            await self._lanes.cancel()
        await self._asides.cancel()
        await self._confirm()

    async def kill(self) -> None:
        """Stop in the middle, confirming nothing, as a crash would."""
        self._stopping.set()
        if self._poll is not None:
            self._poll.cancel()
        await self._lanes.cancel()
        await self._asides.cancel()

    async def _next(self) -> bool:
        """Poll once and hand out what is new; return whether there was anything."""
        self._lanes.finished.clear()
        offset = self._window.offset()
        answer = await self._ask(offset, POLL_SECONDS)
        self._window.confirmed(offset)
        self.answered_at = asyncio.get_running_loop().time()
        arrivals = [one for one in map(arrival_of, answer) if one is not None]
        if answer and not arrivals:
            raise UnusableAnswerError
        fresh = [one for one in arrivals if self._window.is_new(one.id)]
        for one in fresh:
            await self._take(one)
        if len(answer) >= MOST:
            self._let_go()
        return bool(fresh)

    async def _ask(self, offset: int | None, seconds: int) -> list[object]:
        """Return the updates from *offset*, none when polling is stopped meanwhile."""
        patience = seconds + POLL_SLACK_SECONDS
        self._poll = asyncio.create_task(
            ask(self._bot, offset, seconds=seconds, patience=patience, kinds=WANTED)
        )
        try:
            return await self._poll
        except asyncio.CancelledError:
            if self._stopping.is_set():
                return []
            self._poll.cancel()
            raise
        finally:
            self._poll = None

    async def _take(self, arrival: Arrival) -> None:
        """Let the update wait for its turn, or drop it where its chat has too many waiting."""
        self._window.take(arrival.id, arrival.lane, asyncio.get_running_loop().time())
        if await self._passing_over.has_room(arrival, self._lanes.waiting(arrival.lane)):
            self._lanes.put(arrival.lane, partial(self._one, arrival))
        else:
            self._passing_over.too_many()
            if not self._asides.waiting(arrival.lane):
                telling = partial(self._passing_over.tell_of_too_many, arrival)
                self._asides.put(arrival.lane, telling)
            self._window.done(arrival.id)

    async def _one(self, arrival: Arrival) -> None:
        try:
            await self._handle(read(arrival, self._bot))
        except UnreadableError as error:
            await self._passing_over.unreadable(arrival, error)
        except Exception as error:
            # Handling again would fail again and hold up everything after it.
            await self._passing_over.failed(arrival, error)
        self._window.done(arrival.id)

    def _let_go(self) -> None:
        count = self._window.let_go(asyncio.get_running_loop().time() - self._long_held)
        if count:
            self._passing_over.let_go(count)

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

    async def _rest_after(self, error: Exception, retry: float) -> float:
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
            offset = self._window.offset()
            await ask(self._bot, offset, seconds=0, patience=SOON, kinds=WANTED, limit=1)
        except (TelegramError, UnusableAnswerError) as error:
            log.warning("confirmation_failed", cause=type(error).__name__)

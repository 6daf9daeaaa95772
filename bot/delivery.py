"""Delivering queued messages: claim them, draw them, send them at Telegram's pace, sort errors."""

import asyncio
import contextlib
import datetime as dt
import random
import secrets
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from functools import partial

import structlog
from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.drawing import Drawing, Undeliverable
from bot.lanes import Lanes
from bot.metrics import Metrics
from bot.outcomes import Again, InDoubt, Moved, Refused, Stop, backoff, outcome_of
from bot.pacing import Pace, turn_of
from bot.waiting import pause
from handlers.notice import Notice
from handlers.people import reachability
from handlers.turn import Services, put
from handlers.views.screen import Screen
from storage import outbox, pictures
from storage.outbox import Claimed
from storage.people import Person
from storage.trouble import StorageUnavailableError

log = structlog.get_logger(__name__)

LEASE = dt.timedelta(seconds=60)
LEASE_MARGIN = 20.0
"""A send that would begin in the lease's last seconds is left to whoever claims next."""
ROOM = 64
PORTION = 32
"""Claiming looks through all that is due: it is done for no fewer than so many."""
IN_A_LANE = 5
WIDTH = 24
LONGEST_WAIT = 5.0
EVERY = 1.0
REST_AFTER_FAILURE = 5.0
DRAWING_TRIES = 8
UNREACHABLE = "unreachable"


async def _nobody_else() -> bool:
    return True


class Delivery:
    """The delivery loop of one process.

    Of several processes one delivers, the one for which *leads* says so: the pace is Telegram's
    for the bot, not for a process.
    """

    def __init__(
        self,
        services: Services,
        bot: Bot,
        notices: Mapping[str, Notice],
        pace: Pace,
        metrics: Metrics,
        woken: asyncio.Event,
        leads: Callable[[], Awaitable[bool]] = _nobody_else,
    ) -> None:
        self._services = services
        self._bot = bot
        self._drawing = Drawing(services, notices)
        self._pace = pace
        self._metrics = metrics
        self._woken = woken
        self._leads = leads
        self._owner = secrets.token_hex(8)
        self._lanes = Lanes(WIDTH)
        self._queued: dict[int, int] = {}
        self._stopping = False
        self._refused: InvalidToken | None = None
        self.looked_at: float | None = None
        """When, by the loop's clock, the outbox last said what is due, or that another sends it."""

    @property
    def busy(self) -> bool:
        """Return whether messages are under way."""
        return self._lanes.load > 0

    async def run(self) -> None:
        """Deliver until ``stop`` is called; raises ``InvalidToken`` when the token is refused."""
        self.looked_at = asyncio.get_running_loop().time()
        while not self._stopping and self._refused is None:
            self._woken.clear()
            self._lanes.finished.clear()
            room = ROOM - self._lanes.load
            if room < PORTION:
                await pause(EVERY, until=self._lanes.finished)
                continue
            claimed = await self._claimed(room)
            await self._accept(claimed)
            if len(claimed) < room:
                await pause(EVERY, until=self._woken)
        if self._refused is not None:
            raise self._refused

    async def stop(self, seconds: float) -> None:
        """Claim nothing more, finish what is being sent, and give back the rest."""
        self._stopping = True
        self._woken.set()
        if not await self._lanes.drained(seconds):
            await self._lanes.cancel()
        try:
            async with self._services.db.writing() as tx:
                await outbox.release(tx, self._owner)
        except StorageUnavailableError as error:
            log.warning("leases_not_released", cause=str(error))

    async def kill(self) -> None:
        """Stop in the middle, giving nothing back, as a crash would."""
        self._stopping = True
        self._woken.set()
        await self._lanes.cancel()

    async def _claimed(self, room: int) -> list[Claimed]:
        """Claim up to *room* messages, none for those who have enough of them waiting here."""
        if room <= 0:
            return []
        now = self._services.clock()
        full = [lane for lane, waiting in self._queued.items() if waiting >= IN_A_LANE]
        try:
            claimed = await self._due(now, room, full) if await self._leads() else []
        except Exception:
            log.exception("claiming_failed")
            self._metrics.failures.labels("claiming").inc()
            await pause(REST_AFTER_FAILURE, until=self._woken)
            return []
        self.looked_at = asyncio.get_running_loop().time()
        return claimed

    async def _due(self, now: dt.datetime, room: int, full: Collection[int]) -> list[Claimed]:
        async with self._services.db.writing() as tx:
            return await outbox.claim(tx, self._owner, now, LEASE, room, without=full)

    async def _accept(self, claimed: Sequence[Claimed]) -> None:
        """Queue the messages in their recipients' lanes, and give back what is too much for one."""
        until = asyncio.get_running_loop().time() + LEASE.total_seconds() - LEASE_MARGIN
        too_many = []
        self._drawing.announce(claimed)
        for message in claimed:
            lane = message.recipient_id
            if self._queued.get(lane, 0) >= IN_A_LANE:
                too_many.append(message.id)
                self._drawing.forget(message)
                continue
            self._queued[lane] = self._queued.get(lane, 0) + 1
            self._lanes.put(lane, partial(self._one, message, until))
        if too_many:
            self._woken.set()
            with contextlib.suppress(StorageUnavailableError):  # the leases run out by themselves
                async with self._services.db.writing() as tx:
                    await outbox.release(tx, self._owner, too_many)

    async def _one(self, message: Claimed, until: float) -> None:
        try:
            if not self._stopping and asyncio.get_running_loop().time() < until:
                await self._deliver(message, until)
        except StorageUnavailableError as error:
            log.warning("delivery_unsaved", message=message.id, cause=str(error))
        except Exception as error:
            await self._failed(message, error)
        finally:
            self._drawing.forget(message)
            self._leave(message.recipient_id)

    def _leave(self, lane: int) -> None:
        """Note that a message has left the lane, which has room again."""
        if self._queued[lane] >= IN_A_LANE:
            self._woken.set()
        self._queued[lane] -= 1
        if not self._queued[lane]:
            del self._queued[lane]

    async def _deliver(self, message: Claimed, until: float) -> None:
        drawn = await self._drawing.drawn(message)
        if isinstance(drawn, Undeliverable):
            await self._give_up(message, drawn.reason)
        elif drawn.screen is None:
            await self._sent(message, None)
        else:
            async with turn_of(self._pace, drawn.chat, LONGEST_WAIT) as wait:
                if wait:
                    await self._retry(message, wait, "paced", counts=False)
                elif asyncio.get_running_loop().time() < until:
                    await self._send(message, drawn.notice, drawn.person, drawn.chat, drawn.screen)

    async def _send(
        self, message: Claimed, notice: Notice, person: Person, chat: int, screen: Screen
    ) -> None:
        # Should the process end between sending and noting it, nobody would know.
        once = not notice.repeats
        if once and not await self._give_up(message, "being sent", uncertain=True):
            return
        try:
            sent = await put(self._bot, self._services, chat, screen)
        except TelegramError as error:
            await self._sort(error, message, notice, person, screen)
        else:
            await self._sent(message, sent, chat)

    async def _sort(
        self, error: TelegramError, message: Claimed, notice: Notice, person: Person, screen: Screen
    ) -> None:
        cause = type(error).__name__
        outcome = outcome_of(error, message.attempts, random.random())  # noqa: S311  jitter
        log.info("delivery_failed", message=message.id, kind=message.kind, cause=cause)
        self._metrics.deliveries.labels(type(outcome).__name__.lower()).inc()
        match outcome:
            case Again(seconds, hold):
                if hold and person.telegram_id is not None:
                    now = asyncio.get_running_loop().time()
                    self._pace.hold(person.telegram_id, now + seconds)
                    self._pace.refused(now)
                await self._retry(message, seconds, cause)
            case InDoubt():
                await self._doubt(message, notice, cause)
            case Refused(nobody=False) if _stale_picture(screen) is not None:
                await self._forget_picture(message, screen)
            case Refused(nobody):
                await self._refuse(message, person, cause, nobody=nobody)
            case Moved(chat):
                async with self._pace.sending(chat):
                    await self._send(message, notice, person, chat, screen)
            case Stop():
                log.critical("token_refused", why="Telegram does not accept the bot's token")
                await self._retry(message, REST_AFTER_FAILURE, cause, counts=False)
                self._refused = InvalidToken()
                self._woken.set()

    async def _doubt(self, message: Claimed, notice: Notice, cause: str) -> None:
        if notice.repeats:
            await self._retry(message, backoff(message.attempts, random.random()), cause)  # noqa: S311
        else:
            await self._give_up(message, cause, uncertain=True)

    async def _refuse(self, message: Claimed, person: Person, cause: str, *, nobody: bool) -> None:
        async with self._services.db.writing() as tx:
            await outbox.give_up(tx, message, error=UNREACHABLE if nobody else cause)
            if nobody:
                await reachability.lost(tx, person, self._services.clock())
        self._woken.set()

    async def _forget_picture(self, message: Claimed, screen: Screen) -> None:
        """Have the message drawn once more: Telegram may have forgotten the picture in it."""
        digest = _stale_picture(screen)
        if digest is not None:
            async with self._services.db.writing() as tx:
                await pictures.forget(tx, digest)
        await self._retry(message, 0.0, "picture forgotten")
        self._woken.set()

    async def _failed(self, message: Claimed, error: Exception) -> None:
        """Note that drawing the message raised something: that is a mistake of the program."""
        number = secrets.token_hex(3).upper()
        log.error(
            "delivery_broken",
            incident=number,
            message=message.id,
            kind=message.kind,
            exc_info=error,
        )
        self._metrics.failures.labels("delivery").inc()
        said = f"incident {number}"
        if message.attempts + 1 >= DRAWING_TRIES:
            await self._give_up(message, said)
        else:
            await self._retry(message, backoff(message.attempts, random.random()), said)  # noqa: S311

    async def _sent(
        self, message: Claimed, telegram_message: int | None, chat: int | None = None
    ) -> None:
        self._metrics.deliveries.labels("sent").inc()
        now = self._services.clock()
        async with self._services.db.writing() as tx:
            held = await outbox.sent(tx, message, now, telegram_message=telegram_message, chat=chat)
        self._held(message, held=held)

    async def _give_up(self, message: Claimed, error: str, *, uncertain: bool = False) -> bool:
        async with self._services.db.writing() as tx:
            held = await outbox.give_up(tx, message, error=error, uncertain=uncertain)
        return self._held(message, held=held)

    async def _retry(
        self, message: Claimed, seconds: float, error: str, *, counts: bool = True
    ) -> None:
        at = self._services.clock() + dt.timedelta(seconds=seconds)
        async with self._services.db.writing() as tx:
            held = await outbox.retry(tx, message, at, error=error, counts=counts)
        self._held(message, held=held)

    def _held(self, message: Claimed, *, held: bool) -> bool:
        """Say so where the lease was lost meanwhile; return whether it was held."""
        if not held:
            log.warning("lease_lost", message=message.id, kind=message.kind)
            self._metrics.failed("lease")
        return held


def _stale_picture(screen: Screen) -> str | None:
    """Return the digest of the picture that was sent by Telegram's id of it, if one was."""
    picture = screen.picture
    return picture.digest if picture is not None and picture.file_id is not None else None

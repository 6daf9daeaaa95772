"""What becomes of updates that are not handled: noted without their content, counted, told."""

import asyncio

import structlog
from telegram import Bot

from bot.arrivals import Arrival
from bot.logs import told
from bot.metrics import Metrics
from handlers.passed_over import FAILED, TOO_MANY, UNREADABLE, Herald

log = structlog.get_logger(__name__)

STRANGERS_BACKLOG = 10
COLLEAGUES_BACKLOG = 300
"""How many updates of a chat may wait; a person can forward a hundred messages at once."""


class PassingOver:
    """Notes and counts what is passed over; tells the person where there is a *herald*."""

    def __init__(self, bot: Bot, metrics: Metrics, herald: Herald | None = None) -> None:
        self._bot = bot
        self._metrics = metrics
        self._herald = herald

    async def unreadable(self, arrival: Arrival, error: Exception) -> None:
        """Pass over an update that the library cannot read."""
        cause = error.__cause__ or error
        log.error("update_unreadable", update=arrival.id, kind=arrival.kind, why=told(cause))
        self._metrics.passed_over.labels("unreadable").inc()
        await self._tell(arrival, UNREADABLE)

    def no_update(self) -> None:
        """Count what came as an update and is none."""
        self._metrics.passed_over.labels("no_update").inc()

    async def failed(self, arrival: Arrival, error: Exception) -> None:
        """Give up an update whose handling failed or took too long, of which they were told."""
        log.error("update_dropped", update=arrival.id, kind=arrival.kind, exc_info=error)
        self._metrics.passed_over.labels("failed").inc()
        if not isinstance(error, TimeoutError):
            await self._tell(arrival, FAILED)

    def too_many(self) -> None:
        """Count an update that is dropped because its chat has too many waiting."""
        self._metrics.passed_over.labels("backlog").inc()

    async def tell_of_too_many(self, arrival: Arrival) -> None:
        """Tell whose update was dropped for that."""
        await self._tell(arrival, TOO_MANY)

    async def has_room(self, arrival: Arrival, waiting: int) -> bool:
        """Return whether an update may join the *waiting* ones of its chat.

        Ten may always wait, so that nothing is looked up as a rule; more may for those who belong
        here.
        """
        if waiting < STRANGERS_BACKLOG:
            return True
        user = arrival.sender.user
        if waiting >= COLLEAGUES_BACKLOG or user is None:
            return False
        return self._herald is None or await self._herald.knows(user)

    def let_go(self, count: int) -> None:
        """Note that so many updates were confirmed before they were handled."""
        log.warning("confirmed_early", updates=count, why="one chat must not hold up the others")
        self._metrics.passed_over.labels("confirmed_early").inc(count)

    async def _tell(self, arrival: Arrival, sentence: str) -> None:
        if self._herald is None:
            return
        try:
            await self._herald.tell(self._bot, arrival.sender, sentence)
        except asyncio.CancelledError:
            raise
        except Exception:
            log.exception("not_told", update=arrival.id)

"""Assembly: the library's application, its handlers, and the way of an update through them."""

import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass

import structlog
from telegram import Bot, ChatMember, Update
from telegram.constants import ChatType
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackContext,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ExtBot,
    MessageHandler,
    filters,
)

from bot.metrics import Metrics
from bot.pacing import Pace
from bot.patience import Patience
from bot.transport import READ_SECONDS, AiohttpRequest
from handlers.people import reachability
from handlers.reception import Reception

log = structlog.get_logger(__name__)

Data = dict[object, object]
Context = CallbackContext[ExtBot[None], Data, Data, Data]
App = Application[ExtBot[int], Context, Data, Data, Data, None]
Door = Callable[[Update, Context], Coroutine[object, object, None]]

FRESH = filters.UpdateType.MESSAGE
"""Messages as they were sent first; what is edited later has a way of its own."""
EDITED = filters.UpdateType.EDITED_MESSAGE
MATERIAL = filters.FORWARDED | filters.ATTACHMENT


class HandlingFailedError(Exception):
    """An update could not be handled."""


@dataclass(frozen=True, slots=True)
class Connection:
    """How to reach the Bot API, and how many seconds to wait for an answer of it."""

    token: str
    root: str
    read_seconds: float = READ_SECONDS

    def bot(self) -> Bot:
        """Return a plain bot of its own, without handlers."""
        return Bot(
            self.token,
            base_url=f"{self.root}/bot",
            base_file_url=f"{self.root}/file/bot",
            request=AiohttpRequest(read_seconds=self.read_seconds),
            get_updates_request=AiohttpRequest(connections=1),
        )


def assemble(connection: Connection, reception: Reception, pace: Pace) -> App:
    """Return the application that hands every kind of update to *reception*.

    Updates are asked for without the library (see ``bot.arrivals``).
    """
    builder = (
        ApplicationBuilder()
        .token(connection.token)
        .base_url(f"{connection.root}/bot")
        .base_file_url(f"{connection.root}/file/bot")
        .request(AiohttpRequest(read_seconds=connection.read_seconds))
        .get_updates_request(AiohttpRequest(connections=1))
        .rate_limiter(Patience(pace))
        .updater(None)
        .job_queue(None)
    )
    application: App = builder.build()
    _Doors(reception).open(application)
    return application


@dataclass(frozen=True, slots=True)
class _Doors:
    """The library's handlers, each a way in to the reception."""

    reception: Reception

    def open(self, application: App) -> None:
        """Add the handlers; the first that fits takes the update."""
        add = application.add_handler
        add(CallbackQueryHandler(self.press))  # the most frequent kind, so it is asked first
        add(MessageHandler(FRESH & MATERIAL, self.material))
        for name in self.reception.routes.commands:
            add(CommandHandler(name, self.command(name), filters=FRESH))
        add(MessageHandler(FRESH & filters.COMMAND & filters.ChatType.PRIVATE, self.command("")))
        add(MessageHandler(FRESH & filters.TEXT & ~filters.COMMAND, self.typed))
        add(MessageHandler(EDITED & filters.TEXT & ~filters.COMMAND, self.edited))
        add(ChatMemberHandler(self.membership, ChatMemberHandler.MY_CHAT_MEMBER))

    def command(self, name: str) -> Door:
        async def handle(update: Update, context: Context) -> None:
            await self.reception.command(update, context.bot, name)

        return handle

    async def press(self, update: Update, context: Context) -> None:
        await self.reception.press(update, context.bot)

    async def typed(self, update: Update, context: Context) -> None:
        await self.reception.typed(update, context.bot)

    async def edited(self, update: Update, context: Context) -> None:
        await self.reception.edited(update, context.bot)

    async def material(self, update: Update, context: Context) -> None:
        await self.reception.material(update, context.bot)

    async def membership(self, update: Update, _context: Context) -> None:
        change = update.my_chat_member
        if change is None or change.chat.type != ChatType.PRIVATE:
            return
        services = self.reception.services
        if change.new_chat_member.status == ChatMember.BANNED:
            await reachability.left(services, change.from_user.id)
        else:
            await reachability.came_back(services, change.from_user.id)


class Handling:
    """Passes updates to the application and says honestly whether they were handled."""

    def __init__(self, application: App, metrics: Metrics) -> None:
        self._application = application
        self._metrics = metrics
        self._failed: dict[int, Exception] = {}
        application.add_error_handler(self._note)

    async def __call__(self, update: Update) -> None:
        """Handle *update*; raises ``HandlingFailedError`` where that was not possible."""
        started = time.perf_counter()
        await self._application.process_update(update)
        self._metrics.handling.observe(time.perf_counter() - started)
        self._metrics.updates.labels(_kind(update)).inc()
        error = self._failed.pop(update.update_id, None)
        if error is not None:
            self._metrics.failures.labels("handling").inc()
            raise HandlingFailedError from error

    async def _note(self, update: object, context: Context) -> None:
        if isinstance(update, Update) and context.error is not None:
            self._failed[update.update_id] = context.error


def _kind(update: Update) -> str:
    if update.callback_query is not None:
        return "press"
    return "message" if update.message is not None else "other"

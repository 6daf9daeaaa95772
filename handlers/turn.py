"""One update as a conversation sees it: who is there, in which language, and how to reply."""

import asyncio
import contextlib
import datetime as dt
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import structlog
from markupsafe import Markup
from telegram import Bot, CallbackQuery, Chat, InputFile, InputMediaPhoto, Message, Update, User
from telegram.constants import ChatType, ParseMode
from telegram.error import BadRequest

from handlers.ration import Ration
from handlers.views.screen import Screen, with_footer
from handlers.words import Words
from storage import pictures
from storage.audit import Actor
from storage.awaiting import Awaited
from storage.database import Database
from storage.people import Person
from storage.scorecards import Shelf

log = structlog.get_logger(__name__)

NO_TOPIC = "message thread not found"
NOT_MODIFIED = "message is not modified"
GONE = ("message to edit not found", "message can't be edited")
TOAST_LIMIT = 200
ONCE_A_MINUTE = 1 / 60


async def _no_menu(_bot: Bot, _person: Person, _language: str) -> None:
    """Offer nothing: what works without a chat has no menu."""


@dataclass(frozen=True, slots=True)
class Services:
    """What outlives an update.

    ``wake`` tells the delivery loop that something was queued; ``menu`` shows a person the
    commands of their roles in a language; ``ration`` keeps anybody from asking for too much, and
    ``strangers`` anybody unknown from being answered more than once a minute.
    """

    db: Database
    shelf: Shelf
    clock: Callable[[], dt.datetime]
    admin_ids: frozenset[int] = frozenset()
    timezone: str = "UTC"
    language: str = "en"
    wake: Callable[[], None] = lambda: None
    menu: Callable[[Bot, Person, str], Awaitable[None]] = _no_menu
    ration: Ration = field(default_factory=Ration)
    strangers: Ration = field(default_factory=lambda: Ration(1, ONCE_A_MINUTE))


@dataclass(slots=True)
class Visit:
    """An update from anybody; ``t`` speaks their language, ``about`` names it for the log.

    ``shown`` is the message that was shown last. ``footer`` is a line that the next new message
    ends with.
    ``page`` is the page of the answer that is asked for where pages are turned: it takes the
    place of the one before.
    """

    services: Services
    bot: Bot
    update: Update
    user: User
    chat: Chat
    t: Words
    answered: bool = field(default=False, init=False)
    about: str = field(default="", init=False)
    shown: int | None = field(default=None, init=False)
    footer: Markup | None = field(default=None, init=False)
    silent: bool = field(default=False, init=False)
    page: int | None = field(default=None, init=False)

    @property
    def db(self) -> Database:
        """The database."""
        return self.services.db

    @property
    def now(self) -> dt.datetime:
        """This moment."""
        return self.services.clock()

    @property
    def private(self) -> bool:
        """Whether nobody else reads this chat."""
        return self.chat.type == ChatType.PRIVATE

    @property
    def query(self) -> CallbackQuery | None:
        """The press that this update is, if it is one."""
        return self.update.callback_query

    @property
    def pressed_message(self) -> int | None:
        """The id of the message whose button was pressed."""
        query = self.query
        return query.message.message_id if query is not None and query.message else None

    @property
    def asked_by(self) -> int | None:
        """The id of the message that this update is, or under which it is a press."""
        return self.message.message_id if self.message is not None else self.pressed_message

    @property
    def message(self) -> Message | None:
        """The message that this update is, if it is one, perhaps edited afterwards."""
        return self.update.message or self.update.edited_message

    @property
    def text(self) -> str:
        """What was typed, or the caption."""
        message = self.message
        return "" if message is None else message.text or message.caption or ""

    @property
    def thread(self) -> int | None:
        """The topic in which the update came, where the chat has topics; answers go there."""
        message = self.message
        if message is None and self.query is not None and isinstance(self.query.message, Message):
            message = self.query.message
        return (
            message.message_thread_id if message is not None and message.is_topic_message else None
        )

    async def say(self, screen: Screen) -> int:
        """Send *screen* as a new message and return its id."""
        if self.page is not None and screen.further:
            return await self.show(screen)
        screen, self.footer = with_footer(screen, self.footer), None
        self.shown = await send(self.bot, self.services, self.chat.id, screen, self.thread)
        return self.shown

    async def show(self, screen: Screen, message_id: int | None = None) -> int:
        """Show *screen* in place of a message, by default the one whose button was pressed.

        Sends a new message where there is nothing to edit any more. A press is answered at the
        same time. Returns the id of the message that shows the screen now.
        """
        target = message_id if message_id is not None else self.pressed_message
        if target is None:
            return await self.say(screen)
        shown, _ = await asyncio.gather(
            replace_message(
                self.bot,
                self.services,
                self.chat.id,
                target,
                screen.at(self.page or 0),
                thread=self.thread,
            ),
            self.toast(),
        )
        self.shown = shown
        return shown

    async def show_below(self, screen: Screen, message_id: int | None) -> int:
        """Show *screen* as the newest message, instead of an older one, which is removed.

        Returns the id of the message that shows it now.
        """
        shown = await self.say(screen)
        if message_id is not None and message_id != shown:
            await remove_message(self.bot, self.chat.id, message_id)
        return shown

    def hush(self, kind: int) -> bool:
        """Return whether a stranger has had a message of that *kind* (1, -1) within a minute.

        They get no other then; a press is always answered, as that puts nothing into the chat.
        """
        if self.query is None:
            self.silent = not self.services.strangers.take(kind * self.user.id, 1, self.now)
        return self.silent

    async def toast(self, text: str = "", *, alert: bool = False) -> None:
        """Answer the press, once; further calls and updates without a press do nothing."""
        if self.query is None or self.answered:
            return
        self.answered = True
        try:
            await self.query.answer(text[:TOAST_LIMIT] or None, show_alert=alert or None)
        except BadRequest:
            log.info("press_too_old")


@dataclass(slots=True)
class Turn(Visit):
    """An update from somebody who belongs here.

    ``asked`` is what the message asks for that this update is about: the one that was pressed or
    replied to. ``offered`` is what a reply to the message shown last would answer.
    """

    person: Person
    asked: Awaited | None = field(default=None, init=False)
    offered: Awaited | None = field(default=None, init=False)

    @property
    def actor(self) -> Actor:
        """Who acts, for the audit log."""
        return Actor(self.person.id, self.person.roles, self.now)


async def send(
    bot: Bot, services: Services, chat_id: int, screen: Screen, thread: int | None = None
) -> int:
    """Send *screen* to the chat, to the topic *thread* of it if given; return the message's id.

    Where the topic is gone meanwhile, it goes to the general one.
    """
    try:
        return await _send(bot, services, chat_id, screen, thread)
    except BadRequest as error:
        if thread is None or NO_TOPIC not in error.message.lower():
            raise
        return await _send(bot, services, chat_id, screen, None)


async def _send(
    bot: Bot, services: Services, chat_id: int, screen: Screen, thread: int | None
) -> int:
    keyboard = screen.keyboard(services.db.epoch)
    if screen.picture is not None:
        sent = await bot.send_photo(
            chat_id,
            _photo(screen),
            caption=screen.text,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard,
            message_thread_id=thread,
        )
        await _remember_picture(services, screen, sent)
    elif screen.file is not None:
        sent = await bot.send_document(
            chat_id,
            InputFile(screen.file.content, filename=screen.file.name),
            caption=screen.text or None,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard,
            message_thread_id=thread,
        )
    else:
        sent = await bot.send_message(
            chat_id,
            screen.text,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard,
            message_thread_id=thread,
        )
    return sent.message_id


async def remove_message(bot: Bot, chat_id: int, message_id: int) -> None:
    """Remove the message; one that is too old for that loses its buttons."""
    try:
        await bot.delete_message(chat_id, message_id)
    except BadRequest as error:
        log.info("removal_refused", reason=error.message)
        with contextlib.suppress(BadRequest):
            await bot.edit_message_reply_markup(chat_id, message_id)


async def put(bot: Bot, services: Services, chat_id: int, screen: Screen) -> int:
    """Send *screen*, or show it in the message that it takes the place of; return which it is."""
    if screen.instead_of is None:
        return await send(bot, services, chat_id, screen)
    return await replace_message(bot, services, chat_id, screen.instead_of, screen)


async def replace_message(
    bot: Bot,
    services: Services,
    chat_id: int,
    message_id: int,
    screen: Screen,
    *,
    thread: int | None = None,
) -> int:
    """Make the message show *screen* and return the id of the message that shows it now."""
    try:
        if screen.picture is not None:
            await _replace_picture(bot, services, chat_id, message_id, screen)
        else:
            await bot.edit_message_text(
                screen.text,
                chat_id,
                message_id,
                parse_mode=ParseMode.HTML,
                api_kwargs=screen.buttons_data(services.db.epoch),
            )
    except BadRequest as error:
        if NOT_MODIFIED in error.message.lower():
            return message_id
        log.info("edit_refused", reason=error.message)
        return await send(bot, services, chat_id, screen, thread)
    return message_id


async def _replace_picture(
    bot: Bot, services: Services, chat_id: int, message_id: int, screen: Screen
) -> None:
    media = InputMediaPhoto(_photo(screen), caption=screen.text, parse_mode=ParseMode.HTML)
    sent = await bot.edit_message_media(
        media, chat_id, message_id, reply_markup=screen.keyboard(services.db.epoch)
    )
    if isinstance(sent, Message):
        await _remember_picture(services, screen, sent)


def _photo(screen: Screen) -> str | bytes:
    picture = screen.picture
    if picture is None or (picture.file_id is None and picture.content is None):
        raise ValueError("a screen whose picture is neither drawn nor known to Telegram")
    return picture.file_id or picture.content or b""


async def _remember_picture(services: Services, screen: Screen, sent: Message) -> None:
    """Keep Telegram's own id of the picture, so that the same one is not uploaded again."""
    picture = screen.picture
    if picture is None or picture.file_id is not None or not sent.photo:
        return
    async with services.db.writing() as tx:
        await pictures.remember(tx, picture.digest, sent.photo[-1].file_id, services.clock())

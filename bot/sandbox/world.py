"""Everything the sandbox remembers, and the few ways things happen in it."""

import time
from collections.abc import Callable
from pathlib import Path

from bot.sandbox.chats import (
    ADMINISTRATOR,
    FIRST_GROUP,
    FIRST_SUPERGROUP,
    Chat,
    Message,
)
from bot.sandbox.commands import CommandTable
from bot.sandbox.events import EventHub
from bot.sandbox.faults import FaultSwitch
from bot.sandbox.files import FileStore
from bot.sandbox.journal import Journal
from bot.sandbox.limits import SendLimits
from bot.sandbox.people import FIRST_ID, Person
from bot.sandbox.profile import Profile
from bot.sandbox.queries import QueryDesk
from bot.sandbox.updates import UpdateQueue
from bot.sandbox.values import JsonObject, as_list, as_object, as_text
from bot.sandbox.webhook import Webhook


class World:
    """The bot, the people, their chats and everything sent in them."""

    def __init__(self, bot_id: int, name: str, username: str, files_folder: Path | None) -> None:
        self.bot_id = bot_id
        self.bot: JsonObject = {
            "id": bot_id,
            "is_bot": True,
            "first_name": name,
            "username": username,
        }
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.files = FileStore(files_folder)
        self.updates = UpdateQueue()
        self.commands = CommandTable()
        self.profile = Profile()
        self.queries = QueryDesk()
        self.events = EventHub()
        self.faults = FaultSwitch()
        self.journal = Journal()
        self.limits = SendLimits()
        self.webhook: Webhook | None = None
        self._on_change: Callable[[], None] = lambda: None
        self.updates.on_change = self.on_change
        self.clock: Callable[[], float] = time.time

    def on_change(self) -> None:
        """Say that something happened which a restart must not lose."""
        self._on_change()

    def remember_with(self, notice: Callable[[], None]) -> None:
        """Let ``notice`` know of every change."""
        self._on_change = notice

    def now(self) -> int:
        """Return the time in seconds since 1970, as messages carry it."""
        return int(self.clock())

    def add_person(self, person: Person) -> Person:
        """Let somebody in; without an id they get the next free one."""
        if not person.id:
            person.id = max([FIRST_ID - 1, *self.people]) + 1
        self.people[person.id] = person
        self.chats[person.id] = Chat(person.id, "private", members=[person.id], person=person)
        self.tell_about(person)
        return person

    def tell_about(self, person: Person) -> None:
        """Tell the page that somebody is new or has changed."""
        self.events.tell("person", {"person": person.dump()})
        self.on_change()

    def add_group(self, title: str, members: list[int], number: int = 0) -> Chat:
        """Open a group with the bot in it; without an id it gets the next free one."""
        if not number:
            number = min([FIRST_GROUP + 1, *(key for key in self.chats if key > FIRST_SUPERGROUP)])
            number -= 1
        chat = Chat(number, "group", title, list(members))
        self.chats[number] = chat
        self.on_change()
        return chat

    def add_forum(self, title: str, members: list[int]) -> Chat:
        """Open a supergroup that has topics, with the bot in it."""
        number = min([FIRST_SUPERGROUP + 1, *self.chats]) - 1
        chat = Chat(number, "supergroup", title, list(members), forum=True)
        self.chats[number] = chat
        self.on_change()
        return chat

    def user(self, number: int) -> JsonObject | None:
        """Return the User with this id, the bot included."""
        if number == self.bot_id:
            return self.bot
        person = self.people.get(number)
        return person.user() if person is not None else None

    def post(
        self,
        chat: Chat,
        sender: JsonObject,
        content: JsonObject,
        keyboard: JsonObject | None = None,
    ) -> Message:
        """Put a new message into a chat and show it to everybody."""
        number = chat.next_id()
        body: JsonObject = {
            "message_id": number,
            "from": sender,
            "chat": chat.json(),
            "date": self.now(),
            **self.resolved(content),
        }
        message = Message(body, sender is self.bot, keyboard)
        chat.messages[number] = message
        self.events.tell("message", {"chat": chat.id, "message": message.for_people()})
        self.on_change()
        return message

    def replace(self, chat: Chat, message: Message, body: JsonObject) -> Message:
        """Change a message; whoever holds the old body keeps it as it was."""
        changed = Message(self.resolved(body), message.by_bot, message.keyboard, message.reaction)
        chat.messages[message.id] = changed
        self.events.tell("edited", {"chat": chat.id, "message": changed.for_people()})
        self.on_change()
        return changed

    def delete(self, chat: Chat, message: Message) -> None:
        """Take a message away from everybody."""
        del chat.messages[message.id]
        if message.id in chat.pinned:
            chat.pinned.remove(message.id)
        self.events.tell(
            "deleted",
            {"chat": chat.id, "message_id": message.id, "message": message.for_people()},
        )
        self.on_change()

    def push_message(self, chat: Chat, message: Message, kind: str = "message") -> int | None:
        """Queue an update about a person's message, if the bot may see it; return its id."""
        if not self.bot_sees(chat, message):
            return None
        return self.updates.push(kind, message.body)

    def push_membership(self, chat: Chat, by: JsonObject, old: str, new: str) -> int | None:
        """Queue my_chat_member: the bot's status in a chat changed."""
        return self.updates.push(
            "my_chat_member",
            {
                "chat": chat.json(),
                "from": by,
                "date": self.now(),
                "old_chat_member": self.member(self.bot, old),
                "new_chat_member": self.member(self.bot, new),
            },
        )

    def member(self, user: JsonObject, status: str) -> JsonObject:
        """Return a ChatMember."""
        described: JsonObject = {"user": user, "status": status}
        if status == "kicked":
            described["until_date"] = 0
        elif status == ADMINISTRATOR:
            described |= {"can_be_edited": False, "is_anonymous": False}
            described |= {right: right == "can_manage_chat" for right in _RIGHTS}
        elif status == "creator":
            described["is_anonymous"] = False
        return described

    def bot_sees(self, chat: Chat, message: Message) -> bool:
        """Return whether privacy mode lets the bot see a message.

        Private chats: all of them. Groups: commands (not for other bots), replies to the bot and
        service messages; everything once it is an administrator.
        """
        if chat.private or chat.bot_status == ADMINISTRATOR:
            return True
        if chat.bot_status != "member":
            return False
        body = message.body
        if "text" not in body:
            return ("caption" not in body and not _MEDIA.intersection(body)) or self._answered(body)
        return self._commanded(body) or self._answered(body)

    def _answered(self, body: JsonObject) -> bool:
        reply = as_object(body.get("reply_to_message"))
        return as_object(reply.get("from")).get("id") == self.bot_id

    def _commanded(self, body: JsonObject) -> bool:
        first = as_object(next(iter(as_list(body.get("entities"))), None))
        if first.get("type") != "bot_command" or first.get("offset") != 0:
            return False
        command = as_text(body["text"]).split(maxsplit=1)[0]
        name = command.partition("@")[2].lower()
        return name in {"", as_text(self.bot["username"]).lower()}

    def resolved(self, content: JsonObject) -> JsonObject:
        """Return message content whose mentions of people by id carry the people themselves."""
        for key in ("entities", "caption_entities"):
            entities = content.get(key)
            if isinstance(entities, list) and any("user_id" in one for one in entities):
                content = {
                    **content,
                    key: [self._mention(one) for one in entities if self._known(one)],
                }
        return content

    def _known(self, entity: JsonObject) -> bool:
        number = entity.get("user_id")
        return number is None or (isinstance(number, int) and self.user(number) is not None)

    def _mention(self, entity: JsonObject) -> JsonObject:
        number = entity.get("user_id")
        if not isinstance(number, int):
            return entity
        rest = {key: value for key, value in entity.items() if key != "user_id"}
        return {**rest, "user": self.user(number)}


_MEDIA = {"photo", "document", "voice", "audio", "video"}
_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)

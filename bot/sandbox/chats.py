"""A chat and its messages."""

from dataclasses import dataclass, field

from bot.sandbox.people import Person
from bot.sandbox.values import JsonObject, as_int, as_ints, as_object, as_objects, as_text

FIRST_GROUP = -4_000_000_001
FIRST_SUPERGROUP = -1_001_000_000_001
MEMBER, ADMINISTRATOR, LEFT, KICKED = "member", "administrator", "left", "kicked"


@dataclass(slots=True)
class Message:
    """A message as the bot sees it (never changed in place), and what only people see."""

    body: JsonObject
    by_bot: bool
    keyboard: JsonObject | None = None
    reaction: str = ""

    @property
    def id(self) -> int:
        """Return its number within the chat."""
        return as_int(self.body["message_id"])

    def for_people(self) -> JsonObject:
        """Return the message with what bots do not get: the reply keyboard and a reaction."""
        shown = self.body
        if self.keyboard:
            shown = {**shown, "reply_keyboard": self.keyboard}
        return {**shown, "reaction": self.reaction} if self.reaction else shown


@dataclass(slots=True)
class Chat:
    """A private chat (its id is the person's) or a group with the bot."""

    id: int
    kind: str
    title: str = ""
    members: list[int] = field(default_factory=list)
    bot_status: str = MEMBER
    last_message: int = 0
    messages: dict[int, Message] = field(default_factory=dict)
    read: dict[int, int] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    migrated_to: int = 0
    forum: bool = False
    topics: list[int] = field(default_factory=list)
    person: Person | None = None

    @property
    def private(self) -> bool:
        """Return whether this is a chat of one person with the bot."""
        return self.kind == "private"

    def json(self) -> JsonObject:
        """Return the Bot API Chat."""
        if self.person is not None:
            return self.person.chat()
        shown: JsonObject = {"id": self.id, "type": self.kind, "title": self.title}
        return shown | {"is_forum": True} if self.forum else shown

    def next_id(self) -> int:
        """Return the number for a new message."""
        self.last_message += 1
        return self.last_message

    def unread(self, person: int) -> int:
        """Return how many of the bot's messages came after the person last read the chat."""
        seen = self.read.get(person, 0)
        count = 0
        for number in reversed(self.messages):
            if number <= seen:
                break
            count += self.messages[number].by_bot
        return count

    def last(self) -> Message | None:
        """Return the newest message."""
        return next(reversed(self.messages.values()), None)

    def after(self, number: int) -> list[Message]:
        """Return the messages newer than ``number``, oldest first."""
        newer: list[Message] = []
        for key in reversed(self.messages):
            if key <= number:
                break
            newer.append(self.messages[key])
        return newer[::-1]

    def dump(self) -> JsonObject:
        """Return everything about the chat for the snapshot."""
        return {
            "id": self.id,
            "kind": self.kind,
            "title": self.title,
            "members": self.members,
            "bot_status": self.bot_status,
            "last_message": self.last_message,
            "read": [[person, number] for person, number in self.read.items()],
            "pinned": self.pinned,
            "migrated_to": self.migrated_to,
            "forum": self.forum,
            "topics": self.topics,
            "messages": [
                {
                    "body": one.body,
                    "by_bot": one.by_bot,
                    "keyboard": one.keyboard,
                    "reaction": one.reaction,
                }
                for one in self.messages.values()
            ],
        }


def chat_from(source: JsonObject) -> Chat:
    """Return the chat that ``Chat.dump`` described; its person is still to be set."""
    chat = Chat(
        id=as_int(source["id"]),
        kind=as_text(source["kind"]),
        title=as_text(source["title"]),
        members=as_ints(source["members"]),
        bot_status=as_text(source["bot_status"]),
        last_message=as_int(source["last_message"]),
        pinned=as_ints(source["pinned"]),
        migrated_to=as_int(source["migrated_to"]),
        forum=source.get("forum") is True,
        topics=as_ints(source.get("topics", [])),
    )
    for pair in source["read"] if isinstance(source["read"], list) else []:
        person, number = as_ints(pair)
        chat.read[person] = number
    for one in as_objects(source["messages"]):
        keyboard = as_object(one["keyboard"]) or None
        message = Message(
            as_object(one["body"]), one["by_bot"] is True, keyboard, as_text(one["reaction"])
        )
        chat.messages[message.id] = message
    return chat

"""What people do in the sandbox."""

from bot.sandbox.access import in_topic, reply_to, topic_of
from bot.sandbox.answers import UserError, number_of
from bot.sandbox.chats import FIRST_SUPERGROUP, LEFT, MEMBER, Chat, Message
from bot.sandbox.entities import detected, trimmed
from bot.sandbox.people import Person
from bot.sandbox.texts import MAX_TEXT
from bot.sandbox.values import JsonObject, utf16_length
from bot.sandbox.world import World

# Telegram's own account for administrators who write as their group.
ANONYMOUS: JsonObject = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
TOPIC_COLOR = 7322096


def person_of(world: World, source: JsonObject) -> Person:
    """Return the person a request names. Raises UserError 404."""
    person = world.people.get(number_of(source.get("person"), "person"))
    if person is None:
        raise UserError(404, "there is no such person")
    return person


def chat_of(world: World, source: JsonObject, person: Person) -> Chat:
    """Return the chat a request names, by default the private one. Raises UserError 403, 404."""
    number = number_of(source.get("chat") or person.id, "chat")
    chat = world.chats.get(number)
    if chat is None or chat.migrated_to:
        raise UserError(404, "there is no such chat")
    if person.id not in chat.members:
        raise UserError(403, f"{person.first_name} is not in this chat")
    return chat


def active_chat_of(world: World, source: JsonObject, person: Person) -> Chat:
    """Return the chat in which a person is about to do something, which starts a private one.

    Raises UserError 409 in the private chat of somebody who blocked the bot.
    """
    chat = chat_of(world, source, person)
    if chat.private:
        if person.blocked:
            raise UserError(409, f"{person.first_name} has blocked the bot")
        if not person.started:
            person.started = True
            world.tell_about(person)
    return chat


def message_of(chat: Chat, number: object) -> Message:
    """Return a message of a chat. Raises UserError 404."""
    message = chat.messages.get(number_of(number, "message_id"))
    if message is None:
        raise UserError(404, "there is no such message")
    return message


def spoken(text: str) -> JsonObject:
    """Return ``text`` and ``entities`` of what a person typed. Raises UserError for no text."""
    text, _ = trimmed(text, [])
    if not text:
        raise UserError(400, '"text" must be a text')
    if utf16_length(text) > MAX_TEXT:
        raise UserError(400, f"a message holds at most {MAX_TEXT} characters")
    entities = detected(text, [])
    return {"text": text, "entities": entities} if entities else {"text": text}


def say(
    world: World, person: Person, chat: Chat, content: JsonObject, how: JsonObject | None = None
) -> tuple[Message, int | None]:
    """Put a person's message into a chat; return it and its update's id, None if unseen.

    *how* may say to what it replies (``reply_to``), in which topic it is (``thread``), and that an
    administrator writes as the group (``anonymous``).
    """
    how = how or {}
    fields = dict(content)
    if how.get("reply_to"):
        answered = message_of(chat, how["reply_to"])
        fields = topic_of(answered.body) | reply_to(answered) | fields
    if how.get("thread"):
        fields |= in_topic(_topic(chat, how["thread"]))
    sender = person.user()
    if how.get("anonymous"):
        if chat.private:
            raise UserError(400, "nobody is anonymous in a private chat")
        sender, fields = ANONYMOUS, {"sender_chat": chat.json(), **fields}
    message = world.post(chat, sender, fields)
    return message, world.push_message(chat, message)


def _topic(chat: Chat, number: object) -> int:
    found = number_of(number, "thread")
    if found not in chat.topics:
        raise UserError(404, "there is no such topic")
    return found


def open_topic(world: World, chat: Chat, name: str) -> tuple[Message, int | None]:
    """Let a group's creator open a topic; return the message that says so and its update's id."""
    if not chat.forum:
        raise UserError(409, "this group has no topics")
    number = chat.last_message + 1
    chat.topics.append(number)
    made: JsonObject = {"forum_topic_created": {"name": name, "icon_color": TOPIC_COLOR}}
    message = world.post(chat, world.people[chat.members[0]].user(), in_topic(number) | made)
    return message, world.push_message(chat, message)


def edit(
    world: World, person: Person, chat: Chat, number: object, text: str
) -> tuple[Message, int | None]:
    """Change the text of a person's own message. Raises UserError for another's or no text."""
    message = message_of(chat, number)
    sender = message.body["from"]
    if not isinstance(sender, dict) or sender["id"] != person.id or "text" not in message.body:
        raise UserError(403, "only one's own text messages can be edited")
    body = {key: one for key, one in message.body.items() if key not in {"text", "entities"}}
    changed = world.replace(chat, message, body | spoken(text) | {"edit_date": world.now()})
    return changed, world.push_message(chat, changed, "edited_message")


def block(world: World, person: Person, *, blocked: bool) -> int | None:
    """Let a person block or unblock the bot; return the update's id, if anything changed."""
    if person.blocked == blocked:
        return None
    person.blocked = blocked
    world.tell_about(person)
    old, new = ("member", "kicked") if blocked else ("kicked", "member")
    return world.push_membership(world.chats[person.id], person.user(), old, new)


def open_group(
    world: World, title: str, people: list[Person], number: int, *, forum: bool = False
) -> tuple[Chat, list[int | None]]:
    """Let the first of ``people`` open a group with the others and the bot."""
    members = [person.id for person in people]
    chat = world.add_forum(title, members) if forum else world.add_group(title, members, number)
    creator = people[0].user()
    joined = world.push_membership(chat, creator, LEFT, MEMBER)
    service = world.post(chat, creator, {"group_chat_created": True})
    return chat, [joined, world.push_message(chat, service)]


def migrate(world: World, old: Chat) -> tuple[Chat, list[int | None]]:
    """Turn a group into a supergroup with another id, as Telegram does when it grows."""
    if old.kind != "group" or old.migrated_to:
        raise UserError(409, "only a group can become a supergroup")
    number = min([FIRST_SUPERGROUP + 1, *world.chats]) - 1
    new = Chat(number, "supergroup", old.title, list(old.members), old.bot_status)
    world.chats[number] = new
    creator = world.people[old.members[0]].user()
    leaving = world.post(old, creator, {"migrate_to_chat_id": number})
    arriving = world.post(new, creator, {"migrate_from_chat_id": old.id})
    updates = [world.push_message(old, leaving), world.push_message(new, arriving)]
    old.migrated_to = number
    return new, updates


def set_bot_status(world: World, chat: Chat, status: str) -> int | None:
    """Let a group's creator add, promote or remove the bot; return the update's id."""
    creator = world.people[chat.members[0]].user()
    old, chat.bot_status = chat.bot_status, status
    return world.push_membership(chat, creator, old, status)

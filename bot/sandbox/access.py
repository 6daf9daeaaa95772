"""Whether the bot may do something in a chat or with a message, as Telegram would say it."""

from bot.sandbox.calls import Call
from bot.sandbox.chats import KICKED, LEFT, Chat, Message
from bot.sandbox.errors import bad_request, forbidden
from bot.sandbox.values import JsonObject, as_int, as_object
from bot.sandbox.world import World


def known_chat(world: World, number: object) -> Chat:
    """Return a chat the bot may look at. Raises ApiError "chat not found"."""
    chat = world.chats.get(number) if isinstance(number, int) else None
    if chat is None or (chat.person is not None and not chat.person.started):
        raise bad_request("chat not found")
    return chat


def writable_chat(world: World, number: object) -> Chat:
    """Return a chat the bot may write to.

    Raises ApiError for unknown chats, people who never wrote to the bot or blocked it, groups
    that it left or that became supergroups.
    """
    chat = world.chats.get(number) if isinstance(number, int) else None
    if chat is None:
        raise bad_request("chat not found")
    if chat.person is not None:
        if not chat.person.started:
            raise forbidden("bot can't initiate conversation with a user")
        if chat.person.blocked:
            raise forbidden("bot was blocked by the user")
        return chat
    if chat.migrated_to:
        raise bad_request(
            "group chat was upgraded to a supergroup chat",
            {"migrate_to_chat_id": chat.migrated_to},
        )
    _check_membership(chat)
    return chat


def _check_membership(chat: Chat) -> None:
    place = "supergroup chat" if chat.kind == "supergroup" else "group chat"
    if chat.bot_status == KICKED:
        raise forbidden(f"bot was kicked from the {place}")
    if chat.bot_status == LEFT:
        raise forbidden(f"bot is not a member of the {place}")


def message_in(chat: Chat, number: object, what: str) -> Message:
    """Return a message. Raises ApiError "<what> not found"."""
    message = chat.messages.get(number) if isinstance(number, int) else None
    if message is None:
        raise bad_request(f"{what} not found")
    return message


def editable(world: World, call: Call) -> tuple[Chat, Message]:
    """Return the bot's message that an edit call names. Raises ApiError if there is none."""
    if not call.has("chat_id"):
        raise bad_request("chat_id is empty")
    if not call.has("message_id"):
        raise bad_request("message identifier is not specified")
    chat = writable_chat(world, call.params["chat_id"])
    message = message_in(chat, call.params["message_id"], "message to edit")
    if not message.by_bot or "forward_origin" in message.body:
        raise bad_request("message can't be edited")
    return chat, message


def reply_fields(world: World, chat: Chat, call: Call) -> JsonObject:
    """Return ``reply_to_message`` for a new message. Raises ApiError if that one is gone."""
    wanted = call.nested("reply_parameters")
    if not wanted:
        return {}
    place = chat
    if wanted.get("chat_id") not in {None, chat.id}:
        place = known_chat(world, wanted["chat_id"])
    answered = place.messages.get(as_int(wanted["message_id"]))
    if answered is None or place is not chat:
        if wanted.get("allow_sending_without_reply") is True:
            return {}
        raise bad_request("message to be replied not found")
    return reply_to(answered)


def thread_fields(chat: Chat, call: Call, answered: JsonObject) -> JsonObject:
    """Return the fields that put a new message into a topic: the one that is named, or a reply's.

    Raises ApiError where the chat has no such topic. What names none goes to the general one.
    """
    if call.has("message_thread_id"):
        number = call.number("message_thread_id")
        if number not in chat.topics:
            raise bad_request("message thread not found")
        return in_topic(number)
    return topic_of(as_object(answered.get("reply_to_message")))


def in_topic(number: int) -> JsonObject:
    """Return the fields of a message in that topic."""
    return {"message_thread_id": number, "is_topic_message": True}


def topic_of(body: JsonObject) -> JsonObject:
    """Return the fields that say in which topic a message is; none for the general one."""
    return {key: body[key] for key in ("message_thread_id", "is_topic_message") if key in body}


def reply_to(answered: Message) -> JsonObject:
    """Return the field that makes a message a reply; a reply inside a reply is left out."""
    body = {key: one for key, one in answered.body.items() if key != "reply_to_message"}
    return {"reply_to_message": body}

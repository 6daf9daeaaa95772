"""Methods about chats, their members, pinned messages and reactions."""

from bot.sandbox.access import known_chat, message_in, writable_chat
from bot.sandbox.calls import Call
from bot.sandbox.chats import LEFT, Chat
from bot.sandbox.errors import bad_request
from bot.sandbox.values import JsonObject, as_int, as_text, utf16_length
from bot.sandbox.world import World

MAX_ANSWER = 200
_GIFTS = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)


async def answer_callback_query(world: World, call: Call) -> object:
    """Answer answerCallbackQuery."""
    if utf16_length(call.text("text")) > MAX_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    # A bot without games may open nothing but itself.
    own = f"https://t.me/{world.bot['username']}?start="
    if call.text("url") and not call.text("url").startswith(own):
        raise bad_request("URL_INVALID")
    query = world.queries.close(call.text("callback_query_id"))
    answer: JsonObject = {
        "text": call.text("text"),
        "show_alert": call.flag("show_alert"),
        "url": call.text("url"),
    }
    if not query.answer.done():
        query.answer.set_result(answer)
    world.events.tell("answer", {"person": query.person, "chat": query.chat, **answer})
    return True


async def get_chat(world: World, call: Call) -> object:
    """Answer getChat."""
    chat = known_chat(world, call.params["chat_id"])
    full: JsonObject = {
        **chat.json(),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(_GIFTS, False),
    }
    if chat.pinned:
        full["pinned_message"] = chat.messages[chat.pinned[-1]].body
    return full


def _status(world: World, chat: Chat, user: int) -> str:
    if user == world.bot_id:
        return chat.bot_status
    if user not in chat.members:
        return LEFT
    return "creator" if not chat.private and chat.members[0] == user else "member"


async def get_chat_member(world: World, call: Call) -> object:
    """Answer getChatMember; a group belongs to its first member."""
    chat = known_chat(world, call.params["chat_id"])
    user = world.user(call.number("user_id"))
    if user is None:
        raise bad_request("member not found")
    return world.member(user, _status(world, chat, as_int(user["id"])))


async def get_chat_administrators(world: World, call: Call) -> object:
    """Answer getChatAdministrators."""
    chat = known_chat(world, call.params["chat_id"])
    if chat.private:
        raise bad_request("there are no administrators in the private chat")
    numbers = [*chat.members, *([world.bot_id] if call.flag("return_bots") else [])]
    statuses = [(number, _status(world, chat, number)) for number in numbers]
    return [
        world.member(user, status)
        for number, status in statuses
        if status in {"creator", "administrator"} and (user := world.user(number))
    ]


async def get_chat_member_count(world: World, call: Call) -> object:
    """Answer getChatMemberCount, the bot included."""
    return len(known_chat(world, call.params["chat_id"]).members) + 1


async def leave_chat(world: World, call: Call) -> object:
    """Answer leaveChat."""
    chat = writable_chat(world, call.params["chat_id"])
    if chat.private:
        raise bad_request("chat member status can't be changed in private chats")
    old, chat.bot_status = chat.bot_status, LEFT
    world.post(chat, world.bot, {"left_chat_member": world.bot})
    world.push_membership(chat, world.bot, old, LEFT)
    return True


async def pin_chat_message(world: World, call: Call) -> object:
    """Answer pinChatMessage."""
    chat = writable_chat(world, call.params["chat_id"])
    message = message_in(chat, call.params["message_id"], "message to pin")
    if message.id not in chat.pinned:
        chat.pinned.append(message.id)
        service = world.post(chat, world.bot, {"pinned_message": message.body})
        world.push_message(chat, service)
    return True


async def unpin_chat_message(world: World, call: Call) -> object:
    """Answer unpinChatMessage: the given message, or the one pinned last."""
    chat = writable_chat(world, call.params["chat_id"])
    number = call.number("message_id", chat.pinned[-1] if chat.pinned else 0)
    if number not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(number)
    world.on_change()
    return True


async def unpin_all_chat_messages(world: World, call: Call) -> object:
    """Answer unpinAllChatMessages."""
    writable_chat(world, call.params["chat_id"]).pinned.clear()
    world.on_change()
    return True


async def set_message_reaction(world: World, call: Call) -> object:
    """Answer setMessageReaction: the bot's one reaction, shown to people alone."""
    chat = writable_chat(world, call.params["chat_id"])
    message = message_in(chat, call.params["message_id"], "message to react")
    reactions = call.objects("reaction")
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if any(not as_text(one.get("emoji")) for one in reactions):
        raise bad_request("REACTION_INVALID")
    message.reaction = as_text(reactions[0]["emoji"]) if reactions else ""
    world.events.tell("edited", {"chat": chat.id, "message": message.for_people()})
    world.on_change()
    return True

"""Methods that change or remove messages."""

from bot.sandbox.access import editable, message_in, writable_chat
from bot.sandbox.calls import Call
from bot.sandbox.chats import ADMINISTRATOR, Chat, Message
from bot.sandbox.contents import MEDIA, media_content, media_kind
from bot.sandbox.errors import bad_request
from bot.sandbox.markup import inline_markup
from bot.sandbox.texts import caption, message_text
from bot.sandbox.values import JsonObject, as_int, as_ints, as_text
from bot.sandbox.world import World

DELETABLE_SECONDS = 48 * 3600
MAX_DELETED = 100
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
_TEXT = ("text", "entities", "link_preview_options")
_CAPTION = ("caption", "caption_entities", "show_caption_above_media")


def _edit(
    world: World, call: Call, replaced: tuple[str, ...], content: JsonObject, *, dated: bool = True
) -> JsonObject:
    """Replace some fields and the inline keyboard of the bot's message, which must change it."""
    chat, message = editable(world, call)
    markup = inline_markup(call.nested("reply_markup"))
    old = message.body
    body = {key: one for key, one in old.items() if key not in (*replaced, "reply_markup")}
    body |= world.resolved(content)
    if markup is not None:
        body["reply_markup"] = markup
    if body == old:
        raise bad_request(NOT_MODIFIED)
    if dated:
        body["edit_date"] = world.now()
    return world.replace(chat, message, body).body


async def edit_message_text(world: World, call: Call) -> object:
    """Answer editMessageText."""
    _, message = editable(world, call)
    if "text" not in message.body:
        raise bad_request("there is no text in the message to edit")
    content = message_text(call)
    preview = call.nested("link_preview_options")
    if preview:
        content["link_preview_options"] = preview
    return _edit(world, call, _TEXT, content)


async def edit_message_caption(world: World, call: Call) -> object:
    """Answer editMessageCaption."""
    _, message = editable(world, call)
    if not media_kind(message.body):
        raise bad_request("there is no caption in the message to edit")
    content = caption(call.params)
    if call.flag("show_caption_above_media"):
        content["show_caption_above_media"] = True
    return _edit(world, call, _CAPTION, content)


async def edit_message_media(world: World, call: Call) -> object:
    """Answer editMessageMedia."""
    _, message = editable(world, call)
    media = call.nested("media") or {}
    if "text" in message.body or media_kind(message.body) == "voice":
        raise bad_request("message can't be edited")
    content = media_content(world, as_text(media["type"]), call.file(media["media"]), media)
    return _edit(world, call, (*MEDIA, *_CAPTION, "has_media_spoiler"), content | caption(media))


async def edit_message_reply_markup(world: World, call: Call) -> object:
    """Answer editMessageReplyMarkup."""
    return _edit(world, call, (), {}, dated=False)


def _check_deletable(world: World, chat: Chat, message: Message) -> None:
    own = message.by_bot or chat.private or chat.bot_status == ADMINISTRATOR
    old = world.now() - as_int(message.body["date"]) > DELETABLE_SECONDS
    if not own or (old and chat.bot_status != ADMINISTRATOR):
        raise bad_request("message can't be deleted")


async def delete_message(world: World, call: Call) -> object:
    """Answer deleteMessage."""
    chat = writable_chat(world, call.params["chat_id"])
    message = message_in(chat, call.params["message_id"], "message to delete")
    _check_deletable(world, chat, message)
    world.delete(chat, message)
    return True


async def delete_messages(world: World, call: Call) -> object:
    """Answer deleteMessages; messages that are gone already are passed over."""
    chat = writable_chat(world, call.params["chat_id"])
    numbers = as_ints(call.params["message_ids"])
    if not numbers:
        raise bad_request("message identifiers are not specified")
    if len(numbers) > MAX_DELETED:
        raise bad_request("too many message identifiers specified")
    found = [chat.messages[number] for number in dict.fromkeys(numbers) if number in chat.messages]
    for message in found:
        _check_deletable(world, chat, message)
    for message in found:
        world.delete(chat, message)
    return True

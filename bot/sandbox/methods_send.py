"""Methods that put new messages into chats."""

from bot.sandbox.access import known_chat, message_in, reply_fields, thread_fields, writable_chat
from bot.sandbox.calls import Call
from bot.sandbox.chats import Chat, Message
from bot.sandbox.contents import copied, forwarded, media_content
from bot.sandbox.errors import bad_request
from bot.sandbox.markup import split_markup
from bot.sandbox.texts import caption, message_text
from bot.sandbox.values import JsonObject, as_text
from bot.sandbox.world import World

_ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}
_ALBUM = (2, 10)


def post(world: World, call: Call, chat: Chat, content: JsonObject) -> Message:
    """Put the bot's message into a chat with the reply and keyboard that the call asks for."""
    inline, keyboard = split_markup(call.nested("reply_markup"))
    replies = reply_fields(world, chat, call)
    fields = thread_fields(chat, call, replies) | replies | content
    if inline is not None:
        fields["reply_markup"] = inline
    if call.flag("protect_content"):
        fields["has_protected_content"] = True
    world.limits.count(chat.id)
    return world.post(chat, world.bot, fields, keyboard)


async def send_message(world: World, call: Call) -> object:
    """Answer sendMessage."""
    chat = writable_chat(world, call.params["chat_id"])
    content = message_text(call)
    preview = call.nested("link_preview_options")
    if preview:
        content["link_preview_options"] = preview
    return post(world, call, chat, content).body


async def send_media(world: World, call: Call) -> object:
    """Answer sendPhoto, sendDocument, sendVoice, sendAudio and sendVideo."""
    kind = call.method.removeprefix("send").lower()
    chat = writable_chat(world, call.params["chat_id"])
    words = caption(call.params)
    content = media_content(world, kind, call.file(call.params[kind]), call.params)
    return post(world, call, chat, content | words).body


async def send_media_group(world: World, call: Call) -> object:
    """Answer sendMediaGroup."""
    chat = writable_chat(world, call.params["chat_id"])
    media = call.objects("media")
    least, most = _ALBUM
    if not least <= len(media) <= most:
        raise bad_request("album must contain from 2 to 10 items")
    _check_album(media)
    contents = [
        media_content(world, as_text(one["type"]), call.file(one["media"]), one) | caption(one)
        for one in media
    ]
    replies = reply_fields(world, chat, call)
    replies |= thread_fields(chat, call, replies)
    world.limits.count(chat.id)
    group = f"{chat.id}{chat.last_message + 1}".lstrip("-")
    return [
        world.post(chat, world.bot, {**replies, "media_group_id": group, **content}).body
        for content in contents
    ]


def _check_album(media: list[JsonObject]) -> None:
    kinds = {as_text(one["type"]) for one in media}
    if len(kinds) > 1 and kinds & {"document", "audio"}:
        raise bad_request("document and audio can't be mixed with other media types in an album")


async def send_chat_action(world: World, call: Call) -> object:
    """Answer sendChatAction."""
    if call.text("action") not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = writable_chat(world, call.params["chat_id"])
    thread_fields(chat, call, {})
    world.events.tell("chat_action", {"chat": chat.id, "action": call.text("action")})
    return True


async def forward_message(world: World, call: Call) -> object:
    """Answer forwardMessage."""
    chat = writable_chat(world, call.params["chat_id"])
    source = known_chat(world, call.params["from_chat_id"])
    message = message_in(source, call.params["message_id"], "message to forward")
    if "has_protected_content" in message.body:
        raise bad_request("message has protected content and can't be forwarded")
    return post(world, call, chat, forwarded(message.body)).body


async def copy_message(world: World, call: Call) -> object:
    """Answer copyMessage."""
    chat = writable_chat(world, call.params["chat_id"])
    source = known_chat(world, call.params["from_chat_id"])
    message = message_in(source, call.params["message_id"], "message to copy")
    content = copied(message.body)
    if not content:
        raise bad_request("message can't be copied")
    if call.has("caption") and "text" not in content:
        content = {key: one for key, one in content.items() if not key.startswith("caption")}
        content |= caption(call.params)
    return {"message_id": post(world, call, chat, content).id}

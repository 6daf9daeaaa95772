"""What a message shows: media from files, and what copies and forwards take along."""

from bot.sandbox.errors import bad_request
from bot.sandbox.uploads import Upload
from bot.sandbox.values import JsonObject, as_object, as_text
from bot.sandbox.world import World

MEDIA = ("photo", "document", "voice", "audio", "video")
_CONTENT = (*MEDIA, "text", "entities", "caption", "caption_entities", "link_preview_options")


def media_content(world: World, kind: str, source: Upload | str, extra: JsonObject) -> JsonObject:
    """Return the media part of a Message from an upload or a file_id.

    ``extra`` holds duration, performer and the like. Raises ApiError for unusable files.
    """
    if isinstance(source, Upload):
        file = world.files.add(kind, source, extra)
        world.on_change()
    else:
        file = world.files.again(kind, source)
    content = file.content()
    if extra.get("has_spoiler") is True:
        content["has_media_spoiler"] = True
    if extra.get("show_caption_above_media") is True:
        content["show_caption_above_media"] = True
    return content


def media_kind(body: JsonObject) -> str:
    """Return which media a message carries, empty for none."""
    return next((kind for kind in MEDIA if kind in body), "")


def copied(body: JsonObject) -> JsonObject:
    """Return what a copy of a message shows; nothing for a service message."""
    return {key: one for key, one in body.items() if key in _CONTENT}


def forwarded(body: JsonObject) -> JsonObject:
    """Return what a forward of a message shows, with its origin. Raises ApiError if it can't be."""
    content = copied(body)
    if not content:
        raise bad_request("message can't be forwarded")
    origin = body.get("forward_origin") or {
        "type": "user",
        "date": body["date"],
        "sender_user": as_object(body["from"]),
    }
    return {"forward_origin": origin, **content}


def gist(body: JsonObject) -> JsonObject:
    """Return what the list of people shows of a message: its text, kind and date.

    ``kind`` is a medium's name, "service" for what merely happened, empty for plain words; whoever
    shows it words it.
    """
    text = as_text(body.get("text") or body.get("caption"))
    kind = media_kind(body) or ("" if text else "service")
    return {"text": text, "kind": kind, "date": body["date"]}

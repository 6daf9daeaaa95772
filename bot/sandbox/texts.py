"""The text and the caption of a call, within Telegram's limits."""

from bot.sandbox.calls import Call
from bot.sandbox.entities import formatted
from bot.sandbox.errors import bad_request
from bot.sandbox.values import JsonObject, as_objects, as_text, utf16_length

MAX_TEXT = 4096  # UTF-16 code units after parsing
MAX_CAPTION = 1024


def message_text(call: Call) -> JsonObject:
    """Return ``text`` and ``entities`` of a Message. Raises ApiError if empty or too long."""
    if not call.has("text"):
        raise bad_request("message text is empty")
    given = call.objects("entities") if call.has("entities") else None
    text, entities = formatted(call.text("text"), call.text("parse_mode"), given)
    if not text:
        raise bad_request("text must be non-empty")
    if len(text) > MAX_TEXT or utf16_length(text) > MAX_TEXT:
        raise bad_request("message is too long")
    return {"text": text, "entities": entities} if entities else {"text": text}


def caption(source: JsonObject) -> JsonObject:
    """Return ``caption`` and ``caption_entities`` of a Message from a call's or media's fields.

    Raises ApiError if it is too long.
    """
    raw = as_text(source.get("caption"))
    if not raw:
        return {}
    given = source.get("caption_entities")
    text, entities = formatted(
        raw, as_text(source.get("parse_mode")), as_objects(given) if given else None
    )
    if utf16_length(text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    if not text:
        return {}
    return {"caption": text, "caption_entities": entities} if entities else {"caption": text}

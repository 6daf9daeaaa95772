"""Keyboards: what Telegram accepts, and which part of them a Message carries."""

from bot.sandbox.errors import bad_request
from bot.sandbox.values import JsonObject, as_list, as_objects, as_text

MAX_BUTTONS = 100
MAX_IN_ROW = 8
MAX_CALLBACK_DATA = 64  # bytes

_ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "copy_text",
)


def split_markup(markup: JsonObject | None) -> tuple[JsonObject | None, JsonObject | None]:
    """Return (inline keyboard, reply keyboard) of a checked reply_markup; one or both are None.

    Raises ApiError for buttons that Telegram refuses.
    """
    if markup is None:
        return None, None
    if "inline_keyboard" in markup:
        return inline_markup(markup), None
    _check_rows(_rows(markup.get("keyboard")))
    return None, markup


def inline_markup(markup: JsonObject | None) -> JsonObject | None:
    """Return a checked inline keyboard, None for none or one without buttons."""
    if markup is None:
        return None
    rows = _rows(markup["inline_keyboard"])
    _check_rows(rows)
    for row in rows:
        for button in row:
            _check_inline(button)
    return {"inline_keyboard": rows} if rows else None


def _rows(rows: object) -> list[list[JsonObject]]:
    found = [as_objects(row) for row in as_list(rows)]
    return [row for row in found if row]


def _check_rows(rows: list[list[JsonObject]]) -> None:
    if sum(len(row) for row in rows) > MAX_BUTTONS or any(len(row) > MAX_IN_ROW for row in rows):
        raise bad_request("reply markup is too long")
    if any(not as_text(button["text"]).strip() for row in rows for button in row):
        raise bad_request("keyboard button text must be non-empty")


def _check_inline(button: JsonObject) -> None:
    given = [name for name in _ACTIONS if name in button]
    if not given:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if len(given) > 1:
        raise bad_request(
            "can't parse inline keyboard button: exactly one of the optional fields must be used, "
            f"not {' and '.join(given)}"
        )
    data = button.get("callback_data")
    if data is not None and not 1 <= len(as_text(data).encode()) <= MAX_CALLBACK_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    url = as_text(button.get("url"), "tg:")
    if not url.startswith(("http://", "https://", "tg:")) or (" " in url):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")

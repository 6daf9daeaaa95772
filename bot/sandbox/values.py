"""JSON values and the few ways of looking into them safely."""

import json
from typing import TypeAlias

JsonObject: TypeAlias = dict[str, object]

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)


def as_object(value: object) -> JsonObject:
    """Return ``value`` if it is a JSON object, otherwise an empty one."""
    return value if isinstance(value, dict) else {}


def as_list(value: object) -> list[object]:
    """Return ``value`` if it is a JSON array, otherwise an empty one."""
    return value if isinstance(value, list) else []


def as_objects(value: object) -> list[JsonObject]:
    """Return the objects among the items of a JSON array."""
    return [item for item in as_list(value) if isinstance(item, dict)]


def as_text(value: object, default: str = "") -> str:
    """Return ``value`` if it is a string, otherwise ``default``."""
    return value if isinstance(value, str) else default


def as_int(value: object, default: int = 0) -> int:
    """Return ``value`` if it is a whole number, otherwise ``default``."""
    return value if isinstance(value, int) and not isinstance(value, bool) else default


def as_ints(value: object) -> list[int]:
    """Return the whole numbers among the items of a JSON array."""
    return [item for item in as_list(value) if isinstance(item, int)]


def as_flag(value: object) -> bool:
    """Return True only for JSON's ``true``."""
    return value is True


def without_none(**fields: object) -> JsonObject:
    """Return the fields that have a value, which is how Telegram leaves optional ones out."""
    return {name: value for name, value in fields.items() if value is not None}


def to_bytes(value: object) -> bytes:
    """Return ``value`` as compact JSON in UTF-8."""
    return _ENCODER.encode(value).encode()


def utf16_length(text: str) -> int:
    """Return the length of ``text`` in UTF-16 code units, Telegram's measure of text."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2

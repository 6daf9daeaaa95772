"""The Bot API's facts as tables of checks: which method takes which parameters of which type.

``facts.json`` names a parameter's type as ``int``, ``str``, ``bool``, ``chat`` (number or
@username), ``file``, ``refused`` (Telegram has it, the sandbox does not), an object's name, or
``[type]`` for an array; ``!`` after a name means required, ``+`` names groups of parameters
that several methods share.
"""

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.uploads import Upload
from bot.sandbox.values import JsonObject, as_list, as_object, as_text

# A check takes the value as it came and returns it in its proper type, or raises ApiError.
Check = Callable[[object], object]

_LABELS = {
    "InlineKeyboardButton": "inline keyboard button",
    "KeyboardButton": "keyboard button",
    "InlineKeyboardMarkup": "reply keyboard markup JSON object",
    "ReplyMarkup": "reply keyboard markup JSON object",
    "ReplyKeyboardMarkup": "reply keyboard markup JSON object",
    "LinkPreviewOptions": "link preview options JSON object",
    "ReplyParameters": "reply parameters JSON object",
    "InputMedia": "InputMedia",
}
_MISSING = {
    "chat_id": "chat_id is empty",
    "from_chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "message_ids": "message identifiers are not specified",
    "file_id": "file_id not specified",
    "action": "wrong parameter action in request",
    "user_id": "invalid user_id specified",
    **{
        kind: f"there is no {kind} in the request"
        for kind in ("photo", "document", "voice", "audio", "video")
    },
}
_REFUSED = {
    "business_connection_id": "business connection not found",
}
_NUMBER = re.compile(r"-?\d{1,19}")
_FLAGS = {"true": True, "false": False, "1": True, "0": False}
_MARKUPS = {
    "inline_keyboard": "InlineKeyboardMarkup",
    "keyboard": "ReplyKeyboardMarkup",
    "remove_keyboard": "ReplyKeyboardRemove",
    "force_reply": "ForceReply",
}


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("String")
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise bad_request("strings must be encoded in UTF-8") from error
    return value


def _number(value: object) -> int:
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise TypeError("Integer")


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in _FLAGS:
        return _FLAGS[value.lower()]
    raise TypeError("Boolean")


def _chat(value: object) -> object:
    if isinstance(value, str) and value.startswith("@"):
        return value
    return _number(value)


def _file(value: object) -> object:
    if isinstance(value, Upload) or (isinstance(value, str) and value):
        return value
    raise TypeError("InputFile or String")


def _refused(value: object) -> object:
    raise NotImplementedError(value)


_SIMPLE: dict[str, Check] = {
    "int": _number,
    "str": _text,
    "bool": _flag,
    "chat": _chat,
    "file": _file,
    "refused": _refused,
}


def _from_json(value: object, label: str) -> object:
    """Return a nested value: as it is, or parsed when a form carried it as a string."""
    if not isinstance(value, str):
        return value
    try:
        parsed: object = json.loads(value)
    except ValueError as error:
        raise bad_request(f"can't parse {label}") from error
    return parsed


class Fields:
    """The parameters of one method, or the fields of one object."""

    def __init__(self, kinds: Mapping[str, str], facts: "Facts") -> None:
        self.checks = {name.rstrip("!"): facts.check_of(kind) for name, kind in kinds.items()}
        self.required = [name[:-1] for name in kinds if name.endswith("!")]


class Facts:
    """All the methods that the sandbox answers, ready for checking calls."""

    def __init__(self, source: JsonObject) -> None:
        self._groups = as_object(source["groups"])
        self._variants = as_object(source["variants"])
        self._objects = as_object(source["objects"])
        self._compiled: dict[str, Check] = dict(_SIMPLE)
        self.names: dict[str, str] = {}
        self.methods: dict[str, Fields] = {}
        for name, kinds in as_object(source["methods"]).items():
            self.names[name.lower()] = name
            self.methods[name] = Fields(self._flat(kinds), self)
        self.not_answered = {as_text(name).lower() for name in as_list(source["not_answered"])}

    def check(self, method: str, given: JsonObject) -> JsonObject:
        """Return the parameters of a call in their proper types.

        Raises ApiError for a parameter that the method does not have, a missing or a mistyped one.
        """
        fields = self.methods[method]
        checked: JsonObject = {}
        for name, value in given.items():
            check = fields.checks.get(name)
            if check is None:
                raise bad_request(f'unknown parameter "{name}"')
            # Telegram takes an empty form field or a null for a parameter that was not given.
            if value is not None and (value != "" or name == "url"):
                checked[name] = _checked_parameter(name, value, check)
        for name in fields.required:
            if name not in checked:
                raise bad_request(_MISSING.get(name, f'parameter "{name}" is required'))
        return checked

    def check_of(self, kind: str) -> Check:
        """Return the check for a type's name; each is compiled once."""
        if kind not in self._compiled:
            self._compiled[kind] = self._compile(kind)
        return self._compiled[kind]

    def _flat(self, kinds: object) -> dict[str, str]:
        own = as_object(kinds)
        flat: JsonObject = {}
        for group in as_list(own.get("+")):
            flat |= as_object(self._groups[as_text(group)])
        return {name: as_text(kind) for name, kind in (flat | own).items() if name != "+"}

    def _compile(self, kind: str) -> Check:
        if kind.startswith("["):
            return _array_check(self.check_of(kind[1:-1]))
        if kind == "ReplyMarkup":
            return _markup_check({key: self.check_of(name) for key, name in _MARKUPS.items()})
        if kind in self._variants:
            variants = as_object(self._variants[kind])
            return _variant_check(
                kind, {key: self.check_of(as_text(name)) for key, name in variants.items()}
            )
        return _object_check(_LABELS.get(kind, kind), Fields(self._flat(self._objects[kind]), self))


def _checked_parameter(name: str, value: object, check: Check) -> object:
    try:
        return check(value)
    except TypeError as error:
        raise bad_request(f'parameter "{name}" must be of type {error}') from error
    except NotImplementedError as error:
        why = _REFUSED.get(name, f'the sandbox does not support the parameter "{name}"')
        raise bad_request(why) from error


def _checked_field(label: str, name: str, value: object, check: Check) -> object:
    try:
        return check(value)
    except TypeError as error:
        why = f'can\'t parse {label}: Field "{name}" must be of type {error}'
        raise bad_request(why) from error
    except NotImplementedError as error:
        why = f'can\'t parse {label}: the sandbox does not support the field "{name}"'
        raise bad_request(why) from error


def _array_check(item: Check) -> Check:
    def check(value: object) -> object:
        items = _from_json(value, "JSON array")
        if not isinstance(items, list):
            raise TypeError("Array")
        return [item(one) for one in items]

    return check


def _object_check(label: str, fields: Fields) -> Check:
    checks, required = fields.checks, fields.required

    def check(value: object) -> object:
        given = _from_json(value, label)
        if not isinstance(given, dict):
            raise _not_an_object(label)
        for name in given:
            if name not in checks:
                raise bad_request(f'can\'t parse {label}: unknown field "{name}"')
        for name in required:
            if name not in given:
                raise bad_request(f"can't parse {label}: Can't find field \"{name}\"")
        return {
            name: _checked_field(label, name, one, checks[name])
            for name, one in given.items()
            if one is not None
        }

    return check


def _not_an_object(label: str) -> ApiError:
    if label.endswith(" JSON object"):
        return bad_request(f"object expected as {label.removesuffix(' JSON object')}")
    return bad_request(f"can't parse {label}: expected an Object")


def _variant_check(kind: str, variants: Mapping[str, Check]) -> Check:
    def check(value: object) -> object:
        given = _from_json(value, f"{kind} JSON object")
        if not isinstance(given, dict):
            raise _not_an_object(kind)
        name = as_text(given.get("type"))
        if name not in variants:
            raise bad_request(f'can\'t parse {kind}: type "{name}" is unsupported')
        return variants[name](given)

    return check


def _markup_check(markups: Mapping[str, Check]) -> Check:
    label = _LABELS["ReplyMarkup"]

    def check(value: object) -> object:
        given = _from_json(value, label)
        if not isinstance(given, dict):
            raise _not_an_object("reply markup JSON object")
        for key, markup in markups.items():
            if key in given:
                return markup(given)
        raise bad_request(f"can't parse {label}")

    return check


def load_facts() -> Facts:
    """Return the facts that come with the sandbox."""
    source: object = json.loads(Path(__file__).with_name("facts.json").read_text("utf-8"))
    return Facts(as_object(source))

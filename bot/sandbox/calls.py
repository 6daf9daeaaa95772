"""A Bot API call as it came over HTTP, and typed access to its checked parameters."""

import json
import re
from dataclasses import dataclass, field
from typing import cast
from urllib.parse import parse_qsl

from starlette.datastructures import UploadFile
from starlette.requests import ClientDisconnect, Request
from starlette.types import Receive, Scope

from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.uploads import Upload
from bot.sandbox.values import JsonObject, as_objects

MAX_UPLOAD = 50 * 1024 * 1024
_MAX_FIELD = 1024 * 1024
_ATTACHED = re.compile(r"attach://([^\s\"\\]+)")


@dataclass(slots=True)
class Call:
    """A method with its parameters (checked ones once ``Facts.check`` has seen them)."""

    method: str
    params: JsonObject
    uploads: dict[str, Upload] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        """Return whether the parameter was given."""
        return name in self.params

    def text(self, name: str) -> str:
        """Return a String parameter, empty when it was not given."""
        return cast("str", self.params.get(name, ""))

    def number(self, name: str, default: int = 0) -> int:
        """Return an Integer parameter."""
        return cast("int", self.params.get(name, default))

    def flag(self, name: str) -> bool:
        """Return a Boolean parameter, False when it was not given."""
        return self.params.get(name) is True

    def nested(self, name: str) -> JsonObject | None:
        """Return a parameter that is an object, None when it was not given."""
        return cast("JsonObject | None", self.params.get(name))

    def objects(self, name: str) -> list[JsonObject]:
        """Return the items of an array of objects."""
        return as_objects(self.params.get(name))

    def file(self, value: object) -> Upload | str:
        """Return the upload that ``value`` is or names, otherwise the file_id or URL it is."""
        if isinstance(value, Upload):
            return value
        name = cast("str", value)
        if not name.startswith("attach://"):
            return name
        upload = self.uploads.get(name.removeprefix("attach://"))
        if upload is None:
            raise bad_request("wrong remote file identifier specified: the attachment is missing")
        return upload


async def read_body(receive: Receive) -> bytes:
    """Return a request's whole body. Raises ClientDisconnect when the caller went away."""
    parts: list[bytes] = []
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        parts.append(message.get("body", b""))
        if not message.get("more_body", False):
            return b"".join(parts)


def _content_type(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == b"content-type":
            return str(value.decode("latin-1"))
    return ""


async def read_params(scope: Scope, receive: Receive) -> tuple[JsonObject, dict[str, Upload]]:
    """Return a call's parameters and uploads, from query string and body alike."""
    params: JsonObject = {}
    if scope["query_string"]:
        params.update(_pairs(scope["query_string"]))
    content_type = _content_type(scope).lower()
    if content_type.startswith("multipart/form-data"):
        return await _multipart(scope, receive, params)
    body = await read_body(receive)
    if body and content_type.startswith("application/json"):
        params.update(_json_body(body))
    elif body:
        params.update(_pairs(body))
    return params, {}


def _pairs(raw: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(raw.decode(), keep_blank_values=True, errors="strict")
    except (UnicodeDecodeError, ValueError) as error:
        raise bad_request("strings must be encoded in UTF-8") from error


def _json_body(body: bytes) -> JsonObject:
    try:
        parsed: object = json.loads(body)
    except ValueError as error:
        raise bad_request("can't parse JSON object") from error
    if not isinstance(parsed, dict):
        raise bad_request("can't parse JSON object")
    return parsed


async def _multipart(
    scope: Scope, receive: Receive, params: JsonObject
) -> tuple[JsonObject, dict[str, Upload]]:
    uploads: dict[str, Upload] = {}
    async with Request(scope, receive).form(max_part_size=_MAX_FIELD) as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                uploads[name] = await _upload(value)
            else:
                params[name] = value
    _place_uploads(params, uploads)
    return params, uploads


async def _upload(file: UploadFile) -> Upload:
    data = await file.read()
    if len(data) > MAX_UPLOAD:
        raise ApiError(413, "Request Entity Too Large")
    return Upload(file.filename or "file", file.content_type or "", data)


def _place_uploads(params: JsonObject, uploads: dict[str, Upload]) -> None:
    """Make an upload the parameter of its name, unless another parameter attaches it."""
    texts = [value for value in params.values() if isinstance(value, str)]
    attached = {name for text in texts for name in _ATTACHED.findall(text)}
    for name, upload in uploads.items():
        if name not in attached:
            params[name] = upload

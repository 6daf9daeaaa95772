"""User-side API: the bytes of files that were sent, whole or in part, and harmless to open."""

import re
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.sandbox.answers import json_response
from bot.sandbox.files import StoredFile
from bot.sandbox.world import World

SHOWN = ("image/", "audio/", "video/")
SCRIPTED = "image/svg+xml"
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


class RangeError(Exception):
    """The range that was asked for lies outside the file."""


def asked_range(header: str, size: int) -> tuple[int, int] | None:
    """Return the first byte and the one after the last that a Range header asks for.

    ``None`` means the whole file: no range, several at once, or a header that makes no sense,
    which RFC 9110 (14.2) lets a server ignore. Raises ``RangeError`` for a range outside the file.
    """
    found = _RANGE.fullmatch(header.replace(" ", ""))
    if found is None or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        start, end = max(size - int(last), 0), size
    else:
        start, end = int(first), min(int(last) + 1, size) if last else size
        if last and int(last) < start:
            return None
    if start >= size:
        raise RangeError
    return start, end


def file_routes(world: World) -> list[BaseRoute]:
    """Return the route that serves files to the page."""

    async def file(request: Request) -> Response:
        found = world.files.get(request.path_params["file_id"])
        if found is None:
            return json_response({"error": "there is no such file"}, 404)
        return _served(found, world.files.read(found), request.headers.get("range", ""))

    return [Route("/sandbox/files/{file_id}", file)]


def _served(file: StoredFile, data: bytes, header: str) -> Response:
    headers = _headers(file)
    try:
        part = asked_range(header, len(data))
    except RangeError:
        return Response(None, 416, headers | {"Content-Range": f"bytes */{len(data)}"})
    if part is None:
        return Response(data, 200, headers, media_type=file.content_type)
    start, end = part
    headers["Content-Range"] = f"bytes {start}-{end - 1}/{len(data)}"
    return Response(data[start:end], 206, headers, media_type=file.content_type)


def _headers(file: StoredFile) -> dict[str, str]:
    """Return headers under which a stranger's file can do no harm to the page."""
    shown = file.content_type.startswith(SHOWN) and file.content_type != SCRIPTED
    place = "inline" if shown and file.kind != "document" else "attachment"
    return {
        "Accept-Ranges": "bytes",
        "Content-Disposition": f"{place}; filename*=utf-8''{quote(file.name, safe='')}",
        "Content-Security-Policy": "sandbox",
        "X-Content-Type-Options": "nosniff",
    }

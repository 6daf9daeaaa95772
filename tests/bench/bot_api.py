"""The least of a Bot API over HTTP that a polling bot needs, light enough not to be measured."""

import asyncio
import json
from collections.abc import Callable, Mapping
from urllib.parse import parse_qsl

Answer = Callable[[str, Mapping[str, str]], object]
POLL_SECONDS = 25.0


class BadCall(Exception):  # noqa: N818  it is the bot's mistake, not this program's
    """The bot called something that the bench does not answer."""


class Api:
    """Calls come in over HTTP, updates go out by long polling."""

    def __init__(self, answer: Answer, polled: Callable[[], None]) -> None:
        self._answer = answer
        self._polled = polled
        self._updates: list[dict[str, object]] = []
        self._next = 1
        self._news = asyncio.Event()

    def push(self, update: dict[str, object]) -> None:
        """Put an update in line."""
        self._updates.append({"update_id": self._next, **update})
        self._next += 1
        self._news.set()

    async def listen(self) -> int:
        """Serve on a free port of this machine and return it."""
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return int(server.sockets[0].getsockname()[1])

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                target, kind, length = _read_head(head)
                body = await reader.readexactly(length)
                method = target.partition("?")[0].rpartition("/")[2]
                result = await self._call(method, _params(kind, body))
                text = json.dumps({"ok": True, "result": result}).encode()
                writer.write(
                    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                    b"Content-Length: %d\r\n\r\n%b" % (len(text), text)
                )
        except (asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
            writer.close()

    async def _call(self, method: str, params: Mapping[str, str]) -> object:
        if method == "getUpdates":
            return await self._poll(params)
        return self._answer(method, params)

    async def _poll(self, params: Mapping[str, str]) -> object:
        self._polled()
        offset = int(params.get("offset", "0") or 0)
        self._updates = [one for one in self._updates if _number(one) >= offset]
        if not self._updates:
            self._news.clear()
            try:
                await asyncio.wait_for(self._news.wait(), float(params.get("timeout", "0") or 0))
            except TimeoutError:
                return []
        return self._updates[:100]


def _number(update: Mapping[str, object]) -> int:
    number = update["update_id"]
    return number if isinstance(number, int) else 0


def _read_head(head: str) -> tuple[str, str, int]:
    """Return a request's target, content type and length."""
    first, *lines = head.split("\r\n")
    headers = {
        name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)
    }
    return (
        first.split(" ")[1],
        headers.get("content-type", ""),
        int(headers.get("content-length", "0")),
    )


def _params(kind: str, body: bytes) -> Mapping[str, str]:
    """Return a call's parameters as texts, however the library wrote them."""
    if kind.startswith("multipart"):
        return dict(_parts(kind.partition("boundary=")[2].strip('"'), body))
    if kind.startswith("application/json"):
        return {
            key: value if isinstance(value, str) else json.dumps(value)
            for key, value in json.loads(body).items()
        }
    return dict(parse_qsl(body.decode()))


def _parts(boundary: str, body: bytes) -> list[tuple[str, str]]:
    """Return the names and texts of a form's parts."""
    parts = []
    for part in body.split(b"--" + boundary.encode())[1:-1]:
        head, _, content = part.partition(b"\r\n\r\n")
        name = head.decode().partition('name="')[2].partition('"')[0]
        parts.append((name, content.removesuffix(b"\r\n").decode(errors="replace")))
    return parts

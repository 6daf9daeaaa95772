"""The Bot API over HTTP: ``/bot<token>/<method>`` and ``/file/bot<token>/<path>``."""

import asyncio
import mimetypes
import re
from collections.abc import Callable

from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope, Send

from bot.sandbox.calls import Call, read_params
from bot.sandbox.errors import ApiError
from bot.sandbox.facts import Facts
from bot.sandbox.faults import AFTER, Fault
from bot.sandbox.methods import METHODS
from bot.sandbox.values import to_bytes
from bot.sandbox.world import World

_TOKEN = re.compile(r"\d+:[\w-]+")
_JSON = b"application/json"
_BAD_GATEWAY = (
    b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
    b"<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n"
)

# Closes the connection of a request without an answer; True if it could.
Drop = Callable[[Scope], bool]


class BotApi:
    """The ASGI application that bots talk to."""

    def __init__(self, world: World, facts: Facts, token: str, drop: Drop) -> None:
        self.world = world
        self._facts = facts
        self._token = token
        self._drop = drop
        self._closing = asyncio.Event()

    def close(self) -> None:
        """Let go of the connections that a fault keeps waiting."""
        self._closing.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        path: str = scope["path"]
        try:
            if "/file/bot" in path:
                await self._download(path.partition("/file/bot")[2], send)
            else:
                await self._call(path.partition("/bot")[2], scope, receive, send)
        except ClientDisconnect:
            return

    async def _download(self, path: str, send: Send) -> None:
        token, _, place = path.partition("/")
        file = self.world.files.at(place)
        try:
            self._check_token(token)
            if file is None:
                raise _not_found()
        except ApiError as error:
            await _answer(send, error.code, to_bytes(error.body()))
            return
        kind = mimetypes.guess_type(file.path)[0] or "application/octet-stream"
        await _answer(send, 200, self.world.files.read(file), kind.encode())

    def _check_token(self, token: str) -> None:
        if token != self._token:
            raise ApiError(401, "Unauthorized") if _TOKEN.fullmatch(token) else _not_found()

    async def _call(self, path: str, scope: Scope, receive: Receive, send: Send) -> None:
        token, _, name = path.partition("/")
        call = Call(self._facts.names.get(name.lower(), name), {})
        at = self.world.clock()
        fault: Fault | None = None
        refusal = ""
        try:
            self._check_token(token)
            call.params, call.uploads = await read_params(scope, receive)
            fault = self.world.faults.take(call.method, call.params)
            status, body = 200, await self._result(call, fault)
        except ApiError as error:
            status, body, refusal = error.code, to_bytes(error.body()), error.description
        if fault is not None and fault.answered is not None:
            status = fault.answered
        self.world.journal.note(call, status, at, refusal)
        if fault is None or fault.error() is not None:
            await _answer(send, status, body)
        else:
            await self._break(fault, scope, receive, send)

    async def _result(self, call: Call, fault: Fault | None) -> bytes:
        if fault is not None and fault.kind not in AFTER:
            refusal = fault.error()
            if refusal is not None:
                raise refusal
            return b""
        method = METHODS.get(call.method)
        if method is None:
            if call.method.lower() in self._facts.not_answered:
                raise ApiError(501, f"Not Implemented: the sandbox does not answer {call.method}")
            raise _not_found()
        call.params = self._facts.check(call.method, call.params)
        return to_bytes({"ok": True, "result": await method(self.world, call)})

    async def _break(self, fault: Fault, scope: Scope, receive: Receive, send: Send) -> None:
        if fault.kind == "502_html":
            await _answer(send, 502, _BAD_GATEWAY, b"text/html")
        elif fault.kind == "malformed":
            await _answer(send, 200, b'{"ok":true,"result":')
        else:
            if fault.kind.startswith("timeout"):
                await self._hold(receive)
            await self._hang_up(scope, receive, send)

    async def _hold(self, receive: Receive) -> None:
        """Wait until the caller gives up or the sandbox stops."""
        closing = asyncio.ensure_future(self._closing.wait())
        gone = asyncio.ensure_future(_disconnected(receive))
        try:
            await asyncio.wait({closing, gone}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            closing.cancel()
            gone.cancel()

    async def _hang_up(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._drop(scope):
            await _disconnected(receive)
            return
        # On a foreign server the connection is out of reach: an answer that stops half-way.
        await send(
            {
                "type": "http.response.start",
                "status": 200,
                "headers": [(b"content-type", _JSON), (b"content-length", b"1000")],
            }
        )


def _not_found() -> ApiError:
    return ApiError(404, "Not Found")


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _answer(send: Send, status: int, body: bytes, kind: bytes = _JSON) -> None:
    await send(
        {
            "type": "http.response.start",
            "status": status,
            "headers": [(b"content-type", kind), (b"content-length", b"%d" % len(body))],
        }
    )
    await send({"type": "http.response.body", "body": body})

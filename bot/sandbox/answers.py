"""How the user-side API reads requests and words its answers."""

import json
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from bot.sandbox.errors import ApiError
from bot.sandbox.values import JsonObject, to_bytes
from bot.sandbox.world import World

WAIT_SECONDS = 10.0


class UserError(Exception):
    """A request of the page or of a test that makes no sense: status and reason."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status
        self.why = why


Endpoint = Callable[[Request], Awaitable[object]]


def json_response(value: object, status: int = 200) -> Response:
    """Return ``value`` as a JSON answer that is never cached."""
    return Response(
        to_bytes(value), status, {"Cache-Control": "no-store"}, media_type="application/json"
    )


def answering(endpoint: Endpoint) -> Callable[[Request], Awaitable[Response]]:
    """Return the endpoint with its result as JSON and its refusals as ``{"error": …}``."""

    async def answer(request: Request) -> Response:
        try:
            _check_origin(request)
            return json_response(await endpoint(request))
        except UserError as error:
            return json_response({"error": error.why}, error.status)
        except ApiError as error:
            return json_response({"error": error.description}, error.code)

    return answer


def _check_origin(request: Request) -> None:
    """Refuse what another web site sends through somebody's browser."""
    origin = request.headers.get("origin")
    if origin is not None and origin.partition("://")[2] != request.headers.get("host"):
        raise UserError(403, "this page may not act here")


async def read_json(request: Request) -> JsonObject:
    """Return the JSON object in a request's body, an empty one for none."""
    raw = await request.body()
    try:
        parsed: object = json.loads(raw) if raw else {}
        # Half a surrogate pair is valid JSON but no text that could be sent anywhere.
        json.dumps(parsed, ensure_ascii=False).encode()
    except ValueError as error:
        raise UserError(400, "a JSON object is expected") from error
    if not isinstance(parsed, dict):
        raise UserError(400, "a JSON object is expected")
    return parsed


def number_of(value: object, name: str) -> int:
    """Return a whole number, given as such or as digits. Raises UserError naming the field."""
    if isinstance(value, str) and value.removeprefix("-").isdigit():
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise UserError(400, f'"{name}" must be a whole number')


def text_of(value: object, name: str) -> str:
    """Return a non-empty text. Raises UserError naming the field."""
    if isinstance(value, str) and value.strip():
        return value
    raise UserError(400, f'"{name}" must be a text')


async def awaited(world: World, source: JsonObject, updates: list[int | None]) -> JsonObject:
    """Return ``handled`` for a request that asked to wait, nothing for one that did not.

    Updates that the bot does not get (privacy mode, allowed_updates) need no waiting.
    """
    if source.get("wait") not in {True, "1", "true"}:
        return {}
    handled = True
    for number in updates:
        if number is not None and handled:
            handled = await world.updates.handled(number, WAIT_SECONDS)
    return {"handled": handled}

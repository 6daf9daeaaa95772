"""Somebody at the user side of the sandbox, for stories."""

import asyncio
from collections.abc import Callable, Mapping

import aiohttp


def dig(value: object, *path: str | int) -> object:
    """Return what lies at a path of keys and indices inside JSON."""
    for step in path:
        if isinstance(step, int):
            assert isinstance(value, list), f"no list at {step}: {value!r}"
            value = value[step]
        else:
            assert isinstance(value, dict), f"no object at {step}: {value!r}"
            value = value[step]
    return value


def number(value: object, *path: str | int) -> int:
    """Return the whole number at a path."""
    found = dig(value, *path)
    assert isinstance(found, int)
    return found


def text(value: object, *path: str | int) -> str:
    """Return the string at a path."""
    found = dig(value, *path)
    assert isinstance(found, str)
    return found


def items(value: object, *path: str | int) -> list[object]:
    """Return the list at a path."""
    found = dig(value, *path)
    assert isinstance(found, list)
    return found


async def until(condition: Callable[[], bool]) -> None:
    """Let everything else run until something has become true."""
    for _ in range(10_000):
        if condition():
            return
        await asyncio.sleep(0.001)
    raise AssertionError("it never became true")


class Player:
    """Speaks the user-side API; ``raw`` also calls the Bot API without any library."""

    def __init__(self, session: aiohttp.ClientSession, token: str) -> None:
        self.session = session
        self.token = token

    async def get(self, path: str, /, **query: str | int) -> object:
        """Return what a GET on the user side answers."""
        async with self.session.get(f"/sandbox/{path}", params=query) as answer:
            found: object = await answer.json()
            return found

    async def post(self, path: str, /, **fields: object) -> object:
        """Return what a POST on the user side answers, whatever its status."""
        _, found = await self.ask("POST", path, **fields)
        return found

    async def ask(self, verb: str, path: str, /, **fields: object) -> tuple[int, object]:
        """Return status and answer of any request on the user side."""
        async with self.session.request(verb, f"/sandbox/{path}", json=fields) as answer:
            found: object = await answer.json()
            return answer.status, found

    async def person(self, first_name: str, *, starts: bool = True, **fields: object) -> int:
        """Let somebody in, who presses START at once unless told otherwise; return their id."""
        person = number(await self.post("people", first_name=first_name, **fields), "id")
        if starts:
            await self.post("open-link", person=person, payload="")
        return person

    async def upload(self, person: int, kind: str, name: str, data: bytes, **fields: str) -> object:
        """Send a file as a person."""
        form = aiohttp.FormData({"person": str(person), "kind": kind, **fields}, quote_fields=False)
        form.add_field("file", data, filename=name)
        async with self.session.post("/sandbox/upload", data=form) as answer:
            found: object = await answer.json()
            return found

    async def raw(self, method: str, params: Mapping[str, object]) -> tuple[int, object]:
        """Call the Bot API with a JSON body; return status and envelope."""
        url = f"/bot{self.token}/{method}"
        async with self.session.post(url, json=dict(params)) as answer:
            found: object = await answer.json()
            return answer.status, found

    async def refusal(self, method: str, **params: object) -> str:
        """Call the Bot API with something it refuses with 400; return the description."""
        status, envelope = await self.raw(method, params)
        assert status == 400, envelope
        assert dig(envelope, "ok") is False
        assert dig(envelope, "error_code") == 400
        return text(envelope, "description").removeprefix("Bad Request: ")

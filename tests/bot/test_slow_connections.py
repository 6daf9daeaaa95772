"""Connections that say nothing, or half of it, do not stay; lines of anybody's making are few."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import suppress

import aiohttp
import pytest
from structlog.testing import capture_logs

from bot import http_guard
from bot.http_server import HttpServer
from bot.metrics import Metrics
from bot.sparing import OnceAMinute, Sparing
from bot.web import Pages, serve
from bot.webhook import Webhook
from tests.bot.conftest import Line, until
from tests.bot.test_web import Hook, no_troubles, nothing_to_measure, update

SOON = 0.3
LIMIT = 20.0
WHOLE = b"GET /healthz/live HTTP/1.1\r\nHost: x\r\n\r\n"
HALVES = {
    "nothing": b"",
    "half a line": b"GET /heal",
    "half a head": b"GET /healthz/live HTTP/1.1\r\nHost: x\r\n",
    "a request, then half of another": WHOLE + b"GET /healthz",
    "half a body": b"POST /hook HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc",
}


@pytest.fixture
async def server(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[HttpServer]:
    """The pages, with little patience."""
    monkeypatch.setattr(http_guard, "HEAD_SECONDS", SOON)
    monkeypatch.setattr(http_guard, "PART_SECONDS", SOON)
    monkeypatch.setattr(http_guard, "IDLE_SECONDS", SOON)
    monkeypatch.setattr(http_guard, "MOST_CONNECTIONS", 8)
    server = await serve(Pages(Metrics(), no_troubles, nothing_to_measure, reading), "127.0.0.1", 0)
    yield server
    await server.stop()


async def reading(scope: object, receive: object, send: object) -> None:
    """Read a request's body whole, and answer nothing of interest."""
    while (await receive()).get("more_body"):  # type: ignore[operator]  # as ASGI has it
        pass


async def connected(server: HttpServer) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    host, _, port = server.address.removeprefix("http://").rpartition(":")
    return await asyncio.open_connection(host, int(port))


async def ended(reader: asyncio.StreamReader) -> bool:
    """Return whether the other side closes the connection."""
    async with asyncio.timeout(LIMIT):
        with suppress(ConnectionError):
            while await reader.read(65_536):
                pass
    return True


async def alive(server: HttpServer) -> int:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{server.address}/healthz/live") as answer,
    ):
        return answer.status


@pytest.mark.parametrize("said", HALVES.values(), ids=HALVES.keys())
async def test_a_connection_that_says_too_little_is_closed(server: HttpServer, said: bytes) -> None:
    assert await alive(server) == 200
    reader, writer = await connected(server)
    writer.write(said)
    assert await ended(reader)
    writer.close()
    assert await alive(server) == 200


async def test_idle_connections_make_room_for_whoever_has_something_to_say(
    server: HttpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_guard, "HEAD_SECONDS", 600.0)
    idle = [await connected(server) for _ in range(60)]
    assert await alive(server) == 200
    closed = await asyncio.gather(*[ended(reader) for reader, _ in idle[:50]])
    assert all(closed)
    for _, writer in idle:
        writer.close()


async def test_no_more_requests_are_answered_at_once_than_there_is_room_for(
    server: HttpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_guard, "PART_SECONDS", 600.0)
    assert await alive(server) == 200
    half = HALVES["half a body"]
    slow = [await connected(server) for _ in range(8)]
    for _, writer in slow:
        writer.write(half)
    await until(lambda: server.answering >= 7)
    monkeypatch.setattr(http_guard, "PART_SECONDS", SOON)
    for _, writer in slow:
        writer.write(b"x")
    for reader, _ in slow:
        assert await ended(reader)
    assert await alive(server) == 200


def test_lines_that_anybody_can_cause_come_once_a_minute() -> None:
    now = [0.0]
    lines = Sparing(lambda: now[0])
    assert [lines.due("a") for _ in range(3)] == [0, None, None]
    assert lines.due("b") == 0
    now[0] = 60.0
    assert lines.due("a") == 2
    assert lines.due("a") is None


def test_the_limit_of_open_files_is_said_once_a_minute() -> None:
    spared = OnceAMinute()
    full = record("socket.accept() out of system resource\nsocket: <asyncio.TransportSocket fd=6>")
    other = record("Task exception was never retrieved")
    assert [spared.filter(full) for _ in range(1000)].count(True) == 1
    assert all(spared.filter(other) for _ in range(3))


def record(text: str) -> logging.LogRecord:
    return logging.LogRecord("asyncio", logging.ERROR, "", 0, text, None, None)


async def test_calls_without_the_secret_write_one_line(line: Line) -> None:
    hook = Hook()
    pages = Pages(Metrics(), no_troubles, nothing_to_measure)
    server = await serve(pages, "127.0.0.1", 0)
    hook.address = server.address
    pages.take(Webhook(line.bot, hook.handle, f"{server.address}/hook", "only-telegram-knows"))
    with capture_logs() as logged:
        statuses = [await hook.post(update(), "guessed") for _ in range(20)]
    assert set(statuses) == {403}
    await server.stop()
    assert [one["event"] for one in logged] == ["webhook_secret_wrong"]

"""Connections to PostgreSQL that die without a word: nothing comes back, nothing says so."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import make_url, text

from storage import server, turnstile
from storage.database import Database, ping
from storage.trouble import StorageUnavailableError
from storage.turnstile import Turnstile

LIMIT = 30.0


class Wire:
    """A way to the server over TCP that can stop carrying anything, without closing."""

    def __init__(self, socket: str) -> None:
        self._socket = socket
        self._carries = asyncio.Event()
        self._carries.set()
        self._tasks: set[asyncio.Task[None]] = set()
        self.port = 0

    async def __aenter__(self) -> "Wire":
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def die(self) -> None:
        """Carry nothing any more on the connections that are there; new ones work."""
        self._carries.clear()
        self._carries = asyncio.Event()
        self._carries.set()

    def go_dark(self) -> None:
        """Carry nothing any more, on no connection."""
        self._carries.clear()

    async def _connected(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        far, there = await asyncio.open_unix_connection(self._socket)
        for source, target in ((near, there), (far, back)):
            task = asyncio.create_task(_carry(source, target, self._carries))
            self._tasks.add(task)


async def _carry(
    source: asyncio.StreamReader, target: asyncio.StreamWriter, carries: asyncio.Event
) -> None:
    while data := await source.read(65_536):
        await carries.wait()
        target.write(data)
        await target.drain()
    target.close()


@pytest.fixture
async def wire(postgres_url: str) -> AsyncIterator[tuple[Wire, str]]:
    """A wire to a database, and the database's address through it."""
    url = make_url(postgres_url)
    folder = url.query["host"]
    assert isinstance(folder, str)
    async with Wire(f"{folder}/.s.PGSQL.{url.port or 5432}") as made:
        through = url.set(host="127.0.0.1", port=made.port, query={})
        yield made, through.render_as_string(hide_password=False)


async def asked_twice(database: Database, wire: Wire) -> None:
    async with database.writing() as tx:
        await tx.execute(text("SELECT 1"))
        wire.die()
        await tx.execute(text("SELECT 1"))


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the limits be short: what matters is that there are some."""
    monkeypatch.setattr(server, "COMMAND_SECONDS", 1.0)
    monkeypatch.setattr(server, "PING_SECONDS", 0.5)
    monkeypatch.setattr(server, "RESTED_SECONDS", 0.0)
    monkeypatch.setattr(turnstile, "ASK_SECONDS", 1.0)


async def test_a_statement_that_gets_no_answer_is_given_up(wire: tuple[Wire, str]) -> None:
    made, url = wire
    database = Database(url)
    async with asyncio.timeout(LIMIT):
        with pytest.raises(StorageUnavailableError):
            await asked_twice(database, made)
        await ping(database)  # on a new connection
        await database.close()


async def test_a_connection_that_died_while_it_rested_is_not_used(wire: tuple[Wire, str]) -> None:
    made, url = wire
    database = Database(url)
    async with asyncio.timeout(LIMIT):
        await ping(database)
        made.die()
        await ping(database)
        await database.close()


async def test_a_server_that_is_dark_is_said_to_be_away(
    wire: tuple[Wire, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made, url = wire
    monkeypatch.setattr(server, "CONNECT_SECONDS", 1.0)
    database = Database(url)
    async with asyncio.timeout(LIMIT):
        await ping(database)
        made.go_dark()
        with pytest.raises(StorageUnavailableError):
            await ping(database)
        await database.close()


async def test_whoever_leads_over_a_dead_connection_leads_no_more(
    wire: tuple[Wire, str], postgres_url: str
) -> None:
    made, url = wire
    database, other = Database(url), Database(postgres_url)
    leader, heir = Turnstile(database), Turnstile(other)
    async with asyncio.timeout(LIMIT):
        assert await leader.mine("leading")
        assert not await heir.mine("leading")
        made.die()
        assert not await leader.mine("leading")  # the server still counts the old one
        await leader.close()
        await heir.close()
        await database.close()
        await other.close()


async def test_a_chat_is_served_though_the_lock_does_not_answer(wire: tuple[Wire, str]) -> None:
    made, url = wire
    database = Database(url)
    locks = Turnstile(database)
    async with asyncio.timeout(LIMIT):
        async with locks.alone("chat:1"):
            made.die()
        async with locks.alone("chat:2"):
            pass
        await locks.close()
        await database.close()

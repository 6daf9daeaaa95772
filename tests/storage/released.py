"""Databases as released versions left them: their schema, and rows that such a version wrote.

The rows lie in files beside this one and never change; the tables are read from the database, so
that nothing here follows what the code says today.
"""

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import (
    Boolean,
    Connection,
    Date,
    DateTime,
    ForeignKey,
    MetaData,
    Select,
    Table,
    func,
    insert,
    select,
    text,
    update,
)

from storage import migrate
from storage.database import Database

Value = str | int | float | None
Row = dict[str, Value]
Rows = dict[str, list[Row]]

VERSION_TABLE = "alembic_version"


def released() -> list[str]:
    """Return the revisions whose rows are kept, oldest first."""
    return sorted(one.stem.removeprefix("released_") for one in _folder().glob("released_*.json"))


def rows_of(revision: str) -> Rows:
    """Return the rows of each table; moments and days are text."""
    found: Rows = json.loads((_folder() / f"released_{revision}.json").read_text(encoding="utf-8"))
    return found


def as_they_are_now(rows: Rows) -> Rows:
    """Return the rows with their answers' reasons where they stand by now.

    A reason picked is one of several; a text on an error without one was the reason for it.
    """
    return {name: [_reasons_now(row) for row in kept] for name, kept in rows.items()}


def _reasons_now(row: Row) -> Row:
    if not {"option", "reason", "comment"} <= set(row):
        return row
    now = {key: value for key, value in row.items() if key != "reason"}
    picked, option = row["reason"], row["option"]
    now["reasons"] = "" if picked is None else str(picked)
    erring = isinstance(option, int) and option > 0
    told = picked is None and erring
    return now | {
        "why": row["comment"] if told else None,
        "comment": None if told else row["comment"],
    }


async def build(database: Database, revision: str) -> None:
    """Bring an empty database to *revision* and fill every table that it has."""
    await migrate.upgrade(database, revision)
    async with database.engine.begin() as connection:
        await connection.run_sync(_fill, rows_of(revision))


async def contents(database: Database, like: Rows) -> Rows:
    """Return the rows of the tables and columns in *like*, as they are in the database."""
    async with database.engine.connect() as connection:
        return await connection.run_sync(_read, like)


async def dangling(database: Database) -> list[str]:
    """Return which foreign keys lead nowhere, as "table.column"."""
    async with database.engine.connect() as connection:
        return await connection.run_sync(_dangling)


def _folder() -> Path:
    return Path(__file__).parent


def _reflected(connection: Connection) -> MetaData:
    metadata = MetaData()
    metadata.reflect(connection)
    return metadata


def _fill(connection: Connection, rows: Rows) -> None:
    metadata = _reflected(connection)
    tables = [one for one in metadata.sorted_tables if one.name != VERSION_TABLE]
    assert {one.name for one in tables} == set(rows), "every table has rows"
    for table in tables:
        _insert(connection, table, rows[table.name])
    for table in tables:
        _link(connection, table, rows[table.name])
        _count_on(connection, table)


def _circular(table: Table) -> set[str]:
    """Return the columns that may stay empty at first: they lead to tables filled later."""
    return {one.name for one in table.columns if one.foreign_keys and one.nullable}


def _insert(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    later = _circular(table)
    for row in rows:
        given = {name: value for name, value in row.items() if name not in later}
        connection.execute(insert(table), _typed(table, given))


def _link(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    for row in rows:
        links = {name: row[name] for name in _circular(table) if row[name] is not None}
        if links:
            same = [one == _typed(table, row)[one.name] for one in table.primary_key.columns]
            connection.execute(update(table).where(*same).values(links))


def _count_on(connection: Connection, table: Table) -> None:
    """Let PostgreSQL's own numbers go on after the highest one that is taken."""
    if connection.dialect.name != "postgresql" or "id" not in table.columns:
        return
    sequence = connection.scalar(text(f"SELECT pg_get_serial_sequence('{table.name}', 'id')"))
    highest = connection.scalar(select(func.max(table.columns["id"])))
    connection.execute(select(func.setval(sequence, highest)))


def _typed(table: Table, row: Row) -> dict[str, object]:
    return {name: _python(table, name, value) for name, value in row.items()}


def _python(table: Table, name: str, value: Value) -> object:
    kind = table.columns[name].type
    if isinstance(kind, DateTime) and isinstance(value, str):
        moment = dt.datetime.fromisoformat(value)
        return moment.replace(tzinfo=dt.UTC) if kind.timezone else moment
    if isinstance(kind, Date) and isinstance(value, str):
        return dt.date.fromisoformat(value)
    return bool(value) if isinstance(kind, Boolean) and value is not None else value


def _read(connection: Connection, like: Rows) -> Rows:
    metadata = _reflected(connection)
    found = {}
    for name, rows in like.items():
        columns = [metadata.tables[name].columns[one] for one in rows[0]]
        order = metadata.tables[name].primary_key.columns
        kept = connection.execute(select(*columns).order_by(*order)).mappings()
        found[name] = [{key: _plain(value) for key, value in one.items()} for one in kept]
    return found


def _plain(value: object) -> Value:
    """Return a value as the files keep it."""
    if isinstance(value, dt.datetime):
        moment = value.astimezone(dt.UTC) if value.tzinfo is not None else value
        return f"{moment:%Y-%m-%d %H:%M:%S.%f}"
    if isinstance(value, dt.date):
        return value.isoformat()
    assert value is None or isinstance(value, str | int | float)
    return int(value) if isinstance(value, bool) else value


def _dangling(connection: Connection) -> list[str]:
    return [
        f"{table.name}.{key.parent.name}"
        for table in _reflected(connection).sorted_tables
        for key in table.foreign_keys
        if connection.scalar(_lost(key))
    ]


def _lost(key: ForeignKey) -> Select[int]:
    target = key.column.table.alias()
    there = select(target).where(target.c[key.column.name] == key.parent).exists()
    return select(func.count()).where(key.parent.is_not(None), ~there)

"""Whether what is stored holds together: the file, the schema, the links between rows."""

import sqlite3

from sqlalchemy import ForeignKey, distinct, func, select, text
from sqlalchemy.exc import SQLAlchemyError

from storage import migrate
from storage.database import Database, Transaction
from storage.tables import Base, EvaluationAnswerRow, EvaluationRow
from storage.trouble import StorageUnavailableError, is_damage

UNREADABLE = "The file is damaged: parts of it cannot be read."

INVALID = """
SELECT 'the index ' || indexrelid::regclass FROM pg_index WHERE NOT indisvalid
UNION ALL
SELECT 'the constraint ' || conname FROM pg_constraint
WHERE NOT convalidated AND connamespace = 'public'::regnamespace
"""


async def faults(database: Database) -> list[str]:
    """Return a sentence for everything that does not hold together; nothing is changed.

    The schema must be up to date. Raises ``StorageUnavailableError``. It reads every row.
    """
    try:
        return await _faults(database)
    except StorageUnavailableError as error:
        if is_damage(error):
            return [UNREADABLE]
        raise
    except (SQLAlchemyError, sqlite3.Error, ValueError, ArithmeticError, TypeError):
        if database.is_sqlite:  # a damaged page can hold anything, such as a time that is none
            return [UNREADABLE]
        raise


async def _faults(database: Database) -> list[str]:
    async with database.reading() as tx:
        found = await (_in_file(tx) if database.is_sqlite else _on_server(tx))
        found += await _unanswered(tx)
        found += await _counted_otherwise(tx)
    changed = len(await migrate.differences(database))
    if changed:
        found.append(f"Differences between the schema and what the migrations made: {changed}.")
    return found


async def _in_file(tx: Transaction) -> list[str]:
    """Ask SQLite to look at its pages, indexes and foreign keys."""
    pages = (await tx.execute(text("PRAGMA integrity_check(1)"))).scalars()
    found = [
        f"The file is damaged: {' '.join(str(said).split())}." for said in pages if said != "ok"
    ]
    lost: dict[tuple[str, str], int] = {}
    for row in await tx.execute(text("PRAGMA foreign_key_check")):
        lost[row[0], row[2]] = lost.get((row[0], row[2]), 0) + 1
    # One sentence is enough of a file that is damaged; the rest says where.
    return found[:1] + [_dangling(count, *names) for names, count in lost.items()]


async def _on_server(tx: Transaction) -> list[str]:
    """Ask PostgreSQL what it does not vouch for, and follow the links it should have kept."""
    found = [f"PostgreSQL does not vouch for {one}." for one in await tx.scalars(text(INVALID))]
    for table in Base.metadata.sorted_tables:
        for key in sorted(table.foreign_keys, key=lambda one: one.parent.name):
            count = await _lost(tx, key)
            if count:
                found.append(_dangling(count, table.name, key.column.table.name))
    return found


async def _lost(tx: Transaction, key: ForeignKey) -> int:
    target = key.column.table.alias()
    there = select(target).where(target.c[key.column.name] == key.parent).exists()
    return (await tx.scalar(select(func.count()).where(key.parent.is_not(None), ~there))) or 0


async def _unanswered(tx: Transaction) -> list[str]:
    """Look for evaluations of which only a half was written."""
    answers = select(EvaluationAnswerRow.criterion).where(
        EvaluationAnswerRow.evaluation_id == EvaluationRow.id
    )
    bare = select(func.count()).select_from(EvaluationRow).where(~answers.exists())
    count = await tx.scalar(bare)
    return [f"Evaluations without answers: {count}."] if count else []


async def _counted_otherwise(tx: Transaction) -> list[str]:
    """Look for contacts that count twice with an agent, or not at all though they should."""
    parts = (
        select(EvaluationRow.contact_id)
        .group_by(EvaluationRow.contact_id, EvaluationRow.agent_id)
        .having(
            func.count().filter(EvaluationRow.counts.is_(True))
            != func.count(distinct(EvaluationRow.contact_id)).filter(
                EvaluationRow.withdrawn_at.is_(None)
            )
        )
        .subquery()
    )
    count = await tx.scalar(select(func.count()).select_from(parts))
    return [f"Contacts that do not count exactly once: {count}."] if count else []


def _dangling(count: int, table: str, target: str) -> str:
    return f"Rows of {table} that lead to {target} which are not there: {count}."

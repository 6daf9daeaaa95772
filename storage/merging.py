"""Merging: all that refers to one row of people or teams refers to another one from then on.

What was changed is returned as words of the program, for the audit log: ``undo`` needs no more.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import (
    Column,
    ColumnElement,
    Table,
    and_,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from storage.audit import Detail
from storage.database import Transaction
from storage.merge_rules import HISTORY, Way, column_of, keys_of, unique_with

REMOVED = "removed:"
"""Stands before the name of a column whose rows were removed because the kept one had them."""

PORTION = 200
"""Rows that one statement names."""

Rules = Mapping[str, Way]
"""What becomes of each reference, by table and column."""

Record = Mapping[str, Detail]
"""What was changed: the keys of the rows by table and column."""


async def count(tx: Transaction, rules: Rules, kept: int, dropped: int) -> dict[str, int]:
    """Return how many rows of each column would move, without those of which there are none."""
    found = {}
    for name, way in rules.items():
        if way in (Way.STAYS, Way.REMOVED):
            continue
        column = column_of(name)
        wanted = select(func.count()).select_from(column.table).where(_moving(column, way, kept))
        found[name] = (await tx.execute(wanted.where(column == dropped))).scalar_one()
    return {name: number for name, number in found.items() if number}


async def move(tx: Transaction, rules: Rules, kept: int, dropped: int) -> dict[str, Detail]:
    """Let what refers to *dropped* refer to *kept*, as the rules say; return the record."""
    record: dict[str, Detail] = {}
    for name, way in rules.items():
        column = column_of(name)
        table, keys = column.table, keys_of(column.table, column)
        theirs = column == dropped
        if way is Way.REMOVED:
            await tx.execute(delete(table).where(theirs))
        if way in (Way.STAYS, Way.REMOVED):
            continue
        moving = update(table).where(theirs, _moving(column, way, kept)).values({column.name: kept})
        rows = (await tx.execute(moving.returning(*keys, column))).all()
        if rows:
            record[name] = written([row[:-1] for row in rows])
        if way is Way.JOINED:
            gone = (await tx.execute(delete(table).where(theirs).returning(*keys))).all()
            if gone:
                record[REMOVED + name] = written(gone)
    return record


async def contradicted(tx: Transaction, rules: Rules, record: Record, kept: int) -> int:
    """Return how many rows of the history that moved refer to something else by now."""
    changed = 0
    for name in HISTORY & rules.keys() & record.keys():
        column = column_of(name)
        for part in _portions(column.table, column, record[name]):
            wanted = select(func.count()).select_from(column.table).where(part)
            wanted = wanted.where(column.is_distinct_from(kept))
            changed += (await tx.execute(wanted)).scalar_one()
    return changed


async def move_back(tx: Transaction, rules: Rules, record: Record, kept: int, dropped: int) -> None:
    """Let what *record* names refer to *dropped* again, as far as it still refers to *kept*."""
    for name in rules:
        column = column_of(name)
        table = column.table
        for part in _portions(table, column, record.get(name)):
            back = update(table).where(column == kept, part).values({column.name: dropped})
            await tx.execute(back)
        gone = record.get(REMOVED + name)
        if gone is not None:
            keys = keys_of(table, column)
            rows = [
                {column.name: dropped}
                | {key.name: value for key, value in zip(keys, one, strict=True)}
                for one in _read(keys, gone)
            ]
            await tx.execute(insert(table), rows)


def _moving(column: Column[int], way: Way, kept: int) -> ColumnElement[bool]:
    """Return the condition on a row that the kept one has none of its own for the same."""
    if way is Way.MOVED:
        return and_(True)  # noqa: FBT003  it is SQL's
    twin = column.table.alias()
    same = [twin.c[one.name] == one for one in unique_with(column)]
    return ~exists().where(twin.c[column.name] == kept, *same)


def written(rows: Iterable[Sequence[object]]) -> list[str]:
    """Return keys as words: numbers as ranges such as ``3-17``, others joined by commas."""
    listed = [tuple(row) for row in rows]
    if listed and all(len(row) == 1 and isinstance(row[0], int) for row in listed):
        return _ranges(sorted(int(str(row[0])) for row in listed))
    return sorted(",".join(_word(one) for one in row) for row in listed)


def _word(value: object) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _ranges(numbers: Sequence[int]) -> list[str]:
    found: list[list[int]] = []
    for one in numbers:
        if found and one == found[-1][1] + 1:
            found[-1][1] = one
        else:
            found.append([one, one])
    return [f"{first}-{last}" if last > first else str(first) for first, last in found]


def words_in(detail: Detail) -> list[str]:
    """Return the words of a record's entry."""
    return [str(one) for one in detail] if isinstance(detail, list) else []


def _portions(table: Table, column: Column[int], detail: Detail) -> Iterable[ColumnElement[bool]]:
    """Yield the conditions that pick the rows of a record's entry, some at a time."""
    keys = keys_of(table, column)
    every = words_in(detail)
    for some in (every[at : at + PORTION] for at in range(0, len(every), PORTION)):
        if not keys:
            yield and_(True)  # noqa: FBT003  it is SQL's
        elif len(keys) == 1 and keys[0].type.python_type is int:
            bounds = ([int(one) for one in word.split("-")] for word in some)
            yield or_(*(keys[0].between(one[0], one[-1]) for one in bounds))
        else:
            yield or_(
                *(
                    and_(*(key == value for key, value in zip(keys, row, strict=True)))
                    for row in _read(keys, list(some))
                )
            )


def _read(keys: Sequence[Column[object]], detail: Detail) -> list[list[object]]:
    """Return the keys that words stand for; single numbers may stand as ranges."""
    found: list[list[object]] = []
    for word in words_in(detail):
        if len(keys) == 1 and keys[0].type.python_type is int:
            first, _, last = word.partition("-")
            found += [[one] for one in range(int(first), int(last or first) + 1)]
        else:
            parts = word.split(",")
            found.append([_value(key, one) for key, one in zip(keys, parts, strict=True)])
    return found


def _value(key: Column[object], word: str) -> object:
    kind = key.type.python_type
    if kind is int:
        return int(word)
    return dt.date.fromisoformat(word) if kind is dt.date else word

"""Other names by which files and searches know people."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import delete, insert, select

from scoring.names import name_key
from storage.database import Transaction
from storage.people import keys_of
from storage.tables import PersonAliasRow

MOST = 10
"""Aliases of one person."""


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of a person, as it was written."""

    id: int
    person_id: int
    alias: str


async def of_person(tx: Transaction, person_id: int) -> list[Alias]:
    """Return the person's aliases by name."""
    wanted = _WANTED.where(PersonAliasRow.person_id == person_id)
    rows = await tx.execute(wanted.order_by(PersonAliasRow.folded, PersonAliasRow.id))
    return [Alias(*row) for row in rows]


async def everybody(tx: Transaction) -> dict[int, tuple[str, ...]]:
    """Return all aliases by their person's id; nobody without any is among them."""
    found: dict[int, list[str]] = {}
    for row in await tx.execute(_WANTED.order_by(PersonAliasRow.folded, PersonAliasRow.id)):
        found.setdefault(row.person_id, []).append(row.alias)
    return {person_id: tuple(names) for person_id, names in found.items()}


async def add(tx: Transaction, person_id: int, alias: str) -> None:
    """Let the person be known by *alias*, too; one they have already is written anew."""
    mine = (PersonAliasRow.person_id == person_id, PersonAliasRow.name_key == name_key(alias))
    await tx.execute(delete(PersonAliasRow).where(*mine))
    await tx.execute(insert(PersonAliasRow), [_row(person_id, alias)])


async def remove(tx: Transaction, person_id: int, alias_id: int) -> bool:
    """Take an alias from the person; return whether it was theirs."""
    mine = (PersonAliasRow.id == alias_id, PersonAliasRow.person_id == person_id)
    return (await tx.execute(delete(PersonAliasRow).where(*mine))).rowcount == 1


async def replace(tx: Transaction, aliases: Mapping[int, Collection[str]]) -> None:
    """Give each person (by id) these aliases, no more and no less."""
    if not aliases:
        return
    for person_id in aliases:
        await tx.execute(delete(PersonAliasRow).where(PersonAliasRow.person_id == person_id))
    rows = [_row(person_id, alias) for person_id, names in aliases.items() for alias in names]
    if rows:
        await tx.execute(insert(PersonAliasRow), rows)


def _row(person_id: int, alias: str) -> dict[str, object]:
    return {"person_id": person_id, "alias": alias, **keys_of(alias)}


_WANTED = select(PersonAliasRow.id, PersonAliasRow.person_id, PersonAliasRow.alias)

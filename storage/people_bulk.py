"""Many people at once, as an import has them: a few statements instead of one for each."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from itertools import islice

from sqlalchemy import delete, insert

from scoring.roles import Relation, Role
from storage.database import Transaction
from storage.people import NewPerson, external_keys, keys_of
from storage.tables import MembershipRow, PersonRoleRow, PersonRow

CHUNK = 500
"""Ids in one statement, far below any database's limit."""


async def add_many(tx: Transaction, new: Sequence[NewPerson], now: dt.datetime) -> list[int]:
    """Take everybody in and return their ids in the same order.

    No two may share both a name and a key in the other system.
    """
    if not new:
        return []
    rows = [
        {
            "name": one.name,
            **keys_of(one.name),
            **external_keys(one.external_key),
            "telegram_id": one.telegram_id,
            "language": one.language,
            "timezone": one.timezone,
            "active": True,
            "created_at": now,
        }
        for one in new
    ]
    # Rows come back in any order: asking for theirs would insert one by one on SQLite.
    named = (PersonRow.name, PersonRow.external_key)
    made = await tx.execute(insert(PersonRow).returning(PersonRow.id, *named), rows)
    by_name: dict[tuple[str, str | None], int] = {
        (row.name, row.external_key): row.id for row in made
    }
    paired = [(by_name[one.name, one.external_key], one) for one in new]
    await _insert_roles(tx, {person_id: one.roles for person_id, one in paired})
    await _insert_teams(tx, Relation.MEMBER, {person_id: one.teams for person_id, one in paired})
    supervised = {person_id: one.supervises for person_id, one in paired}
    await _insert_teams(tx, Relation.SUPERVISOR, supervised)
    return [person_id for person_id, _ in paired]


async def replace_roles(tx: Transaction, roles: Mapping[int, Collection[Role]]) -> None:
    """Give each person (by id) these roles, no more and no less."""
    for chunk in _chunks(roles):
        await tx.execute(delete(PersonRoleRow).where(PersonRoleRow.person_id.in_(chunk)))
    await _insert_roles(tx, roles)


async def replace_teams(
    tx: Transaction, relation: Relation, teams: Mapping[int, Collection[int]]
) -> None:
    """Give each person (by id) these teams in that relation, no more and no less."""
    for chunk in _chunks(teams):
        theirs = (MembershipRow.person_id.in_(chunk), MembershipRow.relation == relation)
        await tx.execute(delete(MembershipRow).where(*theirs))
    await _insert_teams(tx, relation, teams)


def _chunks(ids: Collection[int]) -> list[list[int]]:
    rest = iter(ids)
    return list(iter(lambda: list(islice(rest, CHUNK)), []))


async def _insert_roles(tx: Transaction, roles: Mapping[int, Collection[Role]]) -> None:
    rows = [
        {"person_id": person_id, "role": role.value}
        for person_id, theirs in roles.items()
        for role in sorted(set(theirs))
    ]
    if rows:
        await tx.execute(insert(PersonRoleRow), rows)


async def _insert_teams(
    tx: Transaction, relation: Relation, teams: Mapping[int, Collection[int]]
) -> None:
    rows = [
        {"person_id": person_id, "team_id": team, "relation": relation.value}
        for person_id, theirs in teams.items()
        for team in sorted(set(theirs))
    ]
    if rows:
        await tx.execute(insert(MembershipRow), rows)

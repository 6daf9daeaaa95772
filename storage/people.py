"""People: who they are, their roles and teams, and finding them."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    Executable,
    RowMapping,
    and_,
    bindparam,
    delete,
    insert,
    or_,
    select,
    update,
)

from scoring.names import fold, name_key
from scoring.roles import Relation, Role
from scoring.transliteration import crossed
from storage.database import Transaction
from storage.tables import MembershipRow, PersonAliasRow, PersonRoleRow, PersonRow, TeamRow


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody known to the contact centre; ``teams`` and ``supervises`` hold team ids.

    ``external_key`` is their key in another system: an employee number, a login of the PBX. Of
    whom was ``erased`` only a number and figures are left; they do not come back. ``merged_into``
    is the id of whoever stands for them where they were entered twice. Archived teams are not
    among theirs.
    """

    id: int
    name: str
    telegram_id: int | None
    language: str | None
    timezone: str | None
    active: bool
    unreachable: bool
    roles: frozenset[Role]
    teams: tuple[int, ...]
    supervises: tuple[int, ...]
    erased: bool = False
    external_key: str | None = None
    merged_into: int | None = None

    def is_a(self, *roles: Role) -> bool:
        """Return whether the person holds any of *roles*."""
        return any(role in self.roles for role in roles)


@dataclass(frozen=True, slots=True)
class NewPerson:
    """What is needed to take somebody in."""

    name: str
    roles: Collection[Role]
    teams: Collection[int] = ()
    supervises: Collection[int] = ()
    language: str | None = None
    timezone: str | None = None
    telegram_id: int | None = None
    external_key: str | None = None


class _Gathering:
    """Collects the joined rows of one person."""

    def __init__(self, columns: RowMapping) -> None:
        self.columns = columns
        self.roles: set[Role] = set()
        self.teams: set[int] = set()
        self.supervises: set[int] = set()

    def add(self, role: str | None, team: int | None, relation: str | None) -> None:
        if role is not None:
            self.roles.add(Role(role))
        if team is not None:
            side = self.supervises if relation == Relation.SUPERVISOR else self.teams
            side.add(team)

    def person(self) -> Person:
        columns = self.columns
        return Person(
            id=columns["id"],
            name=columns["name"],
            telegram_id=columns["telegram_id"],
            language=columns["language"],
            timezone=columns["timezone"],
            active=columns["active"],
            unreachable=columns["unreachable_since"] is not None,
            roles=frozenset(self.roles),
            teams=tuple(sorted(self.teams)),
            supervises=tuple(sorted(self.supervises)),
            erased=columns["erased_at"] is not None,
            external_key=columns["external_key"],
            merged_into=columns["merged_into"],
        )


ARCHIVED = select(TeamRow.id).where(TeamRow.archived_at.is_not(None))
NOT_MERGED = PersonRow.merged_into.is_(None)


def _wanted(*conditions: ColumnElement[bool]) -> Executable:
    """Return the query for people with their roles and teams, by name."""
    return (
        select(
            PersonRow.id,
            PersonRow.name,
            PersonRow.telegram_id,
            PersonRow.language,
            PersonRow.timezone,
            PersonRow.active,
            PersonRow.unreachable_since,
            PersonRow.erased_at,
            PersonRow.external_key,
            PersonRow.merged_into,
            PersonRoleRow.role,
            MembershipRow.team_id,
            MembershipRow.relation,
        )
        .outerjoin(PersonRoleRow, PersonRoleRow.person_id == PersonRow.id)
        .outerjoin(
            MembershipRow,
            and_(MembershipRow.person_id == PersonRow.id, MembershipRow.team_id.not_in(ARCHIVED)),
        )
        .where(*conditions)
        .order_by(PersonRow.folded, PersonRow.id)
    )


async def _people(tx: Transaction, *conditions: ColumnElement[bool]) -> list[Person]:
    return await _read(tx, _wanted(*conditions))


async def _read(
    tx: Transaction, statement: Executable, **bound: int | Sequence[int]
) -> list[Person]:
    gathered: dict[int, _Gathering] = {}
    for row in (await tx.execute(statement, bound)).mappings():
        one = gathered.get(row["id"])
        if one is None:
            one = gathered[row["id"]] = _Gathering(row)
        one.add(row["role"], row["team_id"], row["relation"])
    return [one.person() for one in gathered.values()]


# Asked at every press, so built once.
BY_TELEGRAM_ID = _wanted(PersonRow.telegram_id == bindparam("wanted"), PersonRow.active.is_(True))
BY_ID = _wanted(PersonRow.id == bindparam("wanted"))
SUPERVISORS = _wanted(
    PersonRow.active.is_(True),
    PersonRow.id.in_(
        select(MembershipRow.person_id).where(
            MembershipRow.team_id.in_(bindparam("team_ids", expanding=True)),
            MembershipRow.relation == Relation.SUPERVISOR,
            MembershipRow.person_id != bindparam("person"),
        )
    ),
)


async def by_telegram_id(tx: Transaction, telegram_id: int) -> Person | None:
    """Return the active person bound to that Telegram account, or ``None``."""
    return next(iter(await _read(tx, BY_TELEGRAM_ID, wanted=telegram_id)), None)


async def holder_of(tx: Transaction, telegram_id: int) -> Person | None:
    """Return whoever that Telegram account is bound to, shut out or not, or ``None``."""
    return next(iter(await _people(tx, PersonRow.telegram_id == telegram_id)), None)


async def by_id(tx: Transaction, person_id: int) -> Person | None:
    """Return the person, active or not, or ``None``."""
    return next(iter(await _read(tx, BY_ID, wanted=person_id)), None)


async def by_name(tx: Transaction, name: str) -> list[Person]:
    """Return the people who have that name or alias, compared as ``scoring.names`` does."""
    key = name_key(name)
    aliased = select(PersonAliasRow.person_id).where(PersonAliasRow.name_key == key)
    named = or_(PersonRow.name_key == key, PersonRow.id.in_(aliased))
    return await _people(tx, named, NOT_MERGED)


async def by_external_key(tx: Transaction, key: str) -> Person | None:
    """Return whoever has that key in the other system, letter case aside, or ``None``."""
    found = await _people(tx, PersonRow.external_key_folded == fold(key))
    return next(iter(found), None)


async def by_ids(tx: Transaction, ids: Iterable[int]) -> dict[int, Person]:
    """Return the people with those ids, by id."""
    found = await _people(tx, PersonRow.id.in_(list(ids)))
    return {person.id: person for person in found}


async def everybody(tx: Transaction) -> list[Person]:
    """Return all active people by name."""
    return await _people(tx, PersonRow.active.is_(True))


async def known(tx: Transaction) -> list[Person]:
    """Return everybody who was ever taken in, active or not, by name; one person once."""
    return await _people(tx, NOT_MERGED)


async def admins(tx: Transaction) -> set[int]:
    """Return the ids of the active admins, and keep others from changing who they are meanwhile."""
    wanted = (
        select(PersonRoleRow.person_id)
        .join(PersonRow, PersonRow.id == PersonRoleRow.person_id)
        .where(PersonRoleRow.role == Role.ADMIN, PersonRow.active.is_(True))
        .with_for_update()
    )
    return set((await tx.execute(wanted)).scalars())


async def in_team(tx: Transaction, team_id: int, relation: Relation) -> list[Person]:
    """Return the team's active members or supervisors, by name."""
    ids = select(MembershipRow.person_id).where(
        MembershipRow.team_id == team_id, MembershipRow.relation == relation
    )
    return await _people(tx, PersonRow.id.in_(ids), PersonRow.active.is_(True))


async def supervisors_of(tx: Transaction, person: Person) -> list[Person]:
    """Return the supervisors of the teams that *person* is a member of, without themself."""
    return await _read(tx, SUPERVISORS, team_ids=person.teams, person=person.id)


async def with_role(tx: Transaction, role: Role) -> list[Person]:
    """Return the active people with *role*, by name."""
    ids = select(PersonRoleRow.person_id).where(PersonRoleRow.role == role)
    return await _people(tx, PersonRow.id.in_(ids), PersonRow.active.is_(True))


async def add(tx: Transaction, new: NewPerson, now: dt.datetime) -> int:
    """Take somebody in and return their id."""
    row = insert(PersonRow).values(
        **keys_of(new.name),
        **external_keys(new.external_key),
        name=new.name,
        telegram_id=new.telegram_id,
        language=new.language,
        timezone=new.timezone,
        active=True,
        created_at=now,
    )
    person_id = (await tx.execute(row.returning(PersonRow.id))).scalar_one()
    await set_roles(tx, person_id, new.roles)
    await set_teams(tx, person_id, Relation.MEMBER, new.teams)
    await set_teams(tx, person_id, Relation.SUPERVISOR, new.supervises)
    return person_id


async def set_roles(tx: Transaction, person_id: int, roles: Collection[Role]) -> None:
    """Make *roles* the person's roles, no more and no less."""
    await tx.execute(delete(PersonRoleRow).where(PersonRoleRow.person_id == person_id))
    if roles:
        rows = [{"person_id": person_id, "role": role.value} for role in sorted(set(roles))]
        await tx.execute(insert(PersonRoleRow), rows)


async def set_teams(
    tx: Transaction, person_id: int, relation: Relation, teams: Collection[int]
) -> None:
    """Make *teams* the ones that the person belongs to in that relation."""
    mine = (MembershipRow.person_id == person_id, MembershipRow.relation == relation)
    await tx.execute(delete(MembershipRow).where(*mine))
    if teams:
        rows = [
            {"person_id": person_id, "team_id": team, "relation": relation.value}
            for team in sorted(set(teams))
        ]
        await tx.execute(insert(MembershipRow), rows)


async def set_language(tx: Transaction, person_id: int, language: str | None) -> None:
    """Remember the language the person chose (``None``: the one Telegram reports)."""
    await tx.execute(update(PersonRow).where(PersonRow.id == person_id).values(language=language))


async def set_timezone(tx: Transaction, person_id: int, timezone: str | None) -> None:
    """Remember the person's own time zone (``None``: their team's)."""
    await tx.execute(update(PersonRow).where(PersonRow.id == person_id).values(timezone=timezone))


async def rename(tx: Transaction, person_id: int, name: str) -> None:
    """Give the person another name."""
    values = {"name": name, **keys_of(name)}
    await tx.execute(update(PersonRow).where(PersonRow.id == person_id).values(values))


async def set_external_key(tx: Transaction, person_id: int, key: str | None) -> None:
    """Give the person that key in the other system, or take theirs; it must be nobody else's."""
    values = external_keys(key)
    await tx.execute(update(PersonRow).where(PersonRow.id == person_id).values(values))


async def bind(tx: Transaction, person_id: int, telegram_id: int) -> None:
    """Bind a Telegram account to the person; it reaches them again from now on."""
    values = {"telegram_id": telegram_id, "unreachable_since": None}
    await tx.execute(update(PersonRow).where(PersonRow.id == person_id).values(values))


async def set_active(tx: Transaction, person_id: int, *, active: bool) -> None:
    """Let somebody back in, or shut them out while their results stay."""
    await tx.execute(update(PersonRow).where(PersonRow.id == person_id).values(active=active))


async def set_unreachable(tx: Transaction, person_id: int, since: dt.datetime | None) -> None:
    """Note that messages do not reach the person since then, or (``None``) do again."""
    values = {"unreachable_since": since}
    await tx.execute(update(PersonRow).where(PersonRow.id == person_id).values(values))


def keys_of(name: str) -> dict[str, str]:
    """Return the columns by which a name is sorted, compared and searched."""
    return {"folded": fold(name), "name_key": name_key(name), "crossed": crossed(name)}


def external_keys(key: str | None) -> dict[str, str | None]:
    """Return the columns of a key in the other system: as it was written, and as it is compared."""
    return {"external_key": key, "external_key_folded": None if key is None else fold(key)}

"""Teams and their settings."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import RowMapping, bindparam, func, insert, select, update

from scoring.names import name_key
from scoring.roles import Relation
from storage import settings
from storage.database import Transaction
from storage.tables import MembershipRow, PersonRow, TeamRow

_BY_ID = select(TeamRow.__table__).where(TeamRow.id == bindparam("team"))
_MEMBERS = (
    select(PersonRow.id, PersonRow.name)
    .join(MembershipRow, MembershipRow.person_id == PersonRow.id)
    .where(
        MembershipRow.team_id == bindparam("team"),
        MembershipRow.relation == Relation.MEMBER,
        PersonRow.active.is_(True),
    )
    .order_by(PersonRow.folded, PersonRow.id)
)
_BY_IDS = (
    select(TeamRow.__table__)
    .where(TeamRow.id.in_(bindparam("ids", expanding=True)))
    .order_by(TeamRow.name)
)


@dataclass(frozen=True, slots=True)
class Team:
    """A team; ``target`` is a quality score (0 to 100), quiet hours are local times of day.

    ``dispute_count`` is how many disputes an agent may open in a calendar month; 0 is no limit. An
    ``archived`` one is offered nowhere; one that was ``merged_into`` another is archived.
    """

    id: int
    name: str
    timezone: str
    language: str
    digest_time: dt.time = dt.time(9)
    quiet_from: dt.time | None = None
    quiet_to: dt.time | None = None
    target: int | None = None
    dispute_days: int = 5
    dispute_count: int = 3
    archived: bool = False
    merged_into: int | None = None


async def add(tx: Transaction, name: str, timezone: str, language: str, now: dt.datetime) -> Team:
    """Make a team with the organisation's usual settings and return it."""
    usual = await settings.organisation(tx)
    row = insert(TeamRow).values(
        name=name,
        timezone=timezone,
        language=language,
        digest_time="09:00",
        dispute_days=usual.dispute_days,
        dispute_count=usual.dispute_count,
        created_at=now,
    )
    team_id = (await tx.execute(row.returning(TeamRow.id))).scalar_one()
    return Team(
        team_id,
        name,
        timezone,
        language,
        dispute_days=usual.dispute_days,
        dispute_count=usual.dispute_count,
    )


async def everything(tx: Transaction) -> list[Team]:
    """Return all teams by name, without archived ones."""
    wanted = select(TeamRow.__table__).where(TeamRow.archived_at.is_(None)).order_by(TeamRow.name)
    return [_team(row) for row in (await tx.execute(wanted)).mappings()]


async def of_all_times(tx: Transaction) -> list[Team]:
    """Return all teams by name, archived ones too."""
    rows = await tx.execute(select(TeamRow.__table__).order_by(TeamRow.name))
    return [_team(row) for row in rows.mappings()]


async def archived(tx: Transaction) -> list[Team]:
    """Return the archived teams that can be brought back, by name."""
    return [team for team in await of_all_times(tx) if team.archived and team.merged_into is None]


async def archive(tx: Transaction, team_id: int, now: dt.datetime | None) -> None:
    """Let the team be offered nowhere from then on, or (``None``) again."""
    values = {"archived_at": now}
    await tx.execute(update(TeamRow).where(TeamRow.id == team_id).values(values))


async def by_ids(tx: Transaction, ids: Iterable[int]) -> list[Team]:
    """Return the teams with those ids by name."""
    return [_team(row) for row in (await tx.execute(_BY_IDS, {"ids": list(ids)})).mappings()]


async def by_id(tx: Transaction, team_id: int) -> Team | None:
    """Return the team, or ``None``."""
    row = (await tx.execute(_BY_ID, {"team": team_id})).mappings().first()
    return None if row is None else _team(row)


async def by_name(tx: Transaction, name: str) -> Team | None:
    """Return the team called *name*, compared as ``scoring.names`` does, or ``None``.

    It may be archived. The name of one that was merged stands for the one it was merged into.
    """
    return called(await of_all_times(tx), name)


def called(teams: Iterable[Team], name: str) -> Team | None:
    """Return which of *teams* is called *name*: written just so, or else the oldest, or ``None``.

    Teams from before names were compared so may have one name in two writings.
    """
    key = name_key(name)
    by_id = {team.id: team for team in teams}
    same = [team for team in by_id.values() if name_key(team.name) == key]

    def order(team: Team) -> tuple[bool, bool, bool, int]:
        return team.merged_into is not None, team.archived, team.name != name, team.id

    chosen = min(same, key=order, default=None)
    while chosen is not None and chosen.merged_into in by_id:
        chosen = by_id[chosen.merged_into]
    return chosen


async def members(tx: Transaction, team_id: int) -> dict[int, str]:
    """Return the names of the team's active members by id, in their order."""
    return {row.id: row.name for row in await tx.execute(_MEMBERS, {"team": team_id})}


async def sizes(tx: Transaction) -> dict[tuple[int, Relation], int]:
    """Return how many active members and supervisors the teams have; no entry means none."""
    counted = (
        select(MembershipRow.team_id, MembershipRow.relation, func.count().label("size"))
        .join(PersonRow, PersonRow.id == MembershipRow.person_id)
        .where(PersonRow.active.is_(True))
        .group_by(MembershipRow.team_id, MembershipRow.relation)
    )
    rows = await tx.execute(counted)
    return {(row.team_id, Relation(row.relation)): row.size for row in rows}


async def save(tx: Transaction, team: Team) -> None:
    """Store the team's name and settings as they stand in *team*."""
    await tx.execute(
        update(TeamRow)
        .where(TeamRow.id == team.id)
        .values(
            name=team.name,
            timezone=team.timezone,
            language=team.language,
            digest_time=_clock(team.digest_time),
            quiet_from=_clock(team.quiet_from),
            quiet_to=_clock(team.quiet_to),
            target=team.target,
            dispute_days=team.dispute_days,
            dispute_count=team.dispute_count,
        )
    )


def _clock(time: dt.time | None) -> str | None:
    return None if time is None else time.strftime("%H:%M")


def _time(clock: str | None) -> dt.time | None:
    return None if clock is None else dt.time.fromisoformat(clock)


def _team(columns: RowMapping) -> Team:
    team = Team(
        id=columns["id"],
        name=columns["name"],
        timezone=columns["timezone"],
        language=columns["language"],
        digest_time=dt.time.fromisoformat(columns["digest_time"]),
        target=columns["target"],
        dispute_days=columns["dispute_days"],
        dispute_count=columns["dispute_count"],
        archived=columns["archived_at"] is not None,
        merged_into=columns["merged_into"],
    )
    quiet = _time(columns["quiet_from"]), _time(columns["quiet_to"])
    return replace(team, quiet_from=quiet[0], quiet_to=quiet[1])

"""Monitoring plans: how many contacts of each of a team's agents are scored, and which."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import ColumnElement, RowMapping, delete, insert, select, update

from scoring.contacts import ContactType
from scoring.periods import PeriodKind
from scoring.sampling import Rules, Trait
from scoring.scorecard import Channel
from storage.database import Transaction
from storage.tables import DrawRow, PlanRow

PERIODS = (PeriodKind.WEEK, PeriodKind.MONTH)
"""What a plan may recur by."""

Name = TypeVar("Name", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan: ``per_agent`` contacts of each agent and ``period``, as ``rules`` want them.

    ``double_percent`` of them go to a second evaluator as well.
    """

    id: int
    team_id: int
    per_agent: int = 2
    period: PeriodKind = PeriodKind.WEEK
    rules: Rules = field(default_factory=Rules)
    double_percent: int = 0
    active: bool = True


async def add(tx: Transaction, team_id: int, now: dt.datetime, *, by: int | None) -> Plan:
    """Make a plan of the usual settings for the team and return it."""
    plan = Plan(0, team_id)
    row = insert(PlanRow).values(
        **settings_of(plan), team_id=team_id, created_by=by, created_at=now
    )
    made = (await tx.execute(row.returning(PlanRow.id))).scalar_one()
    return Plan(made, team_id)


async def by_id(tx: Transaction, plan_id: int) -> Plan | None:
    """Return the plan, or ``None``."""
    return next(iter(await _read(tx, PlanRow.id == plan_id)), None)


async def of_teams(tx: Transaction, teams: Collection[int]) -> list[Plan]:
    """Return the plans of those teams, paused ones last, otherwise as they were made."""
    return await _read(tx, PlanRow.team_id.in_(teams))


async def active_of(tx: Transaction, team_id: int) -> list[Plan]:
    """Return the team's plans that are not paused."""
    return await _read(tx, PlanRow.team_id == team_id, PlanRow.active.is_(True))


async def save(tx: Transaction, plan: Plan) -> None:
    """Store the plan's settings as they stand in *plan*; what was drawn stays as it is."""
    await tx.execute(update(PlanRow).where(PlanRow.id == plan.id).values(**settings_of(plan)))


async def remove(tx: Transaction, plan_id: int) -> bool:
    """Remove the plan and return True; one that has drawn stays, since its draws are kept."""
    drawn = select(DrawRow.id).where(DrawRow.plan_id == plan_id)
    row = delete(PlanRow).where(PlanRow.id == plan_id, ~drawn.exists())
    return (await tx.execute(row)).rowcount == 1


async def _read(tx: Transaction, *conditions: ColumnElement[bool]) -> list[Plan]:
    rows = select(PlanRow.__table__).where(*conditions)
    found = await tx.execute(rows.order_by(PlanRow.active.desc(), PlanRow.id))
    return [_plan(row) for row in found.mappings()]


def settings_of(plan: Plan) -> dict[str, int | str]:
    """Return the plan's settings as they are stored, by name."""
    rules = plan.rules
    return {
        "per_agent": plan.per_agent,
        "period": plan.period,
        "channels": joined(rules.channels),
        "types": joined(rules.types),
        "strata": joined(rules.strata),
        "bands": ",".join(str(bound) for bound in sorted(rules.bands)),
        "min_duration_s": rules.min_duration_s,
        "min_age_h": rules.min_age_h,
        "double_percent": plan.double_percent,
        "active": plan.active,
    }


def _plan(row: RowMapping) -> Plan:
    return Plan(
        id=row["id"],
        team_id=row["team_id"],
        per_agent=row["per_agent"],
        period=PeriodKind(row["period"]),
        rules=Rules(
            channels=_names(row["channels"], Channel),
            types=_names(row["types"], ContactType),
            strata=_names(row["strata"], Trait),
            bands=tuple(int(bound) for bound in _parts(row["bands"])),
            min_duration_s=row["min_duration_s"],
            min_age_h=row["min_age_h"],
        ),
        double_percent=row["double_percent"],
        active=row["active"],
    )


def joined(names: Iterable[StrEnum]) -> str:
    """Return the names as one text, in alphabetical order."""
    return ",".join(sorted(one.value for one in names))


def _parts(text: str) -> list[str]:
    return [one for one in text.split(",") if one]


def _names(text: str, kind: type[Name]) -> frozenset[Name]:
    return frozenset(kind(one) for one in _parts(text))

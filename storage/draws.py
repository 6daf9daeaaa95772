"""Draws: what was drawn for which plan, kept so that it can be drawn again and compared."""

import datetime as dt
import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import RowMapping, Select, func, insert, select

from scoring.drawing import METHOD, population_hash
from scoring.sampling import Excluded, Member
from storage.assignments import OPEN
from storage.database import Transaction
from storage.plans import Plan, joined
from storage.reports import Window
from storage.tables import AssignmentRow, DrawContactRow, DrawRow, PlanRow


@dataclass(frozen=True, slots=True)
class Draw:
    """A draw of a plan over the contacts from ``first`` to just before ``after``.

    ``period`` is the week or month it is for, ``occurrence`` the same with a number where the draw
    is a later one for it. ``wanted`` says how many contacts of each agent it was to find;
    ``method`` is the number of the way it was drawn.
    """

    id: int
    plan_id: int
    team_id: int
    occurrence: str
    period: str
    first: dt.datetime
    after: dt.datetime
    wanted: Mapping[int, int]
    method: int
    seed: int
    population_size: int
    population_hash: str
    drawn_at: dt.datetime


@dataclass(frozen=True, slots=True)
class NewDraw:
    """What there is to store of a draw; *population* is whole, *chosen* are its contacts."""

    plan: Plan
    occurrence: str
    period: str
    window: Window
    wanted: Mapping[int, int]
    seed: int
    population: Sequence[Member]
    chosen: Collection[int]


async def add(tx: Transaction, new: NewDraw, now: dt.datetime) -> int:
    """Store the draw with its population and return its id.

    Raises SQLAlchemy's ``IntegrityError`` where the plan has a draw of that occurrence.
    """
    row = insert(DrawRow).values(
        plan_id=new.plan.id,
        occurrence=new.occurrence,
        settings=_settings(new),
        seed=new.seed,
        population_size=len(new.population),
        population_hash=population_hash(new.population),
        drawn_at=now,
    )
    draw_id = (await tx.execute(row.returning(DrawRow.id))).scalar_one()
    rows = [
        {
            "draw_id": draw_id,
            "contact_id": one.contact,
            "agent_id": one.agent,
            "stratum": one.stratum,
            "excluded": one.excluded,
            "chosen": one.contact in new.chosen,
        }
        for one in new.population
    ]
    if rows:
        await tx.execute(insert(DrawContactRow), rows)
    return draw_id


async def by_id(tx: Transaction, draw_id: int) -> Draw | None:
    """Return the draw, or ``None``."""
    found = await tx.execute(_draws().where(DrawRow.id == draw_id))
    row = found.mappings().first()
    return None if row is None else _draw(row)


async def everything(tx: Transaction, *, limit: int) -> list[Draw]:
    """Return the newest draws, the newest first."""
    found = await tx.execute(_draws().order_by(DrawRow.id.desc()).limit(limit))
    return [_draw(row) for row in found.mappings()]


async def of_plan(tx: Transaction, plan_id: int, *, offset: int, limit: int) -> list[Draw]:
    """Return a stretch of the plan's draws, the newest first."""
    newest = _draws().where(DrawRow.plan_id == plan_id).order_by(DrawRow.id.desc())
    found = await tx.execute(newest.limit(limit).offset(offset))
    return [_draw(row) for row in found.mappings()]


async def for_period(tx: Transaction, plan_id: int, period: str) -> list[Draw]:
    """Return the plan's draws for that week or month, the first one first."""
    wanted = _draws().where(DrawRow.plan_id == plan_id, DrawRow.occurrence.startswith(period))
    found = await tx.execute(wanted.order_by(DrawRow.id))
    return [_draw(row) for row in found.mappings()]


async def chosen_by_agent(tx: Transaction, draw_ids: Collection[int]) -> Counter[int]:
    """Return how many contacts of each agent those draws chose, by the agent's id."""
    counted = (
        select(DrawContactRow.agent_id, func.count())
        .where(DrawContactRow.draw_id.in_(draw_ids), DrawContactRow.chosen.is_(True))
        .group_by(DrawContactRow.agent_id)
    )
    return Counter({row[0]: row[1] for row in await tx.execute(counted)})


async def left_out(tx: Transaction, draw_id: int) -> Counter[Excluded]:
    """Return how many contacts the draw left out for each reason."""
    counted = (
        select(DrawContactRow.excluded, func.count())
        .where(DrawContactRow.draw_id == draw_id, DrawContactRow.excluded.is_not(None))
        .group_by(DrawContactRow.excluded)
    )
    rows = await tx.execute(counted)
    return Counter({Excluded(row[0]): row[1] for row in rows if row[0] is not None})


async def chosen_counts(tx: Transaction, draw_ids: Collection[int]) -> Counter[int]:
    """Return how many contacts each of those draws chose, by the draw's id."""
    counted = (
        select(DrawContactRow.draw_id, func.count())
        .where(DrawContactRow.draw_id.in_(draw_ids), DrawContactRow.chosen.is_(True))
        .group_by(DrawContactRow.draw_id)
    )
    return Counter({row[0]: row[1] for row in await tx.execute(counted)})


async def assigned(tx: Transaction, draw_id: int) -> frozenset[int]:
    """Return the contacts that the draw's assignments are about."""
    found = select(AssignmentRow.contact_id).where(AssignmentRow.draw_id == draw_id)
    return frozenset((await tx.execute(found)).scalars())


async def open_with(
    tx: Transaction, draw_ids: Collection[int], evaluator_id: int
) -> tuple[int, dt.datetime | None]:
    """Return how many of those draws' assignments the evaluator has open, and the first due."""
    counted = select(func.count(AssignmentRow.id), func.min(AssignmentRow.due_at)).where(
        AssignmentRow.evaluator_id == evaluator_id,
        AssignmentRow.state == OPEN,
        AssignmentRow.draw_id.in_(draw_ids),
    )
    count, due = (await tx.execute(counted)).one()
    return count, due


async def unassigned(tx: Transaction, draw_id: int) -> int:
    """Return how many of the draw's contacts wait for somebody who may score them."""
    counted = select(func.count(AssignmentRow.id)).where(
        AssignmentRow.draw_id == draw_id,
        AssignmentRow.evaluator_id.is_(None),
        AssignmentRow.state == OPEN,
    )
    return (await tx.execute(counted)).scalar_one()


def _draws() -> Select[*tuple[object, ...]]:
    return select(DrawRow.__table__, PlanRow.team_id).join(PlanRow, PlanRow.id == DrawRow.plan_id)


def _settings(new: NewDraw) -> str:
    """Return all that shaped the draw besides its seed and population."""
    rules = new.plan.rules
    told = {
        "method": METHOD,
        "period": new.period,
        "first": new.window[0].astimezone(dt.UTC).isoformat(),
        "after": new.window[1].astimezone(dt.UTC).isoformat(),
        "wanted": {str(agent): count for agent, count in sorted(new.wanted.items())},
        "per_agent": new.plan.per_agent,
        "channels": joined(rules.channels),
        "types": joined(rules.types),
        "strata": joined(rules.strata),
        "bands": sorted(rules.bands),
        "min_duration_s": rules.min_duration_s,
        "min_age_h": rules.min_age_h,
        "double_percent": new.plan.double_percent,
    }
    return json.dumps(told, sort_keys=True)


def _draw(row: RowMapping) -> Draw:
    settings = json.loads(row["settings"])
    return Draw(
        id=row["id"],
        plan_id=row["plan_id"],
        team_id=row["team_id"],
        occurrence=row["occurrence"],
        period=settings["period"],
        first=dt.datetime.fromisoformat(settings["first"]),
        after=dt.datetime.fromisoformat(settings["after"]),
        wanted={int(agent): count for agent, count in settings["wanted"].items()},
        method=settings["method"],
        seed=row["seed"],
        population_size=row["population_size"],
        population_hash=row["population_hash"],
        drawn_at=row["drawn_at"],
    )

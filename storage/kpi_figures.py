"""Daily figures of agents: stored from imports, added up for reports."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import ColumnElement, Select, bindparam, case, func, insert, select, update

from scoring.kpi import Tally
from storage import locks
from storage.database import Transaction
from storage.report_statements import Places
from storage.reports import Scope
from storage.tables import KpiFigureRow

LOCK = "kpi"
CHUNK = 500
"""Ids in one statement, far below any database's limit."""

Identity = tuple[int, dt.date, str]
"""Agent, day and metric: there is one figure of each."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One agent's day in one metric; ``team`` is the agent's at the time."""

    agent: int
    day: dt.date
    metric: str
    value: float
    team: int | None = None

    @property
    def identity(self) -> Identity:
        """What makes it the same figure as another one."""
        return self.agent, self.day, self.metric


@dataclass(frozen=True, slots=True)
class Stored:
    """The figures that were new, those that became others, and how many were there already."""

    added: tuple[Figure, ...]
    changed: tuple[Figure, ...]
    same: int


async def put(
    tx: Transaction, figures: Sequence[Figure], now: dt.datetime, *, by: int | None
) -> Stored:
    """Store the figures, no two of one identity, and return what became of them.

    One that is there already keeps its team and takes the new value.
    """
    await locks.alone(tx, LOCK)
    known = await _known(tx, figures)
    added = [one for one in figures if one.identity not in known]
    changed = [one for one in figures if known.get(one.identity, one.value) != one.value]
    if added:
        rows = [_row(one) | {"imported_at": now, "imported_by": by} for one in added]
        await tx.execute(insert(KpiFigureRow), rows)
    if changed:
        await _change(tx, changed, now, by)
    same = len(figures) - len(added) - len(changed)
    return Stored(tuple(added), tuple(changed), same)


async def exist(tx: Transaction, scope: Scope) -> bool:
    """Return whether there are any figures of the team or agent."""
    values = scope.values()
    return (await tx.execute(_any(frozenset(values)), values)).first() is not None


@cache
def _any(places: Places) -> Select[int]:
    """Return the query of whether there are any; every report asks, and most have none."""
    columns = {"team": KpiFigureRow.team_id, "agent": KpiFigureRow.agent_id}
    given = [columns[name] == bindparam(name) for name in sorted(places)]
    return select(KpiFigureRow.agent_id).where(*given).limit(1)


async def tallies(
    tx: Transaction, scope: Scope, first: dt.date, last: dt.date
) -> dict[int, dict[str, Tally]]:
    """Return each agent's figures from *first* to *last*, added up by metric.

    The database does the sums, so that years of figures come back as a few hundred rows.
    """
    wanted = (
        select(
            KpiFigureRow.agent_id,
            KpiFigureRow.metric,
            func.count().label("days"),
            func.sum(KpiFigureRow.value).label("total"),
            func.sum(KpiFigureRow.value * KpiFigureRow.value).label("squares"),
            func.sum(case((KpiFigureRow.value > 0, 1), else_=0)).label("events"),
        )
        .where(*_conditions(scope), KpiFigureRow.day.between(first, last))
        .group_by(KpiFigureRow.agent_id, KpiFigureRow.metric)
        .order_by(KpiFigureRow.agent_id, KpiFigureRow.metric)
    )
    found: dict[int, dict[str, Tally]] = {}
    for agent, metric, days, total, squares, events in await tx.execute(wanted):
        found.setdefault(agent, {})[metric] = Tally(days, total, squares, int(events))
    return found


def _conditions(scope: Scope) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if scope.team is not None:
        wanted.append(KpiFigureRow.team_id == scope.team)
    if scope.agent is not None:
        wanted.append(KpiFigureRow.agent_id == scope.agent)
    return wanted


async def _known(tx: Transaction, figures: Iterable[Figure]) -> dict[Identity, float]:
    """Return the values that are there, of the agents and days of the figures."""
    days = [one.day for one in figures]
    agents = sorted({one.agent for one in figures})
    found: dict[Identity, float] = {}
    for start in range(0, len(agents), CHUNK):
        rows = select(
            KpiFigureRow.agent_id, KpiFigureRow.day, KpiFigureRow.metric, KpiFigureRow.value
        ).where(
            KpiFigureRow.agent_id.in_(agents[start : start + CHUNK]),
            KpiFigureRow.day.between(min(days), max(days)),
        )
        found |= {(agent, day, key): value for agent, day, key, value in await tx.execute(rows)}
    return found


async def _change(
    tx: Transaction, figures: Sequence[Figure], now: dt.datetime, by: int | None
) -> None:
    # Bound names must not be those of the columns.
    statement = (
        update(KpiFigureRow.__table__)  # type: ignore[arg-type]  # declared as FromClause, is a Table
        .where(
            KpiFigureRow.agent_id == bindparam("of_agent"),
            KpiFigureRow.day == bindparam("of_day"),
            KpiFigureRow.metric == bindparam("of_metric"),
        )
        .values(value=bindparam("new_value"), imported_at=now, imported_by=by)
    )
    rows = [
        {"of_agent": one.agent, "of_day": one.day, "of_metric": one.metric, "new_value": one.value}
        for one in figures
    ]
    await tx.execute(statement, rows)


def _row(one: Figure) -> dict[str, object]:
    return {
        "agent_id": one.agent,
        "day": one.day,
        "metric": one.metric,
        "value": one.value,
        "team_id": one.team,
    }

"""Metrics that are configured, and what each team wants of them."""

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import RowMapping, delete, func, select, update

from scoring.metrics import BUILT_IN, QUALITY, Aggregation, Aim, Direction, Kind, Metric, Unit
from storage import upserts
from storage.database import Transaction
from storage.tables import KpiFigureRow, KpiGoalRow, KpiMetricRow
from storage.teams import Team


async def catalogue(tx: Transaction) -> dict[str, Metric]:
    """Return every configured metric by key: the built-in ones, then others by name."""
    rows = select(KpiMetricRow.__table__).order_by(func.lower(KpiMetricRow.name), KpiMetricRow.key)
    added = [_metric(row) for row in (await tx.execute(rows)).mappings()]
    return {metric.key: metric for metric in (*BUILT_IN, *added)}


async def add_metric(tx: Transaction, metric: Metric, now: dt.datetime, *, by: int | None) -> bool:
    """Define a metric; return False where its key is taken, by the quality score for instance."""
    if metric.key in {QUALITY.key, *(one.key for one in BUILT_IN)}:
        return False
    row = upserts.into(tx, KpiMetricRow).values(**_columns(metric), created_at=now, created_by=by)
    made = await tx.execute(row.on_conflict_do_nothing().returning(KpiMetricRow.key))
    return made.first() is not None


async def change_metric(tx: Transaction, metric: Metric) -> None:
    """Store an added metric as it stands in *metric*."""
    row = update(KpiMetricRow).where(KpiMetricRow.key == metric.key)
    await tx.execute(row.values(**_columns(metric)))


async def remove_metric(tx: Transaction, key: str) -> None:
    """Remove an added metric and what teams want of it."""
    await tx.execute(delete(KpiMetricRow).where(KpiMetricRow.key == key))
    await tx.execute(delete(KpiGoalRow).where(KpiGoalRow.metric == key))


async def has_figures(tx: Transaction, key: str) -> bool:
    """Return whether there are figures of the metric, anybody's."""
    found = select(KpiFigureRow.metric).where(KpiFigureRow.metric == key).limit(1)
    return (await tx.execute(found)).first() is not None


async def aims(tx: Transaction, team: Team | None) -> tuple[Aim, ...]:
    """Return what the team wants of each metric, the quality score first.

    A metric that nothing was set for is used and has no target; so are all without a team.
    """
    known = (await catalogue(tx)).values()
    if team is None:
        return tuple(Aim(metric) for metric in (QUALITY, *known))
    rows = await tx.execute(select(KpiGoalRow.__table__).where(KpiGoalRow.team_id == team.id))
    wanted = {row["metric"]: row for row in rows.mappings()}
    quality = wanted.get(QUALITY.key)
    first = Aim(QUALITY, target=team.target, weight=quality["weight"] if quality else 0)
    return (first, *_aims(known, wanted))


async def save_aim(tx: Transaction, team: Team, aim: Aim) -> None:
    """Store what the team wants of a metric; the quality score's target stays the team's."""
    values: dict[str, object] = {
        "used": aim.used,
        "target": None if aim.metric == QUALITY else aim.target,
        "weight": aim.weight,
    }
    row = upserts.into(tx, KpiGoalRow).values(team_id=team.id, metric=aim.metric.key, **values)
    one = [KpiGoalRow.team_id, KpiGoalRow.metric]
    await tx.execute(row.on_conflict_do_update(index_elements=one, set_=values))


def _aims(metrics: Iterable[Metric], wanted: dict[str, RowMapping]) -> list[Aim]:
    return [
        Aim(metric, row["target"], row["weight"], row["used"])
        if (row := wanted.get(metric.key)) is not None
        else Aim(metric)
        for metric in metrics
    ]


def _columns(metric: Metric) -> dict[str, str]:
    return {
        "key": metric.key,
        "name": metric.name,
        "unit": metric.unit.value,
        "direction": metric.direction.value,
        "aggregation": metric.aggregation.value,
        "kind": metric.kind.value,
    }


def _metric(row: RowMapping) -> Metric:
    return Metric(
        key=row["key"],
        unit=Unit(row["unit"]),
        direction=Direction(row["direction"]),
        aggregation=Aggregation(row["aggregation"]),
        kind=Kind(row["kind"]),
        name=row["name"],
    )

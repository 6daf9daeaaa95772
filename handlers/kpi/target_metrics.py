"""Metrics that admins define: adding one, saying what it is like, removing it."""

from dataclasses import replace

from handlers.kpi import target_texts
from handlers.refusals import NotAllowed, OutOfDate, Sorry
from handlers.turn import Turn
from handlers.words import N_
from scoring.metrics import BUILT_IN, QUALITY, Aggregation, Direction, Kind, Metric, Trait, Unit
from scoring.roles import Role
from storage import audit, awaiting, kpi
from storage.audit import Action, Subject, Thing
from storage.database import Transaction

NEW = "targets.new"
MOST = 40
"""With more metrics no screen would hold their buttons."""

TRAITS: tuple[Trait, ...] = (
    *(unit for unit in Unit if unit is not Unit.POINTS),
    *Direction,
    *Aggregation,
    *Kind,
)
"""What a metric may be, in the order of the buttons; a press names the place."""


class KeyTaken(Sorry):
    """A metric has that key already."""

    sentence = N_("There is a metric with the key {key} already.")


class TooManyMetrics(Sorry):
    """There are as many metrics as a screen can show."""

    sentence = N_("There are {limit} metrics already, and there can be no more.")


class HasFigures(Sorry):
    """Figures would mean something else afterwards."""

    sentence = N_("There are figures of this metric already, so it stays as it is.")


def require_admin(turn: Turn) -> None:
    """Raise ``NotAllowed`` where it is not an admin who asks."""
    if not turn.person.is_a(Role.ADMIN):
        raise NotAllowed


async def add(tx: Transaction, turn: Turn) -> str:
    """Add the metric that was typed and return its key; its first words stay awaited until then."""
    require_admin(turn)
    metric = target_texts.metric(turn.text)
    if len(await kpi.catalogue(tx)) >= MOST:
        raise TooManyMetrics(limit=MOST)
    if not await kpi.add_metric(tx, metric, turn.now, by=turn.person.id):
        raise KeyTaken(key=metric.key)
    await _note(tx, turn, metric, "added")
    await awaiting.forget(tx, turn.person.id)
    return metric.key


async def changeable(tx: Transaction, metric: Metric) -> bool:
    """Return whether what the metric is like may still change: it was added, and has no figures."""
    return metric not in (QUALITY, *BUILT_IN) and not await kpi.has_figures(tx, metric.key)


async def give_trait(tx: Transaction, turn: Turn, metric: Metric, place: int) -> None:
    """Give the metric the trait at that place of ``TRAITS``."""
    await _require_changeable(tx, turn, metric)
    if not 0 <= place < len(TRAITS):
        raise OutOfDate
    await kpi.change_metric(tx, with_trait(metric, TRAITS[place]))
    await _note(tx, turn, metric, TRAITS[place].value)


async def remove(tx: Transaction, turn: Turn, metric: Metric) -> None:
    """Remove the metric and the teams' targets of it."""
    await _require_changeable(tx, turn, metric)
    await kpi.remove_metric(tx, metric.key)
    await _note(tx, turn, metric, "removed")


async def _note(tx: Transaction, turn: Turn, metric: Metric, after: str) -> None:
    details: audit.Details = {"setting": "metric", "metric": metric.key, "after": after}
    await audit.note(tx, turn.actor, Action.SETTING_CHANGED, Subject(Thing.SETTINGS), details)


def with_trait(metric: Metric, trait: Trait) -> Metric:
    """Return the metric with the trait instead of its own of that kind."""
    if isinstance(trait, Unit):
        return replace(metric, unit=trait)
    if isinstance(trait, Direction):
        return replace(metric, direction=trait)
    if isinstance(trait, Aggregation):
        return replace(metric, aggregation=trait)
    return replace(metric, kind=trait)


async def _require_changeable(tx: Transaction, turn: Turn, metric: Metric) -> None:
    require_admin(turn)
    if not await changeable(tx, metric):
        raise HasFigures

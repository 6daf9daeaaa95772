"""A plan's settings as they are tapped: each choice understood, or refused as out of date."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import TypeVar

from handlers.refusals import OutOfDate
from handlers.taps import PlanField
from scoring.contacts import ContactType
from scoring.sampling import Rules, Trait
from scoring.scorecard import Channel
from storage.plans import PERIODS, Plan

One = TypeVar("One", bound=StrEnum)

STRATA = (Trait.CHANNEL, Trait.TYPE)
"""What may be ticked to divide contacts; durations do so as soon as there are bands of them."""

BOUNDS = (30, 60, 120, 180, 300, 600, 900, 1800)
"""The bounds of duration bands to choose from, in seconds."""

NUMBERS: Mapping[PlanField, Sequence[int]] = {
    PlanField.COUNT: (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 30),
    PlanField.SHORTEST: (0, 10, 15, 30, 60, 120, 180, 300),
    PlanField.AGE: (0, 2, 6, 12, 24, 48, 72, 168),
    PlanField.DOUBLE: (0, 5, 10, 15, 20, 25, 33, 50),
}
"""The numbers that may be chosen: contacts, seconds, hours, percent."""


def field_named(name: str) -> PlanField:
    """Return the setting that a press names; raise ``OutOfDate``."""
    try:
        return PlanField(name)
    except ValueError as error:
        raise OutOfDate from error


def changed(plan: Plan, field: PlanField, value: int) -> Plan:
    """Return *plan* with what a press chose for one of its settings; raise ``OutOfDate``."""
    return CHANGES[field](plan, value)


def _count(plan: Plan, value: int) -> Plan:
    return replace(plan, per_agent=_number(PlanField.COUNT, value))


def _double(plan: Plan, value: int) -> Plan:
    return replace(plan, double_percent=_number(PlanField.DOUBLE, value))


def _shortest(plan: Plan, value: int) -> Plan:
    seconds = _number(PlanField.SHORTEST, value)
    return _with_rules(plan, replace(plan.rules, min_duration_s=seconds))


def _age(plan: Plan, value: int) -> Plan:
    return _with_rules(plan, replace(plan.rules, min_age_h=_number(PlanField.AGE, value)))


def _period(plan: Plan, value: int) -> Plan:
    return replace(plan, period=_at(PERIODS, value))


def _channels(plan: Plan, value: int) -> Plan:
    ticked = _ticked(plan.rules.channels, tuple(Channel), value)
    return _with_rules(plan, replace(plan.rules, channels=ticked))


def _types(plan: Plan, value: int) -> Plan:
    ticked = _ticked(plan.rules.types, tuple(ContactType), value)
    return _with_rules(plan, replace(plan.rules, types=ticked))


def _strata(plan: Plan, value: int) -> Plan:
    ticked = _ticked(plan.rules.strata, STRATA, value)
    return _with_rules(plan, replace(plan.rules, strata=ticked))


def _bands(plan: Plan, value: int) -> Plan:
    bound = _at(BOUNDS, abs(value))
    bounds = {*plan.rules.bands, bound} if value > 0 else {*plan.rules.bands} - {bound}
    others = plan.rules.strata - {Trait.DURATION}
    strata = others | {Trait.DURATION} if bounds else others
    return _with_rules(plan, replace(plan.rules, bands=tuple(sorted(bounds)), strata=strata))


CHANGES: Mapping[PlanField, Callable[[Plan, int], Plan]] = {
    PlanField.COUNT: _count,
    PlanField.PERIOD: _period,
    PlanField.CHANNELS: _channels,
    PlanField.TYPES: _types,
    PlanField.STRATA: _strata,
    PlanField.BANDS: _bands,
    PlanField.SHORTEST: _shortest,
    PlanField.AGE: _age,
    PlanField.DOUBLE: _double,
}


def _with_rules(plan: Plan, rules: Rules) -> Plan:
    return replace(plan, rules=rules)


def _number(field: PlanField, value: int) -> int:
    if value not in NUMBERS[field]:
        raise OutOfDate
    return value


Item = TypeVar("Item")


def _at(items: Sequence[Item], place: int) -> Item:
    if not 1 <= place <= len(items):
        raise OutOfDate
    return items[place - 1]


def _ticked(before: frozenset[One], every: Sequence[One], value: int) -> frozenset[One]:
    """Return the ticked ones after the one at that place was ticked, or unticked if negative."""
    one = _at(every, abs(value))
    return before | {one} if value > 0 else before - {one}

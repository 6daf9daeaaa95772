"""What changes from one scorecard to the next, for a preview before it is published."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from scoring.scorecard import (
    Channel,
    Condition,
    Criterion,
    CriticalClass,
    Effect,
    Justify,
    Option,
    Scorecard,
    Section,
    Wording,
)

Part: TypeAlias = Scorecard | Section | Criterion
Value: TypeAlias = (
    Wording
    | Fraction
    | bool
    | Justify
    | CriticalClass
    | Effect
    | Condition
    | tuple[Option, ...]
    | tuple[Wording, ...]
    | tuple[Channel, ...]
    | None
)


class Field(StrEnum):
    """What of a part changed, with the type of the values before and after."""

    TITLE = "title"
    """Wording."""
    CHANNELS = "channels"
    """Tuple of Channel."""
    WEIGHT = "weight"
    """Fraction."""
    OPTIONS = "options"
    """Tuple of Option: their number or points changed."""
    LABELS = "labels"
    """Tuple of Option: only their labels changed."""
    NA = "na"
    """Bool."""
    REST_NA = "rest_na"
    """Bool."""
    JUSTIFY = "justify"
    """Justify."""
    CRITICAL = "critical"
    """CriticalClass or None."""
    EFFECT = "effect"
    """Effect."""
    ONLY_IF = "only_if"
    """Condition or None."""
    GUIDE = "guide"
    """Wording or None."""
    REASONS = "reasons"
    """Tuple of Wording."""
    ADVICE = "advice"
    """Wording or None."""


@dataclass(frozen=True, slots=True)
class Added:
    """A section or criterion that was not there; a new section's criteria are told beside it."""

    part: Section | Criterion


@dataclass(frozen=True, slots=True)
class Removed:
    """A section or criterion that is there no more."""

    part: Section | Criterion


@dataclass(frozen=True, slots=True)
class Moved:
    """A criterion asked elsewhere now, from section to section; or a section, in the scorecard."""

    part: Section | Criterion
    before: Scorecard | Section
    after: Scorecard | Section


@dataclass(frozen=True, slots=True)
class Changed:
    """A field of ``part`` (as it is now) that was ``before`` and is ``after``."""

    part: Part
    field: Field
    before: Value
    after: Value


Difference: TypeAlias = Added | Removed | Moved | Changed

_Fields: TypeAlias = dict[Field, Value]


def compare(old: Scorecard | None, new: Scorecard) -> tuple[Difference, ...]:
    """Return what changes from *old* to *new*: the scorecard's own fields, then section by section.

    Criteria are the same where their keys are; the scorecards' own keys are not compared. A section
    is the same as the old one with which it shares the most criteria, else the one with an equal
    title. What stays in the longest unchanged order has not moved. Without *old*, all is added.
    """
    if old is None:
        return tuple(_everything(new))
    before = {criterion.key: criterion for criterion in old.criteria()}
    kept = {criterion.key for criterion in new.criteria()}
    twins = _twins(old, new)
    differences = _fields(new, _of_scorecard(old), _of_scorecard(new))
    for section, twin in zip(new.sections, twins, strict=True):
        if twin is None:
            differences.append(Added(section))
        else:
            differences += _fields(section, _of_section(twin), _of_section(section))
        for criterion in section.criteria:
            differences += _criterion(before.get(criterion.key), criterion)
    differences += _moves(old, new, twins)
    differences += [Removed(section) for section in old.sections if section not in twins]
    differences += [Removed(criterion) for key, criterion in before.items() if key not in kept]
    return tuple(differences)


def _everything(scorecard: Scorecard) -> Iterator[Difference]:
    for section in scorecard.sections:
        yield Added(section)
        yield from map(Added, section.criteria)


def _criterion(old: Criterion | None, new: Criterion) -> list[Difference]:
    if old is None:
        return [Added(new)]
    return _options(old, new) + _fields(new, _of_criterion(old), _of_criterion(new))


def _options(old: Criterion, new: Criterion) -> list[Difference]:
    """Return the change of the scale, or of its labels alone, or none."""
    scales = [(each.yes_no, [option.points for option in each.options]) for each in (old, new)]
    if scales[0] != scales[1]:
        return [Changed(new, Field.OPTIONS, old.options, new.options)]
    if old.options != new.options:
        return [Changed(new, Field.LABELS, old.options, new.options)]
    return []


def _fields(part: Part, before: _Fields, after: _Fields) -> list[Difference]:
    return [
        Changed(part, field, before[field], value)
        for field, value in after.items()
        if value != before[field]
    ]


def _of_scorecard(scorecard: Scorecard) -> _Fields:
    return {Field.TITLE: scorecard.title, Field.CHANNELS: scorecard.channels}


def _of_section(section: Section) -> _Fields:
    return {Field.TITLE: section.title, Field.WEIGHT: section.weight}


def _of_criterion(criterion: Criterion) -> _Fields:
    return {
        Field.TITLE: criterion.title,
        Field.WEIGHT: criterion.weight,
        Field.NA: criterion.na,
        Field.REST_NA: criterion.rest_na,
        Field.JUSTIFY: criterion.justify,
        Field.CRITICAL: criterion.critical,
        Field.EFFECT: criterion.effect,
        Field.ONLY_IF: criterion.only_if,
        Field.GUIDE: criterion.guide,
        Field.REASONS: criterion.reasons,
        Field.ADVICE: criterion.advice,
    }


def _twins(old: Scorecard, new: Scorecard) -> list[Section | None]:
    """Return for each section of *new* the one of *old* that it continues, each at most once."""
    likeness = sorted(
        (
            (-_shared(before, after), before.title != after.title, there, here)
            for here, after in enumerate(new.sections)
            for there, before in enumerate(old.sections)
            if _shared(before, after) or before.title == after.title
        ),
    )
    twins: dict[int, int] = {}
    for _, _, there, here in likeness:
        if here not in twins and there not in twins.values():
            twins[here] = there
    return [
        old.sections[twins[here]] if here in twins else None for here in range(len(new.sections))
    ]


def _shared(before: Section, after: Section) -> int:
    return len({c.key for c in before.criteria} & {c.key for c in after.criteria})


def _moves(old: Scorecard, new: Scorecard, twins: Sequence[Section | None]) -> Iterator[Difference]:
    """Yield the sections that changed places, then the criteria that did."""
    known = [old.sections.index(twin) for twin in twins if twin is not None]
    staying = _longest_rise(known)
    for section, twin in zip(new.sections, twins, strict=True):
        if twin is not None and old.sections.index(twin) not in staying:
            yield Moved(section, old, new)
    places = {criterion.key: place for place, criterion in enumerate(old.criteria())}
    for section, twin in zip(new.sections, twins, strict=True):
        own = [c for c in section.criteria if c.key in places]
        at_home = [places[c.key] for c in own if twin is old.section_of(c.key)]
        staying = _longest_rise(at_home)
        for criterion in own:
            if places[criterion.key] not in staying:
                yield Moved(criterion, old.section_of(criterion.key), section)


def _longest_rise(numbers: Sequence[int]) -> frozenset[int]:
    """Return the members of a longest rising subsequence of distinct *numbers*."""
    runs: list[tuple[int, ...]] = [()]
    for number in numbers:
        longest = max((run for run in runs if not run or run[-1] < number), key=len)
        runs.append((*longest, number))
    unmoved = max(runs, key=len)
    return frozenset(unmoved)

"""A scorecard as plain data for storage, and back, without any loss.

Numbers are texts (``"1/3"``), so that they stay exact; wordings are mappings from language to text,
with ``""`` for one that was written for everybody. Every field is written out, so that what is
stored does not change its meaning when a default does.
"""

import json
from collections.abc import Mapping
from fractions import Fraction
from typing import TypeAlias, TypeVar

from scoring.scorecard import (
    Channel,
    Condition,
    Criterion,
    CriticalClass,
    Effect,
    EffectKind,
    Justify,
    Option,
    Scorecard,
    Section,
    Wording,
)

Json: TypeAlias = "Mapping[str, Json] | list[Json] | str | int | float | bool | None"

Kind = TypeVar("Kind", str, bool, int)


def to_data(scorecard: Scorecard) -> dict[str, Json]:
    """Return *scorecard* as data that JSON can hold."""
    return {
        "key": scorecard.key,
        "title": _wording(scorecard.title),
        "channels": [channel.value for channel in scorecard.channels],
        "sections": [
            {
                "title": _wording(section.title),
                "weight": str(section.weight),
                "criteria": [_criterion(criterion) for criterion in section.criteria],
            }
            for section in scorecard.sections
        ],
    }


def canonical_json(scorecard: Scorecard) -> str:
    """Return the one JSON text of *scorecard*: equal scorecards give equal texts, to be hashed."""
    return json.dumps(to_data(scorecard), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_data(data: Json) -> Scorecard:
    """Return the scorecard that ``to_data`` wrote; raise ``ValueError`` for anything else."""
    try:
        return _scorecard(_mapping(data))
    except (KeyError, TypeError) as error:
        raise ValueError(f"not a stored scorecard: {error}") from error


def _wording(wording: Wording | None) -> Json:
    return None if wording is None else dict(wording.by_language)


def _criterion(criterion: Criterion) -> Json:
    effect, condition = criterion.effect, criterion.only_if
    return {
        "key": criterion.key,
        "title": _wording(criterion.title),
        "options": [
            {"label": _wording(option.label), "points": str(option.points)}
            for option in criterion.options
        ],
        "weight": str(criterion.weight),
        "guide": _wording(criterion.guide),
        "yes_no": criterion.yes_no,
        "na": criterion.na,
        # Left out where it is not so: what was published before it existed keeps its hash.
        **({"rest_na": True} if criterion.rest_na else {}),
        "justify": criterion.justify.value,
        "critical": criterion.critical and criterion.critical.value,
        "effect": {
            "kind": effect.kind.value,
            "limit": None if effect.limit is None else str(effect.limit),
        },
        "reasons": [_wording(reason) for reason in criterion.reasons],
        "advice": _wording(criterion.advice),
        "only_if": None
        if condition is None
        else {"criterion": condition.criterion, "option": condition.option},
    }


def _scorecard(data: Mapping[str, Json]) -> Scorecard:
    return Scorecard(
        key=_only(str, data["key"]),
        title=_read_wording(data["title"]),
        channels=tuple(Channel(_only(str, each)) for each in _list(data["channels"])),
        sections=tuple(_read_section(_mapping(each)) for each in _list(data["sections"])),
    )


def _read_section(data: Mapping[str, Json]) -> Section:
    return Section(
        title=_read_wording(data["title"]),
        weight=Fraction(_only(str, data["weight"])),
        criteria=tuple(_read_criterion(_mapping(each)) for each in _list(data["criteria"])),
    )


def _read_criterion(data: Mapping[str, Json]) -> Criterion:
    guide, advice, critical = data["guide"], data["advice"], data["critical"]
    return Criterion(
        key=_only(str, data["key"]),
        title=_read_wording(data["title"]),
        options=tuple(_read_option(_mapping(each)) for each in _list(data["options"])),
        weight=Fraction(_only(str, data["weight"])),
        guide=None if guide is None else _read_wording(guide),
        yes_no=_only(bool, data["yes_no"]),
        na=_only(bool, data["na"]),
        rest_na=_only(bool, data.get("rest_na", False)),
        justify=Justify(_only(str, data["justify"])),
        critical=None if critical is None else CriticalClass(_only(str, critical)),
        effect=_read_effect(_mapping(data["effect"])),
        reasons=tuple(_read_wording(each) for each in _list(data["reasons"])),
        advice=None if advice is None else _read_wording(advice),
        only_if=_read_condition(data["only_if"]),
    )


def _read_option(data: Mapping[str, Json]) -> Option:
    return Option(_read_wording(data["label"]), Fraction(_only(str, data["points"])))


def _read_effect(data: Mapping[str, Json]) -> Effect:
    limit = data["limit"]
    kind = EffectKind(_only(str, data["kind"]))
    return Effect(kind, None if limit is None else Fraction(_only(str, limit)))


def _read_condition(data: Json) -> Condition | None:
    if data is None:
        return None
    fields = _mapping(data)
    return Condition(_only(str, fields["criterion"]), _only(int, fields["option"]))


def _read_wording(data: Json) -> Wording:
    return Wording.of({language: _only(str, text) for language, text in _mapping(data).items()})


def _mapping(data: Json) -> Mapping[str, Json]:
    if not isinstance(data, Mapping):
        raise TypeError(f"{data!r} is no mapping")
    return data


def _list(data: Json) -> list[Json]:
    if not isinstance(data, list):
        raise TypeError(f"{data!r} is no list")
    return data


def _only(kind: type[Kind], data: Json) -> Kind:
    if not isinstance(data, kind):
        raise TypeError(f"{data!r} is no {kind.__name__}")
    return data

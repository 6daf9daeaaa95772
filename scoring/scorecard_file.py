"""A scorecard's YAML file: reading it with every rule, and writing it back."""

from fractions import Fraction
from typing import TypeAlias

import yaml

from scoring.scorecard import (
    NEUTRAL,
    Criterion,
    Effect,
    EffectKind,
    Justify,
    Scorecard,
    Section,
    Wording,
)
from scoring.scorecard_rules import build
from scoring.scorecard_yaml import parse

Plain: TypeAlias = "dict[str, Plain] | list[Plain] | Fraction | str | bool"


def read_scorecard(text: str) -> Scorecard:
    """Return the scorecard in the YAML *text*; numbers are exact, 0.1 is a tenth.

    Raises ``scoring.scorecard_problems.ScorecardError`` with all problems that were found.
    """
    return build(parse(text))


def write_scorecard(scorecard: Scorecard) -> str:
    """Return *scorecard* as YAML that reads back equal; what is at its default is left out."""
    return yaml.dump(
        _scorecard(scorecard), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100
    )


class _Dumper(yaml.SafeDumper):
    """A dumper that writes exact numbers as plain decimals where they are such."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - the dumper's own signature
        """Write equal parts out each time: an alias could not be read back."""
        return True


def _number(dumper: yaml.SafeDumper, value: Fraction) -> yaml.ScalarNode:
    if value.denominator == 1:
        return dumper.represent_scalar("tag:yaml.org,2002:int", str(value))
    millionths = value * 10**6
    if millionths.denominator == 1:
        whole, rest = divmod(millionths.numerator, 10**6)
        return dumper.represent_scalar("tag:yaml.org,2002:float", f"{whole}.{rest:06}".rstrip("0"))
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(value))


_Dumper.add_representer(Fraction, _number)


def _scorecard(scorecard: Scorecard) -> Plain:
    return {
        "key": scorecard.key,
        "title": _wording(scorecard.title),
        "channels": [channel.value for channel in scorecard.channels],
        "sections": [_section(scorecard, section) for section in scorecard.sections],
    }


def _section(scorecard: Scorecard, section: Section) -> Plain:
    return {
        "title": _wording(section.title),
        "weight": section.weight,
        "criteria": [_criterion(scorecard, criterion) for criterion in section.criteria],
    }


def _criterion(scorecard: Scorecard, criterion: Criterion) -> Plain:
    """Return the criterion's fields in the order in which the format explains them."""
    written: dict[str, Plain] = {"key": criterion.key, "title": _wording(criterion.title)}
    if criterion.guide is not None:
        written["guide"] = _wording(criterion.guide)
    written["weight"] = criterion.weight
    written["scale"] = "yes_no" if criterion.yes_no else _scale(criterion)
    if not criterion.na:
        written["na"] = False
    if criterion.rest_na:
        written["rest_na"] = True
    if criterion.justify is not Justify.BELOW_BEST:
        written["justify"] = criterion.justify.value
    if criterion.critical is not None:
        written["critical"] = criterion.critical.value
    if criterion.effect != Effect():
        written["effect"] = _effect(criterion.effect)
    if criterion.reasons:
        written["reasons"] = [_wording(reason) for reason in criterion.reasons]
    if criterion.advice is not None:
        written["advice"] = _wording(criterion.advice)
    if criterion.only_if is not None:
        before = scorecard.criterion(criterion.only_if.criterion)
        label = before.options[criterion.only_if.option].label
        written["only_if"] = {"criterion": before.key, "option": label.say("en")}
    return written


def _scale(criterion: Criterion) -> Plain:
    return [
        {"label": _wording(option.label), "points": option.points} for option in criterion.options
    ]


def _effect(effect: Effect) -> Plain:
    if effect.kind is EffectKind.CAP and effect.limit is not None:
        return {"cap": effect.limit}
    return effect.kind.value


def _wording(wording: Wording) -> Plain:
    texts: dict[str, Plain] = dict(wording.by_language)
    return texts.get(NEUTRAL) or texts

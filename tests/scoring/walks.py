"""A small scorecard for the tests that walk through one, and what they say of a walk."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from scoring.draft import NotPossible, Refusal, Stage, Walk, begin, choose
from scoring.scorecard import (
    YES_NO,
    Channel,
    Condition,
    Criterion,
    Justify,
    Scorecard,
    Section,
    Wording,
)

YES, NO = 0, 1


def question(key: str) -> Criterion:
    return Criterion(key, Wording.plain(key), YES_NO, yes_no=True)


def card(*criteria: Criterion) -> Scorecard:
    section = Section(Wording.plain("All"), criteria[0].weight, criteria)
    return Scorecard("voice", Wording.plain("Voice"), (Channel.CALL,), (section,))


VOICE = card(
    replace(question("greeting"), reasons=(Wording.plain("Too fast"), Wording.plain("No name"))),
    question("transfer"),
    replace(question("warm"), only_if=Condition("transfer", NO)),
    replace(question("goodbye"), na=False, justify=Justify.NEVER),
)


def where(walk: Walk) -> tuple[Stage, str | None]:
    return walk.stage, walk.criterion


def refused(act: Callable[[], Walk]) -> Refusal:
    with pytest.raises(NotPossible) as refusal:
        act()
    return refusal.value.code


def finished() -> Walk:
    return choose(choose(choose(begin(VOICE), YES), YES), YES)

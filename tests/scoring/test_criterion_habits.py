"""In which criteria an evaluator departs from colleagues: within agents, and beyond chance."""

import random

import pytest

from scoring.criterion_habits import CriterionHabit, Passes, criterion_habits
from scoring.scorecard import Wording

EVALUATORS, AGENTS, CRITERIA, TIMES = 4, 10, 12, 4


def month(seed: int, strict: float) -> tuple[CriterionHabit, ...]:
    """Agents of different skill; evaluator 0 is stricter on the first criterion."""
    chance = random.Random(seed)  # noqa: S311  no secret
    rows = []
    for criterion in range(CRITERIA):
        title = Wording.plain(f"c{criterion}")
        for agent in range(AGENTS):
            skill = 0.6 + 0.04 * agent
            for evaluator in range(EVALUATORS):
                rate = skill - (strict if (criterion, evaluator) == (0, 0) else 0.0)
                passed = sum(chance.random() < rate for _ in range(TIMES))
                rows.append(
                    Passes("voice", f"c{criterion}", title, agent, evaluator, TIMES, passed)
                )
    return criterion_habits(rows, 0)


def named(found: tuple[CriterionHabit, ...]) -> list[Wording]:
    return [one.title for one in found if one.sure]


def test_the_strict_criterion_is_named_with_its_interval() -> None:
    first = month(1, strict=0.5)[0]
    assert first.sure
    assert first.title == Wording.plain("c0")
    assert first.low < -0.5 < first.high < 0
    assert (first.count, first.others_count) == (40, 120)


def test_of_alike_evaluators_hardly_anybody_has_a_criterion_named() -> None:
    """200 months of twelve criteria."""
    assert sum(bool(named(month(seed, 0.0))) for seed in range(200)) <= 0.05 * 200 + 4


def test_who_scores_the_weaker_agents_is_not_strict_for_that() -> None:
    title = Wording.plain("greets")
    rows = [
        *(Passes("voice", "greets", title, 1, who, n, n // 5) for who, n in ((0, 50), (1, 10))),
        *(Passes("voice", "greets", title, 2, who, n, n) for who, n in ((0, 10), (1, 50))),
    ]
    (found,) = criterion_habits(rows, 0)
    assert found.difference == pytest.approx(0)
    assert not found.sure


def test_few_answers_and_agents_of_ones_own_say_nothing() -> None:
    title = Wording.plain("greets")
    few = [Passes("voice", "greets", title, 1, who, 9, 9 * who) for who in (0, 1)]
    apart = [Passes("voice", "greets", title, who, who, 50, 50 * who) for who in (0, 1)]
    assert criterion_habits(few, 0) == ()
    assert criterion_habits(apart, 0) == ()
    assert criterion_habits([], 0) == ()

"""What answers say: what is asked and missing, which errors were found, which classes are clean."""

from dataclasses import replace

import pytest
from hypothesis import given

from scoring.answers import (
    Need,
    Obstacle,
    asked,
    class_outcomes,
    errors,
    missing,
    obstacle,
    unjustified,
)
from scoring.scorecard import Answer, Condition, CriticalClass, Justify
from tests.scoring.strategies import Scored, scored
from tests.scoring.walks import card, question

YES, NO, NA = Answer(0), Answer(1), Answer(None)
LEGAL, CLIENT, MONEY = CriticalClass.COMPLIANCE, CriticalClass.CUSTOMER, CriticalClass.BUSINESS


CHAIN = card(
    question("transfer"),
    replace(question("warm"), only_if=Condition("transfer", 0)),
    replace(question("agreed"), only_if=Condition("warm", 0)),
    question("goodbye"),
)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, ("transfer", "goodbye")),
        ({"transfer": NO}, ("transfer", "goodbye")),
        ({"transfer": NA, "warm": YES}, ("transfer", "goodbye")),
        ({"transfer": YES}, ("transfer", "warm", "goodbye")),
        ({"transfer": YES, "warm": YES}, ("transfer", "warm", "agreed", "goodbye")),
        ({"transfer": NO, "warm": YES}, ("transfer", "goodbye")),
    ],
)
def test_a_condition_asks_only_while_all_before_it_holds(
    answers: dict[str, Answer], expected: tuple[str, ...]
) -> None:
    assert asked(CHAIN, answers) == expected
    assert missing(CHAIN, answers) == tuple(key for key in expected if key not in answers)


def test_an_error_is_any_answer_below_the_best_and_na_is_none() -> None:
    legal = replace(question("legal"), critical=LEGAL)
    voice = card(question("greeting"), legal, question("tone"))
    found = errors(voice, {"greeting": NO, "legal": NO, "tone": NA})
    assert [(error.key, error.critical) for error in found] == [
        ("greeting", None),
        ("legal", LEGAL),
    ]


def test_a_stale_error_is_not_found() -> None:
    assert [e.key for e in errors(CHAIN, {"transfer": NO, "warm": NO})] == ["transfer"]


def test_each_critical_class_is_clean_broken_or_not_assessed() -> None:
    voice = card(
        replace(question("secret"), critical=LEGAL),
        replace(question("recorded"), critical=LEGAL),
        replace(question("solved"), critical=CLIENT),
        replace(question("offer"), critical=MONEY),
    )
    answers = {"secret": NO, "recorded": YES, "solved": YES, "offer": NA}
    assert class_outcomes(voice, answers) == {LEGAL: False, CLIENT: True, MONEY: None}


@pytest.mark.parametrize(
    ("justify", "wanting"),
    [
        (Justify.NEVER, []),
        (Justify.BELOW_BEST, [NO]),
        (Justify.ALWAYS, [YES, NO, NA]),
    ],
)
def test_a_reason_is_wanted_as_the_criterion_says(justify: Justify, wanting: list[Answer]) -> None:
    voice = card(replace(question("greeting"), justify=justify))
    for answer in (YES, NO, NA):
        expected = ("greeting",) if answer in wanting else ()
        assert unjustified(voice, {"greeting": answer}) == expected
        assert unjustified(voice, {"greeting": replace(answer, why="Because.")}) == ()
        assert unjustified(voice, {"greeting": replace(answer, reasons=(0,))}) == ()
        assert unjustified(voice, {"greeting": replace(answer, comment="Nice.")}) == expected


def test_the_first_obstacle_follows_the_scorecards_order() -> None:
    voice = card(question("greeting"), question("tone"))
    assert obstacle(voice, {"tone": YES}) == Obstacle("greeting", Need.ANSWER)
    assert obstacle(voice, {"greeting": NO}) == Obstacle("greeting", Need.REASON)
    assert obstacle(voice, {"greeting": YES, "tone": YES}) is None


@given(scored())
def test_what_is_missing_and_what_was_found_are_parts_of_what_is_asked(case: Scored) -> None:
    keys = asked(case.scorecard, case.answers)
    found = {error.key for error in errors(case.scorecard, case.answers)}
    unsaid = set(missing(case.scorecard, case.answers))
    unexplained = set(unjustified(case.scorecard, case.answers))
    assert found | unsaid | unexplained <= set(keys)
    assert not unsaid & (found | unexplained)
    assert (obstacle(case.scorecard, case.answers) is None) == (not unsaid | unexplained)

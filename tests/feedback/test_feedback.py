"""What feedback says about an evaluation, worked by hand."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given

from scoring.answers import errors
from scoring.feedback import Mending, feedback
from scoring.scorecard import Answer
from tests.feedback.cases import ALL_MET, NA, NO, VOICE
from tests.scoring.strategies import Scored, scored


def keys(items: tuple[Mending, ...]) -> list[str]:
    return [one.criterion.key for one in items]


def test_errors_come_with_the_costliest_first() -> None:
    told = feedback(VOICE, {**ALL_MET, "says_goodbye": NO, "offers": Answer(1)})
    # Solution: 70 of 100 points, offers has 3 of the 4 weights that count, half of it is lost.
    assert keys(told.errors) == ["offers", "says_goodbye"]
    assert [one.lost for one in told.errors] == [Fraction(105, 4), Fraction(10)]


def test_what_went_well_begins_with_the_critical_and_the_heavy() -> None:
    told = feedback(VOICE, ALL_MET)
    assert [one.criterion.key for one in told.good] == [
        "identified",  # critical
        "offers",  # 52.5 points
        "sums_up",  # 17.5
        "says_goodbye",  # 10; greets has 6.7
    ]
    assert told.errors == ()
    assert told.recommendations == ()


def test_praise_in_words_comes_before_anything_else() -> None:
    praised = {**ALL_MET, "greets": Answer(0, comment="Warm and clear")}
    assert feedback(VOICE, praised).good[0].criterion.key == "greets"


def test_words_on_what_is_not_praised_are_not_lost() -> None:
    answers = {
        key: Answer(0, comment=f"about {key}") for key in ALL_MET if key != "says_goodbye"
    } | {"says_goodbye": Answer(None, comment="The line broke")}
    told = feedback(VOICE, answers)
    assert [one.criterion.key for one in told.good] == ["identified", "offers", "sums_up", "greets"]
    assert [one.answer.comment for one in told.noted] == ["The line broke"]


def test_na_is_neither_praise_nor_error() -> None:
    told = feedback(VOICE, dict.fromkeys(ALL_MET, NA))
    assert (told.good, told.errors, told.noted) == ((), (), ())
    assert told.score.final is None


@pytest.mark.parametrize(
    ("earlier", "times", "contacts", "repeats"),
    [
        ([], 1, 1, False),
        (["greets", "", "", ""], 2, 5, False),
        (["greets", "", "greets", ""], 3, 5, True),
        (["greets", "greets"], 3, 3, True),
        (["", "", "", "", "greets", "greets"], 1, 5, False),  # too long ago
    ],
)
def test_the_same_error_in_three_of_the_last_five_is_a_repeated_one(
    earlier: list[str], times: int, contacts: int, repeats: bool
) -> None:
    told = feedback(VOICE, {**ALL_MET, "greets": NO}, [frozenset({one}) for one in earlier])
    [error] = told.errors
    assert (error.times, error.contacts, error.repeats) == (times, contacts, repeats)
    assert bool(told.recommendations) is repeats


def test_repeated_errors_are_recommended_first_and_without_the_rest() -> None:
    answers = {**ALL_MET, "greets": NO, "offers": Answer(2)}
    told = feedback(VOICE, answers, [frozenset({"greets"})] * 2)
    assert keys(told.errors) == ["offers", "greets"]
    assert keys(told.recommendations) == ["greets"]


def test_of_several_single_errors_the_costliest_is_where_to_start() -> None:
    told = feedback(VOICE, {**ALL_MET, "greets": NO, "offers": Answer(2)})
    assert keys(told.recommendations) == ["offers"]


@given(scored(complete=True))
def test_every_error_is_told_and_every_word_arrives(case: Scored) -> None:
    told = feedback(case.scorecard, case.answers)
    found = {error.key for error in errors(case.scorecard, case.answers)}
    assert {one.criterion.key for one in told.errors} == found
    assert len(told.good) <= 4
    heard = found | {one.criterion.key for one in (*told.good, *told.noted)}
    reached = {part.key for part in told.score.criteria() if part.state != "not_asked"}
    spoken = {key for key in reached if key in case.answers and case.answers[key].justified}
    assert spoken <= heard


@given(scored(complete=True))
def test_lost_points_of_errors_add_up_to_what_is_missing(case: Scored) -> None:
    told = feedback(case.scorecard, case.answers)
    if told.score.final is not None:
        assert sum(one.lost for one in told.errors) == 100 - told.score.final


def test_answers_of_another_scorecard_are_refused() -> None:
    with pytest.raises(ValueError, match="no criterion"):
        feedback(replace(VOICE, sections=VOICE.sections[:1]), ALL_MET)

"""What was answered under one version of a scorecard, read under another; nothing is guessed."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given

from scoring.answers import asked, missing
from scoring.carrying import Bridge, Gap, Hindrance
from scoring.scorecard import (
    YES_NO,
    Answer,
    Channel,
    Condition,
    Criterion,
    Option,
    Scorecard,
    Section,
    Wording,
)
from tests.scoring.strategies import Scored, scored

YES, NO, NA = Answer(0), Answer(1), Answer(None)


def options(**points: int) -> tuple[Option, ...]:
    return tuple(Option(Wording.plain(label), Fraction(each)) for label, each in points.items())


def question(key: str, *given: Option, na: bool = True, after: str | None = None) -> Criterion:
    condition = Condition(after, 1) if after is not None else None
    return Criterion(key, Wording.plain(key), given or YES_NO, na=na, only_if=condition)


def card(*criteria: Criterion) -> Scorecard:
    section = Section(Wording.plain("All"), Fraction(1), criteria)
    return Scorecard("voice", Wording.plain("Voice"), (Channel.CALL,), (section,))


def carried(old: Criterion, new: Criterion, option: int | None) -> Answer | Hindrance:
    """Return what becomes of one answer to one criterion."""
    found = Bridge.between(card(old), card(new)).carry({old.key: Answer(option)})
    return found.gaps[0].hindrance if found.gaps else found.answers[new.key]


@given(scored(complete=True))
def test_to_the_same_scorecard_every_answer_comes_along(case: Scored) -> None:
    found = Bridge.between(case.scorecard, case.scorecard).carry(case.answers)
    kept = {key: case.answers[key].option for key in asked(case.scorecard, case.answers)}
    assert not found.gaps
    assert {key: answer.option for key, answer in found.answers.items()} == kept


@given(scored(complete=True), scored())
def test_between_any_two_scorecards_what_is_asked_is_answered_or_named(
    before: Scored, after: Scored
) -> None:
    new = after.scorecard
    found = Bridge.between(before.scorecard, new).carry(before.answers)
    assert set(missing(new, found.answers)) == {gap.criterion for gap in found.gaps}
    assert set(found.answers) <= set(asked(new, found.answers))
    for key, answer in found.answers.items():
        assert answer.option is None or answer.option < len(new.criterion(key).options)


def test_an_unchanged_list_keeps_the_place_even_where_labels_repeat_each_other() -> None:
    same = (
        Option(Wording.of({"en": "Yes", "uk": "Ні"}), Fraction(1)),
        Option(Wording.of({"en": "No", "uk": "Ні"}), Fraction(0)),
    )
    assert carried(question("a", *same), question("a", *same), 1) == NO


def test_other_points_change_no_answer() -> None:
    before, after = options(full=2, partly=1, none=0), options(full=10, partly=3, none=0)
    assert carried(question("a", *before), question("a", *after), 1) == Answer(1)


def test_an_option_is_found_by_its_label_wherever_it_stands_now() -> None:
    before, after = options(good=2, quick=1, none=0), options(quick=2, good=1, none=0)
    assert carried(question("a", *before), question("a", *after), 0) == Answer(1)


def test_one_language_of_a_label_is_enough() -> None:
    written = options(Yes=1, Never=0)
    assert carried(question("a"), question("a", *written), 0) == YES
    assert carried(question("a"), question("a", *written), 1) is Hindrance.OPTION_GONE


def test_a_label_that_two_options_share_is_not_guessed() -> None:
    before = (Option(Wording.plain("x"), Fraction(1)), Option(Wording.plain("y"), Fraction(0)))
    after = (
        Option(Wording.of({"en": "x", "uk": "a"}), Fraction(1)),
        Option(Wording.of({"en": "b", "uk": "x"}), Fraction(0)),
    )
    assert carried(question("a", *before), question("a", *after), 0) is Hindrance.OPTION_GONE


def test_fewer_options_leave_the_answers_that_are_still_there() -> None:
    before, after = options(full=2, partly=1, none=0), options(full=1, none=0)
    assert carried(question("a", *before), question("a", *after), 0) == Answer(0)
    assert carried(question("a", *before), question("a", *after), 1) is Hindrance.OPTION_GONE
    assert carried(question("a", *before), question("a", *after), 2) == Answer(1)


def test_nobody_knows_who_would_have_chosen_an_option_that_was_not_there() -> None:
    before, after = options(full=1, none=0), options(full=2, partly=1, none=0)
    hindered = [carried(question("a", *before), question("a", *after), each) for each in (0, 1)]
    assert hindered == [Hindrance.MORE_OPTIONS] * 2
    assert carried(question("a", *before), question("a", *after), None) == NA


@pytest.mark.parametrize(("allowed", "told"), [(True, NA), (False, Hindrance.NO_NA)])
def test_na_stays_where_it_is_an_answer(allowed: bool, told: Answer | Hindrance) -> None:
    assert carried(question("a"), question("a", na=allowed), None) == told


def test_a_new_criterion_has_no_answer() -> None:
    found = Bridge.between(card(question("a")), card(question("a"), question("b"))).carry(
        {"a": YES}
    )
    assert found.gaps == (Gap("b", Hindrance.NEW),)


def test_a_new_criterion_that_is_not_asked_stands_in_nobodys_way() -> None:
    bridge = Bridge.between(card(question("a")), card(question("a"), question("b", after="a")))
    assert bridge.carry({"a": YES}).answers == {"a": YES}
    assert bridge.carry({"a": NO}).gaps == (Gap("b", Hindrance.NEW),)


def test_a_criterion_that_is_gone_takes_its_answer_with_it() -> None:
    bridge = Bridge.between(card(question("a"), question("b")), card(question("b")))
    assert bridge.carry({"a": NO, "b": YES}).answers == {"b": YES}


def test_conditions_are_judged_anew() -> None:
    both = question("a"), question("b", after="a")
    freed = question("a"), question("b")
    loosening = Bridge.between(card(*both), card(*freed))
    assert loosening.carry({"a": YES}).gaps == (Gap("b", Hindrance.UNANSWERED),)
    assert loosening.carry({"a": NO, "b": YES}).answers == {"a": NO, "b": YES}
    tightening = Bridge.between(card(*freed), card(*both))
    assert tightening.carry({"a": YES, "b": NO}).answers == {"a": YES}


def test_a_leftover_of_what_was_not_asked_is_no_answer() -> None:
    both = question("a"), question("b", after="a")
    freed = Bridge.between(card(*both), card(question("a"), question("b")))
    assert freed.carry({"a": YES, "b": NO}).gaps == (Gap("b", Hindrance.UNANSWERED),)


def test_what_hangs_on_a_gap_is_not_counted_again() -> None:
    old = card(question("a"))
    new = card(question("a"), question("b"), question("c", after="b"))
    found = Bridge.between(old, new).carry({"a": YES})
    assert found.gaps == (Gap("b", Hindrance.NEW),)


def test_reasons_stay_where_they_were_given() -> None:
    bridge = Bridge.between(card(question("a")), card(replace(question("a"), weight=Fraction(3))))
    assert bridge.carry({"a": Answer(1, reasons=(0,), comment="late")}).answers == {"a": NO}

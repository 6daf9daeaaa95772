"""The way from points to the final score: by hand, and for any scorecard."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given

from scoring.receipt import Receipt, receipt
from scoring.scorecard import Effect, EffectKind, Scorecard, Section
from tests.feedback.cases import ALL_MET, NA, NO, VOICE, YES, criterion, plain
from tests.scoring.strategies import Scored, scored


def points(made: Receipt) -> list[Fraction]:
    return [part.points for part in made.parts]


def nums(*pairs: tuple[int, int]) -> list[tuple[Fraction, Fraction]]:
    return [(Fraction(before), Fraction(after)) for before, after in pairs]


def card(*sections: tuple[int, Effect | None]) -> Scorecard:
    made = (
        Section(plain(f"s{number}"), Fraction(weight), (criterion(f"c{number}", effect=effect),))
        for number, (weight, effect) in enumerate(sections)
    )
    return replace(VOICE, sections=tuple(made))


def test_sections_bring_their_share_of_the_weights_that_count() -> None:
    made = receipt(VOICE, {**ALL_MET, "says_goodbye": NA, "greets": NO})
    # Closing (10) is out: Opening has 20 of 90 and earned 2 of 3, Solution has 70 of 90.
    assert made.weight == 90
    assert points(made) == [100 * Fraction(20, 90) * Fraction(2, 3), 100 * Fraction(70, 90), 0]
    assert [part.counts for part in made.parts] == [True, True, False]


def test_a_cap_is_the_step_from_raw_to_final() -> None:
    made = receipt(VOICE, {**ALL_MET, "identified": NO})
    [step] = made.steps
    assert step.kind is EffectKind.CAP
    assert step.keys == ("identified",)
    assert step.limit == 50
    assert step.before == made.score.raw == 100 - Fraction(40, 3)
    assert step.after == made.score.final == 50


def test_every_effect_takes_its_turn() -> None:
    scorecard = card(
        (50, Effect(EffectKind.FAIL_SECTION)),
        (30, Effect(EffectKind.CAP, Fraction(20))),
        (20, Effect(EffectKind.FAIL_CONTACT)),
    )
    half = replace(
        scorecard.sections[0],
        criteria=(*scorecard.sections[0].criteria, criterion("extra")),
    )
    scorecard = replace(scorecard, sections=(half, *scorecard.sections[1:]))
    answers = {"c0": NO, "extra": YES, "c1": NO, "c2": NO}
    made = receipt(scorecard, answers)
    assert [step.kind.value for step in made.steps] == ["fail_section", "cap", "fail_contact"]
    assert [(step.before, step.after) for step in made.steps] == nums((25, 0), (0, 0), (0, 0))


def test_a_second_looser_cap_changes_nothing() -> None:
    scorecard = card(
        (10, Effect(EffectKind.CAP, Fraction(80))),
        (10, Effect(EffectKind.CAP, Fraction(40))),
        (80, None),
    )
    made = receipt(scorecard, {"c0": NO, "c1": NO, "c2": YES})
    assert [step.limit for step in made.steps] == [40, 80]
    assert [(step.before, step.after) for step in made.steps] == nums((80, 40), (40, 40))


def test_two_decimals_are_enough_unless_rounding_would_tip_the_score() -> None:
    thirds = receipt(card((1, None), (1, None), (1, None)), dict.fromkeys(["c0", "c1", "c2"], YES))
    assert thirds.digits() == 2  # 33.33 three times is 99.99, shown as 100.0


def test_more_decimals_where_two_would_not_add_up() -> None:
    answers = {f"c{number}": YES if number < 6 else NO for number in range(13)}
    made = receipt(card(*[(1, None)] * 13), answers)
    # 600/13 is 46.1538…, shown as 46.2; 6 times 7.69 is 46.14, which would be shown as 46.1.
    assert made.digits() == 3  # 6 times 7.692 is 46.152


def test_nothing_counted_is_no_receipt_of_points() -> None:
    made = receipt(VOICE, dict.fromkeys(ALL_MET, NA))
    assert made.score.final is None
    assert made.weight == 0
    assert made.steps == ()
    assert points(made) == [0, 0, 0]


@given(scored(complete=True))
def test_parts_add_up_to_the_raw_score_and_steps_lead_to_the_final_one(case: Scored) -> None:
    made = receipt(case.scorecard, case.answers)
    if made.score.raw is None or made.score.final is None:
        return
    assert sum(points(made)) == made.score.raw
    assert sum(part.most for part in made.parts) == 100
    path = [made.score.raw, *(step.after for step in made.steps)]
    assert [step.before for step in made.steps] == path[:-1]
    assert path[-1] == made.score.final

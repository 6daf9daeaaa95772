"""The score of a contact: the contract's formulas, published examples, and what always holds."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.score import AnswerState, Score, score, shown
from scoring.scorecard import (
    YES_NO,
    Answer,
    Channel,
    Condition,
    Criterion,
    Effect,
    EffectKind,
    Option,
    Scorecard,
    Section,
    Wording,
)
from tests.scoring.strategies import Scored, scored, weights

YES, NO, NA = Answer(0), Answer(1), Answer(None)
FAIL_SECTION = Effect(EffectKind.FAIL_SECTION)
FAIL_CONTACT = Effect(EffectKind.FAIL_CONTACT)


def cap(limit: int) -> Effect:
    return Effect(EffectKind.CAP, Fraction(limit))


def scale(*points: int) -> tuple[Option, ...]:
    return tuple(Option(Wording.plain(str(each)), Fraction(each)) for each in points)


def question(
    key: str, weight: int = 1, effect: Effect | None = None, only_if: Condition | None = None
) -> Criterion:
    return Criterion(
        key,
        Wording.plain(key),
        YES_NO,
        Fraction(weight),
        yes_no=True,
        effect=effect or Effect(),
        only_if=only_if,
    )


def section(weight: int, *criteria: Criterion) -> Section:
    return Section(Wording.plain("section"), Fraction(weight), criteria)


def card(*sections: Section) -> Scorecard:
    return Scorecard("voice", Wording.plain("Voice"), (Channel.CALL,), sections)


def lost(result: Score) -> dict[str, Fraction]:
    return {part.key: part.lost for part in result.criteria()}


def test_maestroqas_example_of_weighted_sections_gives_its_seventy() -> None:
    # MaestroQA help, "How do Custom Weighted Sections Rubrics work?": 3/3 of 10 %, 5/10 of 30 %,
    # 4/5 of 50 % and 1/2 of 10 % make 70 %.
    earned = {"grammar": (3, 3, 10), "product": (10, 5, 30), "solving": (5, 4, 50)}
    earned["privacy"] = (2, 1, 10)
    rubric = card(
        *(
            section(weight, Criterion(key, Wording.plain(key), scale(*range(most, -1, -1))))
            for key, (most, _, weight) in earned.items()
        )
    )
    answers = {key: Answer(most - got) for key, (most, got, _) in earned.items()}
    assert score(rubric, answers).final == 70


def test_zendesks_four_point_scale_earns_its_thirds() -> None:
    # Zendesk QA help, "Understanding how category scores are calculated": 0, 33.3, 66.6, 100 %;
    # category scores times weights over the sum of weights.
    four = scale(3, 2, 1, 0)
    tone = Criterion("tone", Wording.plain("Tone"), four, Fraction(1))
    solution = Criterion("solution", Wording.plain("Solution"), four, Fraction(2))
    result = score(card(section(1, tone, solution)), {"tone": Answer(2), "solution": Answer(1)})
    assert [part.fraction for part in result.criteria()] == [Fraction(1, 3), Fraction(2, 3)]
    assert result.final == Fraction(500, 9)
    assert shown(result.final) == Decimal("55.6")


def test_na_leaves_both_sides_of_its_section() -> None:
    voice = card(section(20, question("a"), question("b", 3)), section(80, question("c")))
    assert score(voice, {"a": YES, "b": NO, "c": YES}).raw == 20 * Fraction(1, 4) + 80
    assert score(voice, {"a": YES, "b": NA, "c": YES}).raw == 100


def test_a_section_answered_with_na_alone_is_left_out() -> None:
    voice = card(section(20, question("a")), section(80, question("b"), question("c")))
    result = score(voice, {"a": NA, "b": YES, "c": NO})
    assert result.raw == 50
    assert result.sections[0].raw is None
    assert result.sections[0].effective is None


def test_everything_na_is_no_score_and_fires_nothing() -> None:
    voice = card(section(20, question("a", effect=FAIL_CONTACT)))
    result = score(voice, {"a": NA})
    assert (result.raw, result.final, result.fired) == (None, None, ())


def test_a_failed_section_counts_zero_and_keeps_its_weight() -> None:
    voice = card(
        section(40, question("a", effect=FAIL_SECTION), question("b")), section(60, question("c"))
    )
    result = score(voice, {"a": NO, "b": YES, "c": YES})
    assert result.raw == 80
    assert result.final == 60
    assert result.sections[0].failed
    assert result.sections[0].raw == Fraction(1, 2)
    assert result.sections[0].effective == 0
    assert lost(result) == {"a": 40, "b": 0, "c": 0}


def test_the_smallest_cap_limits_and_a_cap_above_the_score_does_nothing() -> None:
    voice = card(
        section(1, question("a", effect=cap(50)), question("b", effect=cap(90)), question("c", 8))
    )
    high = score(voice, {"a": YES, "b": NO, "c": YES})
    assert high.raw == 90
    assert high.final == 90
    assert {fired.key: fired.took for fired in high.fired} == {"b": 0}
    low = score(voice, {"a": NO, "b": NO, "c": YES})
    assert low.raw == 80
    assert low.final == 50
    assert {fired.key: fired.took for fired in low.fired} == {"a": 30, "b": 0}


def test_a_failed_contact_scores_zero_and_keeps_its_raw_score() -> None:
    voice = card(section(1, question("a", effect=FAIL_CONTACT), question("b", 3)))
    result = score(voice, {"a": NO, "b": YES})
    assert result.raw == 75
    assert result.final == 0
    assert lost(result) == {"a": 100, "b": 0}


def test_effects_fire_on_the_worst_option_alone() -> None:
    partly = Criterion("a", Wording.plain("a"), scale(2, 1, 0), effect=FAIL_CONTACT)
    assert score(card(section(1, partly)), {"a": Answer(1)}).final == 50
    assert score(card(section(1, partly)), {"a": Answer(2)}).final == 0


def test_what_a_step_takes_is_shared_by_those_who_caused_it() -> None:
    voice = card(
        section(50, question("a", effect=FAIL_SECTION), question("b", 3)),
        section(50, question("c", effect=cap(20)), question("d", effect=cap(20)), question("e", 8)),
    )
    result = score(voice, {"a": NO, "b": YES, "c": NO, "d": NO, "e": YES})
    assert result.raw == Fraction("77.5")
    assert result.final == 20
    # The section took 37.5 and left 40; the two caps took 20 of these.
    assert {fired.key: fired.took for fired in result.fired} == {
        "a": Fraction("37.5"),
        "c": 10,
        "d": 10,
    }
    assert lost(result) == {"a": 50, "b": 0, "c": 15, "d": 15, "e": 0}


def test_a_stale_answer_to_what_is_no_longer_asked_does_not_count() -> None:
    transferred = Condition("transfer", 0)
    voice = card(
        section(1, question("transfer"), question("warm", effect=FAIL_CONTACT, only_if=transferred))
    )
    result = score(voice, {"transfer": NO, "warm": NO})
    assert result.final == 0
    assert result.fired == ()
    assert [part.state for part in result.criteria()] == [
        AnswerState.ANSWERED,
        AnswerState.NOT_ASKED,
    ]
    assert result.criteria()[1].option is None


def test_an_unfinished_evaluation_is_scored_by_what_is_there() -> None:
    voice = card(section(1, question("a"), question("b")))
    result = score(voice, {"a": YES})
    assert result.final == 100
    assert result.criteria()[1].state is AnswerState.UNANSWERED


@pytest.mark.parametrize("answers", [{"stranger": YES}, {"a": Answer(2)}, {"a": Answer(-1)}])
def test_answers_of_another_scorecard_are_refused(answers: dict[str, Answer]) -> None:
    with pytest.raises(ValueError, match="has no"):
        score(card(section(1, question("a"))), answers)


@pytest.mark.parametrize(
    ("value", "text"),
    [("0.05", "0.1"), ("-0.05", "-0.1"), ("-0.04", "0.0"), ("84.25", "84.3"), ("100", "100.0")],
)
def test_numbers_are_shown_half_up(value: str, text: str) -> None:
    assert str(shown(Fraction(value))) == text


def test_numbers_are_shown_with_as_many_digits_as_wanted() -> None:
    assert str(shown(Fraction(2, 3), 3)) == "0.667"
    assert str(shown(Fraction(5, 2), 0)) == "3"
    assert str(shown(Fraction(10**40 * 2 + 1, 2))) == f"1{'0' * 40}.5"


@given(scored())
def test_scores_stay_within_bounds_and_losses_add_up(case: Scored) -> None:
    result = score(case.scorecard, case.answers)
    if result.raw is None or result.final is None:
        assert result.raw is result.final
        assert set(lost(result).values()) == {Fraction(0)}
        return
    assert 0 <= result.final <= result.raw <= 100
    assert sum(lost(result).values()) == 100 - result.final
    assert sum(fired.took for fired in result.fired) == result.raw - result.final
    assert min(lost(result).values()) >= 0


@given(scored())
def test_the_final_score_follows_from_the_effective_sections(case: Scored) -> None:
    result = score(case.scorecard, case.answers)
    remaining = [(s.weight, s.effective) for s in result.sections if s.effective is not None]
    if not remaining:
        assert result.final is None
        return
    total = sum(weight for weight, _ in remaining)
    expected = 100 * sum((w * mean for w, mean in remaining), Fraction(0)) / total
    for fired in result.fired:
        if fired.limit is not None:
            expected = min(expected, fired.limit)
        if fired.kind is EffectKind.FAIL_CONTACT:
            expected = Fraction(0)
    assert result.final == expected


@given(scored(conditions=False), st.data())
def test_the_order_of_sections_and_criteria_does_not_matter(
    case: Scored, data: st.DataObject
) -> None:
    def shuffled(own: Section) -> Section:
        return replace(own, criteria=tuple(data.draw(st.permutations(own.criteria))))

    sections = data.draw(st.permutations(case.rebuilt(shuffled).scorecard.sections))
    turned = replace(case.scorecard, sections=tuple(sections))
    before, after = score(case.scorecard, case.answers), score(turned, case.answers)
    assert before.raw == after.raw
    assert before.final == after.final
    assert lost(before) == lost(after)


@given(scored())
def test_nothing_but_na_has_no_score(case: Scored) -> None:
    answers = {criterion.key: NA for criterion in case.scorecard.criteria()}
    assert score(case.scorecard, answers).final is None


@given(scored(complete=True, conditions=False), st.data())
def test_a_better_answer_never_lowers_the_score(case: Scored, data: st.DataObject) -> None:
    worse = [key for key, answer in case.answers.items() if answer.option]
    if not worse:
        return
    key = data.draw(st.sampled_from(worse))
    better = data.draw(st.integers(0, (case.answers[key].option or 0) - 1))
    before = score(case.scorecard, case.answers)
    after = score(case.scorecard, {**case.answers, key: Answer(better)})
    assert before.raw is not None
    assert before.final is not None
    assert after.raw is not None
    assert after.final is not None
    assert after.raw > before.raw
    assert after.final >= before.final


@given(scored(), weights, weights)
def test_scaling_all_weights_changes_nothing(
    case: Scored, outer: Fraction, inner: Fraction
) -> None:
    def scaled(own: Section) -> Section:
        criteria = tuple(replace(c, weight=c.weight * inner) for c in own.criteria)
        return replace(own, weight=own.weight * outer, criteria=criteria)

    before = score(case.scorecard, case.answers)
    after = score(case.rebuilt(scaled).scorecard, case.answers)
    assert (before.raw, before.final, before.fired) == (after.raw, after.final, after.fired)
    assert lost(before) == lost(after)

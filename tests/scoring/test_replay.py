"""Evaluations recomputed under a changed scorecard: what moves, into which band, by what."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.carrying import Bridge, Gap, Hindrance
from scoring.replay import Band, Replayed, band, replay
from scoring.replay_summary import ErrorShift, Flip, Mover, summary
from scoring.score import score
from scoring.scorecard import (
    YES_NO,
    Answer,
    Channel,
    Criterion,
    CriticalClass,
    Effect,
    EffectKind,
    Scorecard,
    Section,
    Wording,
)
from tests.scoring.strategies import Scored, effects, scored, weights

YES, NO, NA = Answer(0), Answer(1), Answer(None)
TARGET = 80


def question(
    key: str,
    weight: int = 1,
    effect: Effect | None = None,
    critical: CriticalClass | None = None,
) -> Criterion:
    return Criterion(
        key,
        Wording.plain(key),
        YES_NO,
        Fraction(weight),
        yes_no=True,
        critical=critical,
        effect=effect or Effect(),
    )


def card(*criteria: Criterion) -> Scorecard:
    section = Section(Wording.plain("All"), Fraction(1), criteria)
    return Scorecard("voice", Wording.plain("Voice"), (Channel.CALL,), (section,))


def run(old: Scorecard, new: Scorecard, **given: Answer) -> Replayed:
    return replay(Bridge.between(old, new), given, TARGET)


EVEN = card(question("a"), question("b"), question("c"), question("d"))


def changed(key: str, change: Callable[[Criterion], Criterion]) -> Scorecard:
    return card(*(change(one) if one.key == key else one for one in EVEN.criteria()))


def weighing(key: str, weight: int) -> Scorecard:
    return changed(key, lambda one: replace(one, weight=Fraction(weight)))


@given(scored(complete=True), st.none() | st.integers(0, 100))
def test_under_the_same_scorecard_nothing_moves(case: Scored, target: int | None) -> None:
    found = replay(Bridge.between(case.scorecard, case.scorecard), case.answers, target)
    assert not found.gaps
    assert (found.moved, found.flipped, found.mover, found.parts) == (False, False, None, ())
    assert found.after == found.before
    assert found.before.final == score(case.scorecard, case.answers).final


@given(scored(complete=True), scored())
def test_a_replay_is_the_score_of_the_answers_that_came_along(
    before: Scored, after: Scored
) -> None:
    bridge = Bridge.between(before.scorecard, after.scorecard)
    found, carried = replay(bridge, before.answers, TARGET), bridge.carry(before.answers)
    assert found.gaps == carried.gaps
    assert found.before.final == score(before.scorecard, before.answers).final
    if found.after is not None:
        assert found.after.final == score(after.scorecard, carried.answers).final
        assert not found.gaps


@st.composite
def reworked(draw: st.DrawFn) -> tuple[Scored, Scorecard]:
    """Return answers to a scorecard, and the same criteria with other weights and effects."""

    def other(section: Section) -> Section:
        criteria = tuple(
            replace(one, weight=draw(weights), effect=draw(effects)) for one in section.criteria
        )
        return replace(section, weight=draw(weights), criteria=criteria)

    case = draw(scored(complete=True))
    return case, case.rebuilt(other).scorecard


@given(reworked())
def test_other_weights_and_effects_leave_no_gap_and_their_parts_add_up(
    case: tuple[Scored, Scorecard],
) -> None:
    before, new = case
    found = replay(Bridge.between(before.scorecard, new), before.answers, TARGET)
    assert found.after is not None
    assert found.after.final == score(new, before.answers).final
    if found.change is not None:
        assert sum((points for _, points in found.parts), Fraction()) == found.change


@given(reworked())
def test_the_mover_moves_the_score_the_way_it_goes(case: tuple[Scored, Scorecard]) -> None:
    before, new = case
    found = replay(Bridge.between(before.scorecard, new), before.answers, None)
    change = found.change
    if not change:
        assert found.mover is None
        return
    assert found.mover in found.parts
    along = [abs(points) for _, points in found.parts if points * change > 0]
    assert found.mover is not None
    assert (found.mover[1] * change > 0, abs(found.mover[1])) == (True, max(along))


def test_a_heavier_error_costs_more_and_is_named() -> None:
    found = run(EVEN, weighing("b", 5), a=YES, b=NO, c=YES, d=YES)
    assert (found.before.final, found.change) == (Fraction(75), Fraction(-75, 2))
    assert found.mover == ("b", Fraction(-75, 2))


def test_weight_given_to_what_was_met_makes_the_error_cost_less() -> None:
    found = run(EVEN, weighing("a", 5), a=YES, b=NO, c=YES, d=YES)
    assert found.change == Fraction(25, 2)
    assert found.mover == ("b", Fraction(25, 2))


def test_of_several_parts_the_largest_in_the_scores_direction_is_named() -> None:
    found = run(EVEN, weighing("b", 3), a=YES, b=NO, c=NO, d=NO)
    # b costs 50 instead of 25; c and d give back 8.3 each.
    assert dict(found.parts) == {"b": -25, "c": Fraction(25, 3), "d": Fraction(25, 3)}
    assert found.mover == ("b", Fraction(-25))


def test_an_effect_is_laid_at_its_criterions_door() -> None:
    fatal = changed("b", lambda one: replace(one, effect=Effect(EffectKind.FAIL_CONTACT)))
    found = run(EVEN, fatal, a=YES, b=NO, c=YES, d=YES)
    assert (found.before.band, found.mover) == (Band.BELOW, ("b", Fraction(-75)))
    assert found.after is not None
    assert found.after.band is Band.FAILED


def test_a_criterion_that_is_gone_can_be_what_moves_the_score() -> None:
    found = run(EVEN, card(*list(EVEN.criteria())[1:]), a=NO, b=YES, c=YES, d=YES)
    assert (found.change, found.mover) == (Fraction(25), ("a", Fraction(25)))
    assert found.flipped


def test_what_cannot_be_recomputed_keeps_its_score_and_says_why() -> None:
    found = run(EVEN, card(*EVEN.criteria(), question("e")), a=YES, b=YES, c=YES, d=YES)
    assert found.gaps == (Gap("e", Hindrance.NEW),)
    assert (found.before.final, found.after) == (Fraction(100), None)
    assert (found.moved, found.flipped, found.change, found.mover) == (False, False, None, None)


def test_a_score_may_come_to_be_none() -> None:
    found = run(EVEN, card(question("b")), a=YES, b=NA, c=NO, d=YES)
    assert found.after is not None
    assert found.after.band is Band.NO_SCORE
    assert (found.moved, found.flipped) == (True, True)
    assert (found.change, found.mover) == (None, None)


@pytest.mark.parametrize(
    ("final", "target", "expected"),
    [
        (Fraction(80), 80, Band.MET),
        (Fraction(80) - Fraction(1, 10**9), 80, Band.BELOW),
        (Fraction(0), 80, Band.FAILED),
        (Fraction(0), None, Band.FAILED),
        (Fraction(1), None, Band.SCORED),
        (None, 80, Band.NO_SCORE),
    ],
)
def test_bands(final: Fraction | None, target: int | None, expected: Band) -> None:
    assert band(final, target) is expected


def replays(new: Scorecard, *answered: str) -> list[Replayed]:
    """Return the replays of evaluations under *new*, their four answers written as y, n or -."""
    signs = {"y": YES, "n": NO, "-": NA}
    return [
        run(EVEN, new, **{key: signs[sign] for key, sign in zip("abcd", one, strict=True)})
        for one in answered
    ]


def test_a_summary_counts_what_moves_and_measures_it() -> None:
    found = summary(replays(weighing("b", 5), "yyyy", "ynyy", "yyny", "yynn", "nyyy", "yyyy"))
    # 100 → 100, 75 → 37.5, 75 → 87.5, 50 → 75, 75 → 87.5, 100 → 100
    assert (found.count, found.recomputed, found.moved, found.unknown) == (6, 6, 4, 0)
    assert (found.median, found.largest) == (Fraction(75, 4), Fraction(-75, 2))
    assert found.mean is not None
    assert found.mean.estimate == pytest.approx(12.5 / 6)
    assert (found.mean.count, found.mean.too_few) == (6, False)
    assert found.flips == (Flip(Band.BELOW, Band.MET, 2),)
    assert found.flipped == 2
    assert found.movers == (
        Mover("c", 2, Fraction(25, 2)),
        Mover("b", 1, Fraction(-75, 2)),
        Mover("a", 1, Fraction(25, 2)),
    )


def test_the_means_interval_is_students_of_the_differences_and_is_cut_nowhere() -> None:
    fatal = changed("b", lambda one: replace(one, effect=Effect(EffectKind.FAIL_CONTACT)))
    found = summary(replays(fatal, "ynyy", "yyyy", "ynyy", "yyyy", "ynyy"))
    assert found.mean is not None
    # -75, 0, -75, 0, -75: mean -45, deviation 41.079, t of 4 degrees 2.77645
    assert found.mean.estimate == pytest.approx(-45)
    assert found.mean.low == pytest.approx(-96.007, abs=0.001)
    assert found.mean.high == pytest.approx(6.007, abs=0.001)


def test_a_summary_names_what_stands_in_the_way_the_most_frequent_first() -> None:
    new = card(
        *(replace(one, na=False) for one in EVEN.criteria() if one.key != "d"),
        question("d"),
    )
    found = summary(replays(new, "-yyy", "-yyy", "y-yy", "yyyy"))
    assert (found.recomputed, found.unknown, found.moved) == (1, 3, 0)
    assert found.gaps == (
        (Gap("a", Hindrance.NO_NA), 2),
        (Gap("b", Hindrance.NO_NA), 1),
    )


def test_a_class_alone_moves_no_score_and_is_told_all_the_same() -> None:
    critical = changed("b", lambda one: replace(one, critical=CriticalClass.BUSINESS))
    found = summary(replays(critical, "ynyy", "ynyy", "yyyy"))
    assert (found.moved, found.flips) == (0, ())
    assert found.errors == (ErrorShift(CriticalClass.BUSINESS, 0, 2),)


def test_nothing_comes_of_nothing() -> None:
    found = summary([])
    assert (found.count, found.moved, found.mean, found.median) == (0, 0, None, None)
    assert (found.largest, found.movers, found.gaps) == (None, (), ())

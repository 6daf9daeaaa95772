"""What a preview tells of a new version: nothing more and nothing less than what changes."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.scorecard import (
    YES_NO,
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
from scoring.scorecard_diff import Added, Changed, Field, Moved, Removed, Value, compare
from tests.scoring.strategies import scorecards


def question(key: str) -> Criterion:
    return Criterion(key, Wording.plain(key), YES_NO, yes_no=True)


def section(title: str, *criteria: Criterion) -> Section:
    return Section(Wording.plain(title), Fraction(10), criteria)


def card(*sections: Section) -> Scorecard:
    return Scorecard("voice", Wording.plain("Voice"), (Channel.CALL,), sections)


A, B, C, D = map(question, "abcd")
OPENING, CLOSING = section("Opening", A, B), section("Closing", C, D)
VOICE = card(OPENING, CLOSING)
SCALE = (Option(Wording.plain("Full"), Fraction(2)), Option(Wording.plain("No"), Fraction(0)))
PROPERLY = Wording.plain("Як слід")


def test_the_same_scorecard_changes_nothing() -> None:
    assert compare(VOICE, VOICE) == ()


def test_a_first_version_adds_everything() -> None:
    parts: list[Section | Criterion] = [OPENING, A, B, CLOSING, C, D]
    assert compare(None, VOICE) == tuple(map(Added, parts))


@pytest.mark.parametrize(
    ("changed", "field", "before", "after"),
    [
        (replace(A, title=PROPERLY), Field.TITLE, A.title, PROPERLY),
        (replace(A, weight=Fraction(3)), Field.WEIGHT, Fraction(1), Fraction(3)),
        (replace(A, options=SCALE, yes_no=False), Field.OPTIONS, YES_NO, SCALE),
        (replace(A, na=False), Field.NA, True, False),
        (replace(A, rest_na=True), Field.REST_NA, False, True),
        (replace(A, justify=Justify.ALWAYS), Field.JUSTIFY, Justify.BELOW_BEST, Justify.ALWAYS),
        (
            replace(A, critical=CriticalClass.BUSINESS),
            Field.CRITICAL,
            None,
            CriticalClass.BUSINESS,
        ),
        (
            replace(A, effect=Effect(EffectKind.FAIL_CONTACT)),
            Field.EFFECT,
            Effect(),
            Effect(EffectKind.FAIL_CONTACT),
        ),
        (replace(A, guide=PROPERLY), Field.GUIDE, None, PROPERLY),
        (replace(A, reasons=(PROPERLY,)), Field.REASONS, (), (PROPERLY,)),
        (replace(A, advice=PROPERLY), Field.ADVICE, None, PROPERLY),
    ],
)
def test_each_field_of_a_criterion_is_told_with_its_values(
    changed: Criterion, field: Field, before: Value, after: Value
) -> None:
    new = card(section("Opening", changed, B), CLOSING)
    assert compare(VOICE, new) == (Changed(changed, field, before, after),)


def test_a_new_condition_is_told() -> None:
    changed = replace(B, only_if=Condition("a", 0))
    new = card(section("Opening", A, changed), CLOSING)
    assert compare(VOICE, new) == (Changed(changed, Field.ONLY_IF, None, Condition("a", 0)),)


def test_labels_that_read_otherwise_are_no_change_of_points() -> None:
    full = (replace(SCALE[0], label=Wording.plain("Fully")), SCALE[1])
    old, new = replace(A, options=SCALE, yes_no=False), replace(A, options=full, yes_no=False)
    assert compare(card(section("Opening", old)), card(section("Opening", new))) == (
        Changed(new, Field.LABELS, SCALE, full),
    )


def test_the_scorecards_own_fields_come_first() -> None:
    new = replace(VOICE, title=PROPERLY, channels=(Channel.CALL, Channel.CHAT))
    assert compare(VOICE, new) == (
        Changed(new, Field.TITLE, VOICE.title, PROPERLY),
        Changed(new, Field.CHANNELS, (Channel.CALL,), (Channel.CALL, Channel.CHAT)),
    )


def test_criteria_come_and_go() -> None:
    fresh = question("fresh")
    new = card(section("Opening", A, fresh), CLOSING)
    assert compare(VOICE, new) == (Added(fresh), Removed(B))


def test_sections_come_and_go_with_their_criteria() -> None:
    fresh = question("fresh")
    extra = section("Extra", fresh)
    assert compare(VOICE, card(OPENING, extra)) == (
        Added(extra),
        Added(fresh),
        Removed(CLOSING),
        Removed(C),
        Removed(D),
    )


def test_a_section_is_known_by_its_criteria_when_it_is_renamed() -> None:
    renamed = replace(OPENING, title=PROPERLY, weight=Fraction(5))
    assert compare(VOICE, card(renamed, CLOSING)) == (
        Changed(renamed, Field.TITLE, OPENING.title, PROPERLY),
        Changed(renamed, Field.WEIGHT, Fraction(10), Fraction(5)),
    )


def test_a_section_is_known_by_its_title_when_its_criteria_are_all_new() -> None:
    fresh = question("fresh")
    assert compare(VOICE, card(section("Opening", fresh), CLOSING)) == (
        Added(fresh),
        Removed(A),
        Removed(B),
    )


def test_a_criterion_moves_from_section_to_section() -> None:
    opening, closing = section("Opening", A), section("Closing", C, D, B)
    assert compare(VOICE, card(opening, closing)) == (Moved(B, OPENING, closing),)


def test_only_what_left_the_order_has_moved() -> None:
    old = section("All", A, B, C, D)
    new = section("All", D, A, B, C)
    assert compare(card(old), card(new)) == (Moved(D, old, new),)


def test_sections_change_places() -> None:
    new = card(CLOSING, OPENING)
    assert compare(VOICE, new) == (Moved(OPENING, VOICE, new),)


@given(scorecards(wordy=True), scorecards(wordy=True), st.data())
def test_no_change_goes_untold_and_none_is_made_up(
    one: Scorecard, other: Scorecard, data: st.DataObject
) -> None:
    other = replace(other, key=one.key)
    assert (compare(one, other) == ()) == (one == other)
    shuffled = tuple(data.draw(st.permutations(one.sections)))
    told = compare(one, replace(one, sections=shuffled))
    assert all(isinstance(difference, Moved) for difference in told)
    assert (told == ()) == (shuffled == one.sections)

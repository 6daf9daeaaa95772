"""A receipt must add up: its shown numbers are read back and reckoned with a calculator."""

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given

from handlers.evaluating.casefile import CaseFile
from handlers.views.receipt import receipt_screen
from handlers.words import words
from scoring.receipt import MOST_DIGITS, receipt
from scoring.scorecard import Answer, Effect, EffectKind, Section
from tests.feedback.cases import ALL_MET, NA, NO, UTC, VOICE, case_file, criterion, plain
from tests.feedback.reading import Shown, labels, receipt_numbers, rounded, seen
from tests.scoring.strategies import Scored, scored

EN = words("en")


def whole(file: CaseFile) -> str:
    """Return all pages of the receipt, one after the other."""
    pages: list[str] = []
    while True:
        screen = receipt_screen(EN, file, UTC, len(pages))
        pages.append(seen(screen))
        if not any(label.endswith("›") for label in labels(screen)):
            return "\n".join(pages)


def add_up(shown: Shown) -> None:
    """Reckon with a calculator what the receipt shows."""
    points = [formula[4] for formula in shown.formulas]
    assert points == shown.points
    for weight, weights, earned, possible, told in shown.formulas:
        assert abs(100 * weight / weights * earned / possible - told) <= Decimal("0.011")
    assert rounded(sum(points, Decimal(0)), shown.raw) == shown.raw
    path = [shown.raw, *(after for _, after in shown.steps)]
    assert [before for before, _ in shown.steps] == path[:-1]
    assert path[-1] == shown.final


def test_a_receipt_worked_by_hand() -> None:
    file = case_file({**ALL_MET, "identified": NO, "offers": Answer(1), "says_goodbye": NA})
    text = seen(receipt_screen(EN, file, UTC))
    assert text.splitlines() == [
        "How 50.0 came about",
        "Voice calls, version 3",
        "",
        "Opening   7.41 / 22.22",
        "Solution 48.61 / 77.78",
        "Together, the raw score: 56.0",
        "56.0 → 50.0: “Identifies the customer” limits the score to 50.0",
        "Shown rounded, reckoned exactly.",
        "",
        "Opening · weight 20",
        "• Greets",
        "   Yes: 1/1 × 1 = 1",
        "• Identifies the customer",
        "   No: 0/1 × 2 = 0",
        "100 × 20/90 × 1/3 = 7.41",
        "",
        "Solution · weight 70",
        "• Offers",
        "   1 points: 1/2 × 3 = 1.5",
        "• Sums_up",
        "   Yes: 1/1 × 1 = 1",
        "• Transfers",
        "   Not asked: its weight 1 is left out",
        "100 × 70/90 × 2.5/4 = 48.61",
        "",
        "Closing · weight 10",
        "• Says_goodbye",
        "   N/A: its weight 1 is left out",
        "Left out: nothing in it counted",
    ]
    add_up(receipt_numbers(text))


@pytest.mark.parametrize(
    ("effect", "told"),
    [
        (Effect(EffectKind.FAIL_CONTACT), "86.7 → 0.0: “Identifies the customer” makes the whole"),
        (Effect(EffectKind.FAIL_SECTION), "86.7 → 80.0: “Identifies the customer” makes “Opening”"),
        (Effect(EffectKind.CAP, Fraction(90)), "The effect of “Identifies the customer” changed"),
    ],
)
def test_what_a_critical_error_did_is_said_in_numbers(effect: Effect, told: str) -> None:
    opening = VOICE.sections[0]
    greets, identified = opening.criteria
    changed = replace(opening, criteria=(greets, replace(identified, effect=effect)))
    scorecard = replace(VOICE, sections=(changed, *VOICE.sections[1:]))
    file = case_file({**ALL_MET, "identified": NO}, scorecard)
    text = seen(receipt_screen(EN, file, UTC))
    assert told in text
    add_up(receipt_numbers(text))


def test_a_long_scorecard_is_split_into_pages_and_nothing_is_lost() -> None:
    sections = tuple(
        Section(
            plain(f"Section {number}"),
            Fraction(1),
            tuple(
                criterion(f"c{number}_{at}", title=f"Criterion {number}.{at} of many words")
                for at in range(20)
            ),
        )
        for number in range(10)
    )
    scorecard = replace(VOICE, sections=sections)
    answers = {
        one.key: NO if at % 7 == 0 else Answer(0) for at, one in enumerate(scorecard.criteria())
    }
    file = case_file(answers, scorecard)
    first = receipt_screen(EN, file, UTC)
    assert "Page 1 of" in seen(first)
    assert labels(first) == ["Page 2 ›", "Back"]
    assert labels(receipt_screen(EN, file, UTC, 1))[:2] == ["‹ Page 1", "Page 3 ›"]
    text = whole(file)
    assert len(re.findall("^• Criterion", text, re.M)) == 200
    add_up(receipt_numbers(text))


def test_a_page_beyond_the_last_is_the_last() -> None:
    file = case_file(ALL_MET)
    assert receipt_screen(EN, file, UTC, 99) == receipt_screen(EN, file, UTC, 0)
    assert receipt_screen(EN, file, UTC, -5) == receipt_screen(EN, file, UTC, 0)


@given(scored(complete=True))
def test_every_receipt_adds_up(case: Scored) -> None:
    made = receipt(case.scorecard, case.answers)
    assume(made.score.raw is not None)
    # Endless decimals that make an exact half can be shown with no number of digits.
    assume(made.digits() < MOST_DIGITS)
    file = case_file(case.answers, case.scorecard)
    add_up(receipt_numbers(whole(file)))

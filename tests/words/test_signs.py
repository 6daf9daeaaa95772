"""Figures with a sign: one decimal, halves up, and none of what is shown as 0."""

from fractions import Fraction

import pytest

from handlers.words import words


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (-3.2, "−3.2"),
        (-0.4, "−0.4"),  # it was "+0" and "−0" without a decimal
        (0.04, "0.0"),
        (-0.04, "0.0"),
        (0.0, "0.0"),
        (0.05, "+0.1"),
        (-0.05, "−0.1"),
        (Fraction(1, 1000), "0.0"),
        (Fraction(-1, 20), "−0.1"),
        (2.65, "+2.7"),
    ],
)
def test_what_is_shown_as_nought_has_no_sign(value: Fraction | float, shown: str) -> None:
    assert words("en").signed(value) == shown

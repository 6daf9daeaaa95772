"""References: one is one, however it is written."""

import pytest

from scoring.references import is_mark, reference_key


@pytest.mark.parametrize(
    "written",
    ["48213", "#48213", "# 48213", "№48213", "№ 48213", " №  48213 ", "No. 48213", "N° 48213"],
)
def test_a_number_is_the_same_with_whatever_mark_before_it(written: str) -> None:
    assert reference_key(written) == "48213"


def test_letter_case_blanks_and_composed_letters_do_not_count() -> None:
    assert reference_key("Звонок  ЙО-7") == reference_key("звонок \u0438\u0306о-7")


@pytest.mark.parametrize("written", ["north-7", "a#48213", "no48213", "48213#"])
def test_what_only_looks_like_a_mark_stays(written: str) -> None:
    assert reference_key(written) == written


def test_a_mark_alone_is_a_reference_too() -> None:
    assert reference_key("#") == "#"
    assert is_mark("№")
    assert not is_mark("№7")

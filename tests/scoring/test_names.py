"""Names are compared in one way: what does not count, what does, and what holds of any name."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scoring.names import APOSTROPHES, DASHES, fold, name_key, turns_direction, visible

HIDDEN = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\u202e\u2066\u2069\u061c\u3164\ufe0f"
WORDS = st.text("абвёйїґщ'’ʼAbCdéñ-–0", min_size=1, max_size=8)
NAMES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
ANY = st.text(max_size=30)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Мар'яна Приклад", "Мар’яна Приклад"),
        ("Мар'яна Приклад", "Марʼяна Приклад"),
        ("O'Brien", "O`Brien"),
        ("Сергій Приклад", unicodedata.normalize("NFD", "Сергій Приклад")),
        ("Сергій Приклад", "Сергій Приклад\u200b"),
        ("Сергій Приклад", "\u202bСергій\u202c\u00a0Приклад"),
        ("Олег Примерёв", "Олег Примерев"),
        ("Олег Примерёв", "ОЛЕГ ПРИМЕРЁВ"),
        ("Иван Петров", "петров  ИВАН"),
        ("Петров-Водкин", "Петров‑Водкин"),
        ("Straße", "STRASSE"),
        ("José", "Jose\u0301"),
    ],
)
def test_one_name_in_other_bytes_is_the_same(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Иван Петров", "Ivan Petrov"),
        ("Иван Петров", "Иван Петрович Петров"),
        ("Мария", "Марія"),
        ("Мар'яна", "Маряна"),
        ("Андрей", "Андреи"),
        ("Ivan Ivan", "Ivan"),
        ("Jose", "José"),
        ("Shift 1 Group 2", "Shift 2 Group 1"),
    ],
)
def test_different_names_stay_different(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


def test_one_number_may_stand_anywhere() -> None:
    assert name_key("Team 12") == name_key("12 team")


@given(ANY)
@example("е\u0308\u0308")
@example("ё\u0327\u0308")
@example("ŉ ﬃ İ \u0345")
def test_what_was_folded_stays_as_it_is(name: str) -> None:
    assert fold(fold(name)) == fold(name)
    assert name_key(name_key(name)) == name_key(name)


@given(NAMES, st.sampled_from([str.upper, str.lower, str.title]))
def test_composition_and_letter_case_do_not_count(name: str, case: Callable[[str], str]) -> None:
    assert name_key(case(unicodedata.normalize("NFC", name))) == name_key(name)
    assert name_key(case(unicodedata.normalize("NFD", name))) == name_key(name)


@given(NAMES, st.sampled_from(HIDDEN), st.integers(0, 40))
def test_what_does_not_show_does_not_count(name: str, hidden: str, place: int) -> None:
    at = min(place, len(name))
    assert name_key(name[:at] + hidden + name[at:]) == name_key(name)


@given(NAMES, st.sampled_from(APOSTROPHES), st.sampled_from(DASHES))
def test_apostrophes_and_dashes_are_alike(name: str, apostrophe: str, dash: str) -> None:
    other = name.replace("'", apostrophe).replace("’", apostrophe).replace("-", dash)
    assert name_key(other) == name_key(name)


@given(st.permutations(["Іван", "Петрович", "ван", "Дейк"]))
def test_words_stand_in_any_order(words: list[str]) -> None:
    assert name_key(" ".join(words)) == name_key("Іван Петрович ван Дейк")


@given(ANY)
def test_the_short_way_for_ascii_is_the_long_way(name: str) -> None:
    ascii_only = name.encode("ascii", "ignore").decode()
    assert fold(ascii_only) == fold(ascii_only + "\u200b")


def test_nothing_is_left_of_a_name_that_does_not_show() -> None:
    assert visible(HIDDEN) == ""
    assert fold(f" {HIDDEN} ") == ""


@pytest.mark.parametrize("override", list("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
def test_overrides_are_known(override: str) -> None:
    assert turns_direction(f"Ivan{override}")
    assert not turns_direction("Ivan\u200b Петров אבג")

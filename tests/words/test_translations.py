"""Each translation fits its sentence: what is filled in, the markup, the letters, the quotes."""

import re

import pytest

from handlers.locales.catalogues import TRANSLATED
from tests.words.messages import every_form, placeholders, prose, sentences, tags

pytestmark = pytest.mark.parametrize("language", TRANSLATED)

FOREIGN = {"ru": "іїєґ", "uk": "ыэъё"}
"""The letters that only the other of the two languages has."""

WORD = re.compile(r"[A-Za-zА-Яа-яЁёІіЇїЄєҐґ]+")


def test_placeholders_are_those_of_the_sentence(language: str) -> None:
    wrong = [
        (one.english[-1], form)
        for one in sentences(language)
        for form in one.forms
        if placeholders(form) != placeholders(one.english[-1])
    ]
    assert wrong == []


def test_markup_is_that_of_the_sentence(language: str) -> None:
    wrong = [
        (one.english[-1], form)
        for one in sentences(language)
        for form in one.forms
        if tags(form) != tags(one.english[-1]) or not _balanced(form)
    ]
    assert wrong == []


def _balanced(text: str) -> bool:
    """Return whether tags close in the order in which they were opened."""
    opened: list[str] = []
    for closing, name in re.findall(r"<(/?)([a-z-]+)", text):
        if not closing:
            opened.append(name)
        elif not opened or opened.pop() != name:
            return False
    return not opened


def test_lines_and_margins_are_those_of_the_sentence(language: str) -> None:
    def shape(text: str) -> tuple[int, int, int]:
        return text.count("\n"), len(text) - len(text.lstrip()), len(text) - len(text.rstrip())

    wrong = [
        form
        for one in sentences(language)
        for form in one.forms
        if shape(form) != shape(one.english[-1])
    ]
    assert wrong == []


def test_no_latin_letter_hides_in_a_cyrillic_word(language: str) -> None:
    mixed = [
        word
        for form in every_form(language)
        for word in WORD.findall(prose(form))
        if re.search("[A-Za-z]", word) and re.search("[^A-Za-z]", word)
    ]
    assert mixed == []


def test_letters_of_the_neighbours_language_do_not_slip_in(language: str) -> None:
    foreign = set(FOREIGN[language])
    assert [form for form in every_form(language) if foreign & set(form.casefold())] == []


def test_quotation_marks_are_angled_and_apostrophes_curly(language: str) -> None:
    straight = [
        form for form in every_form(language) if re.search("[\"'“”]", re.sub("<.*?>", "", form))
    ]
    uneven = [form for form in every_form(language) if form.count("«") != form.count("»")]
    assert (straight, uneven) == ([], [])


def test_no_full_stop_follows_a_date(language: str) -> None:
    """Months are cut short with a full stop of their own: 4 нояб."""
    assert [form for form in every_form(language) if "{day}." in form] == []


def test_nobody_is_addressed_as_a_close_friend(language: str) -> None:
    friends = re.compile(r"\b(ты|тебя|тебе|твой|твои|ти|тебе|твій|твої)\b", re.IGNORECASE)
    assert [form for form in every_form(language) if friends.search(prose(form))] == []


def test_a_dash_between_words_is_a_long_one(language: str) -> None:
    """Russian and Ukrainian take an em dash with spaces; an en dash stands in ranges alone."""
    assert [form for form in every_form(language) if " – " in form] == []


def test_not_yet_is_said_in_full(language: str) -> None:
    """«Контактів поки немає» is colloquial Ukrainian; «поки що» is meant."""
    if language == "uk":
        bare = re.compile(r"\bпоки (немає|мало|порожньо|невідом|нікого|нічого|не ясно|не можна)")
        assert [form for form in every_form(language) if bare.search(form.casefold())] == []


def test_personal_data_are_called_what_the_law_calls_them(language: str) -> None:
    everyday = re.compile(r"личн\w+ данн|особист\w+ дан", re.IGNORECASE)
    assert [form for form in every_form(language) if everyday.search(prose(form))] == []

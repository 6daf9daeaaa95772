"""A count has the right form of its noun in every language."""

import pytest
from babel import Locale

from handlers.locales.catalogues import TRANSLATED
from handlers.words import LANGUAGES, words
from tests.words.messages import placeholders, sentences

COUNTS = [0, 1, 2, 4, 5, 11, 12, 14, 20, 21, 22, 25, 101, 111, 112, 121, 1000]
CATEGORIES = ["one", "few", "many"]
"""Unicode's plural categories of whole numbers, in the order in which catalogues keep them."""

DRAFTS = {
    "en": ["1 draft", "2 drafts", "5 drafts", "11 drafts", "21 drafts", "101 drafts", "111 drafts"],
    "ru": [
        "1 черновик",
        "2 черновика",
        "5 черновиков",
        "11 черновиков",
        "21 черновик",
        "101 черновик",
        "111 черновиков",
    ],
    "uk": [
        "1 чернетка",
        "2 чернетки",
        "5 чернеток",
        "11 чернеток",
        "21 чернетка",
        "101 чернетка",
        "111 чернеток",
    ],
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_drafts_are_counted_as_people_count_them(language: str) -> None:
    t = words(language)
    counts = [1, 2, 5, 11, 21, 101, 111]
    counted = [t.plural("{count} draft", "{count} drafts", count) for count in counts]
    assert counted == DRAFTS[language]


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("count", COUNTS)
def test_each_count_takes_the_form_of_its_category(language: str, count: int) -> None:
    t = words(language)
    place = CATEGORIES.index(Locale.parse(language).plural_form(count))
    for one in (one for one in sentences(language) if one.is_plural):
        values = {name: f"<{name}>" for name in placeholders(one.english[1]) if name != "count"}
        expected = one.forms[place].format(count=t.number(count, 0), **values)
        assert t.plural(one.english[0], one.english[1], count, **values) == expected


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_form_says_the_count(language: str) -> None:
    """Form one is that of 21 and 101 as well, so it cannot do without the number."""
    silent = [
        form
        for one in sentences(language)
        for form in one.forms
        if one.is_plural and not {"count", "number"} & set(placeholders(form))
    ]
    assert silent == []

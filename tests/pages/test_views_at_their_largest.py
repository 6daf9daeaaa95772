"""Lists that take much to fill, drawn at their largest and taken as Telegram would."""

from dataclasses import replace
from fractions import Fraction

import pytest

from handlers.views.disputes import Listed, list_screen
from handlers.words import LANGUAGES, words
from storage.disputes import Status, Waiting
from tests.feedback.cases import UTC, dispute
from tests.feedback.reading import labels, seen


@pytest.mark.parametrize("language", LANGUAGES)
def test_three_hundred_open_disputes_turn_in_pages(language: str) -> None:
    entries = [
        Waiting(replace(dispute(Status.OPEN), id=number), 1, 2, Fraction(number % 101))
        for number in range(1, 301)
    ]
    screen = list_screen(words(language), Listed(entries, {1: "Ivan Petrov"}, UTC))
    pages = (screen, *screen.further)
    assert len(pages) == 30
    for page in pages:
        seen(page)
        assert labels(page)[:2] == ["‹", "›"]
        assert len(labels(page)) == 12

"""Buttons and passing notices: named as agreed, and short enough for a phone."""

import pytest

from handlers.turn import TOAST_LIMIT
from handlers.views import period_words
from handlers.views.screen import BUTTON_LIMIT
from handlers.words import LANGUAGES, words
from tests.words.messages import said, sentences_within

AGREED = [
    *("All met", "N/A", "Comment", "Back", "Close", "Submit", "Change", "Feedback", "Discard"),
    *("Skip", "Acknowledge", "Dispute", "Receipt", "Call", "Chat", "E-mail", "Social", "Export"),
]
"""The labels that people and manuals know."""

THREE_IN_A_ROW = [
    ("Comment", "Back", "Close"),
    ("Everyone", "More", "Close"),
    ("Acknowledge", "Dispute", "Receipt"),
    ("Material", "Decide", "Back"),
    ("Status", "Channel", "Type"),
    ("Monitoring", "Reporting", "Scorecard"),
    ("New proposal",),  # beside CSV and XLSX
    ("Composite", "New metric", "All teams"),
    tuple(period_words.SWITCHES.values())[:3],
    tuple(period_words.SWITCHES.values())[-3:],
]
NARROW = 14
"""How many letters a third of a phone's width holds."""


@pytest.mark.parametrize("label", AGREED)
def test_labels_are_the_agreed_ones_and_translated(label: str) -> None:
    assert label in said()
    assert words("en")(label) == label
    assert words("ru")(label) != label
    assert words("uk")(label) != label


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("row", THREE_IN_A_ROW)
def test_three_buttons_fit_side_by_side(language: str, row: tuple[str, ...]) -> None:
    t = words(language)
    assert [t(label) for label in row if len(t(label)) > NARROW] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_label_is_cut_off(language: str) -> None:
    labels = sentences_within("Button")
    assert {"Submit", "Receipt"} <= labels
    t = words(language)
    assert [t(label) for label in labels if len(t(label)) > BUTTON_LIMIT] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_passing_notice_is_cut_off(language: str) -> None:
    notices = sentences_within("toast")
    assert "Acknowledged" in notices
    t = words(language)
    assert [t(notice) for notice in notices if len(t(notice)) > TOAST_LIMIT] == []

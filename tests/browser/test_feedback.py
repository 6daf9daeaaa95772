"""An agent gets feedback on the chat page while it is open."""

import pytest

from tests.browser.floor import Floor
from tests.browser.window import Window

pytestmark = pytest.mark.browser


def test_feedback_arrives_while_the_chat_is_open(window: Window, floor: Floor) -> None:
    window.become(floor.ivan.id)
    floor.score("All met", "Change", "Identifies the customer: Yes", "No", "No check at all")
    told = window.sees("60.0 of 100")
    assert window.keys(told) == ["Acknowledge", "Dispute", "Receipt"]
    window.tap("Receipt")
    assert window.sees("How 60.0 came about").id == told.id
    window.tap("Back")
    assert window.sees("What went well").id == told.id
    window.tap("Acknowledge")
    window.toast("Acknowledged")
    assert window.sees("Acknowledged on 23 Nov").id == told.id
    assert window.keys(told) == ["Dispute", "Receipt"]


def test_news_for_others_is_counted_beside_their_name(window: Window, floor: Floor) -> None:
    window.become(floor.anna.id)
    window.send("/score petrov")
    for label in ("Call", "Skip", "All met", "Submit"):
        window.shows(window.key(label).last)
        window.tap(label)
    window.sees("Submitted")
    window.shows(f'[data-person="{floor.ivan.id}"] .badge')
    window.choose(floor.ivan.id)
    window.sees("100.0 of 100")
    window.shows(f'[data-person="{floor.ivan.id}"]:not(:has(.badge))')


def test_a_short_comment_is_seen_whole_and_a_long_one_unfolds(window: Window, floor: Floor) -> None:
    window.become(floor.ivan.id)
    comment(floor, "Good pace.")
    window.shows("blockquote >> text=Good pace.")
    window.hides(".folded")
    comment(floor, "Mind the check.\n" * 12)
    window.click(".folded .more")
    window.hides(".folded")


def comment(floor: Floor, text: str) -> None:
    """Have Anna score a call of Ivan's with that comment."""
    floor.anna.send("/score petrov")
    for label in ("Call", "Skip", "All met", "Feedback"):
        floor.anna.tap(label)
    floor.anna.send(text)
    floor.anna.tap("Submit")
    floor.centre.delivered()

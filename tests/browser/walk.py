"""Answering criteria on the page without naming each."""

import re
from collections.abc import Callable

from handlers.words import Words
from tests.browser.window import Window

PROGRESS = re.compile(r" \d+/(\d+)")


def option(t: Words, index: int) -> str:
    """Return what finds an option of the newest message: they stand below the row with Close."""
    above = f'.key-row:has-text("{t("Close")}")'
    return f"#log article:last-of-type {above} ~ .key-row .key >> nth={index}"


def nothing(_shown: str) -> None:
    """Look at nothing in particular."""


def answer_best(
    window: Window, t: Words, number: int, look: Callable[[str], None] = nothing
) -> None:
    """Answer everything from criterion *number* on with its best option; end on the summary.

    *look* is called with what each criterion's screen says.
    """
    total = number
    while number <= total:
        shown = window.sees(f" {number}/").text
        look(shown)
        # The number of criteria may change on the way: some are asked only after certain answers.
        total = int(PROGRESS.findall(shown)[0])
        window.click(option(t, 0))
        number += 1
    window.shows(window.key(t("Submit")).last)

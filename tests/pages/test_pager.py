"""The pager: nothing is lost, nothing is too long, and markup stays whole."""

import html
import re

from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from bot.sandbox.html_parser import parse_html
from handlers.taps import LIMIT, LanguageTap, MenuTap, of_page, on_page, pack
from handlers.views.pager import listed, paged, pages
from handlers.views.screen import (
    TEXT_LIMIT,
    Button,
    Screen,
    bold,
    italic,
    lines,
    quote,
    visible_length,
)

AGAIN = MenuTap("feedback")
TEXTS = st.text(st.sampled_from("аб ї🙂&<>\n’x"), max_size=3000)
MARKED = st.builds(lambda how, text: how(text), st.sampled_from([bold, italic, quote]), TEXTS)
PARTS = st.lists(TEXTS | MARKED | st.builds(lines, MARKED, TEXTS), max_size=9)


def plain(text: str | Markup) -> str:
    return html.unescape(re.sub("<[^>]*>", "", text)) if isinstance(text, Markup) else text


def letters(text: str) -> str:
    return "".join(text.split())


@settings(max_examples=60, deadline=None)
@given(PARTS)
def test_pages_hold_every_letter_in_order_and_fit(parts: list[str | Markup]) -> None:
    found = pages(parts)
    assert letters("".join(map(plain, found))) == letters("".join(map(plain, parts)))
    for page in found:
        assert visible_length(page) <= TEXT_LIMIT
        text, _ = parse_html(page)
        assert text == plain(page)


def test_what_fits_into_a_message_has_no_pages() -> None:
    screen = paged(["one", bold("two")], [[Button("Back", AGAIN)]], AGAIN)
    assert screen == Screen(Markup("one\n<b>two</b>"), [[Button("Back", AGAIN)]])


def test_the_row_that_turns_stands_first_on_every_page_and_goes_round() -> None:
    screen = paged([quote("word " * 2000)], [[Button("Back", AGAIN)]], AGAIN)
    every = (screen, *screen.further)
    assert len(every) == 3
    for number, page in enumerate(every):
        assert [[one.label for one in row] for row in page.buttons] == [["‹", "›"], ["Back"]]
        before, after = (of_page(one.tap) for one in page.buttons[0])
        assert before == (AGAIN, (number - 1) % 3)
        assert after == (AGAIN, (number + 1) % 3)
        assert plain(page.text).endswith(f"{number + 1}/3")
        assert screen.at(number) == page
    assert screen.at(7) == every[-1]


def test_a_long_word_is_broken_and_an_emoji_is_not() -> None:
    found = pages(["🙂" * 5000])
    assert "".join(found) == "🙂" * 5000
    assert all(visible_length(page) <= TEXT_LIMIT for page in found)


def test_entries_and_text_turn_together() -> None:
    entries = [Button(f"Team {number}", LanguageTap("en")) for number in range(25)]
    screen = listed([bold("Which team?")], entries, [[Button("Back", AGAIN)]], AGAIN)
    shown = [screen, *screen.further]
    names = [[one.label for row in page.buttons[1:-1] for one in row] for page in shown]
    assert [len(one) for one in names] == [10, 10, 5]
    assert [one for some in names for one in some] == [one.label for one in entries]
    assert all("Which team?" in page.text for page in shown)
    stays = listed(["?"], entries, [], AGAIN, stay=True).at(2)
    assert of_page(stays.buttons[1][0].tap) == (LanguageTap("en"), 2)


def test_what_turns_pages_fits_into_a_button() -> None:
    assert len(pack(on_page(MenuTap("scorecards"), 199)).encode()) <= LIMIT

"""The page on a phone: nothing runs out of sight, in any language."""

import pytest

from handlers.words import Words, words
from tests.browser.floor import Floor
from tests.browser.walk import answer_best, option
from tests.browser.window import Window
from tests.story import Centre

pytestmark = pytest.mark.browser

OUT_OF_SIGHT = """() => {
  const told = [];
  for (const node of [document.scrollingElement, document.getElementById("scroller")]) {
    if (node.scrollWidth > node.clientWidth) told.push(`${node.id || "page"} scrolls sideways`);
  }
  const area = document.getElementById("scroller").getBoundingClientRect();
  const newest = [...document.querySelectorAll("#log article")].at(-1);
  for (const key of document.querySelectorAll("#log .key")) {
    const { left, right, top, bottom } = key.getBoundingClientRect();
    const beside = left < area.left || right > area.right;
    const below = newest.contains(key) && (top < area.top || bottom > area.bottom);
    const cut = key.scrollWidth > key.clientWidth || key.scrollHeight > key.clientHeight;
    if (beside || below || cut) told.push(key.textContent);
  }
  return told;
}"""
"""What of the page reaches beyond its window: whole areas, and keys by their label."""


@pytest.mark.parametrize("language", ["en", "ru", "uk"])
def test_every_screen_of_a_walk_fits_a_phone(phone: Window, centre: Centre, language: str) -> None:
    t, floor = words(language), Floor.of(centre, language)
    phone.become(floor.anna.id)
    phone.send("/score")
    for label in ("Ivan Petrov", t("Call"), t("Skip")):
        fits(phone, label)
        phone.tap(label)
    answer_everything(phone, t)
    phone.tap(t("Submit"))
    fits(phone, t("Score another"))
    centre.delivered()
    phone.become(floor.ivan.id)
    fits(phone, t("Receipt"))
    phone.tap(t("Receipt"))
    fits(phone, t("Back"))
    phone.become(floor.olena.id)
    phone.send("/team")
    fits(phone, t("Export"))


def answer_everything(phone: Window, t: Words) -> None:
    """Answer the first criterion with its second option for some reason, the rest with the best."""
    fits(phone, t("All met"))
    phone.click(option(t, 1))
    fits(phone, t("Back"), t("Why? Tap a reason or write it."))
    phone.click(option(t, 0))
    answer_best(phone, t, 2, lambda _shown: fits(phone, t("Comment")))
    fits(phone, t("Submit"))


def fits(phone: Window, label: str, text: str = "") -> None:
    """Wait for a screen with that button and text; nothing of it may be out of sight."""
    phone.sees(text)
    phone.shows(phone.key(label).last)
    assert phone.ask(OUT_OF_SIGHT) == []

"""The first things that a newcomer is told to try, on the page, with the demo centre."""

import pytest

from bot.demo import ensure_demo
from bot.demo_people import PEOPLE, telegram_id
from tests.browser.window import Window
from tests.story import Centre

pytestmark = pytest.mark.browser

IDS = {person.name: telegram_id(person) for person in PEOPLE}

LONGEST = 120.0
"""Seconds; weeks of evaluations take a few of them on a machine that has nothing else to do."""


def load_demo(centre: Centre) -> None:
    """Fill the centre as ``make run`` does."""
    username = str(centre.sandbox.world.bot["username"])
    loading = ensure_demo(centre.services, centre.sandbox.address, username)
    centre._background.call(loading, LONGEST)


def test_the_tour_of_the_readme(window: Window, centre: Centre) -> None:
    load_demo(centre)
    window.become(IDS["Egor Sydorenko"])
    window.send("/score petrov")
    for label in ("Call", "Skip", "All met", "Submit"):
        window.shows(window.key(label).last)
        window.tap(label)
    window.sees("Submitted")
    window.choose(IDS["Ivan Petrov"])
    window.sees("100.0 of 100")
    window.tap("Receipt")
    window.sees("How 100.0 came about")
    window.choose(IDS["Olena Koval"])
    window.send("/team")
    report = window.sees("evaluations · 8 agents")
    window.shows(f'[data-message="{report.id}"] .photo img')

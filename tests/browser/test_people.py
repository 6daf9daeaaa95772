"""People are let in through the chat page: tables, links and strangers."""

import csv

import pytest

from tests.browser.window import Window
from tests.story import Centre

pytestmark = pytest.mark.browser

PEOPLE = "name,roles,team,supervisor_of,timezone,language\nMaksym Bondar,agent,Support,,,\n"


def test_a_table_of_people_comes_back_as_invitations(window: Window, centre: Centre) -> None:
    maksym = centre.passer_by("Maksym B")
    window.become(centre.admin.id)
    window.pick_file("document", "people.csv", PEOPLE.encode())
    window.sees("Nothing is stored yet")
    window.tap("Apply")
    window.sees("Added: 1")
    file = window.download(window.shows('a.file[download="invites.csv"]'))
    rows = list(csv.DictReader(file.read_text("utf-8-sig").splitlines()))
    assert [row["name"] for row in rows] == ["Maksym Bondar"]
    window.choose(maksym.id)
    window.act("#chat-menu", "link")
    window.fill('[data-testid="open-link"] [name="link"]', rows[0]["link"])
    window.agree("open-link")
    window.sees("Maksym Bondar")
    assert "feedback" in maksym.commands


def test_a_copied_link_lets_somebody_else_in(window: Window, centre: Centre) -> None:
    newcomer = centre.passer_by("Daria K")
    window.become(centre.admin.id)
    window.send("/invite")
    window.sees("Whom do you invite?")
    window.send("Daria Kovalenko")
    window.sees("Choose roles and team")
    window.tap("Invitation link")
    window.sees("It works once")
    window.click("#log article.in code >> nth=-1")
    window.toast("Copied")
    window.choose(newcomer.id)
    window.act("#chat-menu", "link")
    window.press("Control+V")
    window.agree("open-link")
    window.sees("Daria Kovalenko")

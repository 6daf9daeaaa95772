"""An admin sees what did not arrive and why, sends it again or drops it."""

import asyncio
from pathlib import Path

import pytest

from bot.check import check
from bot.settings import load_settings
from handlers.routes import NOTICES
from handlers.views.undelivered import KINDS
from tests.story import Centre, Person


@pytest.fixture
def anna(centre: Centre) -> Person:
    """An evaluator."""
    return centre.hire("Anna Bondar", roles="evaluator")


@pytest.fixture
def ivan(centre: Centre) -> Person:
    """Her agent."""
    return centre.hire("Ivan Petrov", roles="agent", team="Support")


def score(centre: Centre, anna: Person) -> None:
    anna.send("/score petrov")
    for label in ("Call", "Skip", "All met", "Submit"):
        anna.tap(label)
    centre.delivered()


def test_where_everything_arrived_there_is_no_such_button(
    centre: Centre, anna: Person, ivan: Person
) -> None:
    score(centre, anna)
    centre.admin.send("/people")
    assert not [one for one in centre.admin.buttons if one.startswith("Undelivered")]


def test_feedback_to_somebody_who_left_is_sent_again_when_they_are_back(
    centre: Centre, anna: Person, ivan: Person
) -> None:
    admin = centre.admin
    ivan.block()
    score(centre, anna)
    admin.send("/people")
    admin.tap("Undelivered: 1")
    assert "Ivan Petrov" in admin.text
    assert "They have blocked me, or their account is gone." in admin.text
    admin.tap("Ivan Petrov · feedback")
    assert "Written 23 Nov" in admin.text
    ivan.unblock()
    ivan.send("/start")
    admin.tap("Send again")
    assert "It is being sent again." in admin.text
    assert "Everything has been delivered." in admin.text
    assert "100.0" in ivan.sees("100.0").text


def test_everything_can_be_sent_again_at_once(centre: Centre, anna: Person, ivan: Person) -> None:
    centre.fault("sendMessage", "403", times=2, chat=ivan.id)
    score(centre, anna)
    score(centre, anna)
    admin = centre.admin
    admin.send("/people")
    admin.tap("Undelivered: 2")
    admin.tap("Send all again (2)")
    assert "2 messages are being sent again." in admin.text
    centre.delivered()
    assert len([one for one in ivan.messages if "100.0" in one.text]) == 2


def test_what_is_dropped_is_not_sent(centre: Centre, anna: Person, ivan: Person) -> None:
    centre.fault("sendMessage", "403", chat=ivan.id)
    score(centre, anna)
    admin = centre.admin
    admin.send("/people")
    for label in ("Undelivered: 1", "Ivan Petrov · feedback", "Do not send"):
        admin.tap(label)
    assert "Dropped. It will not be sent." in admin.text
    before = len(ivan.messages)
    centre.clock.advance(days=1)
    centre.delivered()
    assert len(ivan.messages) == before


def test_a_reminder_of_which_nobody_knows_says_so(centre: Centre, anna: Person) -> None:
    centre.hire("Ivan Petrov", roles="agent", team="Support")
    anna.send("/score petrov")
    anna.tap("Call")
    centre.clock.advance(days=4)
    centre.fault("sendMessage", "drop_after", chat=anna.id)
    centre.job("reminders")
    centre.delivered()
    admin = centre.admin
    admin.send("/people")
    admin.tap("Undelivered: 1")
    assert "Nobody knows whether it arrived." in admin.text


def test_etalon_check_names_their_number(
    centre: Centre,
    anna: Person,
    ivan: Person,
    sqlite_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    centre.fault("sendMessage", "403", chat=ivan.id)
    score(centre, anna)
    told = [one.text for one in asyncio.run(check(load_settings()))]
    assert "1 of the messages did not arrive; an admin finds them under /people" in told


def test_others_cannot_press_it(centre: Centre, anna: Person, ivan: Person) -> None:
    centre.fault("sendMessage", "403", chat=ivan.id)
    score(centre, anna)
    assert anna.forge("und:w:0") == "This is not open to your role."
    centre.admin.send("/people")
    assert "Undelivered: 1" in centre.admin.buttons


def test_every_kind_of_news_has_words() -> None:
    assert {one.kind for one in NOTICES} <= set(KINDS)

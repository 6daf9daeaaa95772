"""How many disputes an agent may open in a month, on their own clock."""

import datetime as dt

import pytest

from tests.feedback.conftest import Team
from tests.feedback.settings import set_dispute_count, set_zone

USED_UP = "The number of disputes for one month is used up: 2. New ones are possible from 1 Dec."


def test_the_number_left_is_told_and_then_refused(team: Team) -> None:
    set_dispute_count(team.centre, 2)
    team.score("one")
    team.ivan.tap("Dispute")
    assert "2 disputes left this month." in team.ivan.text
    team.ivan.tap("Back")
    team.dispute()
    team.score("two")
    team.ivan.tap("Dispute")
    assert "1 dispute left this month." in team.ivan.text
    team.ivan.tap("Back")
    team.dispute()
    team.score("three")
    assert team.ivan.tap("Dispute") == USED_UP
    assert team.ivan.forge("x:3:w:0") == USED_UP
    assert team.centre.count("disputes") == 2


def test_a_reason_typed_after_the_last_one_is_used_is_refused(team: Team) -> None:
    team.score("one")
    team.score("two")
    set_dispute_count(team.centre, 2)
    team.dispute()
    team.score("three")
    team.ivan.tap("Dispute")
    team.ivan.tap("The whole evaluation")
    set_dispute_count(team.centre, 1)
    team.ivan.send("I did ask")
    assert "is used up: 1." in team.ivan.text
    assert team.centre.count("disputes") == 1


def test_no_limit_says_nothing(team: Team) -> None:
    set_dispute_count(team.centre, 0)
    for number in range(4):
        team.score(f"ref-{number}")
        team.ivan.tap("Dispute")
        assert "left this month" not in team.ivan.text
        team.ivan.tap("Back")
        team.dispute()
    assert team.centre.count("disputes") == 4


def test_the_month_turns_on_the_agents_clock(team: Team) -> None:
    set_dispute_count(team.centre, 1)
    set_zone(team.centre, "Pacific/Auckland")  # thirteen hours ahead
    team.score("one")
    team.dispute()
    team.centre.clock.set(dt.datetime(2026, 11, 30, 10, 59, tzinfo=dt.UTC))
    team.score("two")
    assert "used up" in (team.ivan.tap("Dispute") or "")
    team.centre.clock.advance(minutes=1)  # 1 December there
    team.ivan.tap("Dispute")
    assert "1 dispute left this month." in team.ivan.text


def test_the_team_sets_its_number(team: Team) -> None:
    admin = team.centre.admin
    admin.send("/teams")
    admin.tap("Support")
    assert "At most 3 disputes a month for an agent" in admin.text
    admin.tap("Disputes a month")
    admin.send("1")
    assert "At most 1 dispute a month for an agent" in admin.text
    admin.tap("Disputes a month")
    admin.tap("No limit")
    assert "No limit to an agent's disputes" in admin.text


@pytest.mark.parametrize("text", ["-1", "101", "many", "1.5"])
def test_a_number_beyond_reason_is_refused(team: Team, text: str) -> None:
    admin = team.centre.admin
    admin.send("/teams")
    admin.tap("Support")
    admin.tap("Disputes a month")
    admin.send(text)
    assert admin.text == "Please write a whole number from 0 to 100; 0 means no limit."

"""An admin makes teams and changes their settings."""

import datetime as dt

import pytest

from storage import teams
from storage.teams import Team
from tests.story import Centre, Person


@pytest.fixture
def admin(centre: Centre) -> Person:
    """An admin at the card of a team that was just made."""
    centre.admin.send("/teams")
    centre.admin.tap("New team")
    centre.admin.send("Support")
    return centre.admin


def support(centre: Centre) -> Team:
    [team] = centre.read(teams.everything)
    return team


def test_without_teams_it_says_so(centre: Centre) -> None:
    centre.admin.send("/teams")
    assert "There are no teams yet." in centre.admin.text


def test_a_new_team_has_the_usual_settings(centre: Centre, admin: Person) -> None:
    assert support(centre) == Team(support(centre).id, "Support", "UTC", "en")
    for line in (
        "0 members",
        "0 supervisors",
        "Time zone: UTC, now 10:00",
        "Language: English",
        "Digests at 09:00",
        "No quiet hours",
        "No target score",
        "Disputes within 5 working days",
    ):
        assert line in admin.text.split("\n")


def test_the_card_counts_members_and_supervisors(centre: Centre, admin: Person) -> None:
    for name in ("Ivan", "Daria"):
        centre.invite(name, roles="agent", team="Support")
    centre.invite("Egor", roles="supervisor", supervises="Support")
    admin.send("/teams")
    admin.tap("Support")
    assert "2 members\n1 supervisor\n" in admin.text


@pytest.mark.parametrize(
    ("button", "typed", "field", "value"),
    [
        ("Name", "Sales", "name", "Sales"),
        ("Time zone", "europe/kyiv", "timezone", "Europe/Kyiv"),
        ("Time zone", "new york", "timezone", "America/New_York"),
        ("Time zone", "utc", "timezone", "UTC"),
        ("Digest time", "8.30", "digest_time", dt.time(8, 30)),
        ("Digest time", "18", "digest_time", dt.time(18)),
        ("Quiet hours", "22:00-08:00", "quiet_from", dt.time(22)),
        ("Quiet hours", "22 – 8", "quiet_to", dt.time(8)),
        ("Target", "85 %", "target", 85),
        ("Target", "0", "target", 0),
        ("Disputes", "30", "dispute_days", 30),
        ("Language", "українська", "language", "uk"),
    ],
)
def test_a_setting_is_typed(
    centre: Centre, admin: Person, button: str, typed: str, field: str, value: object
) -> None:
    admin.tap(button)
    admin.send(typed)
    assert getattr(support(centre), field) == value
    assert "supervisors" in admin.text


@pytest.mark.parametrize(
    ("button", "typed", "help_text"),
    [
        ("Name", "x" * 81, "at most 80"),
        ("Time zone", "Kyyiv", "Europe/Kyiv"),
        ("Time zone", "Mars", "Try for instance"),
        ("Time zone", "../../etc/passwd", "Try for instance"),
        ("Digest time", "25:00", "9:00 or 18:30"),
        ("Digest time", "soon", "9:00 or 18:30"),
        ("Quiet hours", "22:00", "22:00-08:00"),
        ("Quiet hours", "8:00-8:00", "22:00-08:00"),
        ("Quiet hours", "1-2-3", "22:00-08:00"),
        ("Target", "101", "from 0 to 100"),
        ("Target", "-1", "from 0 to 100"),
        ("Disputes", "0", "from 1 to 30"),
        ("Disputes", "31", "from 1 to 30"),
        ("Language", "Deutsch", "English, Русский, Українська"),
    ],
)
def test_a_wrong_setting_is_helped_and_can_be_typed_again(
    centre: Centre, admin: Person, button: str, typed: str, help_text: str
) -> None:
    before = support(centre)
    admin.tap(button)
    admin.send(typed)
    assert help_text in admin.text
    assert "\n" not in admin.text
    assert support(centre) == before
    admin.tap("Back")
    assert admin.message.message_id


def test_quiet_hours_and_target_can_be_taken_away(centre: Centre, admin: Person) -> None:
    for button, typed, off in (("Quiet hours", "22-8", "Off"), ("Target", "90", "No target")):
        admin.tap(button)
        admin.send(typed)
        admin.tap(button)
        admin.tap(off)
    team = support(centre)
    assert (team.quiet_from, team.quiet_to, team.target) == (None, None, None)
    admin.tap("Quiet hours")
    admin.send("22-8")
    admin.tap("Quiet hours")
    admin.send("off")
    assert support(centre).quiet_from is None


def test_the_language_is_chosen_by_a_button(centre: Centre, admin: Person) -> None:
    admin.tap("Language")
    admin.tap("Русский")
    assert support(centre).language == "ru"
    admin.tap("Language")
    assert "✓ Русский" in admin.buttons


def test_two_teams_cannot_have_one_name(centre: Centre, admin: Person) -> None:
    admin.send("/teams")
    admin.tap("New team")
    admin.send(" sUPPORT ")
    assert "of that name already" in admin.text
    admin.send("Sales")
    admin.tap("Name")
    admin.send("support")
    assert "of that name already" in admin.text
    assert [team.name for team in centre.read(teams.everything)] == ["Sales", "Support"]


@pytest.mark.parametrize(
    "data", ["t:c:999::", "t:a:1:nothing:", "t:s:1:name:x", "t:s:1:lang:xx", "t:s:1:target:500"]
)
def test_a_forged_press_changes_nothing(centre: Centre, admin: Person, data: str) -> None:
    before = support(centre)
    assert admin.forge(data)
    assert support(centre) == before


def test_many_teams_turn_pages(centre: Centre, admin: Person) -> None:
    for number in range(20):
        admin.send("/teams")
        admin.tap("New team")
        admin.send(f"Team {number:02}")
    admin.send("/teams")
    assert "Teams: 21" in admin.text
    admin.tap("›")
    assert "Team 19" in admin.buttons
    admin.tap("‹")
    assert "Support" in admin.buttons

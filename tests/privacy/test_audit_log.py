"""What people do is noted, and admins read it."""

import csv
import io

import pytest

from storage import audit_reading
from storage.audit import Action, Entry, Thing
from storage.audit_reading import Sought
from tests.story import Centre


def entries(centre: Centre, action: Action | None = None) -> list[Entry]:
    """Return the log's entries of that action, oldest first."""
    found, _ = centre.read(
        lambda tx: audit_reading.page(tx, Sought(action=action), offset=0, limit=500)
    )
    return found[::-1]


def holds(centre: Centre) -> bool:
    return centre.read(audit_reading.verify).broken is None


def test_coming_in_by_invitation_is_noted(centre: Centre) -> None:
    ivan = centre.hire("Ivan Petrov", "agent", team="Support")
    (joined,) = entries(centre, Action.JOINED)
    assert (joined.actor_id, joined.roles) == (ivan.person_id, "agent")
    assert (joined.subject, joined.subject_id) == (Thing.PERSON, ivan.person_id)


def test_what_an_admin_does_to_people_is_noted(centre: Centre) -> None:
    admin = centre.admin
    ivan = centre.hire("Ivan Petrov", "agent", team="Support")
    admin.send("/people Ivan")
    admin.tap("Ivan Petrov")
    admin.tap("Evaluator")
    admin.tap("New link")
    admin.send("/people Ivan")
    admin.tap("Ivan Petrov")
    admin.tap("Shut out")
    admin.tap("Shut out")
    admin.tap("Let back in")
    (roles,) = [one for one in entries(centre, Action.ROLES_CHANGED) if one.actor_id]
    assert roles.told() == {"after": ["agent", "evaluator"]}
    for action in (Action.INVITED, Action.SHUT_OUT, Action.LET_IN):
        (entry,) = entries(centre, action)
        assert (entry.roles, entry.subject_id) == ("admin", ivan.person_id)
    assert holds(centre)


def test_a_refused_command_and_a_forged_press_are_noted_once_a_minute(centre: Centre) -> None:
    ivan = centre.hire("Ivan Petrov", "agent", team="Support")
    for _ in range(3):
        ivan.send("/audit")
    ivan.forge("aud:l:0:0:0")
    refused = entries(centre, Action.REFUSED)
    assert [one.actor_id for one in refused] == [ivan.person_id] * 2
    assert refused[0].told() == {"what": "/audit"}
    centre.clock.advance(minutes=1, seconds=1)
    ivan.send("/audit")
    assert len(entries(centre, Action.REFUSED)) == 3


def test_teams_settings_and_targets_are_noted(centre: Centre) -> None:
    admin = centre.admin
    admin.send("/teams")
    admin.tap("New team")
    admin.send("Support")
    admin.tap("Target")
    admin.send("85")
    admin.tap("Name")
    admin.send("Second line")
    made = entries(centre, Action.TEAM_MADE)
    set_ = [one.told() for one in entries(centre, Action.TEAM_SET)]
    assert len(made) == 1
    assert set_ == [
        {"setting": "target", "before_target": None, "after_target": 85},
        {"setting": "name"},
    ]


def test_an_admin_reads_the_log_by_person_and_by_act(centre: Centre) -> None:
    admin = centre.admin
    centre.hire("Ivan Petrov", "agent", team="Support")
    anna = centre.hire("Anna Bondar", "evaluator")
    anna.send("/settings")
    admin.send("/audit")
    assert "Audit log: 4" in admin.text
    assert admin.text.index("Refused") < admin.text.index("Joined by invitation")
    assert "Anna Bondar" in admin.text
    assert "what=/settings" in admin.text
    admin.send("petrov")
    assert "Audit log: 1" in admin.text
    assert "Anna Bondar" not in admin.text
    admin.tap("Everything")
    admin.tap("Filter")
    admin.tap("Refused")
    assert "Audit log: 1" in admin.text
    assert "Anna Bondar" in admin.text
    admin.send("nobody of that name")
    assert "found nobody" in admin.text


def test_pages_of_the_log(centre: Centre) -> None:
    admin = centre.admin
    for number in range(9):
        centre.hire(f"Agent {number}", "agent")
    admin.send("/audit")
    assert "Agent 8" in admin.text
    assert "Agent 0" not in admin.text
    admin.tap("›")
    assert "Agent 0" in admin.text
    admin.tap("‹")
    assert "Agent 8" in admin.text


def test_the_log_as_a_file(centre: Centre) -> None:
    admin = centre.admin
    ivan = centre.hire("Ivan Petrov", "agent")
    admin.send("/audit")
    admin.tap("CSV")
    content = admin.document("audit.csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content)))
    assert [row["action"] for row in rows] == ["joined", "roles_changed"]
    assert rows[0]["actor"] == "Ivan Petrov"
    assert rows[0]["actor_id"] == str(ivan.person_id)
    assert rows[0]["previous"] == rows[1]["hash"]
    (export,) = entries(centre, Action.EXPORTED)
    assert export.told() == {"what": "audit", "rows": 2}


@pytest.mark.parametrize("command", ["/settings", "/audit", "/forget"])
@pytest.mark.parametrize("role", ["agent", "evaluator", "supervisor"])
def test_only_admins_may(centre: Centre, command: str, role: str) -> None:
    person = centre.hire("Ivan Petrov", role)
    person.send(command)
    assert person.text == "This is not open to your role."
    assert command.lstrip("/") not in person.commands

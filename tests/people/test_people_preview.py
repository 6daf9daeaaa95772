"""A people file is shown before it is applied: once, as it was shown, or not at all."""

import pytest

from storage import people, people_uploads, teams
from tests.people import books
from tests.story import Centre

HEADER = "name,roles,team,supervisor_of\n"


@pytest.fixture
def staffed(centre: Centre) -> Centre:
    centre.hire("Olena Koval", "supervisor", supervises="Support")
    centre.hire("Ivan Petrov", "agent", team="Support")
    centre.hire("Daria Lys", "agent", team="Support")
    return centre


def test_nothing_is_stored_before_apply(staffed: Centre) -> None:
    admin = staffed.admin
    before = staffed.count("people")
    admin.upload("people.csv", HEADER + "Nina Orlova,agent,Support,\n")
    assert "Nothing is stored yet." in admin.text
    assert admin.buttons == ["Apply", "Cancel"]
    assert (staffed.count("people"), staffed.count("invitations")) == (before, 3)
    admin.tap("Apply")
    assert admin.heard("Added: 1")
    assert staffed.count("people") == before + 1
    [row] = books.csv_rows(admin.document("invites.csv"))
    assert row["name"] == "Nina Orlova"


def test_it_says_who_is_new_who_moves_and_which_team_is_left_alone(staffed: Centre) -> None:
    admin = staffed.admin
    admin.upload(
        "people.csv",
        HEADER
        + "Nina Orlova,agent,Suport,\n"
        + "Ivan Petrov,agent,Sales,\n"
        + "Olena Koval,supervisor,,Sales\n"
        + "Daria Lys,agent,Support,\n"
        + "Nobody,boss,,\n",
    )
    told = admin.sees("people.csv").text
    assert "New: 1\n• Nina Orlova · Agent · Suport" in told
    assert "• Ivan Petrov: Support → Sales" in told
    assert "• Olena Koval supervises: Support → Sales" in told
    assert "• Suport (did you mean “Support”?)" in told
    assert "Without a supervisor: 2\n• Suport\n• Support" in told
    assert "As they are: 1" in told
    assert "Rejected: 1" in told
    assert "boss" in admin.document("rejected.csv").decode()
    assert [team.name for team in staffed.read(teams.everything)] == ["Support"]


def test_two_numbered_teams_are_no_slip_of_each_other(staffed: Centre) -> None:
    staffed.admin.upload("people.csv", HEADER + "A One,agent,Line 1,\nB Two,agent,Line 2,\n")
    assert "did you mean" not in staffed.admin.text


def test_a_newcomer_who_may_be_here_in_another_script_is_asked_about(staffed: Centre) -> None:
    staffed.admin.upload("people.csv", HEADER + "Иван Петров,agent,Support,\n")
    assert "Иван Петров · Agent · Support (is it “Ivan Petrov”?)" in staffed.admin.text


def test_cancelled_nothing_comes_of_it(staffed: Centre) -> None:
    admin = staffed.admin
    admin.upload("people.csv", HEADER + "Nina Orlova,agent,Support,\n")
    preview = admin.message
    admin.tap("Cancel")
    assert "Cancelled. Nothing was stored." in admin.text
    assert staffed.count("people_uploads") == 0
    assert admin.forge(preview.data["Apply"], preview.message_id) == "That is no longer there."


def test_pressed_twice_it_is_applied_once(staffed: Centre) -> None:
    admin = staffed.admin
    admin.upload("people.csv", HEADER + "Nina Orlova,agent,Support,\n")
    preview = admin.message
    admin.tap("Apply")
    admin.forge(preview.data["Apply"], preview.message_id)
    assert "This file has been applied already." in admin.sees("people.csv").text
    assert len(staffed.read(lambda tx: people.by_name(tx, "Nina Orlova"))) == 1


def test_it_survives_a_restart(staffed: Centre) -> None:
    admin = staffed.admin
    admin.upload("people.csv", HEADER + "Nina Orlova,agent,Support,\n")
    staffed.restart()
    admin.tap("Apply")
    assert admin.heard("Added: 1")


def test_what_has_changed_meanwhile_is_shown_before_it_is_applied(staffed: Centre) -> None:
    admin = staffed.admin
    admin.upload("people.csv", HEADER + "Nina Orlova,agent,Support,\n")
    staffed.hire("Nina Orlova", "evaluator")
    admin.tap("Apply")
    assert "Something has changed meanwhile" in admin.text
    assert "• Nina Orlova: Evaluator → Agent" in admin.text
    admin.tap("Apply")
    assert admin.heard("Changed: 1")
    assert len(staffed.read(lambda tx: people.by_name(tx, "Nina Orlova"))) == 1


def test_a_waiting_file_is_forgotten_after_a_week(staffed: Centre) -> None:
    staffed.admin.upload("people.csv", HEADER + "Nina Orlova,agent,Support,\n")
    later = staffed.clock() + people_uploads.WAITING * 2
    staffed.write(lambda tx: people_uploads.tidy(tx, later))
    assert staffed.admin.tap("Apply") == "That is no longer there."


def test_a_preview_of_very_many_still_shows_every_warning(staffed: Centre) -> None:
    long = "Ж" * 100
    rows = "".join(f"{long} {one},agent,{'Т' * 60} {one},\n" for one in range(60))
    staffed.admin.upload("people.csv", HEADER + rows)
    told = staffed.admin.text
    assert "… and 52 more" in told
    assert "Without a supervisor: 60" in told
    assert "Links to be made: 60" in told

"""An admin sends a table of people to the bot and gets invitations and mistakes back."""

import pytest

from scoring.roles import Role
from storage import people
from tests.people import books
from tests.story import Centre

PEOPLE = (
    "name,roles,team,supervisor_of,timezone,language\n"
    "Ivan Petrov,agent,Support,,,\n"
    'Egor Boss,"supervisor;evaluator",,Support,Europe/Kyiv,uk\n'
)


def test_a_csv_of_people_is_answered_with_their_links(centre: Centre) -> None:
    centre.admin.bring_people("people.csv", PEOPLE)
    assert "Added: 2" in centre.admin.sees("people.csv").text
    rows = books.csv_rows(centre.admin.document("invites.csv"))
    assert [(row["name"], row["roles"], row["team"]) for row in rows] == [
        ("Ivan Petrov", "agent", "Support"),
        ("Egor Boss", "evaluator;supervisor", ""),
    ]
    egor = centre.passer_by("Egor Boss")
    egor.open(rows[1]["link"])
    found = centre.read(lambda tx: people.by_telegram_id(tx, egor.id))
    assert found is not None
    assert found.roles == {Role.SUPERVISOR, Role.EVALUATOR}


def test_the_same_file_again_says_that_nothing_changed(centre: Centre) -> None:
    for _ in range(2):
        centre.admin.bring_people("people.csv", PEOPLE)
    assert centre.admin.text == "people.csv\nAs they were: 2"
    assert centre.count("people") == 3


def test_a_workbook_of_people_works_the_same(centre: Centre) -> None:
    content = books.workbook(["Name", "Roles"], ["Іван Петренко", "agent"], ["Oleh", "boss"])
    centre.admin.bring_people("Люди.xlsx", content)
    summary = centre.admin.sees("Люди.xlsx").text
    assert "Added: 1" in summary
    assert "Rejected: 1" in summary
    rows = books.sheet_rows(centre.admin.document("rejected.xlsx"))
    assert rows[0] == ("name", "roles", "reason")
    assert rows[1][:2] == ("Oleh", "boss")
    assert [row["name"] for row in books.csv_rows(centre.admin.document("invites.csv"))] == [
        "Іван Петренко"
    ]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("nmae,roles\nIvan,agent\n", "I do not know these: nmae"),
        ("name\nIvan\n", "These columns are missing: roles"),
        ("name,roles,boss\nIvan,agent,\n", "I do not know these columns: boss"),
        ("<b>,roles\nIvan,agent\n", "<b>"),
        ("name,roles\nИван,agent\n".encode("koi8-r"), "UTF-8"),
        (PEOPLE.encode("utf-16")[:-1], "UTF-8"),
        ("\n", "no rows"),
        (b"PK\x03\x04junk", "cannot open this workbook"),
    ],
)
def test_a_file_that_cannot_be_read_gets_one_sentence(
    centre: Centre, content: str | bytes, told: str
) -> None:
    centre.admin.bring_people("people.csv", content)
    assert told in centre.admin.text
    assert "\n" not in centre.admin.text
    assert centre.count("people") == 1


def test_a_huge_file_is_refused_before_it_is_fetched(centre: Centre) -> None:
    centre.admin.upload("people.csv", b"name,roles\n" * 3_000_000)
    assert "too big" in centre.admin.text
    assert centre.calls("getFile") == []


def test_a_file_with_many_mistakes_tells_each_in_its_row(centre: Centre) -> None:
    centre.admin.bring_people(
        "people.csv", "name;roles\nIvan;boss\n;agent\n=1+1;agent\nIvan;agent\n"
    )
    rows = books.csv_rows(centre.admin.document("rejected.csv"), ";")
    assert [row["name"] for row in rows] == ["Ivan", ""]
    assert "boss" in rows[0]["reason"]
    assert "missing" in rows[1]["reason"]
    invited = books.csv_rows(centre.admin.document("invites.csv"), ";")
    assert [row["name"] for row in invited] == ["'=1+1", "Ivan"]


def test_whose_roles_a_file_changes_sees_it_in_their_menu(centre: Centre) -> None:
    anna = centre.hire("Anna Bondar", roles="evaluator")
    centre.admin.bring_people("people.csv", 'name,roles\nAnna Bondar,"evaluator;admin"\n')
    assert "people" in anna.commands


def test_an_admin_cannot_unmake_themselves_by_file(centre: Centre) -> None:
    centre.admin.bring_people("people.csv", "name,roles\nViktor Admin,agent\n")
    [row] = books.csv_rows(centre.admin.document("rejected.csv"))
    assert "from yourself" in row["reason"]
    centre.admin.send("/people")
    assert "Viktor Admin" in centre.admin.text

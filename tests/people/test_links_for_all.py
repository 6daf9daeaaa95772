"""Links for all who have not joined, in one file; an admin is made after a question."""

from scoring.roles import Role
from storage import invitations, people, people_outside
from tests.people import books
from tests.story import Centre


def test_all_who_have_not_joined_get_their_links_in_one_file(centre: Centre) -> None:
    centre.hire("Anna Bondar", roles="evaluator", team="Support")
    old, _ = centre.invite("Ivan Petrov", roles="agent", team="Support")
    _, daria = centre.invite("Daria Lys", roles="agent")
    centre.write(lambda tx: invitations.revoke(tx, daria, centre.clock()))
    admin = centre.admin
    admin.send("/people")
    admin.tap("Links for all not yet joined: 2")
    assert admin.buttons == ["Links for 1", "New links for all 2", "Everybody"]
    admin.tap("Links for 1")
    [row] = books.csv_rows(admin.document("invites.csv"))
    assert (row["name"], row["roles"]) == ("Daria Lys", "agent")
    admin.send("/people")
    admin.tap("Links for all not yet joined: 2")
    admin.tap("New links for all 2")
    rows = books.csv_rows(admin.document("invites.csv"))
    assert [(row["name"], row["team"]) for row in rows] == [
        ("Daria Lys", ""),
        ("Ivan Petrov", "Support"),
    ]
    ivan = centre.passer_by("Ivan Petrov")
    ivan.open(old)
    assert "does not work" in ivan.text
    ivan.open(rows[1]["link"])
    assert "Welcome, Ivan Petrov!" in ivan.text
    assert centre.read(people_outside.count) == 1


def test_nobody_is_made_an_admin_by_one_press(centre: Centre) -> None:
    _, ivan = centre.invite("Ivan Petrov", roles="agent")

    def roles() -> frozenset[Role]:
        found = centre.read(lambda tx: people.by_id(tx, ivan))
        assert found is not None
        return found.roles

    admin = centre.admin
    admin.send("/people Ivan")
    admin.tap("Ivan Petrov")
    admin.tap("Admin")
    assert "Make Ivan Petrov an admin?" in admin.text
    assert roles() == {Role.AGENT}
    admin.tap("Back")
    admin.tap("Admin")
    admin.tap("Make admin")
    assert roles() == {Role.AGENT, Role.ADMIN}

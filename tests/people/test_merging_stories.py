"""An admin merges two entries, looks at what moves, and takes it back; and archives a team."""

from storage import people
from tests.story import Centre


def test_an_admin_merges_somebody_entered_twice_and_undoes_it(centre: Centre) -> None:
    centre.invite("Ivan Petrov", roles="agent", team="Support")
    ivan = centre.hire("Ivan Petrof", roles="evaluator", team="Support")
    admin = centre.admin
    admin.send("/people Petrov")
    admin.tap("Ivan Petrov")
    admin.tap("Entered twice")
    admin.tap("Ivan Petrof · Evaluator")
    assert "Merge Ivan Petrof into Ivan Petrov?" in admin.text
    assert "Afterwards: Agent, Evaluator" in admin.text
    assert "They go on in the Telegram account of the merged entry." in admin.text
    admin.tap("Merge")
    assert "Ivan Petrof is merged into Ivan Petrov." in admin.text
    centre.delivered()
    assert "entered here twice" in ivan.text
    ivan.send("/start")
    assert "feedback" in ivan.commands
    admin.send("/people Ivan")
    assert ": 1 found" in admin.text
    assert "Ivan Petrov\nAgent, Evaluator · Support\n" in admin.text
    admin.send("/audit")
    admin.tap(next(label for label in admin.buttons if label.startswith("Undo")))
    assert "Part Ivan Petrof from Ivan Petrov again?" in admin.text
    admin.tap("Undo the merging")
    assert "are two again" in admin.text
    admin.send("/people Ivan")
    assert ": 2 found" in admin.text
    assert "Ivan Petrof\nEvaluator · Support\n" in admin.text
    assert "Ivan Petrov\nAgent · Support · not yet joined\n" in admin.text
    admin.send("/audit")
    label = next(label for label in admin.buttons if label.startswith("Undo"))
    assert "has been undone already" in (admin.tap(label) or "")


def test_the_other_entry_can_be_kept_and_is_searched_for(centre: Centre) -> None:
    centre.invite("Ivan Petrov", roles="agent")
    centre.invite("Vanya", roles="agent")
    admin = centre.admin
    admin.send("/people Petrov")
    admin.tap("Ivan Petrov")
    admin.tap("Entered twice")
    admin.send("vany")
    admin.tap("Vanya · Agent")
    admin.tap("Keep the other entry")
    assert "Merge Ivan Petrov into Vanya?" in admin.text
    admin.tap("Merge")
    found = centre.read(lambda tx: people.by_name(tx, "Ivan Petrov"))
    assert [one.name for one in found] == ["Vanya"]


def test_a_people_file_knows_the_dropped_name(centre: Centre) -> None:
    centre.invite("Ivan Petrov", roles="agent")
    centre.invite("Vanya", roles="agent")
    admin = centre.admin
    admin.send("/people Petrov")
    admin.tap("Ivan Petrov")
    admin.tap("Entered twice")
    admin.send("vany")
    admin.tap("Vanya · Agent")
    admin.tap("Merge")
    admin.bring_people("people.csv", "name,roles\nVanya,agent\n")
    assert len(centre.read(people.known)) == 2


def test_a_team_is_archived_and_brought_back(centre: Centre) -> None:
    ivan = centre.hire("Ivan Petrov", roles="agent", team="Support")
    centre.hire("Egor Boss", roles="supervisor", supervises="Support|Sales")
    admin = centre.admin
    admin.send("/teams")
    admin.tap("Support")
    admin.tap("Archive")
    assert "1 member will be in no team then." in admin.text
    admin.tap("Archive")
    assert "Archived: it is offered nowhere" in admin.text
    admin.tap("All teams")
    assert "Support" not in admin.buttons
    admin.send("/people Ivan")
    admin.tap("Ivan Petrov")
    assert "Team: none" in admin.text
    admin.tap("Team")
    assert "Support" not in admin.buttons
    admin.upload("people.csv", "name,roles,team\nNina Orlova,agent,Support\n")
    assert "is archived" in admin.document("rejected.csv").decode()
    centre.job("reminders")
    admin.send("/teams")
    admin.tap("Archived: 1")
    admin.tap("Support")
    admin.tap("Bring back")
    assert "1 member\n" in admin.text
    assert ivan.id


def test_two_teams_are_merged_and_parted(centre: Centre) -> None:
    centre.hire("Ivan Petrov", roles="agent", team="Suport")
    centre.hire("Egor Boss", roles="supervisor", supervises="Support")
    admin = centre.admin
    admin.send("/teams")
    admin.tap("Support")
    admin.tap("Same as another")
    admin.tap("Suport")
    assert "Merge Suport into Support?" in admin.text
    assert "Members and supervisors: 1" in admin.text
    admin.tap("Merge")
    admin.tap("Undo")
    admin.tap("Undo the merging")
    assert "Suport and Support are two again." in admin.text

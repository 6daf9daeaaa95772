"""Stories of /me and /agent: one person's results, and the way to them from the team's."""

from tests.person import Person
from tests.reports.cases import NOVEMBER, OCTOBER, Desk
from tests.story import Centre


def test_an_agent_sees_themself_without_other_names(
    desk: Desk, ivan: Person, maria: Person
) -> None:
    desk.evaluate(ivan, "yyy", "yny", "yny", "yny", "nyy", at=NOVEMBER)
    desk.evaluate(maria, *["yyy"] * 5, at=NOVEMBER)
    ivan.send("/me")
    # 100, 66.7 three times, 50: mean 70, s = 18.26, 70 ± 2.7764 · 18.26 / √5
    assert "Ivan Petrov · November · 70.0 (47.3–92.7)" in ivan.text
    assert "Greets −20.0, missed in 3 of 5" in ivan.text
    assert "→ Practise: greets." in ivan.text
    assert "Repeats: Greets, in 3 of the last 5 contacts" in ivan.text
    assert not any("Maria" in one.text for one in ivan.messages)
    assert ivan.buttons == [
        *("Last month", "Quarter", "Year", "My feedback"),
        "May be praised in the group: no",
    ]
    ivan.send("/team")
    assert "This is not open to your role." in ivan.text


def test_the_list_of_agents_leads_to_each_and_back(
    centre: Centre, desk: Desk, olga: Person, ivan: Person, maria: Person
) -> None:
    centre.hire("Zoya New", "agent", team="Support")
    desk.evaluate(ivan, *["nyy"] * 5, at=NOVEMBER)
    desk.evaluate(maria, "yyy", at=NOVEMBER)
    olga.send("/team")
    shown = olga.message.message_id
    olga.tap("Agents")
    assert "Ivan Petrov 50.0 (50.0–50.0)\n5 evaluations" in olga.text
    assert "Maria Sidorova 100.0\n1 evaluation, too few to compare" in olga.text
    assert "Zoya New: no evaluations" in olga.text
    olga.tap("Ivan Petrov")
    assert olga.text.startswith("Ivan Petrov · November · 50.0")
    assert "My feedback" not in olga.buttons
    olga.tap("Back")
    olga.tap("Back")
    assert olga.text.startswith("Support · November")
    assert olga.message.message_id == shown


def test_a_long_list_of_agents_is_turned_page_by_page(
    centre: Centre, desk: Desk, olga: Person
) -> None:
    for number in range(12):
        one = centre.invite(f"Agent Number{number:02}", "agent", team="Support")[1]
        desk.evaluate(Person("", 0, centre.far, one), "yyy", at=NOVEMBER)
    olga.send("/team")
    olga.tap("Agents")
    assert "‹" not in olga.buttons
    first = {label for label in olga.buttons if label.startswith("Agent")}
    olga.tap("›")
    second = {label for label in olga.buttons if label.startswith("Agent")}
    assert (len(first), len(second), len(first | second)) == (10, 2, 12)
    assert olga.buttons[-2:] == ["‹", "Back"]


def test_somebody_who_left_the_team_stays_in_its_numbers_without_a_button(
    desk: Desk, olga: Person, ivan: Person, centre: Centre
) -> None:
    outsider = centre.hire("Pavel Gone", "agent", team="Sales")
    desk.evaluate(ivan, "yyy", at=NOVEMBER)
    desk.evaluate(outsider, "yyy", at=NOVEMBER)
    olga.send("/team")
    olga.tap("Agents")
    assert "Pavel Gone 100.0" in olga.text
    assert "Pavel Gone" not in olga.buttons


def test_an_agent_is_found_by_part_of_the_name(
    desk: Desk, olga: Person, ivan: Person, maria: Person
) -> None:
    desk.evaluate(ivan, "yyy", at=OCTOBER)
    olga.send("/agent petr last month")
    assert olga.text.startswith("Ivan Petrov · October · 100.0")
    assert olga.buttons == ["Month", "Quarter", "Year", "Export", "Goal"]
    olga.send("/agent")
    assert olga.buttons == ["Ivan Petrov", "Maria Sidorova"]
    olga.tap("Maria Sidorova")
    assert "Maria Sidorova · November" in olga.text

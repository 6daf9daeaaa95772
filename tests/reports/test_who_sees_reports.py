"""Stories of who may see whose results, in private and where others read along."""

from handlers.taps import ReportAct, ReportKind, ReportTap, pack
from tests.person import Person
from tests.reports.cases import NOVEMBER, OCTOBER, Desk
from tests.story import Centre


def about(person: Person, act: ReportAct = ReportAct.SHOW, period: str = "month") -> str:
    return pack(ReportTap(ReportKind.AGENT, person.person_id, period, act))


def about_team(team: int, act: ReportAct = ReportAct.SHOW, period: str = "month") -> str:
    return pack(ReportTap(ReportKind.TEAM, team, period, act))


def test_a_supervisor_sees_their_own_team_alone(centre: Centre, desk: Desk, ivan: Person) -> None:
    boss = centre.hire("Boris Sales", "supervisor", supervises="Sales")
    seller = centre.hire("Sveta Seller", "agent", team="Sales")
    desk.evaluate(ivan, *["nnn"] * 5, at=NOVEMBER)
    desk.evaluate(seller, *["yyy"] * 5, team="Sales", at=NOVEMBER)
    boss.send("/team")
    assert "Sales · November · 100.0" in boss.text
    boss.send("/team Support")
    assert "I do not understand “Support”" in boss.text
    boss.send("/agent Ivan")
    assert "I found no agent “Ivan” in your teams." in boss.text


def test_a_forged_press_opens_nothing(centre: Centre, desk: Desk, ivan: Person) -> None:
    boss = centre.hire("Boris Sales", "supervisor", supervises="Sales")
    desk.evaluate(ivan, *["nnn"] * 5, at=NOVEMBER)
    support = desk.team("Support")
    before = len(boss.messages)
    for data in (
        about_team(support),
        about_team(support, ReportAct.AGENTS),
        about_team(support, ReportAct.EXPORT),
        about_team(support, ReportAct.ROWS_CSV),
        about(ivan),
        about(ivan, ReportAct.EXPORT),
    ):
        assert boss.forge(data) == "This belongs to somebody else."
    assert boss.forge(about_team(support + 100)) == "That is no longer there."
    assert "I do not understand" in (boss.forge(about_team(desk.team("Sales"), period="x")) or "")
    assert len(boss.messages) == before


def test_who_oversees_several_teams_chooses_and_their_own_come_first(
    centre: Centre, desk: Desk, olga: Person, ivan: Person
) -> None:
    chief = centre.hire("Chief", "admin|supervisor", supervises="Support")
    centre.hire("Boris", "supervisor", supervises="Accounts")
    desk.evaluate(ivan, "yyy", at=OCTOBER)
    chief.send("/team last month")
    assert chief.text == "Which team?"
    assert chief.buttons == ["Support", "Accounts"]
    chief.tap("Support")
    assert "Support · October · 100.0" in chief.text
    chief.send("/team acc")
    assert chief.text.startswith("Accounts · November")


def test_who_oversees_nothing_is_told_so(centre: Centre) -> None:
    lonely = centre.hire("Lonely", "supervisor")
    lonely.send("/team")
    assert lonely.text == "There is no team for you to look at yet."
    lonely.send("/agent")
    assert "I found no agent" in lonely.text


def test_a_group_sees_totals_without_names(
    centre: Centre, desk: Desk, olga: Person, ivan: Person, maria: Person
) -> None:
    desk.evaluate(ivan, *["nyy"] * 5, at=NOVEMBER)
    desk.evaluate(maria, *["yyy"] * 5, at=NOVEMBER)
    group = centre.group("Support chat", olga, ivan, maria)
    olga.send("/team", to=group)
    assert "Support · November · 75.0" in group.text
    assert "10 evaluations · 2 agents" in group.text
    assert group.messages[-1].buttons == ["Last month", "Quarter", "Year"]
    assert not any(name in one.text for one in group.messages for name in ("Ivan", "Maria"))
    olga.tap("Quarter", to=group)
    assert "Support · Quarter 4 · 75.0" in group.text
    ivan.send("/me", to=group)
    assert "Please ask me in our private chat" in group.text
    assert ivan.tap("Last month", to=group) == "This is not open to your role."


def test_a_groups_chart_is_another_picture_than_the_supervisors(
    centre: Centre, desk: Desk, olga: Person, ivan: Person
) -> None:
    desk.evaluate(ivan, *["nyy"] * 5, at=NOVEMBER)
    group = centre.group("Support chat", olga, ivan)
    olga.send("/team", to=group)
    olga.send("/team")
    assert group.messages[-1].photo["file_id"] != olga.message.photo["file_id"]
    tall = olga.message.photo["height"], group.messages[-1].photo["height"]
    assert int(str(tall[0])) > int(str(tall[1]))


def test_an_agent_opens_nobody_elses_report_by_forgery(
    desk: Desk, ivan: Person, maria: Person
) -> None:
    desk.evaluate(maria, *["nnn"] * 5, at=NOVEMBER)
    ivan.send("/me")
    assert ivan.forge(about(maria)) == "This belongs to somebody else."
    assert ivan.forge(about_team(desk.team("Support"))) == "This is not open to your role."
    assert ivan.forge(about(ivan, ReportAct.EXPORT)) == "This is not open to your role."

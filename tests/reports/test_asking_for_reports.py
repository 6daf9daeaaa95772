"""Stories of /team, /agent and /me: who sees what, and what the buttons do."""

import datetime as dt

import pytest
from sqlalchemy import update

from handlers.taps import ReportAct, ReportKind, ReportTap, pack
from storage import evaluations
from storage.database import Transaction
from storage.tables import PictureRow
from tests.person import Person
from tests.reports.cases import Desk, dispute
from tests.story import Centre

NOVEMBER = dt.datetime(2026, 11, 10, 9, tzinfo=dt.UTC)
OCTOBER = dt.datetime(2026, 10, 10, 9, tzinfo=dt.UTC)


@pytest.fixture
def desk(centre: Centre) -> Desk:
    """A centre whose evaluator is at work."""
    return Desk(centre)


@pytest.fixture
def olga(centre: Centre) -> Person:
    """The supervisor of Support."""
    return centre.hire("Olga Supervisor", "supervisor", supervises="Support")


@pytest.fixture
def ivan(centre: Centre) -> Person:
    """An agent of Support."""
    return centre.hire("Ivan Petrov", "agent", team="Support")


@pytest.fixture
def maria(centre: Centre) -> Person:
    """Another agent of Support."""
    return centre.hire("Maria Sidorova", "agent", team="Support")


def about(person: Person, act: ReportAct = ReportAct.SHOW, period: str = "month") -> str:
    return pack(ReportTap(ReportKind.AGENT, person.person_id, period, act))


def about_team(team: int, act: ReportAct = ReportAct.SHOW, period: str = "month") -> str:
    return pack(ReportTap(ReportKind.TEAM, team, period, act))


def test_a_team_is_told_its_mean_with_interval_count_and_what_costs_most(
    desk: Desk, olga: Person, ivan: Person, maria: Person
) -> None:
    desk.evaluate(ivan, "yyy", "nyy", "yyy", at=NOVEMBER)
    desk.evaluate(maria, "yyy", "nny", "-yy", at=NOVEMBER)
    olga.send("/team")
    # 100, 50, 100, 100, 33.3, 100: mean 80.56, s = 30.58, 80.56 ± 2.5706 · 30.58 / √6
    assert "Support · November · 80.6 (48.5–100.0)" in olga.text
    assert "6 evaluations · 2 agents" in olga.text
    assert "the period before has too few to compare" in olga.text
    # 3 of the 5 contacts where it applied
    assert "compliance 60\N{NO-BREAK SPACE}% (23–88)" in olga.text
    assert "Identifies the customer −13.9" in olga.text
    assert "Greets −5.6" in olga.text
    assert "Acknowledged 0 · disputed 0 · waiting 6" in olga.text
    assert olga.buttons == ["Last month", "Quarter", "Year", "Agents", "Export"]
    assert olga.photo.startswith(b"\x89PNG")


def test_below_five_evaluations_a_report_says_so(desk: Desk, olga: Person, ivan: Person) -> None:
    desk.evaluate(ivan, "yyy", "nyy", at=NOVEMBER)
    olga.send("/team month")
    assert "2 evaluations: too few to compare" in olga.text


def test_a_change_is_set_against_the_same_days_of_the_month_before(
    desk: Desk, olga: Person, ivan: Person
) -> None:
    desk.evaluate(ivan, *["yyy"] * 5, at=NOVEMBER)
    desk.evaluate(ivan, *["nyy"] * 5, at=OCTOBER)
    desk.evaluate(ivan, *["yyy"] * 9, at=dt.datetime(2026, 10, 30, tzinfo=dt.UTC))
    olga.send("/team")
    assert "+50.0 (+50.0 to +50.0), more than chance" in olga.text


def test_the_states_of_evaluations_are_counted(
    centre: Centre, desk: Desk, olga: Person, ivan: Person
) -> None:
    read, doubted, _ = desk.evaluate(ivan, "yyy", "nyy", "yyy", at=NOVEMBER)

    async def happening(tx: Transaction) -> None:
        await evaluations.acknowledge(tx, read, centre.clock())
        await dispute(tx, doubted, centre.clock())

    centre.write(happening)
    olga.send("/team")
    assert "Acknowledged 1 · disputed 1 · waiting 1" in olga.text


def test_the_buttons_switch_the_period_in_the_same_message(
    desk: Desk, olga: Person, ivan: Person
) -> None:
    desk.evaluate(ivan, *["yyy"] * 5, at=NOVEMBER)
    desk.evaluate(ivan, *["nyy"] * 5, at=OCTOBER)
    olga.send("/team")
    shown = olga.message.message_id
    olga.tap("Last month")
    assert olga.message.message_id == shown
    assert "Support · October · 50.0 (50.0–50.0)" in olga.text
    assert olga.buttons[:3] == ["Month", "Quarter", "Year"]
    olga.tap("Quarter")
    assert "Support · Quarter 4 · 75.0" in olga.text
    olga.tap("Year")
    assert "Support · 2026 · 75.0" in olga.text


def test_a_period_without_evaluations_is_told_in_a_sentence_without_a_chart(
    desk: Desk, olga: Person, ivan: Person
) -> None:
    desk.evaluate(ivan, "yyy", at=NOVEMBER)
    olga.send("/team last month")
    assert "No evaluations in this period." in olga.text
    assert not olga.message.photo
    assert olga.buttons == ["Month", "Quarter", "Year"]
    olga.tap("Month")
    assert olga.message.photo
    olga.tap("Last month")
    assert not olga.message.photo
    assert len([one for one in olga.messages if "Support ·" in one.text]) == 1


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("/team week", "Support · 23 Nov"),
        ("/team last week", "Support · 16–22 Nov"),
        ("/team LAST MONTH", "Support · October"),
        ("/team supp last quarter", "Support · Quarter 3"),
        ("/team Support 2025-12", "Support · December 2025"),
        ("/team 2026-10-01..2026-10-15", "Support · 1–15 Oct"),
        ("/team 2026-09-28..2026-10-15", "Support · 28 Sep – 15 Oct"),
        ("/team прошлый месяц", "Support · October"),
        ("/team last year", "Support · 2025"),
    ],
)
def test_a_period_may_be_typed_with_or_without_the_teams_name(
    desk: Desk, olga: Person, typed: str, expected: str
) -> None:
    olga.send(typed)
    assert olga.text.startswith(expected)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("/team lastmonth", "I do not understand “lastmonth”. Periods are week, month"),
        ("/team 2026-13", "I do not understand “2026-13”"),
        ("/team 2027-01", "“2027-01” has not begun yet."),
        ("/team 2026-10-15..2026-10-01", "ends before it begins."),
        ("/me " + "long " * 40, "long long long lon"),
    ],
)
def test_what_is_not_understood_is_answered_in_one_sentence(
    centre: Centre, typed: str, expected: str
) -> None:
    both = centre.hire("Nina Both", "agent|supervisor", team="Support", supervises="Support")
    both.send(typed)
    assert expected in both.text


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


def test_an_agent_opens_nobody_elses_report_by_forgery(
    desk: Desk, ivan: Person, maria: Person
) -> None:
    desk.evaluate(maria, *["nnn"] * 5, at=NOVEMBER)
    ivan.send("/me")
    assert ivan.forge(about(maria)) == "This belongs to somebody else."
    assert ivan.forge(about_team(desk.team("Support"))) == "This belongs to somebody else."
    assert ivan.forge(about(ivan, ReportAct.EXPORT)) == "This is not open to your role."


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
    assert ivan.buttons == ["Last month", "Quarter", "Year", "Feedback"]
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
    assert "Feedback" not in olga.buttons
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
    assert olga.buttons == ["Month", "Quarter", "Year", "Export"]
    olga.send("/agent")
    assert olga.buttons == ["Ivan Petrov", "Maria Sidorova"]
    olga.tap("Maria Sidorova")
    assert "Maria Sidorova · November" in olga.text


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
    assert ivan.tap("Last month", to=group) == "This belongs to somebody else."


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


def test_the_same_chart_is_drawn_once_and_sent_again_by_telegrams_own_copy(
    centre: Centre, desk: Desk, olga: Person, ivan: Person
) -> None:
    desk.evaluate(ivan, *["nyy"] * 5, at=NOVEMBER)
    olga.send("/team")
    olga.send("/team")
    assert centre.count("pictures") == 1
    first, second = (one.photo["file_id"] for one in olga.messages[-2:])
    assert first == second
    assert centre.calls("sendPhoto")[-1]["photo"] == first


def test_a_copy_that_telegram_has_lost_is_drawn_anew(
    centre: Centre, desk: Desk, olga: Person, ivan: Person
) -> None:
    desk.evaluate(ivan, *["nyy"] * 5, at=NOVEMBER)
    olga.send("/team")

    async def losing(tx: Transaction) -> None:
        await tx.execute(update(PictureRow).values(file_id="lost"))

    centre.write(losing)
    olga.send("/team")
    assert "Support · November" in olga.text
    assert olga.message.photo == olga.messages[-2].photo
    centre.write(losing)
    olga.tap("Year")
    olga.tap("Month")
    assert "Support · November" in olga.text
    assert olga.message.photo


def test_a_team_far_away_has_its_own_month(centre: Centre) -> None:
    desk = Desk(centre)
    boss = centre.hire("Kiri", "supervisor", supervises="Auckland", timezone="Pacific/Auckland")
    agent = centre.hire("Aroha", "agent", team="Auckland")
    # 1 November, 00:30 in Auckland is still October in London.
    first = dt.datetime(2026, 10, 31, 11, 30, tzinfo=dt.UTC)
    desk.evaluate(agent, "yyy", team="Auckland", at=first)
    desk.evaluate(agent, "nyy", team="Auckland", at=first - dt.timedelta(hours=1))
    boss.send("/team")
    assert "Auckland · November · 100.0" in boss.text
    boss.send("/team last month")
    assert "Auckland · October · 50.0" in boss.text


def test_a_withdrawn_evaluation_leaves_the_report(
    centre: Centre, desk: Desk, olga: Person, ivan: Person
) -> None:
    kept, gone = desk.evaluate(ivan, "yyy", "nnn", at=NOVEMBER)

    async def withdrawing(tx: Transaction) -> None:
        await evaluations.withdraw(tx, gone, centre.clock())

    centre.write(withdrawing)
    olga.send("/team")
    assert kept != gone
    assert "Support · November · 100.0" in olga.text
    assert "1 evaluation: too few to compare" in olga.text

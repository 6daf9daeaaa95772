"""Stories of /team: the numbers, the periods, the buttons and the picture."""

import datetime as dt

import pytest
from sqlalchemy import update

from storage import evaluations
from storage.database import Transaction
from storage.tables import PictureRow
from tests.person import Person
from tests.reports.cases import NOVEMBER, OCTOBER, Desk, dispute
from tests.story import Centre


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
    assert olga.buttons == [
        *("Last month", "Quarter", "Year"),
        *("Agents", "Export", "Training", "Praise", "Worth a look"),
    ]
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

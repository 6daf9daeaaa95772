"""Stories of training needs: under /team, in the month's message and in its workbook."""

import datetime as dt
import io

import pytest
from openpyxl import load_workbook

from handlers.taps import ReportAct, ReportKind, ReportTap, pack
from tests.person import Person
from tests.reports.cases import NOVEMBER, Desk
from tests.story import Centre

PERCENT = "\N{NO-BREAK SPACE}%"


@pytest.fixture
def desk(centre: Centre) -> Desk:
    """A centre whose evaluator is at work."""
    return Desk(centre)


@pytest.fixture
def olga(centre: Centre) -> Person:
    """The supervisor of Support."""
    return centre.hire("Olga Supervisor", "supervisor", supervises="Support")


@pytest.fixture
def ivan(centre: Centre, desk: Desk) -> Person:
    """An agent who forgets to greet, beside Maria, who does so at times, and Petro, who is new."""
    ivan = centre.hire("Ivan Petrov", "agent", team="Support")
    maria = centre.hire("Maria Sidorova", "agent", team="Support")
    petro = centre.hire("Petro New", "agent", team="Support")
    desk.evaluate(ivan, *["yny"] * 8, "yyy", "yyy", at=NOVEMBER)
    desk.evaluate(maria, *["yyy"] * 2, "yny", "yny", at=NOVEMBER)
    desk.evaluate(petro, "yny", at=NOVEMBER)
    return ivan


def test_a_supervisor_sees_what_to_train_and_who_would_gain(olga: Person, ivan: Person) -> None:
    olga.send("/team")
    olga.tap("Training")
    assert olga.text.splitlines() == [
        "Training · Support · November",
        "",
        "Greets",
        f"At its best 27{PERCENT} (11–52), 4 of 15, −24.4 a contact: below 85{PERCENT}",
        "→ Practise: greets.",
        "Would gain:",
        f"• Ivan Petrov: 20{PERCENT} (6–51), 2 of 10",
        "• Maria Sidorova: 2 of 4",
    ]
    assert olga.buttons == ["Goal: Ivan Petrov", "Goal: Maria Sidorova", "Back"]
    olga.tap("Goal: Ivan Petrov")
    assert "A goal for Ivan Petrov" in olga.text
    olga.send("/team")
    olga.tap("Training")
    olga.tap("Back")
    assert "Support · November" in olga.text


def test_a_team_without_a_need_is_told_so(centre: Centre, desk: Desk, olga: Person) -> None:
    nina = centre.hire("Nina Best", "agent", team="Support")
    desk.evaluate(nina, *["yyy"] * 5, at=NOVEMBER)
    olga.send("/team")
    olga.tap("Training")
    assert "No criterion falls short by more than chance or costs anything." in olga.text
    assert olga.buttons == ["Back"]


def test_the_months_message_and_workbook_name_the_needs(
    centre: Centre, olga: Person, ivan: Person
) -> None:
    centre.clock.set(dt.datetime(2026, 12, 1, 9, tzinfo=dt.UTC))
    centre.job("monthly-report")
    centre.delivered()
    assert olga.text.splitlines() == [
        "Worth training",
        f"Greets: 27{PERCENT} (11–52), 4 of 15",
        "→ Ivan Petrov, Maria Sidorova",
        "",
        "Personal data: please keep this file to yourself.",
    ]
    book = load_workbook(io.BytesIO(olga.document("Support-2026-11.xlsx")))
    header, first, second = (
        [cell.value for cell in row] for row in book["Training needs"].iter_rows()
    )
    assert header[0::7] == ["Criterion", "Would gain"]
    assert (first[0], first[1], first[6], first[7], first[11]) == (
        *("Greets", f"below 85{PERCENT}", 15),
        *("Ivan Petrov", 10),
    )
    assert (second[7], second[11], second[12]) == ("Maria Sidorova", 4, "Practise: greets.")


def test_training_needs_are_for_who_oversees_the_team_in_private(
    centre: Centre, desk: Desk, olga: Person, ivan: Person
) -> None:
    boss = centre.hire("Boris Sales", "supervisor", supervises="Sales")
    data = pack(ReportTap(ReportKind.TEAM, desk.team("Support"), "month", ReportAct.TRAINING))
    boss.send("/team")
    ivan.send("/me")
    assert boss.forge(data) == "This belongs to somebody else."
    assert ivan.forge(data) == "This is not open to your role."
    wrong = pack(ReportTap(ReportKind.AGENT, ivan.person_id, "month", ReportAct.TRAINING))
    olga.send("/team")
    assert olga.forge(wrong) == "This button is out of date."
    group = centre.group("Support chat", olga, ivan)
    olga.send("/team", to=group)
    assert "Training" not in group.messages[-1].buttons

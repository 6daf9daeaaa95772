"""Stories of praise: only of people who agreed, only beyond chance, in the team's own group."""

import pytest

from handlers.taps import PraiseAct, PraiseTap, ReportAct, ReportKind, ReportTap, pack
from tests.person import Group, Person
from tests.reports.cases import NOVEMBER, Desk
from tests.story import Centre

YES, NO = "May be praised in the group: yes", "May be praised in the group: no"


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
def maria(centre: Centre, desk: Desk, ivan: Person) -> Person:
    """The best agent of Support, this month."""
    maria = centre.hire("Maria Sidorova", "agent", team="Support")
    desk.evaluate(ivan, *["nyy", "yyn"] * 4, at=NOVEMBER)
    desk.evaluate(maria, *["yyy"] * 6, at=NOVEMBER)
    return maria


@pytest.fixture
def group(centre: Centre, olga: Person, ivan: Person, maria: Person) -> Group:
    """The group of Support, where its supervisor has asked for the report."""
    group = centre.group("Support chat", olga, ivan, maria)
    olga.send("/team", to=group)
    return group


def test_the_best_are_praised_in_the_teams_group(olga: Person, maria: Person, group: Group) -> None:
    maria.send("/me")
    maria.tap(NO)
    assert maria.buttons[-1] == YES
    olga.send("/team")
    olga.tap("Praise")
    assert olga.text.splitlines() == [
        "Support · November",
        "Better than the rest of the team by more than chance, and agreed to be praised:",
        "• Maria Sidorova: 100.0 (100.0–100.0) from 6 evaluations",
        "",
        "In which group?",
    ]
    olga.tap("Support chat")
    assert olga.text.startswith("“Support chat” will read:")
    assert olga.buttons == ["Post", "Back"]
    posted = len(group.messages)
    olga.tap("Post")
    assert olga.text == "Posted in “Support chat”."
    assert len(group.messages) == posted + 1
    assert "Maria Sidorova: 100.0" in group.text
    assert "Ivan" not in group.text


def test_nobody_is_praised_who_did_not_agree(olga: Person, maria: Person, group: Group) -> None:
    olga.send("/team")
    olga.tap("Praise")
    assert "has not agreed to be praised" in olga.text
    assert "Maria" not in olga.text
    maria.send("/me")
    maria.tap(NO)
    olga.tap("Praise")
    olga.tap("Support chat")
    maria.tap(YES)
    assert maria.buttons[-1] == NO
    assert olga.tap("Post") == "There is nobody to praise any more."
    assert not any("Maria" in one.text for one in group.messages)


def test_a_lead_by_chance_is_not_praised(
    centre: Centre, desk: Desk, olga: Person, ivan: Person
) -> None:
    petro = centre.hire("Petro Equal", "agent", team="Support")
    desk.evaluate(ivan, *["nyy", "yyy"] * 4, at=NOVEMBER)
    desk.evaluate(petro, *["nyy", "yyy"] * 3, "yyy", at=NOVEMBER)
    petro.send("/me")
    petro.tap(NO)
    olga.send("/team")
    olga.tap("Praise")
    assert olga.text.endswith("Nobody is ahead of the rest of the team by more than chance.")


def test_too_few_are_not_compared(desk: Desk, olga: Person, ivan: Person) -> None:
    desk.evaluate(ivan, *["yyy"] * 9, at=NOVEMBER)
    olga.send("/team")
    olga.tap("Praise")
    assert "Nobody can be compared: it takes five evaluations" in olga.text


def test_without_a_group_one_is_told_how_to_make_it_known(olga: Person, maria: Person) -> None:
    maria.send("/me")
    maria.tap(NO)
    olga.send("/team")
    olga.tap("Praise")
    assert "send /team in it, then come back." in olga.text


def test_the_same_praise_is_posted_once(olga: Person, maria: Person, group: Group) -> None:
    maria.send("/me")
    maria.tap(NO)
    olga.send("/team")
    olga.tap("Praise")
    olga.tap("Support chat")
    post = olga.message.data["Post"]
    olga.forge(post)
    posted = len(group.messages)
    assert olga.forge(post) == "This has been posted there already."
    assert len(group.messages) == posted


def test_a_group_that_refuses_is_forgotten_and_nothing_counts_as_posted(
    centre: Centre, olga: Person, maria: Person, group: Group
) -> None:
    maria.send("/me")
    maria.tap(NO)
    olga.send("/team")
    olga.tap("Praise")
    olga.tap("Support chat")
    post = olga.message.data["Post"]
    centre.fault("sendMessage", "403")
    assert "I cannot write to that group any more." in (olga.forge(post) or "")
    assert centre.count("praises") == 0
    olga.send("/team", to=group)
    olga.forge(post)
    assert "Maria Sidorova" in group.text


def test_praise_is_for_who_oversees_the_team_in_groups_they_know(
    centre: Centre, desk: Desk, olga: Person, ivan: Person, maria: Person, group: Group
) -> None:
    boss = centre.hire("Boris Sales", "supervisor", supervises="Sales")
    maria.send("/me")
    maria.tap(NO)
    support = desk.team("Support")
    opening = pack(ReportTap(ReportKind.TEAM, support, "month", ReportAct.PRAISE))
    post = pack(PraiseTap(PraiseAct.POST, support, "month", group.id))
    boss.send("/team")
    maria.send("/me")
    assert boss.forge(opening) == "This belongs to somebody else."
    assert boss.forge(post) == "This belongs to somebody else."
    assert maria.forge(opening) == "This is not open to your role."
    assert maria.forge(post) == "This is not open to your role."
    elsewhere = pack(PraiseTap(PraiseAct.POST, support, "month", -100200300))
    olga.send("/team")
    assert "I cannot write to that group" in (olga.forge(elsewhere) or "")


def test_nobody_agrees_for_somebody_else(ivan: Person, maria: Person) -> None:
    ivan.send("/me")
    for act_on in (maria.person_id, 999):
        forged = ReportTap(ReportKind.AGENT, act_on, "month", ReportAct.CONSENT, 1)
        assert ivan.forge(pack(forged)) == "This belongs to somebody else."
    strange = ReportTap(ReportKind.AGENT, ivan.person_id, "month", ReportAct.CONSENT, 7)
    assert ivan.forge(pack(strange)) == "This button is out of date."


def test_the_group_reads_it_in_its_teams_language(
    centre: Centre, desk: Desk, olga: Person, maria: Person
) -> None:
    maria.send("/me")
    maria.tap(NO)
    group = centre.group("Support chat", olga, maria)
    olga.send("/team last month", to=group)
    olga.send("/team")
    olga.tap("Praise")
    olga.tap("Support chat")
    olga.tap("Post")
    assert group.text.startswith("Support · November")

"""Stories of goals: set in a few taps, seen by who works on them, and told at their date."""

import datetime as dt

import pytest

from handlers.taps import GoalAct, GoalTap, pack
from storage import evaluations, people
from storage.database import Transaction
from tests.person import Person
from tests.reports.cases import NOVEMBER, Desk
from tests.story import Centre

DUE = dt.datetime(2026, 12, 7, 10, tzinfo=dt.UTC)
SINCE = dt.datetime(2026, 11, 30, 9, tzinfo=dt.UTC)
BEFORE = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)
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
def ivan(centre: Centre) -> Person:
    """An agent of Support who forgets to greet."""
    return centre.hire("Ivan Petrov", "agent", team="Support")


@pytest.fixture
def maria(centre: Centre) -> Person:
    """Another agent of Support, who is good at it."""
    return centre.hire("Maria Sidorova", "agent", team="Support")


def set_goal(olga: Person, mentor: str = "No mentor", until: str = "2 weeks: 7 Dec") -> None:
    olga.send("/agent Ivan")
    olga.tap("Goal")
    olga.tap("Greets")
    olga.tap(until)
    olga.tap(mentor)


def come_due(centre: Centre, at: dt.datetime = DUE) -> None:
    centre.clock.set(at)
    centre.job("reminders")
    centre.delivered()


def test_a_supervisor_makes_a_goal_of_a_recommendation_in_a_few_taps(
    centre: Centre, desk: Desk, olga: Person, ivan: Person, maria: Person
) -> None:
    desk.evaluate(ivan, *["yny"] * 4, "yyy", at=BEFORE)
    desk.evaluate(ivan, "nyy", at=NOVEMBER)
    desk.evaluate(maria, *["yyy"] * 3, at=BEFORE)
    centre.hire("Andriy Newcomer", "agent", team="Support")
    olga.send("/agent Ivan")
    olga.tap("Goal")
    assert olga.text.splitlines()[:2] == [
        "A goal for Ivan Petrov",
        "November: on what? These cost most, in points per contact.",
    ]
    assert "• Greets −22.2, missed in 4 of 6, and in 4 of the last 5" in olga.text
    assert "• Identifies the customer −8.3, missed in 1 of 6" in olga.text
    assert olga.buttons[:2] == ["Greets", "Identifies the customer"]
    olga.tap("Greets")
    assert "→ Practise: greets." in olga.text
    assert olga.buttons == ["2 weeks: 7 Dec", "1 month: 23 Dec", "Another date"]
    olga.tap("2 weeks: 7 Dec")
    assert olga.buttons == [
        *("Maria Sidorova", "Andriy Newcomer", "Olga Supervisor"),
        *("No mentor", "Back"),
    ]
    olga.tap("Maria Sidorova")
    assert "Ivan Petrov · Greets" in olga.text
    assert "Mentor: Maria Sidorova" in olga.text
    assert f"Before: 33{PERCENT} (10–70), 2 of 6\nSince then: no contacts" in olga.text
    centre.delivered()
    told = ivan.sees("A goal has been set")
    assert told.text.splitlines()[1:3] == ["Greets", "→ Practise: greets."]
    assert "By 7 Dec 2026" in told.text
    assert "Ivan Petrov · Greets" in maria.sees("A goal has been set").text
    assert not olga.heard("A goal has been set")


def test_reached_is_told_with_both_sides_to_everybody_concerned(
    centre: Centre, desk: Desk, olga: Person, ivan: Person, maria: Person
) -> None:
    desk.evaluate(ivan, *["yny"] * 8, "yyy", "yyy", at=BEFORE)
    set_goal(olga, "Maria Sidorova")
    desk.evaluate(ivan, *["yyy"] * 9, "yny", at=SINCE)
    desk.evaluate(ivan, *["nnn"] * 5, at=DUE)  # the day itself counts no more
    come_due(centre)
    for one in (ivan, olga, maria):
        told = one.sees("A goal has come to its date").text
        assert f"Before: 20{PERCENT} (6–51), 2 of 10" in told
        assert f"Since then: 90{PERCENT} (60–98), 9 of 10" in told
        # Newcombe with limits of 1 - 0.05/3: it may have been chosen as the worst of three criteria
        assert "Reached: +70.0 points (+16.8 to +87.8), more than chance." in told
    come_due(centre, DUE + dt.timedelta(days=1))
    assert len([one for one in ivan.messages if "has come to its date" in one.text]) == 1


def test_too_little_is_no_evidence_yet(
    centre: Centre, desk: Desk, olga: Person, ivan: Person
) -> None:
    desk.evaluate(ivan, *["yny"] * 8, at=BEFORE)
    set_goal(olga)
    desk.evaluate(ivan, *["yyy"] * 4, at=SINCE)
    come_due(centre)
    told = ivan.sees("A goal has come to its date").text
    assert "Since then: 4 of 4" in told
    assert "No evidence yet: below five contacts on a side" in told
    assert ivan.sees("A goal has come").buttons == ["All goals"]
    olga.tap("Set again", olga.sees("A goal has come"))
    olga.tap("2 weeks: 21 Dec")
    olga.tap("No mentor")
    assert "By 21 Dec 2026" in olga.text
    centre.delivered()
    assert ivan.sees("A goal has been set").text.splitlines()[1] == "Greets"
    ended = pack(GoalTap(GoalAct.AGAIN, 1))
    assert ivan.forge(ended) == "This is not open to your role."


def test_better_by_what_may_be_chance_is_no_evidence_yet_either(
    centre: Centre, desk: Desk, olga: Person, ivan: Person
) -> None:
    desk.evaluate(ivan, *["yny"] * 4, *["yyy"] * 4, at=BEFORE)
    set_goal(olga)
    desk.evaluate(ivan, *["yyy"] * 5, "yny", at=SINCE)
    come_due(centre)
    told = ivan.sees("A goal has come to its date").text
    assert "No evidence yet: +33.3 points (−23.7 to +68.7) may be chance." in told


def test_no_better_is_not_reached_only_where_that_is_sure(
    centre: Centre, desk: Desk, olga: Person, ivan: Person
) -> None:
    """Six contacts without a gain were called "not reached"; they say nothing either way."""
    desk.evaluate(ivan, *["yny"] * 6, at=BEFORE)
    set_goal(olga)
    desk.evaluate(ivan, *["yny"] * 6, at=SINCE)
    come_due(centre)
    assert (
        "No evidence yet: 0.0 points (−48.9 to +48.9) may be chance."
        in ivan.sees("A goal has come").text
    )


def test_many_contacts_without_a_gain_are_evidence_that_there_was_none(
    centre: Centre, desk: Desk, olga: Person, ivan: Person
) -> None:
    desk.evaluate(ivan, *["yny"] * 40, at=BEFORE)
    set_goal(olga)
    desk.evaluate(ivan, *["yny"] * 40, at=SINCE)
    come_due(centre)
    assert "Not reached: 0.0 points (−8.8 to +8.8)." in ivan.sees("A goal has come").text


def test_the_worst_of_many_is_held_against_what_colleagues_lead_one_to_expect(
    centre: Centre, desk: Desk, olga: Person, ivan: Person, maria: Person
) -> None:
    """What was bad luck before the goal was counted as its success."""
    desk.evaluate(maria, *["yyy"] * 8, "yny", "yny", at=BEFORE)
    desk.evaluate(ivan, *["yny"] * 6, *["yyy"] * 4, at=BEFORE)
    set_goal(olga)
    desk.evaluate(ivan, *["yyy"] * 10, at=SINCE)
    come_due(centre)
    told = ivan.sees("A goal has come to its date").text
    assert f"Before: 40{PERCENT} (17–69), 4 of 10" in told
    assert f"Expected without the goal: 49{PERCENT}" in told
    assert "Reached: +51.1 points (+12.6 to +77.1) against what was expected, more than" in told


def test_a_goal_is_told_on_its_date_and_not_before(
    centre: Centre, desk: Desk, olga: Person, ivan: Person
) -> None:
    desk.evaluate(ivan, *["yny"] * 6, at=BEFORE)
    set_goal(olga)
    come_due(centre, DUE - dt.timedelta(days=1))
    assert not ivan.heard("A goal has come to its date")
    come_due(centre, DUE + dt.timedelta(days=3))  # after a stop it is caught up
    assert ivan.heard("A goal has come to its date")


def test_what_was_told_stays_when_an_evaluation_is_withdrawn_later(
    centre: Centre, desk: Desk, olga: Person, ivan: Person
) -> None:
    desk.evaluate(ivan, *["yny"] * 6, at=BEFORE)
    set_goal(olga)
    kept = desk.evaluate(ivan, *["yyy"] * 6, at=SINCE)
    come_due(centre)

    async def withdrawing(tx: Transaction) -> None:
        await evaluations.withdraw(tx, kept[0], centre.clock())

    centre.write(withdrawing)
    ivan.send("/goals")
    ivan.tap("Ended goals")
    ivan.tap("✓ Greets · 7 Dec")
    assert "6 of 6" in ivan.text


def test_goals_lists_ones_own_with_the_figures_so_far(
    centre: Centre, desk: Desk, olga: Person, ivan: Person
) -> None:
    ivan.send("/goals")
    assert ivan.text == "No open goals."
    assert ivan.buttons == ["Ended goals"]
    desk.evaluate(ivan, *["yny"] * 6, at=BEFORE)
    set_goal(olga)
    centre.clock.set(SINCE + dt.timedelta(days=1))
    desk.evaluate(ivan, "yyy", "yny", at=SINCE)
    ivan.send("/goals")
    assert ivan.text == "1 open goal"
    ivan.tap("○ Greets · 7 Dec")
    assert f"Before: 0{PERCENT} (0–39), 0 of 6" in ivan.text
    assert "Since then: 1 of 2" in ivan.text
    assert "No evidence" not in ivan.text
    assert ivan.buttons == ["All goals"]


def test_a_supervisor_lists_sets_and_drops_their_teams_goals(
    centre: Centre, desk: Desk, olga: Person, ivan: Person
) -> None:
    desk.evaluate(ivan, *["yny"] * 6, at=BEFORE)
    olga.send("/goals")
    assert olga.buttons == ["New goal", "Ended goals"]
    olga.tap("New goal")
    olga.tap("Ivan Petrov")
    olga.tap("Greets")
    olga.tap("1 month: 23 Dec")
    olga.tap("No mentor")
    olga.tap("All goals")
    olga.tap("○ Ivan Petrov · Greets · 23 Dec")
    olga.tap("Drop")
    assert "Drop this goal?" in olga.text
    olga.tap("Keep it")
    olga.tap("Drop")
    olga.tap("Drop")
    assert "Dropped: it counts no more." in olga.text
    centre.delivered()
    assert ivan.heard("A goal has been dropped")
    come_due(centre, dt.datetime(2026, 12, 23, 10, tzinfo=dt.UTC))
    assert not ivan.heard("A goal has come to its date")


def test_a_date_may_be_typed(centre: Centre, desk: Desk, olga: Person, ivan: Person) -> None:
    desk.evaluate(ivan, *["yny"] * 6, at=BEFORE)
    olga.send("/agent Ivan")
    olga.tap("Goal")
    olga.tap("Greets")
    olga.tap("Another date")
    for wrong, answer in (
        ("soon", "Please write a date such as"),
        ("31.02.2027", "Please write a date such as"),
        ("2026-11-23", "after today and within a year"),
        ("2028-01-01", "after today and within a year"),
    ):
        olga.send(wrong)
        assert answer in olga.text
    olga.send("15.01")
    assert "By 15 Jan 2027" in olga.text
    olga.tap("No mentor")
    olga.send("/goals")
    assert olga.buttons[0] == "○ Ivan Petrov · Greets · 15 Jan"


def test_one_criterion_has_one_goal_and_a_double_press_sets_one(
    centre: Centre, desk: Desk, olga: Person, ivan: Person
) -> None:
    desk.evaluate(ivan, *["yny"] * 6, at=BEFORE)
    olga.send("/agent Ivan")
    olga.tap("Goal")
    olga.tap("Greets")
    olga.tap("2 weeks: 7 Dec")
    question = olga.message
    set_it, other = question.data["No mentor"], question.data["Olga Supervisor"]
    olga.forge(set_it)
    olga.forge(set_it)
    assert centre.count("goals") == 1
    assert olga.forge(other) == "Ivan Petrov has an open goal on this criterion already."
    olga.send("/agent Ivan")
    olga.tap("Goal")
    assert "nothing that costs points or repeats is without a goal" in olga.text


def test_goals_are_set_and_seen_within_ones_own_teams_alone(
    centre: Centre, desk: Desk, olga: Person, ivan: Person, maria: Person
) -> None:
    boss = centre.hire("Boris Sales", "supervisor", supervises="Sales")
    stranger = centre.hire("Sveta Seller", "agent", team="Sales")
    desk.evaluate(ivan, *["yny"] * 6, at=BEFORE)
    olga.send("/agent Ivan")
    olga.tap("Goal")
    offer = olga.message.data["Greets"]
    olga.tap("Greets")
    olga.tap("2 weeks: 7 Dec")
    set_it = olga.message.data["No mentor"]
    for one in (boss, ivan, maria):
        one.send("/goals")
        other_team, agent = "This belongs to somebody else.", "This is not open to your role."
        expected = other_team if one is boss else agent
        assert one.forge(offer) == expected
        assert one.forge(set_it) == expected
    assert olga.forge(set_it.rpartition(":")[0] + f":{stranger.person_id}") == (
        "This button is out of date."
    )
    olga.forge(set_it)
    card = pack(GoalTap(GoalAct.CARD, 1))
    for act in (GoalAct.DROP, GoalAct.DROP_SURE):
        assert boss.forge(pack(GoalTap(act, 1))) == "This belongs to somebody else."
        assert maria.forge(pack(GoalTap(act, 1))) == "This is not open to your role."
        assert ivan.forge(pack(GoalTap(act, 1))) == "This is not open to your role."
    for one in (boss, maria):
        assert one.forge(card) == "This belongs to somebody else."
    assert boss.forge(pack(GoalTap(GoalAct.CARD, 99))) == "That is no longer there."
    assert maria.forge(pack(GoalTap(GoalAct.AGENTS))) == "This is not open to your role."
    boss.send("/goals")
    assert boss.text == "No open goals."


def test_a_supervisor_who_takes_calls_sets_no_goal_of_their_own(centre: Centre, desk: Desk) -> None:
    both = centre.hire("Both", "agent|supervisor", team="Support", supervises="Support")
    desk.evaluate(both, "yny", at=BEFORE)
    both.send("/goals")
    forged = pack(GoalTap(GoalAct.SET, both.person_id, 1, 0))
    assert both.forge(forged) == "Somebody else sets your goals: ask your supervisor."


def test_forged_criteria_and_dates_are_out_of_date(
    centre: Centre, desk: Desk, olga: Person, ivan: Person
) -> None:
    desk.evaluate(ivan, *["yny"] * 6, at=BEFORE)
    olga.send("/goals")
    agent = ivan.person_id
    for tap in (
        GoalTap(GoalAct.SET, agent, 999, 0),
        GoalTap(GoalAct.SET, agent, 1, 999),
        GoalTap(GoalAct.BY, agent, 1, 0, due=10**9),
        GoalTap(GoalAct.MAKE, agent, 1, 0, due=dt.date(2026, 12, 7).toordinal(), mentor=999),
    ):
        assert olga.forge(pack(tap)) == "This button is out of date."
    past = GoalTap(GoalAct.MAKE, agent, 1, 0, due=dt.date(2026, 11, 1).toordinal())
    assert "after today" in (olga.forge(pack(past)) or "")


def test_who_set_it_and_left_is_followed_by_the_supervisors(
    centre: Centre, desk: Desk, olga: Person, ivan: Person
) -> None:
    desk.evaluate(ivan, *["yny"] * 6, at=BEFORE)
    set_goal(olga)
    follower = centre.hire("Nina Next", "supervisor", supervises="Support")

    async def leaving(tx: Transaction) -> None:
        await people.set_active(tx, olga.person_id, active=False)

    centre.write(leaving)
    come_due(centre)
    assert follower.heard("A goal has come to its date")

"""Buttons that name two things: one's own, and among the numbers another team's."""

import pytest

from handlers.taps import (
    CalibrationAct,
    CalibrationTap,
    GoalAct,
    GoalTap,
    PeopleAct,
    PeopleTap,
    ProposalAct,
    ProposalTap,
    Tap,
    TaskAct,
    TaskTap,
    UnknownTapError,
    pack,
    unpack,
)
from tests.access.cases import DUE
from tests.access.sentences import is_refusal
from tests.access.world import World

HUGE = 10**20


def test_another_teams_evaluation_is_no_evidence(world: World) -> None:
    mine, theirs = world.north["proposal"], world.south["evaluation"]
    forged = ProposalTap(ProposalAct.EVALUATION, mine, theirs)
    assert world.people["evaluator"].forge(pack(forged), 1) == "This belongs to somebody else."
    assert not world.kept.changed()


def test_another_teams_report_is_no_evidence(world: World) -> None:
    forged = ProposalTap(ProposalAct.REPORT, world.north["proposal"], world.south["team"])
    assert is_refusal(world.people["evaluator"].forge(pack(forged), 1))
    assert not world.kept.changed()


def test_somebody_of_another_team_is_no_mentor(world: World) -> None:
    agent, stranger = world.north["agent"], world.south["agent"]
    forged = GoalTap(GoalAct.MAKE, agent, 1, 1, DUE, stranger)
    assert is_refusal(world.people["supervisor"].forge(pack(forged), 1))
    assert not world.kept.changed()


def test_another_persons_session_takes_no_contact_of_ones_own(world: World) -> None:
    forged = CalibrationTap(CalibrationAct.PICK, world.south["session"], world.north["contact"])
    assert is_refusal(world.people["evaluator"].forge(pack(forged), 1))
    assert not world.kept.changed()


def test_an_assignment_is_not_looked_at_through_ones_own_team(world: World) -> None:
    task, team = world.south["assignment"], world.north["team"]
    for act in (TaskAct.TASK, TaskAct.SKIP, TaskAct.WHY, TaskAct.HAND_ON, TaskAct.TO):
        forged = TaskTap(act, task, team=team)
        assert is_refusal(world.people["supervisor"].forge(pack(forged), 1)), act
        assert not world.kept.changed(), act


def test_an_admin_makes_nobody_of_a_role_that_is_none(world: World) -> None:
    for value in (0, 99, -99):
        forged = PeopleTap(PeopleAct.ROLE, world.north["person"], value)
        assert is_refusal(world.people["admin"].forge(pack(forged), 1)), value
        assert not world.kept.changed(), value


@pytest.mark.parametrize("who", ["agent", "evaluator", "supervisor", "admin"])
@pytest.mark.parametrize(
    "data",
    [
        f"f:{HUGE}:o:0:0",
        f"x:{HUGE}:o:0",
        f"p:c:{HUGE}:0",
        f"r:t:{HUGE}:month:s:0",
        f"r:t:{-HUGE}:month:s:0",
        "f:+1:o:0:0",
        "f:1_0:o:0:0",
        "f: 1:o:0:0",
        "f:٣:o:0:0",
        "k:m:1:a\0b:0",
        "k:m:1:a\ud800b:0",
        "lang:e\nn",
        "::::",
        "",
        "f",
        "f:1:o:0:0:0",
        "F:1:o:0:0",
    ],
)
def test_data_that_no_button_carries_is_out_of_date(world: World, who: str, data: str) -> None:
    with pytest.raises(UnknownTapError):
        unpack(data)
    if data and data.isprintable():
        assert world.people[who].forge(data, 1) == "This button is out of date."
    assert not world.kept.changed()


@pytest.mark.parametrize("who", ["agent", "evaluator", "supervisor", "admin"])
def test_buttons_of_things_that_are_not_there_are_refused(world: World, who: str) -> None:
    person = world.people[who]
    for tap in nowhere():
        assert is_refusal(person.forge(pack(tap), 1)), tap
        assert not world.kept.changed(), tap


def nowhere() -> list[Tap]:
    """Return buttons about what was never there."""
    far = 2**31 - 1
    return [
        CalibrationTap(CalibrationAct.CARD, far),
        GoalTap(GoalAct.CARD, far),
        GoalTap(GoalAct.CARD, -1),
        PeopleTap(PeopleAct.CARD, far),
        ProposalTap(ProposalAct.CARD, far),
        TaskTap(TaskAct.TASK, far),
    ]

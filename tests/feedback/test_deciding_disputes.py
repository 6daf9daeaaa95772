"""A supervisor decides: other answers for what is disputed, and a comment, in a few taps."""

import pytest

from scoring.roles import Role
from storage import people
from storage.database import Transaction
from storage.disputes import Status
from tests.feedback.conftest import Team
from tests.feedback.test_scoring_afresh import FIRST, REASON, stored
from tests.story import Person


def test_accepting_gives_the_disputed_criterion_its_answer(team: Team) -> None:
    team.score()
    team.dispute_error()
    olena = team.olena
    olena.tap("Accept")
    assert f"First answer: No\n{FIRST}\n{REASON}" in olena.text
    olena.tap("Yes")
    assert "60.0 → 100.0" in olena.text
    assert "Write why: Ivan Petrov and Anna Bondar will read it." in olena.text
    olena.send("It is on the recording")
    olena.tap("Submit")
    assert olena.text.startswith("60.0 → 100.0\n")
    team.centre.delivered()
    evaluation, dispute, [first] = stored(team)
    assert evaluation.final == 100
    assert evaluation.withdrawn_at is None
    assert (dispute.status, dispute.decided_by) == (Status.ACCEPTED, olena.person_id)
    assert first.final == 60
    for person in (team.ivan, team.anna):
        news = person.sees("A dispute was decided")
        assert "Accepted by Olena Koval on 23 Nov, 10:00: 60.0 → 100.0" in news.text
        assert "It is on the recording" in news.text


def test_accepting_a_whole_evaluation_begins_with_its_answers(team: Team) -> None:
    team.score()
    team.dispute()
    olena = team.olena
    olena.tap("Accept")
    assert "Identifies the customer: No" in olena.buttons
    olena.tap("Identifies the customer: No")
    olena.tap("Yes")
    assert "60.0 → 100.0\n\n• Identifies the customer: Yes" in olena.text
    olena.send("He is right")
    olena.tap("Submit")
    assert stored(team)[0].final == 100


def test_an_acceptance_that_changes_nothing_is_none(team: Team) -> None:
    team.score()
    team.dispute_error()
    olena = team.olena
    olena.tap("Accept")
    olena.tap("No")
    olena.send("Still so")
    olena.send("As before")
    told = olena.tap("Submit")
    assert told == "These are the first answers. Change one, or go back and decline the dispute."
    assert stored(team)[1].is_open
    assert team.centre.count("dispute_outcomes") == 0


def test_a_decision_begun_can_be_left_and_taken_up_again(team: Team) -> None:
    team.score()
    team.dispute_error()
    olena = team.olena
    olena.tap("Accept")
    olena.tap("Close")
    assert olena.buttons == ["Continue", "Back"]
    olena.tap("Back")
    assert "To be decided by 30 Nov." in olena.text
    team.centre.restart()
    olena.tap("Accept")
    olena.tap("Yes")
    olena.send("Fine")
    olena.tap("Submit")
    assert stored(team)[0].final == 100
    assert team.centre.count("drafts") == 2


def test_of_two_deciding_at_once_the_second_changes_nothing(team: Team) -> None:
    petro = team.centre.hire("Petro Bilyk", roles="supervisor", supervises="Support")
    team.score()
    team.dispute_error()
    for person in (team.olena, petro):
        person.tap("Accept")
        person.tap("Yes")
        person.send("He is right")
    late = petro.message.data["Submit"]
    team.olena.tap("Submit")
    petro.forge(late)
    assert petro.heard("Somebody else has decided this dispute meanwhile.")
    assert stored(team)[1].decided_by == team.olena.person_id
    assert team.centre.count("revisions") == 1
    assert petro.forge("x:1:y:0") == "Olena Koval has decided this dispute already."


def test_a_supervisor_of_another_team_cannot_use_the_draft(team: Team) -> None:
    team.score()
    team.dispute_error()
    team.olena.tap("Accept")
    option = team.olena.message.data["Yes"]
    other = team.centre.hire("Petro Bilyk", roles="supervisor", supervises="Sales")
    for person in (other, team.ivan, team.anna):
        assert person.forge(option) in (
            "This belongs to somebody else.",
            "This is not open to your role.",
        )


def test_who_loses_the_role_in_the_middle_cannot_decide(team: Team) -> None:
    team.score()
    team.dispute_error()
    team.olena.tap("Accept")

    async def demoting(tx: Transaction) -> None:
        await people.set_roles(tx, team.olena.person_id, {Role.EVALUATOR})

    team.centre.write(demoting)
    assert team.olena.tap("Yes") in (
        "This belongs to somebody else.",
        "This is not open to your role.",
    )


def test_an_ordinary_draft_still_takes_an_evaluator(team: Team) -> None:
    team.anna.send("/score petrov")

    async def moving_up(tx: Transaction) -> None:
        await people.set_roles(tx, team.anna.person_id, {Role.SUPERVISOR})

    team.centre.write(moving_up)
    assert team.anna.tap("Call") == "This is not open to your role."


def remind(team: Team) -> None:
    team.centre.job("reminders")
    team.centre.delivered()


@pytest.fixture
def egor(team: Team) -> Person:
    """A second evaluator."""
    return team.centre.hire("Egor Sydorenko", roles="evaluator")


def times(person: Person, words: str) -> int:
    return len([one for one in person.messages if words in one.text])


def test_what_nobody_takes_by_half_of_the_time_goes_to_the_supervisor(
    team: Team, egor: Person
) -> None:
    team.score()
    team.dispute_error()  # Monday: due on the next one, to be taken by Wednesday
    team.centre.clock.advance(days=1)
    remind(team)
    assert egor.text == "Waiting for you\n1 dispute to score afresh"
    assert not team.olena.heard("in time")
    team.centre.clock.advance(days=2)  # Thursday
    remind(team)
    late = "Egor Sydorenko has not scored it afresh in time: it waits for a decision."
    assert late in team.olena.text
    assert team.olena.buttons[:2] == ["Accept", "Decline"]
    remind(team)
    assert times(team.olena, late) == 1
    egor.tap("Ivan Petrov · by 30 Nov")  # the request stands until somebody has decided
    egor.tap("Score afresh")
    egor.tap("Yes")
    egor.send("He asked")
    egor.tap("Submit")
    assert stored(team)[0].final == 100


def test_what_was_taken_goes_to_the_supervisor_near_its_limit(team: Team, egor: Person) -> None:
    team.score()
    team.dispute_error()
    egor.tap("Score afresh")
    team.centre.clock.advance(days=3)  # Thursday
    remind(team)
    assert not team.olena.heard("in time")
    team.centre.clock.advance(days=1)  # Friday: Monday is the next working day
    remind(team)
    assert team.olena.heard("it waits for a decision")


def test_what_cannot_be_scored_any_more_goes_to_the_supervisor_at_once(
    team: Team, egor: Person
) -> None:
    team.score()
    team.dispute_error()

    async def leaving(tx: Transaction) -> None:
        await people.set_active(tx, egor.person_id, active=False)

    team.centre.write(leaving)
    team.centre.clock.advance(hours=3)
    remind(team)
    assert team.olena.heard("it waits for a decision")


def test_a_decided_dispute_does_not_escalate(team: Team, egor: Person) -> None:
    team.score()
    team.dispute_error()
    team.olena.tap("Decline")
    team.olena.send("No")
    team.centre.clock.advance(days=4)
    remind(team)
    assert not team.olena.heard("in time")
    assert not egor.heard("Waiting for you")

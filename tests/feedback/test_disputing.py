"""A dispute from the first doubt to the decision, and everybody who has no part in it."""

import pytest

from storage import disputes, evaluations
from storage.database import Transaction
from storage.disputes import Dispute
from storage.evaluations import Evaluation
from tests.access.sentences import is_denial
from tests.feedback.conftest import Team
from tests.feedback.settings import set_dispute_days, set_quiet_hours, set_zone


def stored(team: Team, evaluation_id: int = 1) -> tuple[Evaluation, Dispute | None]:
    """Return the evaluation and its dispute as they are stored."""

    async def reading(tx: Transaction) -> tuple[Evaluation, Dispute | None]:
        found = await evaluations.by_id(tx, evaluation_id)
        assert found is not None
        return found, await disputes.of_evaluation(tx, evaluation_id)

    return team.centre.read(reading)


def test_an_agent_disputes_an_error_with_a_reason(team: Team) -> None:
    team.score()
    team.ivan.tap("Dispute")
    assert "until 30 Nov" in team.ivan.text
    assert "Go on" not in team.ivan.buttons
    team.ivan.tap("☐ Identifies the customer")
    team.ivan.tap("Go on")
    assert "Why?" in team.ivan.text
    team.ivan.send("I did ask, at <0:45>")
    team.ivan.tap("Send")
    assert team.ivan.text == "Your dispute is with Olena Koval. An answer is due by 30 Nov."
    feedback = team.ivan.sees("Disputed on 23 Nov, 10:00: Identifies the customer")
    assert feedback.buttons == ["Acknowledge", "Receipt"]
    _, dispute = stored(team)
    assert dispute is not None
    assert dispute.criteria == ("identification",)
    assert dispute.reason == "I did ask, at <0:45>"


def test_evaluator_and_supervisor_hear_of_it(team: Team) -> None:
    team.score()
    team.dispute()
    card = team.olena.sees("I did ask, at 0:45")
    assert "Disputed on 23 Nov, 10:00: the whole evaluation" in card.text
    assert card.rows == [["Accept", "Decline"], ["Feedback", "All disputes"]]
    told = team.anna.sees("I did ask, at 0:45")
    assert told.buttons == ["Feedback"]
    assert "somebody else decides" in told.text


def withdraw(team: Team, comment: str) -> None:
    """Let the admin take the disputed evaluation out of the figures."""
    admin = team.centre.admin
    admin.send("/disputes")
    admin.tap(admin.buttons[0])
    admin.tap("Take it out of the figures")
    admin.send(comment)


def test_an_admin_withdraws_what_should_never_have_counted_and_keeps_both_sides(
    team: Team,
) -> None:
    team.score()
    team.dispute()
    admin = team.centre.admin
    withdraw(team, "True, it is on the recording")
    assert admin.text == "Accepted. Ivan Petrov and Anna Bondar are told."
    team.centre.delivered()
    evaluation, dispute = stored(team)
    assert evaluation.withdrawn_at is not None
    assert dispute is not None
    assert dispute.decided_by != team.olena.person_id
    for person in (team.ivan, team.anna, team.olena):
        news = person.sees("A dispute was decided")
        assert "Accepted by Viktor Admin" in news.text
        assert "True, it is on the recording" in news.text
    team.ivan.tap("Open the feedback")
    assert "it no longer counts" in team.ivan.text
    assert "I did ask, at 0:45" in team.ivan.text
    assert team.ivan.message.buttons == ["Receipt"]
    team.ivan.tap("Receipt")
    assert "Accepted by Viktor Admin" in team.ivan.text


def test_a_supervisor_cannot_withdraw(team: Team) -> None:
    team.score()
    team.dispute()
    assert "Take it out of the figures" not in team.olena.buttons
    assert team.olena.forge("x:1:d:0") == "This is not open to your role."
    assert team.centre.count("awaiting") == 0


def test_what_was_withdrawn_is_neither_acknowledged_nor_disputed(team: Team) -> None:
    team.score()
    message = team.ivan.message
    team.dispute()
    withdraw(team, "True")
    team.ivan.forge(message.data["Acknowledge"], message.message_id)
    evaluation, _ = stored(team)
    assert evaluation.acknowledged_at is None
    assert team.ivan.sees("Withdrawn on 23 Nov: it no longer counts.").buttons == ["Receipt"]
    toast = team.ivan.forge(message.data["Dispute"], message.message_id)
    assert toast == "This evaluation has been disputed already."


def test_a_declined_dispute_leaves_the_score(team: Team) -> None:
    team.score()
    team.dispute()
    team.olena.tap("Decline")
    team.olena.send("Nothing of it at 0:45")
    team.centre.delivered()
    evaluation, _ = stored(team)
    assert evaluation.withdrawn_at is None
    assert "Declined by Olena Koval on 23 Nov, 10:00: the score stands." in team.ivan.text
    team.ivan.tap("Open the feedback")
    assert team.ivan.message.buttons == ["Acknowledge", "Receipt"]


def test_a_decision_takes_words(team: Team) -> None:
    team.score()
    team.dispute()
    team.olena.tap("Decline")
    team.olena.send("x" * 1001)
    assert "at most 1000 characters" in team.olena.text
    team.olena.send("It is so")
    assert "Declined." in team.olena.text


def test_going_back_takes_nothing_for_a_decision(team: Team) -> None:
    team.score()
    team.dispute()
    team.olena.tap("Decline")
    team.olena.tap("Back")
    team.olena.send("Let me think")
    assert "did not understand" in team.olena.text
    _, dispute = stored(team)
    assert dispute is not None
    assert dispute.is_open


def test_of_two_deciding_at_once_one_is_told_that_it_was_late(team: Team) -> None:
    petro = team.centre.hire("Petro Bilyk", roles="supervisor", supervises="Support")
    team.score()
    team.dispute()
    for person in (team.olena, petro):
        person.tap("Decline")
    petro.send("Nothing of the kind")
    team.olena.send("He is right")
    assert team.olena.heard("Petro Bilyk has decided this dispute already.")
    _, dispute = stored(team)
    assert dispute is not None
    assert dispute.decided_by == petro.person_id
    team.olena.send("But he is right!")
    assert "did not understand" in team.olena.text


def test_nobody_judges_their_own_evaluation_while_somebody_else_can(team: Team) -> None:
    both = team.centre.hire("Petro Bilyk", roles="supervisor|evaluator", supervises="Support")
    both.send("/score petrov")
    for label in ("Call", "Skip", "All met", "Submit"):
        both.tap(label)
    team.centre.delivered()
    team.dispute()
    accept = team.olena.sees("the whole evaluation").data["Accept"]
    toast = both.forge(accept)
    assert toast == "You made this evaluation yourself, so somebody else decides about it."
    team.olena.tap("Decline")
    team.olena.send("Fair enough")
    assert "Declined." in team.olena.text


def test_the_only_supervisor_judges_their_own_evaluation_and_reads_so(team: Team) -> None:
    solo = team.centre.hire("Petro Bilyk", roles="supervisor|evaluator", supervises="Sales")
    daria = team.centre.hire("Daria Kovalenko", roles="agent", team="Sales")
    solo.send("/score daria")
    for label in ("Call", "Skip", "All met", "Submit"):
        solo.tap(label)
    team.centre.delivered()
    daria.tap("Dispute")
    daria.tap("The whole evaluation")
    daria.send("That was not my call")
    daria.tap("Send")
    team.centre.delivered()
    assert "nobody else is there to decide" in solo.text
    solo.tap("Decline")
    solo.send("It was")
    assert "Declined." in solo.text


def test_without_a_supervisor_an_admin_is_asked(team: Team) -> None:
    admin = team.centre.admin
    daria = team.centre.hire("Daria Kovalenko", roles="agent", team="Sales")
    team.anna.send("/score daria")
    for label in ("Call", "Skip", "All met", "Submit"):
        team.anna.tap(label)
    team.centre.delivered()
    daria.tap("Dispute")
    daria.tap("The whole evaluation")
    daria.send("That was not my call")
    daria.tap("Send")
    assert "Viktor Admin" in daria.text
    team.centre.delivered()
    assert "That was not my call" in admin.text


@pytest.mark.parametrize("act", ["y", "n", "d", "o", "s", "f", "t", "m"])
def test_a_dispute_is_closed_to_everybody_else(team: Team, act: str) -> None:
    team.score()
    team.dispute()
    stranger = team.centre.hire("Daria Kovalenko", roles="agent", team="Support")
    other = team.centre.hire("Petro Bilyk", roles="supervisor", supervises="Sales")
    for person in (stranger, other):
        assert is_denial(person.forge(f"x:1:{act}:0"))


def test_agent_and_evaluator_cannot_decide(team: Team) -> None:
    team.score()
    team.dispute()
    assert team.ivan.forge("x:1:y:0") == "This is not open to your role."
    assert team.anna.forge("x:1:y:0") == "This is not open to your role."
    _, dispute = stored(team)
    assert dispute is not None
    assert dispute.is_open


@pytest.mark.parametrize("data", ["x:1:c:2", "x:1:c:-1", "x:1:w:4096", "x:1:w:99999999999999999"])
def test_a_forged_choice_is_out_of_date(team: Team, data: str) -> None:
    team.score()  # one error: only 0 and 1 can be chosen
    assert team.ivan.forge(data) == "This button is out of date."
    assert team.centre.count("awaiting") == 0


def test_there_is_one_dispute_for_an_evaluation(team: Team) -> None:
    team.score()
    pressed = team.ivan.message.data["Dispute"]
    team.dispute()
    assert team.ivan.forge(pressed) == "This evaluation has been disputed already."
    assert team.ivan.forge("x:1:w:0") == "This evaluation has been disputed already."
    assert team.centre.count("disputes") == 1


def test_the_limit_is_counted_in_working_days(team: Team) -> None:
    set_dispute_days(team.centre, 3)
    team.centre.clock.advance(days=4)  # Friday 27 November
    team.score()
    assert "You can dispute this until 2 Dec." in team.ivan.text
    team.centre.clock.advance(days=5, hours=13)  # Wednesday, 23:00
    team.ivan.tap("Dispute")
    team.centre.clock.advance(hours=1)
    assert team.ivan.tap("The whole evaluation") == "The time to dispute this ended on 2 Dec."
    team.ivan.send("/feedback")
    team.ivan.tap(team.ivan.buttons[0])
    assert team.ivan.buttons == ["Acknowledge", "Receipt", "Back"]


def test_the_limit_follows_the_teams_clock(team: Team) -> None:
    set_zone(team.centre, "Pacific/Auckland")  # thirteen hours ahead: the limit's day ends at 11:00
    team.score()
    assert "until 30 Nov" in team.ivan.text
    team.centre.clock.advance(days=7, minutes=59)
    team.ivan.tap("Dispute")
    team.centre.clock.advance(minutes=1)
    assert team.ivan.tap("The whole evaluation") == "The time to dispute this ended on 30 Nov."


def test_the_days_begin_when_the_feedback_arrives(team: Team) -> None:
    set_dispute_days(team.centre, 1)
    set_quiet_hours(team.centre, "22:00", "07:00")
    team.centre.clock.advance(hours=13)  # Monday, 23:00
    team.score()
    team.centre.clock.advance(hours=9)  # Tuesday, 08:00
    team.centre.delivered()
    assert "You can dispute this until 25 Nov." in team.ivan.text
    team.centre.clock.advance(days=1, hours=15)  # Wednesday, 23:00
    team.ivan.tap("Dispute")
    assert "until 25 Nov" in team.ivan.text


def test_a_reason_typed_too_late_is_refused_and_no_longer_awaited(team: Team) -> None:
    team.score()
    team.ivan.tap("Dispute")
    team.ivan.tap("The whole evaluation")
    team.centre.clock.advance(days=8)
    team.ivan.send("I did ask")
    assert team.ivan.text == "The time to dispute this ended on 30 Nov."
    team.ivan.send("Really")
    assert "did not understand" in team.ivan.text


def test_leaving_the_question_awaits_nothing(team: Team) -> None:
    team.score()
    team.ivan.tap("Dispute")
    team.ivan.tap("The whole evaluation")
    team.ivan.tap("Back")
    assert "What went well" in team.ivan.text
    team.ivan.send("Never mind")
    assert "did not understand" in team.ivan.text
    assert team.centre.count("disputes") == 0


def test_a_restart_in_the_middle_loses_nothing(team: Team) -> None:
    team.score()
    team.ivan.tap("Dispute")
    team.ivan.tap("☐ Identifies the customer")
    team.ivan.tap("Go on")
    team.centre.restart()
    team.ivan.send("I did ask")
    team.centre.restart()
    team.ivan.tap("Send")
    _, dispute = stored(team)
    assert dispute is not None
    assert dispute.criteria == ("identification",)


def test_supervisors_see_their_own_teams_disputes_and_admins_all(team: Team) -> None:
    admin = team.centre.admin
    other = team.centre.hire("Petro Bilyk", roles="supervisor", supervises="Sales")
    team.olena.send("/disputes")
    assert team.olena.text == "No open disputes."
    team.score()
    team.dispute()
    for person in (team.olena, admin):
        person.send("/disputes")
        assert person.buttons == ["Ivan Petrov · 60.0 · by 30 Nov"]
    other.send("/disputes")
    assert other.text == "No open disputes."
    team.ivan.send("/disputes")
    assert team.ivan.text == "This is not open to your role."
    assert team.ivan.forge("x:0:l:0") == "This is not open to your role."


def test_a_list_of_disputes_opens_a_card_and_returns(team: Team) -> None:
    team.score()
    team.dispute()
    team.olena.send("/disputes")
    message = team.olena.message.message_id
    team.olena.tap("Ivan Petrov · 60.0 · by 30 Nov")
    assert "Evaluator: Anna Bondar" in team.olena.text
    team.olena.tap("Feedback", team.olena.message)
    team.olena.tap("Decide")
    team.olena.tap("All disputes", team.olena.message)
    assert team.olena.message.message_id == message
    assert "1 open dispute" in team.olena.text

"""Wrong agent and Withdraw: what was scored by mistake is taken out, with everyone told."""

from fractions import Fraction

from storage import corrections, revisions
from storage.audit import Action
from storage.revisions import Kind
from tests.corrections.conftest import acknowledge, evaluation
from tests.feedback.conftest import Team
from tests.feedback.settings import set_quiet_hours
from tests.privacy.test_audit_log import entries
from tests.story import Person

WHY = "It was Petro who spoke"


def move(team: Team, *, sure: str = "Move") -> None:
    """Let Anna say that the newest evaluation is of Petro's contact."""
    team.anna.tap("See the feedback")
    team.anna.tap("Wrong agent")
    team.anna.send("bilyk")
    team.anna.send(WHY)
    team.anna.tap(sure)
    team.centre.delivered()


def withdraw(team: Team, *, sure: str = "Withdraw") -> None:
    """Let Anna take the newest evaluation back."""
    team.anna.tap("See the feedback")
    team.anna.tap("Withdraw")
    team.anna.send("A test call")
    team.anna.tap(sure)
    team.centre.delivered()


def test_a_mistaken_score_for_the_wrong_agent_stayed_for_ever(team: Team, petro: Person) -> None:
    boss = team.centre.hire("Oleh Danko", roles="supervisor", supervises="Sales")
    team.score()
    move(team)
    assert team.anna.text.startswith("Moved to Petro Bilyk.")
    old, new = evaluation(team.centre, 1), evaluation(team.centre, 2)
    assert (old.withdrawn_at is None, old.counts) == (False, False)
    assert (new.agent_id, new.final, new.counts) == (petro.person_id, Fraction(60), True)
    assert new.submitted_at == old.submitted_at
    assert new.contact_id == old.contact_id
    assert petro.text.startswith("60.0 of 100\n")
    assert "Moved here on 23 Nov: it was entered for somebody else." in petro.text
    boss.sees("Moved here on 23 Nov")
    assert "Somebody else's contact, withdrawn: Anna Bondar" in team.ivan.text
    assert "Petro" not in team.ivan.text.replace(WHY, "")


def test_an_innocent_agent_spent_a_dispute_on_it(team: Team, petro: Person) -> None:
    team.score()
    under = team.anna.message
    team.dispute("That was not me")
    team.centre.clock.advance(minutes=11)
    team.anna.tap("See the feedback", under)
    assert "Correct" not in team.anna.buttons
    team.anna.tap("Wrong agent")
    team.anna.tap("Petro Bilyk")
    team.anna.send(WHY)
    team.anna.tap("Ask for consent")
    team.centre.delivered()
    assert team.olena.text.startswith("Anna Bondar asks to move an evaluation to Petro Bilyk\n")
    team.olena.tap("Consent")
    team.centre.delivered()
    assert evaluation(team.centre, 2).agent_id == petro.person_id
    team.ivan.sees("A dispute was decided")
    team.ivan.sees("An evaluation was not of your contact: it no longer counts.")
    petro.tap("Dispute")
    assert "What do you dispute?" in petro.text


def test_a_withdrawn_evaluation_counts_no_more_and_its_contact_is_scored_again(
    team: Team,
) -> None:
    team.score()
    withdraw(team)
    assert team.anna.text.startswith("Withdrawn: it no longer counts.")
    assert not evaluation(team.centre).counts
    assert "Withdrawn on 23 Nov" in team.ivan.text
    assert "Acknowledge" not in team.ivan.message.buttons
    [version] = team.centre.read(lambda tx: revisions.superseded(tx, 1))
    assert (version.kind, version.reason) == (Kind.WITHDRAWAL, "A test call")
    [noted] = entries(team.centre, Action.WITHDRAWN)
    assert noted.actor_id == team.anna.person_id
    assert noted.told()["kind"] == "withdrawal"
    team.score()
    assert evaluation(team.centre, 2).counts


def test_withdrawing_after_the_deadline_asks(team: Team) -> None:
    team.score()
    acknowledge(team)
    withdraw(team, sure="Ask for consent")
    assert evaluation(team.centre).withdrawn_at is None
    team.olena.tap("Consent")
    team.centre.delivered()
    assert evaluation(team.centre).withdrawn_at is not None
    team.ivan.sees("An evaluation was withdrawn: it no longer counts.")


def test_before_the_reason_nothing_is_done_and_back_leaves_all(team: Team, petro: Person) -> None:
    team.score()
    team.anna.tap("See the feedback")
    team.anna.tap("Wrong agent")
    assert "Whose contact was it?" in team.anna.text
    assert "Ivan Petrov" not in team.anna.message.buttons
    team.anna.tap("Petro Bilyk")
    assert "Move" not in team.anna.message.buttons
    team.anna.tap("Back")
    assert team.anna.text.startswith("60.0 of 100\n")
    team.anna.send("never mind")
    assert team.centre.count("evaluations") == 1
    assert team.centre.read(lambda tx: corrections.done_on(tx, 1)) == ()


def test_another_reason_replaces_the_first_before_it_is_done(team: Team) -> None:
    team.score()
    team.anna.tap("See the feedback")
    team.anna.tap("Withdraw")
    team.anna.send("A tset call")
    team.anna.tap("Change the reason")
    team.anna.send("A test call")
    team.anna.tap("Withdraw")
    [version] = team.centre.read(lambda tx: revisions.superseded(tx, 1))
    assert version.reason == "A test call"


def test_feedback_that_nobody_has_read_is_not_sent_when_it_is_taken_back(team: Team) -> None:
    set_quiet_hours(team.centre, "09:00", "12:00")
    team.score()
    told = len(team.ivan.messages)
    withdraw(team)
    team.centre.clock.advance(hours=3)
    team.centre.delivered()
    assert len(team.ivan.messages) == told

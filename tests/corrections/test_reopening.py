"""Reopen: a mistaken decision has a way back, once, within 48 hours."""

from storage import disputes, outcomes, revisions
from storage.audit import Action
from storage.disputes import Dispute
from storage.reports import Scope
from storage.revisions import Kind
from tests.corrections.conftest import at_once, evaluation
from tests.feedback.conftest import Team
from tests.privacy.test_audit_log import entries
from tests.story import MONDAY

WHY = "I had listened to the wrong call"


def dispute(team: Team) -> Dispute:
    found = team.centre.read(lambda tx: disputes.by_id(tx, 1))
    assert found is not None
    return found


def declined(team: Team) -> None:
    team.score()
    team.dispute_error()
    team.olena.tap("Decline")
    team.olena.send("It was not said")
    team.centre.delivered()


def reopen(team: Team) -> None:
    team.olena.tap("Reopen")
    team.olena.send(WHY)
    team.centre.delivered()


def test_a_mistaken_decline_had_no_way_back(team: Team) -> None:
    declined(team)
    reopen(team)
    team.olena.sees("Reopened. Ivan Petrov and Anna Bondar are told.")
    assert dispute(team).is_open
    news = team.ivan.sees("A dispute was reopened")
    assert WHY in news.text
    assert "It was not said" in news.text
    team.anna.sees("A dispute was reopened")
    team.olena.tap("Decide")
    team.olena.tap("Accept")
    team.olena.tap("Yes")
    team.olena.send("He did ask")
    team.olena.tap("Submit")
    team.centre.delivered()
    assert evaluation(team.centre).final == 100
    again = team.ivan.sees("He did ask")
    assert "A dispute was decided" in again.text
    assert [one.actor_id for one in entries(team.centre, Action.DISPUTE_REOPENED)] == [
        team.olena.person_id
    ]
    kinds = [one.kind for one in team.centre.read(lambda tx: revisions.superseded(tx, 1))]
    assert kinds == [Kind.REOPENING, Kind.DISPUTE]


def test_a_mistaken_acceptance_goes_back_to_what_was_disputed(team: Team) -> None:
    team.score()
    team.dispute_error()
    team.olena.tap("Accept")
    team.olena.tap("Yes")
    team.olena.send("It is there")
    team.olena.tap("Submit")
    team.centre.delivered()
    assert evaluation(team.centre).final == 100
    team.olena.tap("See the feedback")
    reopen(team)
    assert evaluation(team.centre).final == 60
    window = (MONDAY.replace(day=1), MONDAY.replace(month=12, day=1))
    counted = team.centre.read(lambda tx: outcomes.tallies(tx, Scope(), window))
    assert counted == []


def test_reopening_is_done_once(team: Team) -> None:
    declined(team)
    reopen(team)
    team.olena.tap("Decide")
    team.olena.tap("Decline")
    team.olena.send("It was not said after all")
    team.centre.delivered()
    assert "Reopen" not in team.olena.message.buttons
    refusal = "This decision stands: it can be reopened once, within 48 hours."
    assert team.olena.forge("x:1:r:0") == refusal


def test_after_48_hours_an_admin_alone_may(team: Team) -> None:
    declined(team)
    team.centre.clock.advance(hours=48, minutes=1)
    refusal = "This decision stands: it can be reopened once, within 48 hours."
    assert team.olena.forge("x:1:r:0") == refusal
    admin = team.centre.admin
    admin.forge("x:1:r:0")
    admin.send(WHY)
    assert dispute(team).is_open


def test_another_supervisor_does_not_reopen_what_somebody_decided(team: Team) -> None:
    pavlo = team.centre.hire("Pavlo Roik", roles="supervisor", supervises="Support")
    declined(team)
    pavlo.send("/help")
    refusal = "This decision stands: it can be reopened once, within 48 hours."
    assert pavlo.forge("x:1:r:0") == refusal


def test_two_who_reopen_at_once_reopen_it_once(both: Team) -> None:
    team = both
    declined(team)
    admin = team.centre.admin
    admin.forge("x:1:o:0")
    card = admin.message.message_id
    mine = next(one for one in reversed(team.olena.messages) if "Reopen" in one.buttons)
    at_once((admin, "Reopen", card), (team.olena, "Reopen", mine.message_id))
    admin.send(WHY)
    team.olena.send(WHY)
    assert dispute(team).is_open
    assert len(team.centre.read(lambda tx: revisions.superseded(tx, 1))) == 1

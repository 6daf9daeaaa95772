"""Whoever is asked to score a disputed contact afresh and cannot passes it on."""

import pytest

from storage import disputes, drafts
from storage.database import Transaction
from storage.disputes import Dispute
from tests.feedback.conftest import Team
from tests.story import Person

REQUEST = "Please score this afresh"


@pytest.fixture
def egor(team: Team) -> Person:
    """A second evaluator, who is asked first."""
    return team.centre.hire("Egor Sydorenko", roles="evaluator")


@pytest.fixture
def zoya(team: Team, egor: Person) -> Person:
    """A third one, taken in after Egor."""
    assert egor.person_id
    return team.centre.hire("Zoya Third", roles="evaluator")


def disputed(team: Team) -> Dispute:
    team.score()
    team.dispute_error()
    return stored(team)


def stored(team: Team) -> Dispute:
    """Return the dispute as it is by now."""

    async def reading(tx: Transaction) -> Dispute:
        found = await disputes.of_evaluation(tx, 1)
        assert found is not None
        return found

    return team.centre.read(reading)


def begun(team: Team) -> list[int]:
    """Return who has begun to score it afresh."""

    async def reading(tx: Transaction) -> list[int]:
        return [one.evaluator_id for one in await drafts.of_dispute(tx, 1)]

    return team.centre.read(reading)


def passes_on(team: Team, person: Person) -> None:
    person.tap("Hand to a colleague")
    person.tap("Hand to a colleague")
    team.centre.delivered()


def test_another_evaluator_is_asked_instead(team: Team, egor: Person, zoya: Person) -> None:
    before = disputed(team)
    assert not zoya.heard(REQUEST)
    egor.tap("Hand to a colleague")
    assert "Pass this request on?" in egor.text
    assert "What you have answered so far" not in egor.text
    assert stored(team) == before
    egor.tap("Hand to a colleague")
    assert egor.text == "Passed on. Another evaluator is asked now."
    team.centre.delivered()
    request = zoya.sees(REQUEST)
    assert "• Identifies the customer" in request.text
    now = stored(team)
    assert (now.reviewer_id, now.passed_on) == (zoya.person_id, (egor.person_id,))
    assert (now.due_at, now.escalates_at) == (before.due_at, before.escalates_at)
    assert not now.waits_for_supervisors
    zoya.tap("Score afresh")
    zoya.tap("Yes")
    zoya.send("He did ask")
    zoya.tap("Submit")
    assert zoya.text.startswith("60.0 → 100.0")
    assert stored(team).scored_afresh


def test_one_may_think_again(team: Team, egor: Person, zoya: Person) -> None:
    disputed(team)
    egor.tap("Hand to a colleague")
    egor.tap("Back")
    assert REQUEST in egor.text
    assert stored(team).reviewer_id == egor.person_id
    assert not zoya.heard(REQUEST)


def test_what_was_begun_is_discarded_with_a_warning(team: Team, egor: Person, zoya: Person) -> None:
    disputed(team)
    egor.tap("Score afresh")
    egor.tap("Yes")
    walk = egor.message
    assert begun(team) == [egor.person_id]
    egor.tap("Close")
    egor.tap("Back")
    egor.tap("Hand to a colleague")
    assert "What you have answered so far is discarded." in egor.text
    egor.tap("Hand to a colleague")
    assert begun(team) == []
    egor.forge(walk.data["Submit"], walk.message_id)
    assert stored(team).is_open
    egor.send("/drafts")
    assert "Ivan Petrov" not in egor.text
    team.centre.delivered()
    zoya.tap("Score afresh")
    assert begun(team) == [zoya.person_id]


def test_a_supervisors_own_answers_stay(team: Team, egor: Person, zoya: Person) -> None:
    disputed(team)
    team.olena.tap("Accept")
    assert begun(team) == [team.olena.person_id]
    passes_on(team, egor)
    assert stored(team).reviewer_id == zoya.person_id
    assert begun(team) == [team.olena.person_id]


def test_where_nobody_else_is_there_a_supervisor_decides(team: Team, egor: Person) -> None:
    disputed(team)
    heard = len(team.olena.messages)
    passes_on(team, egor)
    assert egor.text == (
        "Passed on. No other evaluator can score it afresh, so a supervisor decides."
    )
    now = stored(team)
    assert now.waits_for_supervisors
    assert (now.reviewer_id, now.passed_on) == (None, (egor.person_id,))
    assert len(team.olena.messages) == heard + 1
    told = "No other evaluator is there to score it afresh: it waits for a decision."
    assert told in team.olena.text
    team.olena.tap("Decline")
    team.olena.send("Nothing at 0:45")
    team.centre.delivered()
    assert not stored(team).is_open
    assert not egor.heard("has been decided")


def test_it_goes_round_and_comes_back_to_nobody(team: Team, egor: Person, zoya: Person) -> None:
    disputed(team)
    passes_on(team, egor)
    passes_on(team, zoya)
    now = stored(team)
    assert now.reviewer_id is None
    assert now.passed_on == (egor.person_id, zoya.person_id)
    assert len([one for one in egor.messages if REQUEST in one.text]) == 0
    assert "so a supervisor decides." in zoya.text


def test_whoever_passed_it_on_has_no_more_to_do_with_it(
    team: Team, egor: Person, zoya: Person
) -> None:
    disputed(team)
    take = egor.message.data["Score afresh"]
    passes_on(team, egor)
    for act in (take, "x:1:f:0", "x:1:p:0", "x:1:q:0", "x:1:m:0"):
        assert egor.forge(act) == "This belongs to somebody else."
    assert stored(team).reviewer_id == zoya.person_id
    assert team.centre.count("drafts") == 1  # Anna's own


def test_what_is_decided_is_not_passed_on(team: Team, egor: Person, zoya: Person) -> None:
    disputed(team)
    egor.tap("Hand to a colleague")
    question = egor.message
    team.olena.tap("Decline")
    team.olena.send("Nothing at 0:45")
    told = egor.tap("Hand to a colleague", question)
    assert told == "Olena Koval has decided this dispute already."
    assert stored(team).passed_on == ()
    assert not zoya.heard(REQUEST)


def test_the_reminder_goes_to_whoever_is_asked_now(team: Team, egor: Person, zoya: Person) -> None:
    disputed(team)
    passes_on(team, egor)
    team.centre.clock.advance(days=1)
    team.centre.job("reminders")
    team.centre.delivered()
    assert zoya.heard("afresh")
    assert "afresh" not in egor.text

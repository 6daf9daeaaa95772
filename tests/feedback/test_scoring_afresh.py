"""Another evaluator scores what is disputed, blind, and the evaluation gets a new version."""

import pytest

from scoring.roles import Relation, Role
from storage import disputes, evaluations, people, revisions, teams
from storage.database import Transaction
from storage.disputes import Dispute, Status
from storage.evaluations import Evaluation
from storage.revisions import Superseded
from tests.feedback.conftest import Team
from tests.story import Person

COMMENT = "He asked at 0:45, clearly"
FIRST = "He asked for the name alone"
REASON = "I did ask, at 0:45"
TOLD_NOTHING = (FIRST, REASON, "60.0", "No\n")


@pytest.fixture
def egor(team: Team) -> Person:
    """A second evaluator."""
    return team.centre.hire("Egor Sydorenko", roles="evaluator")


def stored(team: Team) -> tuple[Evaluation, Dispute, tuple[Superseded, ...]]:
    """Return the first evaluation, its dispute and its superseded versions."""

    async def reading(tx: Transaction) -> tuple[Evaluation, Dispute, tuple[Superseded, ...]]:
        found = await evaluations.by_id(tx, 1)
        dispute = await disputes.of_evaluation(tx, 1)
        assert found is not None
        assert dispute is not None
        return found, dispute, await revisions.superseded(tx, 1)

    return team.centre.read(reading)


def disputed(team: Team) -> None:
    team.score()
    team.dispute_error()


def afresh(person: Person, answer: str = "Yes", comment: str = COMMENT) -> None:
    """Score the one disputed criterion and say why."""
    person.tap("Score afresh")
    person.tap(answer)
    if answer == "No":
        person.send("Only the name, again")
    person.send(comment)


def test_the_other_evaluator_is_asked_and_the_agent_is_told_so(team: Team, egor: Person) -> None:
    disputed(team)
    assert team.ivan.text == (
        "Another evaluator scores it afresh, without seeing the first answers.\n"
        "An answer is due by 30 Nov."
    )
    request = egor.sees("Please score this afresh")
    assert "Ivan Petrov · Call · ref 48213\n• Identifies the customer\n" in request.text
    assert "Please answer by 30 Nov." in request.text
    assert request.buttons == ["Score afresh", "Hand to a colleague"]
    assert "asked to score it afresh by 25 Nov" in team.olena.text
    assert "Egor Sydorenko" in team.olena.text
    assert "Egor" not in team.anna.text


def test_scoring_afresh_is_three_taps_and_a_sentence(team: Team, egor: Person) -> None:
    disputed(team)
    egor.tap("Score afresh")
    assert "1/1" in egor.text
    assert "All met" not in egor.buttons
    egor.tap("Yes")
    assert "• Identifies the customer: Yes" in egor.text
    egor.send(COMMENT)
    egor.tap("Submit")
    assert egor.text.startswith("60.0 → 100.0\n")
    assert "Submitted. Ivan Petrov and Anna Bondar are told." in egor.text
    evaluation, dispute, before = stored(team)
    assert evaluation.final == 100
    assert evaluation.evaluator_id == team.anna.person_id
    assert dispute.status is Status.ACCEPTED
    assert dispute.scored_afresh
    assert dispute.decision == COMMENT
    [first] = before
    assert first.final == 60
    assert first.revised_by == egor.person_id
    assert first.answers["identification"].why == FIRST


def test_whoever_scores_afresh_sees_nothing_of_the_first_answers(team: Team, egor: Person) -> None:
    disputed(team)
    afresh(egor)
    egor.tap("Change")
    egor.tap("Back")
    egor.tap("Comment")
    egor.tap("Back")
    egor.tap("Close")
    egor.tap("Continue")
    egor.send("/drafts")
    assert egor.buttons == ["⚖ Ivan Petrov · Call · 48213"]
    egor.tap("⚖ Ivan Petrov · Call · 48213")
    for one in egor.messages:
        assert not [words for words in TOLD_NOTHING if words in one.text]
        assert not [label for label in one.buttons if "60.0" in label or "●" in label]
    egor.tap("Submit")
    egor.tap("See the feedback")
    assert REASON in egor.text


@pytest.mark.parametrize("act", ["o", "s", "y", "n", "d"])
def test_the_dispute_itself_is_closed_to_who_scores_afresh(
    team: Team, egor: Person, act: str
) -> None:
    disputed(team)
    assert egor.forge(f"x:1:{act}:0") in (
        "This belongs to somebody else.",
        "This is not open to your role.",
    )
    assert stored(team)[1].is_open


@pytest.mark.parametrize("act", ["o", "s", "r", "m"])
def test_so_is_the_feedback_until_they_have_decided(team: Team, egor: Person, act: str) -> None:
    disputed(team)
    assert egor.forge(f"f:1:{act}:0:0") == "This belongs to somebody else."
    assert egor.forge("e:1:1:0:0") == "This belongs to somebody else."


@pytest.mark.parametrize("act", ["f", "t", "m", "p", "q"])
def test_a_request_is_for_who_was_asked(team: Team, egor: Person, act: str) -> None:
    third = team.centre.hire("Zoya Third", roles="evaluator")
    disputed(team)
    for person in (team.ivan, team.anna, team.olena, third, team.centre.admin):
        assert person.forge(f"x:1:{act}:0") in (
            "This belongs to somebody else.",
            "This is not open to your role.",
        )
    assert team.centre.count("drafts") == 1  # Anna's own


def test_everyone_hears_the_outcome_with_both_scores(team: Team, egor: Person) -> None:
    disputed(team)
    afresh(egor)
    egor.tap("Submit")
    team.centre.delivered()
    for person in (team.ivan, team.anna, team.olena):
        news = person.sees("A dispute was decided")
        assert "Scored afresh by Egor Sydorenko on 23 Nov, 10:00: 60.0 → 100.0" in news.text
        assert "• Identifies the customer: No → Yes" in news.text
        assert COMMENT in news.text


def test_the_receipt_shows_the_revision_and_the_version_before(team: Team, egor: Person) -> None:
    disputed(team)
    afresh(egor)
    egor.tap("Submit")
    team.centre.delivered()
    ivan = team.ivan
    ivan.tap("Open the feedback")
    assert "100.0 of 100" in ivan.text
    assert "Revised on 23 Nov: 60.0 → 100.0" in ivan.text
    ivan.tap("Receipt")
    assert "How 100.0 came about" in ivan.text
    told = "Revised on 23 Nov, 10:00 by Egor Sydorenko after a dispute: 60.0 → 100.0"
    assert told in ivan.text
    message = ivan.message.message_id
    ivan.tap("Before: 60.0")
    assert "How 60.0 came about" in ivan.text
    assert "As it was until 23 Nov: it no longer counts." in ivan.text
    assert "limits the score to 60" in ivan.text
    ivan.tap("Now: 100.0")
    assert "How 100.0 came about" in ivan.text
    assert ivan.message.message_id == message
    assert ivan.forge("e:1:2:0:0") == "That is no longer there."
    stranger = team.centre.hire("Daria Kovalenko", roles="agent", team="Support")
    assert stranger.forge("e:1:1:0:0") == "This belongs to somebody else."


def test_reports_count_the_new_score_where_the_old_one_was(team: Team, egor: Person) -> None:
    team.score()
    team.centre.clock.advance(days=8)  # into December
    team.ivan.send("/feedback")
    team.ivan.tap(team.ivan.buttons[0])
    assert "Dispute" not in team.ivan.buttons
    team.centre.clock.advance(days=-3)  # Saturday 28 November
    team.ivan.send("/feedback")
    team.ivan.tap(team.ivan.buttons[0])
    team.dispute_error()
    team.centre.clock.advance(days=4)  # 2 December
    afresh(egor)
    egor.tap("Submit")
    team.olena.send("/team 2026-11")
    assert "100.0" in team.olena.text
    assert "60.0" not in team.olena.text
    team.olena.send("/team 2026-12")
    assert "No evaluations in this period." in team.olena.text


def test_where_nothing_changes_the_score_stands(team: Team, egor: Person) -> None:
    disputed(team)
    afresh(egor, "No", "Nothing of it at 0:45")
    egor.tap("Submit")
    assert egor.text.startswith("The score stands: 60.0")
    team.centre.delivered()
    evaluation, dispute, before = stored(team)
    assert evaluation.final == 60
    assert dispute.status is Status.DECLINED
    assert before == ()
    assert "Scored afresh by Egor Sydorenko on 23 Nov, 10:00: the score stands." in team.ivan.text
    assert "Nothing of it at 0:45" in team.ivan.text


def test_a_submission_wants_its_comment(team: Team, egor: Person) -> None:
    disputed(team)
    egor.tap("Score afresh")
    egor.tap("Yes")
    egor.tap("Submit")
    assert "the agent and the first evaluator will read it" in egor.text
    assert stored(team)[1].is_open
    egor.send(COMMENT)
    egor.tap("Submit")
    assert not stored(team)[1].is_open


def test_taking_it_twice_and_submitting_twice_is_once(team: Team, egor: Person) -> None:
    disputed(team)
    request = egor.sees("Please score this afresh")
    egor.tap("Score afresh")
    egor.forge("x:1:t:0", request.message_id)
    assert team.centre.count("drafts") == 2
    egor.tap("Yes")
    egor.send(COMMENT)
    submit = egor.message
    egor.tap("Submit")
    egor.forge(submit.data["Submit"], submit.message_id)
    assert egor.text.startswith("60.0 → 100.0")
    assert team.centre.count("revisions") == 1
    assert team.centre.count("evaluations") == 1


def test_discarding_leaves_the_request_standing(team: Team, egor: Person) -> None:
    disputed(team)
    afresh(egor)
    egor.tap("Discard")
    assert "Discard these answers?" in egor.text
    egor.tap("Discard")
    assert "The dispute still waits for an answer." in egor.text
    egor.tap("Back")
    afresh(egor)
    egor.tap("Submit")
    assert stored(team)[0].final == 100


def test_going_back_from_the_first_criterion_closes_the_walk(team: Team, egor: Person) -> None:
    disputed(team)
    egor.tap("Score afresh")
    egor.tap("Back")
    assert "Kept as it is" in egor.text
    egor.tap("Back")
    assert "Please score this afresh" in egor.text


def test_a_whole_evaluation_is_scored_afresh_from_the_first_criterion(
    team: Team, egor: Person
) -> None:
    team.score()
    team.dispute()
    assert "Every criterion" in egor.text
    egor.tap("Score afresh")
    egor.tap("All met")
    egor.send(COMMENT)
    egor.tap("Submit")
    evaluation, dispute, _ = stored(team)
    assert evaluation.final == 100
    assert dispute.status is Status.ACCEPTED


def test_material_comes_to_who_scores_afresh(team: Team, egor: Person) -> None:
    team.anna.forward([("Customer", "My contract is 4711"), ("Ivan", "And your name?")])
    team.anna.send("petrov")
    for label in ("Call", "Skip", "All met", "Change", "Identifies the customer: Yes", "No"):
        team.anna.tap(label)
    team.anna.send(FIRST)
    team.anna.tap("Submit")
    team.centre.delivered()
    team.dispute_error()
    assert egor.buttons == ["Score afresh", "Material", "Hand to a colleague"]
    egor.tap("Material")
    assert "My contract is 4711" in egor.text


def test_nobody_is_asked_who_can_read_it_or_has_not_come_yet(team: Team) -> None:
    team.centre.hire("Petro Bilyk", roles="supervisor|evaluator", supervises="Support")
    team.centre.hire("Root Evaluator", roles="admin|evaluator")
    team.centre.invite("Late Evaluator", roles="evaluator")
    disputed(team)
    assert stored(team)[1].reviewer_id is None
    assert "No other evaluator is there to score it afresh" in team.olena.text
    assert team.ivan.text.startswith("Your dispute is with Olena Koval, Petro Bilyk.")


def test_requests_are_shared_out_evenly(team: Team, egor: Person) -> None:
    zoya = team.centre.hire("Zoya Third", roles="evaluator")
    for number in range(3):
        team.score(f"ref-{number}")
        team.dispute_error()
    assert [len([m for m in one.messages if "Please score" in m.text]) for one in (egor, zoya)] == [
        2,
        1,
    ]


def test_a_supervisor_may_decide_while_somebody_scores_afresh(team: Team, egor: Person) -> None:
    disputed(team)
    afresh(egor)
    submit = egor.message.data["Submit"]
    team.olena.tap("Decline")
    team.olena.send("Nothing at 0:45")
    assert team.olena.text == "Declined. Ivan Petrov and Anna Bondar are told."
    team.centre.delivered()
    assert "has been decided. Thank you anyway." in egor.text
    egor.forge(submit)
    assert "Somebody else has decided this dispute meanwhile." in egor.text
    egor.send("But listen!")
    assert egor.text == "Olena Koval has decided this dispute already."
    evaluation, dispute, before = stored(team)
    assert evaluation.final == 60
    assert dispute.decided_by == team.olena.person_id
    assert before == ()


def test_who_was_asked_and_no_longer_scores_cannot_go_on(team: Team, egor: Person) -> None:
    disputed(team)
    egor.tap("Score afresh")

    async def promoting(tx: Transaction) -> None:
        support = await teams.by_name(tx, "Support")
        assert support is not None
        await people.set_roles(tx, egor.person_id, {Role.EVALUATOR, Role.SUPERVISOR})
        await people.set_teams(tx, egor.person_id, Relation.SUPERVISOR, [support.id])

    async def dismissing(tx: Transaction) -> None:
        await people.set_teams(tx, egor.person_id, Relation.SUPERVISOR, [])
        await people.set_roles(tx, egor.person_id, {Role.SUPERVISOR})

    team.centre.write(dismissing)
    assert egor.tap("Yes") == "This belongs to somebody else."
    team.centre.write(promoting)  # now it is a decision with open eyes
    egor.tap("Yes")
    assert "60.0 → 100.0" in egor.text
    assert stored(team)[1].is_open

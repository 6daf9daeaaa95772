"""Correct: an evaluator's own slip is not the agent's to dispute."""

from fractions import Fraction

from storage import revisions
from storage.revisions import Kind
from tests.corrections.conftest import (
    ERROR,
    REASON,
    acknowledge,
    correct,
    evaluation,
    save,
)
from tests.feedback.conftest import Team
from tests.feedback.settings import set_quiet_hours
from tests.score.test_typed_texts import own


def test_a_mistaken_error_stayed_for_ever(team: Team) -> None:
    team.score()
    assert team.anna.message.buttons[:2] == ["See the feedback", "Correct"]
    correct(team)
    assert team.anna.text.startswith("60.0 → 100.0\n")
    assert "• Identifies the customer: No → Yes" in team.anna.text
    save(team)
    assert team.anna.text.startswith("60.0 → 100.0\n")
    assert evaluation(team.centre).final == 100
    [first] = team.centre.read(lambda tx: revisions.superseded(tx, 1))
    assert (first.final, first.kind, first.reason) == (Fraction(60), Kind.CORRECTION, REASON)
    assert first.answers["identification"].why == "He asked for the name alone"


def test_the_reason_of_an_error_taken_back_is_not_shown_as_the_new_answers(team: Team) -> None:
    team.score()
    acknowledge(team)
    correct(team)
    assert "• Identifies the customer: No → Yes" in team.anna.text
    assert "He asked for the name alone" not in team.anna.text


def test_the_reason_of_an_error_taken_back_was_listed_under_what_went_well(team: Team) -> None:
    team.score()
    correct(team)
    save(team)
    assert "What went well" in team.ivan.text
    assert "He asked for the name alone" not in team.ivan.text


def test_a_second_message_came_where_the_first_could_be_edited(team: Team) -> None:
    team.score()
    told = len(team.ivan.messages)
    correct(team)
    save(team)
    assert len(team.ivan.messages) == told
    assert team.ivan.text.startswith("100.0 of 100\n")
    assert "Corrected on 23 Nov, Anna Bondar: 60.0 → 100.0" in team.ivan.text
    assert REASON in team.ivan.text
    assert team.olena.text.startswith("100.0 of 100\n")
    acknowledge(team)
    assert evaluation(team.centre).acknowledged_at is not None


def test_what_is_still_to_be_delivered_comes_once_and_corrected(team: Team) -> None:
    set_quiet_hours(team.centre, "09:00", "12:00")
    team.score()
    told = len(team.ivan.messages)
    correct(team)
    save(team)
    assert len(team.ivan.messages) == told
    team.centre.clock.advance(hours=3)
    team.centre.delivered()
    assert len(team.ivan.messages) == told + 1
    assert team.ivan.text.startswith("100.0 of 100\n")


def test_after_the_first_minutes_it_is_news(team: Team) -> None:
    team.score()
    told = len(team.ivan.messages)
    team.centre.clock.advance(minutes=11)
    correct(team)
    save(team)
    assert len(team.ivan.messages) == told + 1
    assert team.ivan.text.startswith("Corrected: 60.0 → 100.0\n")
    assert REASON in team.ivan.text
    team.olena.sees("Corrected: 60.0 → 100.0")
    team.ivan.tap("Open the feedback")
    assert team.ivan.text.startswith("100.0 of 100\n")


def test_a_button_under_the_old_version_acknowledges_nothing(team: Team) -> None:
    team.score()
    old = team.ivan.message
    team.centre.clock.advance(minutes=11)
    correct(team)
    save(team)
    toast = team.ivan.tap("Acknowledge", old)
    assert toast == "This has been changed. Please read it as it is now."
    assert evaluation(team.centre).acknowledged_at is None
    acknowledge(team)
    assert evaluation(team.centre).acknowledged_at is not None


def test_saving_asks_for_the_reason_and_nothing_changed_is_nothing(team: Team) -> None:
    team.score()
    team.anna.tap("Correct")
    team.anna.tap(ERROR)
    team.anna.tap("Yes")
    team.anna.tap("Save 100.0")
    assert "Why?" in team.anna.text
    assert evaluation(team.centre).final == 60
    team.anna.send(REASON)
    team.anna.tap("Change")
    team.anna.tap("Identifies the customer: Yes")
    team.anna.tap("No")
    team.anna.send("He asked for the name alone")
    assert (
        team.anna.tap("Save 60.0") == "Nothing is changed yet. Change an answer or a comment first."
    )


def test_the_earlier_version_stays_readable(team: Team) -> None:
    team.score()
    correct(team)
    save(team)
    team.ivan.tap("Receipt")
    assert "Before: 60.0" in team.ivan.buttons
    team.ivan.tap("Before: 60.0")
    assert "How 60.0 came about" in team.ivan.text


def test_a_comment_alone_can_be_corrected_and_keeps_the_acknowledgement(team: Team) -> None:
    team.score()
    acknowledge(team)
    team.anna.tap("Correct")
    team.anna.tap("Back")
    team.anna.tap("Summary comment")
    team.anna.send("Good pace")
    team.anna.send("Forgot to say it")
    assert "60.0, the score stays" in team.anna.text
    assert "This takes the consent of: Olena Koval." in team.anna.text
    team.anna.tap("Save 60.0")
    team.centre.delivered()
    team.olena.tap("Consent")
    team.centre.delivered()
    found = evaluation(team.centre)
    assert found.overall == "Good pace"
    assert found.acknowledged_at is not None


def test_discarding_a_correction_leaves_everything(team: Team) -> None:
    team.score()
    correct(team)
    team.anna.tap("Discard")
    assert "Discard this correction?" in team.anna.text
    team.anna.tap("Discard")
    assert "The evaluation stays as it was." in team.anna.text
    assert evaluation(team.centre).final == 60


def test_what_was_begun_waits_in_drafts(team: Team) -> None:
    team.score()
    correct(team)
    team.anna.tap("Close")
    team.anna.send("/drafts")
    assert team.anna.buttons == ["✎ Ivan Petrov · Call · 48213"]
    team.anna.tap("✎ Ivan Petrov · Call · 48213")
    save(team)
    assert evaluation(team.centre).final == 100


def test_a_compliance_error_brought_in_alerts_the_supervisor(team: Team) -> None:
    team.score(error=False)
    team.anna.tap("Correct")
    team.anna.tap("Identifies the customer: Yes")
    team.anna.tap("No")
    team.anna.send("Only the name")
    team.anna.send("I had missed it")
    team.anna.tap("Save 60.0")
    team.centre.delivered()
    team.olena.sees("Compliance-critical error")


def test_a_reason_being_written_for_a_dispute_was_taken_for_other_errors(team: Team) -> None:
    team.score()
    team.ivan.tap("Dispute")
    team.ivan.tap("☐ Identifies the customer")
    team.ivan.tap("Go on")
    correct(team)
    save(team)
    team.ivan.send("I did ask")
    team.centre.delivered()
    assert team.centre.count("disputes") == 0
    assert team.ivan.heard("100.0 of 100")


def test_a_second_reason_overwrote_the_first(team: Team) -> None:
    team.score()
    correct(team)
    assert "Added to Why?" in team.anna.text
    team.anna.send("The recording says so at 0:40")
    assert f"{REASON}\nThe recording says so at 0:40" in team.anna.text
    team.anna.tap("Remove")
    assert "0:40" not in team.anna.text
    team.anna.send("Heard again")
    team.anna.tap("Replace")
    assert REASON not in team.anna.text
    save(team)
    [first] = team.centre.read(lambda tx: revisions.superseded(tx, 1))
    assert first.reason == "Heard again"


def test_a_reason_that_is_edited_is_followed(team: Team) -> None:
    team.score()
    correct(team)
    team.anna.edit(own(team.anna, REASON), "He asked for both")
    assert "He asked for both" in team.anna.text
    assert REASON not in team.anna.text

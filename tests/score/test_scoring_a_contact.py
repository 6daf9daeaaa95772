"""An evaluator scores a contact: the walk, the summary, what is kept and what is refused."""

from dataclasses import replace

import pytest

from handlers.taps import DraftTap, pack, unpack
from tests.story import Centre, Person


@pytest.fixture
def anna(centre: Centre) -> Person:
    """An evaluator with two agents to score."""
    centre.hire("Ivan Petrov", roles="agent", team="Support")
    centre.hire("Daria Kovalenko", roles="agent", team="Support")
    return centre.hire("Anna Bondar", roles="evaluator")


def walk_to_criteria(anna: Person, words: str = "petrov", reference: str = "48213") -> None:
    anna.send(f"/score {words}")
    anna.tap("Call")
    anna.send(reference)


def test_an_all_met_contact_takes_four_taps(anna: Person) -> None:
    anna.send("/score petrov")
    taps = ["Call", "Skip", "All met", "Submit"]
    for label in taps:
        anna.tap(label)
    assert "100.0" in anna.text
    assert "Submitted" in anna.text
    assert len(taps) <= 5


def test_the_walk_is_one_message_edited_in_place(anna: Person) -> None:
    anna.send("/score petrov")
    shown = anna.message.message_id
    anna.tap("Call")
    anna.tap("Skip")
    anna.tap("Fully")
    assert anna.message.message_id == shown
    assert "2/" in anna.text


def test_progress_section_and_guidance_are_shown(anna: Person) -> None:
    walk_to_criteria(anna)
    assert "Ivan Petrov · Call · ref 48213" in anna.text
    assert "1/" in anna.text
    assert "Opening" in anna.text
    assert "Greets by the standard" in anna.text
    assert {"All met", "Comment", "Back", "Close"} <= set(anna.buttons)


def test_a_deduction_asks_why_and_a_reason_answers_it(anna: Person) -> None:
    walk_to_criteria(anna)
    anna.tap("Partly")
    assert "Why?" in anna.text
    anna.tap("No own name given")
    assert "Why?" not in anna.text
    assert "2/" in anna.text


def test_a_typed_reason_answers_why_too(anna: Person) -> None:
    walk_to_criteria(anna)
    anna.tap("Partly")
    anna.send("Mumbled the company's name")
    assert "2/" in anna.text


def test_all_met_is_offered_on_the_first_criterion_alone(anna: Person) -> None:
    walk_to_criteria(anna)
    anna.tap("Fully")
    assert "All met" not in anna.buttons


def test_a_comment_is_kept_and_shown(anna: Person) -> None:
    walk_to_criteria(anna)
    anna.tap("Comment")
    anna.send("Very friendly opening")
    assert "Very friendly opening" in anna.text
    assert "Greets by the standard" in anna.text


def test_text_typed_on_a_criterion_is_its_comment(anna: Person) -> None:
    walk_to_criteria(anna)
    anna.send("Very friendly opening")
    assert "Very friendly opening" in anna.text


def test_back_returns_step_by_step_to_the_form(anna: Person) -> None:
    walk_to_criteria(anna)
    anna.tap("Fully")
    anna.tap("Back")
    assert "● Fully" in anna.buttons
    anna.tap("Back")
    assert "reference" in anna.text


def test_the_summary_shows_score_sections_and_errors(anna: Person) -> None:
    walk_to_criteria(anna)
    anna.tap("All met")
    anna.tap("Change")
    anna.tap("Greets by the standard: Fully")
    anna.tap("Not at all")
    anna.tap("No offer of help")
    assert "of 100" in anna.text
    assert "Errors: 1" in anna.text
    assert "No offer of help" in anna.text
    assert {"Change", "Feedback", "Discard"} <= set(anna.buttons)
    assert anna.message.label("Submit") == "Submit · 95.0"


def test_a_critical_error_shows_the_score_without_it(anna: Person) -> None:
    walk_to_criteria(anna)
    anna.tap("All met")
    anna.tap("Change")
    anna.tap("Identifies the customer: Yes")
    anna.tap("No")
    anna.tap("No check at all")
    assert "60.0 of 100" in anna.text
    assert "without the effect of the critical error: " in anna.text


def test_overall_feedback_is_taken_from_the_summary(anna: Person) -> None:
    walk_to_criteria(anna)
    anna.tap("All met")
    anna.tap("Feedback")
    anna.send("Good pace. Mind the check.")
    assert "Good pace. Mind the check." in anna.text


def test_discard_asks_first(anna: Person) -> None:
    walk_to_criteria(anna)
    anna.tap("All met")
    anna.tap("Discard")
    anna.tap("Keep it")
    assert "of 100" in anna.text
    anna.tap("Discard")
    anna.tap("Discard")
    assert "Discarded" in anna.text
    anna.send("/drafts")
    assert "No drafts" in anna.text


def test_a_draft_survives_a_restart(centre: Centre, anna: Person) -> None:
    walk_to_criteria(anna)
    anna.tap("Fully")
    centre.restart()
    anna.send("/drafts")
    anna.tap("Ivan Petrov · Call · 48213")
    assert "2/" in anna.text


def test_close_keeps_the_draft(anna: Person) -> None:
    walk_to_criteria(anna)
    anna.tap("Fully")
    anna.tap("Close")
    assert "Kept as a draft" in anna.text
    anna.tap("Continue")
    assert "2/" in anna.text


def test_an_outdated_message_redraws_instead_of_acting(anna: Person) -> None:
    walk_to_criteria(anna)
    old = anna.message.data["Fully"]
    anna.tap("Fully")
    assert "2/" in anna.text
    told = anna.forge(old)
    assert told is not None
    assert "moved on" in told
    assert "2/" in anna.text


def test_the_same_press_twice_submits_once(centre: Centre, anna: Person) -> None:
    walk_to_criteria(anna)
    anna.tap("All met")
    submit = anna.message.data["Submit"]
    anna.tap("Submit")
    anna.forge(submit)
    assert "Submitted" in anna.text
    assert centre.count("evaluations") == 1


def test_nobody_scores_themself(centre: Centre) -> None:
    centre.hire("Ivan Petrov", roles="agent", team="Support")
    both = centre.hire("Olha Both", roles="agent|evaluator", team="Support")
    both.send("/score")
    assert "Olha Both" not in both.buttons
    theirs = unpack(both.message.data["Ivan Petrov"])
    assert isinstance(theirs, DraftTap)
    assert both.forge(pack(replace(theirs, value=both.person_id))) == (
        "You cannot score your own contacts."
    )
    assert "Whose contact?" in both.text


def test_an_agent_cannot_score(centre: Centre) -> None:
    ivan = centre.hire("Ivan Petrov", roles="agent", team="Support")
    ivan.send("/score")
    assert ivan.text == "This is not open to your role."


def test_another_persons_draft_is_refused(centre: Centre, anna: Person) -> None:
    egor = centre.hire("Egor Lis", roles="evaluator")
    walk_to_criteria(anna)
    told = egor.forge(anna.message.data["Fully"])
    assert told == "This belongs to somebody else."
    assert "1/" in anna.text


@pytest.mark.parametrize(
    "data", ["", "d", "d:1", "d:x:0:o:1", "d:1:0:??:1", "zz:1", "d:999999:0:o:0", "💥" * 10]
)
def test_a_forged_button_gets_one_sentence(anna: Person, data: str) -> None:
    walk_to_criteria(anna)
    told = anna.forge(data or "-")
    assert told in {"This button is out of date.", "That is no longer there."}
    assert "1/" in anna.text


def test_a_long_comment_is_refused_and_nothing_is_lost(anna: Person) -> None:
    walk_to_criteria(anna)
    anna.tap("Comment")
    anna.send("x" * 1001)
    assert "too long" in anna.text
    anna.send("Short enough")
    assert anna.heard("Short enough")


def test_names_narrow_as_they_are_typed(anna: Person) -> None:
    anna.send("/score")
    assert {"Ivan Petrov", "Daria Kovalenko"} <= set(anna.buttons)
    anna.send("kov")
    assert "Which channel?" in anna.text
    assert "Daria Kovalenko" in anna.text


def test_a_name_that_nobody_has_says_so(anna: Person) -> None:
    anna.send("/score zzz")
    assert "No agent matches" in anna.text
    anna.send("petrov")
    assert "Ivan Petrov" in anna.text


def test_html_in_a_name_is_shown_as_it_is(centre: Centre, anna: Person) -> None:
    centre.hire("Bold <b>Eve</b> & Co", roles="agent", team="Support")
    anna.send("/score eve")
    assert "Bold <b>Eve</b> & Co" in anna.text


def test_a_recording_starts_a_walk_with_it_attached(anna: Person) -> None:
    anna.upload("call.ogg", b"OggS" + b"\0" * 64, kind="voice")
    assert "📎 1" in anna.text
    anna.tap("Ivan Petrov")
    anna.tap("Call")
    anna.tap("Skip")
    anna.tap("All met")
    anna.tap("Submit")
    assert "Submitted" in anna.text


def test_forwarded_messages_gather_in_one_draft(anna: Person) -> None:
    anna.forward(["Hello, my parcel is lost", "Are you there?"])
    assert "📎 2" in anna.text
    anna.send("/drafts")
    assert "1 draft" in anna.text

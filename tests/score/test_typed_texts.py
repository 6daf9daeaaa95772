"""What is typed goes where it belongs: into the form that was touched, added, shown, editable."""

import pytest

from tests.story import Centre, Message, Person

GREETS = "Greets by the standard"


@pytest.fixture
def anna(centre: Centre) -> Person:
    """An evaluator with two agents to score."""
    centre.hire("Ivan Petrov", roles="agent", team="Support")
    centre.hire("Daria Kovalenko", roles="agent", team="Support")
    return centre.hire("Anna Bondar", roles="evaluator")


def begin(anna: Person, words: str = "petrov") -> Message:
    """Begin to score one of the agent's calls and return the form."""
    for label in (f"/score {words}", "Call", "Skip"):
        anna.send(label) if label.startswith("/") else anna.tap(label)
    return anna.message


def test_a_comment_goes_to_the_form_that_was_tapped_not_to_the_one_opened_last(
    anna: Person,
) -> None:
    ivan = begin(anna, "petrov")
    begin(anna, "kovalenko")
    anna.tap("Comment", ivan)
    anna.send("Ivan was friendly")
    assert "Ivan Petrov" in anna.text
    assert "Ivan was friendly" in anna.text
    anna.send("/drafts")
    anna.tap("Daria Kovalenko · Call")
    assert "friendly" not in anna.text


def test_any_tap_on_a_form_makes_it_the_awaited_one(anna: Person) -> None:
    ivan = begin(anna, "petrov")
    begin(anna, "kovalenko")
    anna.tap("Fully", ivan)
    anna.send("Asked at once")
    assert "Ivan Petrov" in anna.text
    assert "Asked at once" in anna.text


def test_a_reply_to_a_form_goes_to_that_form(anna: Person) -> None:
    ivan = begin(anna, "petrov")
    begin(anna, "kovalenko")
    anna.reply(ivan, "Ivan was friendly")
    assert "Ivan Petrov" in anna.text
    assert "Ivan was friendly" in anna.text


def test_a_reply_to_a_submitted_form_goes_nowhere_else(anna: Person) -> None:
    ivan = begin(anna, "petrov")
    anna.tap("All met")
    anna.tap("Submit")
    begin(anna, "kovalenko")
    anna.reply(ivan, "Ivan was friendly")
    anna.send("/drafts")
    anna.tap("Daria Kovalenko · Call")
    assert "friendly" not in anna.text


def test_a_reason_is_not_taken_for_a_search_after_contacts(anna: Person) -> None:
    begin(anna)
    anna.tap("Partly")
    anna.send("/contacts")
    assert "What you type goes to the evaluation of Ivan Petrov." in anna.text
    anna.send("Mumbled the company's name")
    assert "2/" in anna.text
    assert f"Added to {GREETS}" in anna.text


def test_a_reply_to_the_list_of_contacts_searches_in_mid_walk(anna: Person) -> None:
    begin(anna)
    anna.tap("Partly")
    anna.send("/contacts")
    anna.reply(anna.message, "nothing like it")
    assert "nothing like it" in anna.text
    anna.send("Mumbled")
    assert f"Added to {GREETS}" in anna.text


def test_a_command_ends_what_was_asked(centre: Centre) -> None:
    admin = centre.admin
    centre.hire("Ivan Petrov", roles="agent", team="Support")
    admin.send("/people petrov")
    admin.tap("Ivan Petrov")
    admin.tap("Rename")
    asked = admin.message
    admin.send("/teams")
    admin.send("Somebody Else")
    assert "did not understand" in admin.text
    admin.reply(asked, "Ivan Petrenko")
    assert "Ivan Petrenko" in admin.text


def test_two_questions_of_one_kind_do_not_get_each_others_text(centre: Centre) -> None:
    admin = centre.admin
    for name in ("Ivan Petrov", "Daria Kovalenko"):
        centre.hire(name, roles="agent", team="Support")
    asked = []
    for name in ("Ivan Petrov", "Daria Kovalenko"):
        admin.send(f"/people {name}")
        admin.tap(name)
        admin.tap("Rename")
        asked.append(admin.message)
    admin.reply(asked[0], "Ivan Petrenko")
    admin.reply(asked[1], "Daria Kovalchuk")
    admin.send("/people")
    assert {"Ivan Petrenko", "Daria Kovalchuk"} <= set(admin.buttons)


def test_a_reply_to_what_asks_nothing_is_not_taken_for_a_comment(anna: Person) -> None:
    begin(anna)
    anna.send("/help")
    anna.send("/drafts")
    anna.reply(anna.message, "What is this list?")
    assert "does not ask for a text" in anna.text


def test_a_second_text_is_added_and_the_bot_says_where(anna: Person) -> None:
    begin(anna)
    anna.send("Very friendly")
    anna.send("A bit fast")
    assert f"Added to {GREETS}" in anna.text
    assert "Very friendly\nA bit fast" in anna.text
    anna.tap("Remove")
    assert "Very friendly" in anna.text
    assert "A bit fast" not in anna.text
    anna.send("Too fast")
    anna.tap("Replace")
    assert "Too fast" in anna.text
    assert "Very friendly" not in anna.text


def test_the_summarys_comment_is_added_to(anna: Person) -> None:
    begin(anna)
    anna.tap("All met")
    anna.tap("Feedback")
    anna.send("Good pace.")
    anna.send("Mind the check.")
    assert "Added to Summary comment" in anna.text
    assert "Good pace.\nMind the check." in anna.text
    anna.tap("Remove")
    assert "Mind the check." not in anna.text


def test_a_second_advice_is_added(anna: Person) -> None:
    begin(anna)
    anna.tap("All met")
    anna.tap("Advice")
    anna.send("Breathe.")
    anna.tap("Advice")
    anna.send("Smile.")
    assert "Added to Advice" in anna.text
    assert "Breathe.\nSmile." in anna.text
    anna.tap("Replace")
    assert "Breathe." not in anna.text


def test_a_reason_taken_back_is_asked_for_again(anna: Person) -> None:
    begin(anna)
    anna.tap("Partly")
    anna.send("Oops, another chat")
    assert "2/" in anna.text
    anna.tap("Remove")
    assert "Why?" in anna.text
    assert "Oops" not in anna.text


def test_a_text_at_the_question_whether_to_discard_changes_nothing(anna: Person) -> None:
    begin(anna)
    anna.tap("All met")
    anna.tap("Discard")
    anna.send("No, wait")
    assert "Nothing was changed" in anna.text
    assert "Discard this evaluation?" in anna.text
    anna.tap("Keep it")
    assert "No, wait" not in anna.text
    assert "100.0" in anna.text


def test_a_second_tap_on_discard_keeps_the_answers(anna: Person) -> None:
    begin(anna)
    anna.tap("All met")
    place = next(
        (row, labels.index("Discard"))
        for row, labels in enumerate(reversed(anna.message.rows))
        if "Discard" in labels
    )
    anna.tap("Discard")
    row = list(reversed(anna.message.rows))[place[0]]
    assert row[min(place[1], len(row) - 1)] == "Keep it"


def test_a_comment_is_kept_beside_the_reason(anna: Person, centre: Centre) -> None:
    begin(anna)
    anna.send("Friendly though")
    anna.tap("Partly")
    assert "Why?" in anna.text
    assert "Friendly though" in anna.text
    anna.tap("No own name given")
    anna.tap("Rest met")
    assert "No own name given" in anna.text
    assert "Comment: Friendly though" in anna.text
    anna.tap("Submit")
    anna.tap("See the feedback")
    assert "No own name given\nComment: Friendly though" in anna.text


def test_several_reasons_are_given(anna: Person) -> None:
    begin(anna)
    anna.tap("Not at all")
    anna.tap("Several reasons")
    anna.tap("No own name given")
    anna.tap("No offer of help")
    assert {"● No own name given", "● No offer of help"} <= set(anna.buttons)
    anna.tap("Go on")
    assert "2/" in anna.text
    anna.tap("Back")
    assert "No own name given. No offer of help" in anna.text
    anna.tap("Reasons")
    anna.tap("● No own name given")
    anna.tap("Go on")
    anna.tap("Rest met")
    anna.tap("Submit")
    anna.tap("See the feedback")
    assert "No offer of help" in anna.text
    assert "No own name given" not in anna.text


def test_after_a_typed_text_the_form_stands_below_it(anna: Person) -> None:
    form = begin(anna)
    anna.send("Very friendly")
    assert anna.everything[-1].from_bot
    assert "Very friendly" in anna.text
    assert form.message_id not in {one.message_id for one in anna.everything}
    assert sum("All met" in one.buttons for one in anna.messages) == 1


def own(anna: Person, text: str) -> int:
    return next(one.message_id for one in reversed(anna.everything) if one.text == text)


def test_an_edited_comment_is_followed(anna: Person) -> None:
    begin(anna)
    anna.send("Very freindly")
    anna.send("A bit fast")
    anna.edit(own(anna, "Very freindly"), "Very friendly")
    assert "Very friendly\nA bit fast" in anna.text
    anna.tap("Fully")
    anna.edit(own(anna, "A bit fast"), "Fast")
    anna.tap("Back")
    assert "Very friendly\nFast" in anna.text


def test_an_edited_reason_is_followed_after_the_walk_has_moved_on(anna: Person) -> None:
    begin(anna)
    anna.tap("Partly")
    anna.send("Mumbled")
    anna.edit(own(anna, "Mumbled"), "Mumbled the name")
    assert "2/" in anna.text
    anna.tap("Rest met")
    assert "Mumbled the name" in anna.text


def test_a_text_that_was_too_long_counts_once_it_is_edited(anna: Person) -> None:
    begin(anna)
    anna.tap("Comment")
    anna.send("x" * 1001)
    assert "too long" in anna.text
    anna.edit(own(anna, "x" * 1001), "Short enough")
    assert "Short enough" in anna.text
    assert GREETS in anna.text


def test_an_edited_reference_is_followed(anna: Person) -> None:
    anna.send("/score petrov")
    anna.tap("Call")
    anna.send("48231")
    anna.edit(own(anna, "48231"), "48213")
    assert "ref 48213" in anna.text


def test_an_edited_name_looks_again(anna: Person) -> None:
    anna.send("/score")
    anna.send("petrov")
    anna.edit(own(anna, "petrov"), "kovalenko")
    assert "Daria Kovalenko" in anna.text
    assert "Which channel?" in anna.text


def test_an_edit_after_the_submission_says_that_it_changes_nothing(anna: Person) -> None:
    begin(anna)
    anna.send("Very freindly")
    anna.tap("All met")
    anna.tap("Submit")
    anna.edit(own(anna, "Very freindly"), "Very friendly")
    assert "The edited text changes nothing in it." in anna.text


def test_a_removed_text_does_not_come_back_by_an_edit(anna: Person) -> None:
    begin(anna)
    anna.send("Rude")
    anna.tap("Remove")
    anna.edit(own(anna, "Rude"), "Ruder")
    assert "Ruder" not in anna.text


def test_rest_met_keeps_what_was_answered(anna: Person) -> None:
    begin(anna)
    assert "Rest met" not in anna.buttons
    anna.tap("Partly")
    anna.tap("No own name given")
    assert "All met" not in anna.buttons
    anna.tap("Rest met")
    assert "Errors: 1" in anna.text
    assert anna.message.label("Submit") == "Submit · 97.5"


def test_options_are_the_last_buttons(anna: Person) -> None:
    begin(anna)
    assert anna.message.rows[-1] == ["Fully", "Partly", "Not at all"]
    anna.tap("Partly")
    assert anna.message.rows[-1] == ["Too fast to follow"]
    anna.tap("No own name given")
    assert anna.message.rows[-1] == ["Yes", "No", "N/A"]


def test_what_was_written_under_why_is_removed_by_one_button_not_by_two(anna: Person) -> None:
    begin(anna)
    anna.tap("Not at all")
    anna.tap("Several reasons")
    anna.tap("No own name given")
    anna.send("And in a whisper")
    assert [one for one in anna.buttons if one.startswith("Remove")] == ["Remove"]
    anna.tap("No offer of help")
    assert [one for one in anna.buttons if one.startswith("Remove")] == ["Remove what I wrote"]


def test_a_text_where_only_a_button_answers_is_told_that_it_was_not_added(anna: Person) -> None:
    begin(anna)
    anna.tap("All met")
    anna.tap("Change")
    anna.send("Too fast")
    assert "your text was not added" in anna.text


def test_the_lines_of_a_comment_stand_under_their_criterion_in_the_summary(anna: Person) -> None:
    begin(anna)
    anna.send("First line")
    anna.send("Second line")
    anna.tap("Not at all")
    anna.tap("No own name given")
    anna.tap("Rest met")
    assert "   Comment: First line\n   Second line" in anna.text

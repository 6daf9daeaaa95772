"""A dispute's reason is looked at before it is sent; nothing typed for it goes astray."""

from tests.feedback.conftest import Team
from tests.feedback.test_disputing import stored


def begun(team: Team) -> None:
    """Let Ivan choose the one error and go on to the question why."""
    team.score()
    team.ivan.tap("Dispute")
    team.ivan.tap("☐ Identifies the customer")
    team.ivan.tap("Go on")


def reason(team: Team) -> str:
    _, dispute = stored(team)
    assert dispute is not None
    return dispute.reason


def test_a_reason_was_filed_without_another_look(team: Team) -> None:
    begun(team)
    team.ivan.send("I did ask")
    assert "Send this dispute?" in team.ivan.text
    assert "I did ask" in team.ivan.text
    assert team.ivan.message.rows == [["Change", "Back"], ["Send"]]
    team.centre.delivered()
    assert team.centre.count("disputes") == 0
    assert not team.olena.heard("I did ask")
    team.ivan.tap("Send")
    assert reason(team) == "I did ask"
    assert team.centre.count("dispute_reasons") == 0


def test_a_second_text_is_added_and_does_not_overwrite_the_first(team: Team) -> None:
    begun(team)
    team.ivan.send("I did ask")
    team.ivan.send("It is at 0:45")
    assert "I did ask\nIt is at 0:45" in team.ivan.text
    team.ivan.tap("Send")
    assert reason(team) == "I did ask\nIt is at 0:45"


def test_change_asks_for_another_reason_and_keeps_the_old_one_until_then(team: Team) -> None:
    begun(team)
    team.ivan.send("I did not ask")
    team.ivan.tap("Change")
    assert "I did not ask" in team.ivan.text
    team.ivan.tap("Keep it")
    team.ivan.tap("Change")
    team.ivan.send("I did ask")
    assert "I did not ask" not in team.ivan.text
    team.ivan.tap("Send")
    assert reason(team) == "I did ask"


def test_a_reason_typed_before_go_on_was_lost(team: Team) -> None:
    team.score()
    team.ivan.tap("Dispute")
    team.ivan.send("I did ask")
    assert "Your reason so far:\nI did ask" in team.ivan.text
    team.ivan.tap("☐ Identifies the customer")
    assert "I did ask" in team.ivan.text
    team.ivan.tap("Go on")
    team.ivan.tap("Send")
    _, dispute = stored(team)
    assert dispute is not None
    assert (dispute.reason, dispute.criteria) == ("I did ask", ("identification",))


def test_what_was_typed_is_there_after_back_and_another_command(team: Team) -> None:
    begun(team)
    team.ivan.send("I did ask")
    team.ivan.tap("Back")
    team.ivan.send("/me")
    team.ivan.send("/feedback")
    team.ivan.tap(team.ivan.buttons[0])
    team.ivan.tap("Dispute")
    assert "I did ask" in team.ivan.text
    team.ivan.tap("The whole evaluation")
    team.ivan.tap("Send")
    assert reason(team) == "I did ask"


def test_too_long_a_reason_is_refused_and_the_rest_stays(team: Team) -> None:
    begun(team)
    team.ivan.send("x" * 900)
    team.ivan.send("y" * 101)
    assert "1,000" in team.ivan.text or "1000" in team.ivan.text
    team.ivan.tap("Send")
    assert reason(team) == "x" * 900


def test_a_second_press_on_send_files_it_once(team: Team) -> None:
    begun(team)
    team.ivan.send("I did ask")
    pressed = team.ivan.message.data["Send"]
    team.ivan.tap("Send")
    assert team.ivan.forge(pressed) == "This evaluation has been disputed already."
    assert team.centre.count("disputes") == 1


def test_send_without_a_reason_is_out_of_date(team: Team) -> None:
    team.score()
    assert team.ivan.forge("x:1:g:0") == "This button is out of date."
    assert team.centre.count("disputes") == 0


def test_an_edited_message_changes_its_part_of_the_reason(team: Team) -> None:
    begun(team)
    team.ivan.send("I did not ask")
    first = team.ivan.everything[-2].message_id
    team.ivan.send("It is at 0:45")
    team.ivan.edit(first, "I did ask")
    assert "I did ask\nIt is at 0:45" in team.ivan.text
    team.ivan.tap("Send")
    assert reason(team) == "I did ask\nIt is at 0:45"


def test_another_command_drops_the_waiting_and_says_so(team: Team) -> None:
    begun(team)
    team.ivan.send("/feedback")
    assert "I no longer wait for your text." in team.ivan.text
    team.ivan.send("I did ask")
    assert "did not understand" in team.ivan.text
    assert team.centre.count("dispute_reasons") == 0


def test_a_recording_in_answer_to_a_question_hears_that_a_text_is_wanted(team: Team) -> None:
    begun(team)
    team.ivan.upload("voice.ogg", b"sound", kind="voice")
    assert team.ivan.text == (
        "I asked for a text here: please write it. What you sent was not stored."
    )
    team.ivan.send("I did ask")
    team.ivan.tap("Send")
    team.centre.delivered()
    team.olena.tap("Decline")
    team.olena.upload("voice.ogg", b"sound", kind="voice")
    assert team.olena.text.startswith("I asked for a text here")
    team.olena.send("It is so")
    assert "Declined." in team.olena.text

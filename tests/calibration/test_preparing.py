"""Somebody prepares a session: what can be chosen, by whom, and what opening it sets off."""

from scoring.scorecard import Channel
from tests.calibration.conftest import Calibrating


def test_a_session_is_chosen_tap_by_tap_and_opened(calibrating: Calibrating) -> None:
    calibrating.evaluate("48213", "48214")
    anna = calibrating.prepare("48213", "48214")
    assert "2 contacts · Voice calls" in anna.text
    assert "2 people score" in anna.text
    assert "Until 26 Nov, 18:00" in anna.text
    anna.tap("Open the session")
    assert "0 of 2 contacts scored" in anna.text
    assert "Voice calls, version 1 · 2 contacts · 2 people" in anna.text
    assert "Borys Lys: 0 of 2" in anna.text
    calibrating.centre.delivered()
    invitation = calibrating.borys.sees("Anna Bondar invites you to a calibration")
    assert "2 contacts to score" in invitation.text
    assert not calibrating.vera.heard("calibration")


def test_preparing_is_one_message_and_goes_on_where_it_was_left(calibrating: Calibrating) -> None:
    calibrating.evaluate("48213")
    anna = calibrating.prepare("48213")
    shown = anna.message.message_id
    anna.tap("Contacts")
    assert anna.message.message_id == shown
    anna.send("/calibrate")
    assert "No session is open." in anna.text
    anna.tap("Being prepared")
    assert "1 contact · Voice calls" in anna.text
    anna.tap("Back")
    anna.tap("New session")
    assert "1 contact · Voice calls" in anna.text
    assert calibrating.centre.count("calibrations") == 1


def test_a_choice_can_be_taken_back_and_a_press_that_comes_twice_does_the_same_as_once(
    calibrating: Calibrating,
) -> None:
    calibrating.evaluate("48213", "48214")
    anna = calibrating.prepare("48213")
    anna.tap("Contacts")
    again = anna.message.data["☐ Ivan Petrov · Call · 48214"]
    anna.forge(again)
    anna.forge(again)
    assert anna.text.count("2 chosen") == 1
    anna.tap("☑ Ivan Petrov · Call · 48214")
    assert "1 chosen" in anna.text
    anna.tap("Back")
    anna.tap("People")
    anna.tap("☑ Borys Lys")
    anna.tap("Back")
    assert "1 person scores" in anna.text


def test_it_opens_only_with_something_to_score_and_somebody_to_compare_with(
    calibrating: Calibrating,
) -> None:
    calibrating.evaluate("48213")
    anna = calibrating.prepare(people=())
    assert anna.tap("Open the session") == "Choose at least one contact first."
    anna.tap("Contacts")
    anna.tap("☐ Ivan Petrov · Call · 48213")
    anna.tap("Back")
    refused = anna.tap("Open the session") or ""
    assert refused.startswith("Invite at least two people first")


def test_one_scorecard_serves_the_whole_session(calibrating: Calibrating) -> None:
    calibrating.evaluate("48213")
    calibrating.evaluate("chat-1", channel=Channel.CHAT)
    anna = calibrating.prepare(people=())
    anna.tap("Contacts")
    chat = anna.message.data["☐ Ivan Petrov · Chat · chat-1"]
    anna.tap("☐ Ivan Petrov · Call · 48213")
    assert "☐ Ivan Petrov · Chat · chat-1" not in anna.buttons
    assert anna.forge(chat) == "The scorecard of this session does not cover this channel."
    anna.tap("☑ Ivan Petrov · Call · 48213")
    anna.tap("☐ Ivan Petrov · Chat · chat-1")
    anna.tap("Back")
    assert "1 contact · Chats, e-mail, social" in anna.text


def test_a_deadline_is_some_working_days_on(calibrating: Calibrating) -> None:
    anna = calibrating.prepare(people=())
    anna.tap("Deadline")
    anna.tap("5 working days: 30 Nov, 18:00")
    assert "Until 30 Nov, 18:00" in anna.text


def test_a_reference_is_one_of_those_who_score(calibrating: Calibrating) -> None:
    anna = calibrating.prepare()
    anna.tap("Reference")
    borys = anna.message.data["Borys Lys"]
    assert "Vera Tsar" not in anna.buttons
    anna.tap("Borys Lys")
    assert "Reference: Borys Lys" in anna.text
    anna.tap("People")
    anna.tap("☑ Borys Lys")
    anna.tap("Back")
    assert "Reference: nobody" in anna.text
    assert anna.forge(borys) == "This button is out of date."


def test_what_is_forwarded_becomes_a_contact_of_the_session(calibrating: Calibrating) -> None:
    calibrating.evaluate("48213")
    anna = calibrating.prepare("48213")
    evaluations = calibrating.centre.count("evaluations")
    anna.tap("Contacts")
    anna.tap("Another contact")
    assert "Forward its messages" in anna.text
    anna.tap("Ivan Petrov")
    anna.forward(["My invoice is wrong", "And nobody answers"])
    assert "📎 2" in anna.text
    anna.tap("Call")
    anna.send("90001")
    assert "Added to the session." in anna.text
    anna.tap("Back to the session")
    assert "☑ Ivan Petrov · Call · 90001" in anna.buttons
    anna.tap("Back")
    anna.tap("Open the session")
    calibrating.centre.delivered()
    calibrating.borys.tap("Open it")
    calibrating.borys.tap("Ivan Petrov · Call · 90001")
    assert "2 pieces of material" in calibrating.borys.text
    calibrating.borys.tap("Material")
    assert "My invoice is wrong" in calibrating.borys.text
    assert calibrating.centre.count("evaluations") == evaluations


def test_a_contact_of_another_scorecard_is_refused_before_it_is_typed_in(
    calibrating: Calibrating,
) -> None:
    calibrating.evaluate("48213")
    anna = calibrating.prepare("48213")
    anna.tap("Contacts")
    anna.tap("Another contact")
    anna.tap("Ivan Petrov")
    assert anna.tap("Chat") == "The scorecard of this session does not cover this channel."


def test_a_session_that_is_given_up_is_gone(calibrating: Calibrating) -> None:
    calibrating.evaluate("48213")
    anna = calibrating.prepare("48213")
    opening = anna.message.data["Open the session"]
    anna.tap("Discard")
    assert "Discarded." in anna.text
    assert anna.forge(opening) == "This button is out of date."
    anna.send("/calibrate")
    assert anna.buttons == ["New session"]


def test_supervisors_choose_among_their_own_teams_contacts(calibrating: Calibrating) -> None:
    centre = calibrating.centre
    petro = centre.hire("Petro Bilyk", roles="supervisor", supervises="Sales")
    daria = centre.hire("Daria Koval", roles="agent", team="Sales")
    calibrating.evaluate("48213")
    calibrating.evaluate("777", agent=daria)
    olena = calibrating.olena
    olena.send("/calibrate")
    olena.tap("New session")
    olena.tap("Contacts")
    assert "☐ Daria Koval · Call · 777" not in olena.buttons
    supports = olena.message.data["☐ Ivan Petrov · Call · 48213"]
    petro.send("/calibrate")
    petro.tap("New session")
    petro.tap("Contacts")
    assert [one for one in petro.buttons if "Petrov" in one] == []
    assert petro.forge(supports) == "This belongs to somebody else."
    own = petro.message.data["☐ Daria Koval · Call · 777"]
    assert petro.forge(own.replace(":2:0", ":1:0")) == "That is no longer there."
    petro.tap("Another contact")
    assert "Ivan Petrov" not in petro.buttons
    assert "Daria Koval" in petro.buttons


def test_an_agent_cannot_calibrate(calibrating: Calibrating) -> None:
    calibrating.ivan.send("/calibrate")
    assert calibrating.ivan.text == "This is not open to your role."
    assert "calibrate" not in calibrating.ivan.commands
    assert "calibrate" in calibrating.anna.commands
    assert "calibrate" in calibrating.olena.commands


def test_a_session_that_is_open_cannot_be_changed_any_more(calibrating: Calibrating) -> None:
    calibrating.evaluate("48213", "48214")
    anna = calibrating.prepare("48213")
    anna.tap("Contacts")
    more = anna.message.data["☐ Ivan Petrov · Call · 48214"]
    anna.tap("Back")
    opening = anna.message.data["Open the session"]
    anna.tap("Open the session")
    assert anna.forge(more) == "This button is out of date."
    assert anna.forge(opening) == "This button is out of date."
    assert calibrating.centre.count("calibration_contacts") == 1

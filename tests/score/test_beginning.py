"""Beginning to score: what came meanwhile, what the contact said, what need not be asked."""

import pytest

from tests.story import Centre, Person

OGG = b"OggS" + b"\0" * 64
CHAT = """
key: brief
title: Brief card
channels: [call]
sections:
  - title: All
    weight: 1
    criteria:
      - {key: polite, title: Polite, scale: yes_no}
"""


@pytest.fixture
def anna(centre: Centre) -> Person:
    """An evaluator with two agents to score."""
    centre.hire("Ivan Petrov", roles="agent", team="Support")
    centre.hire("Daria Kovalenko", roles="agent", team="Support")
    return centre.hire("Anna Bondar", roles="evaluator")


def begin(anna: Person, words: str = "petrov") -> None:
    anna.send(f"/score {words}")
    anna.tap("Call")
    anna.send("48213")


def test_a_recording_that_comes_in_mid_walk_asks_where_it_belongs(
    centre: Centre, anna: Person
) -> None:
    begin(anna)
    anna.tap("Fully")
    anna.upload("call.ogg", OGG, kind="voice")
    assert "Which contact does this belong to?" in anna.text
    anna.tap("Add to Ivan Petrov · 48213")
    assert "Ivan Petrov · Call · ref 48213 · 📎 1" in anna.text
    assert "2/" in anna.text
    assert len([one for one in anna.messages if "Yes" in one.buttons]) == 1
    anna.tap("Rest met")
    anna.tap("Submit")
    assert centre.count("evaluations") == 1


def test_without_a_reference_the_channel_tells_which_evaluation_a_recording_is_added_to(
    anna: Person,
) -> None:
    for label in ("Call", "Chat"):
        anna.send("/score petrov")
        anna.tap(label)
        anna.tap("Skip")
    anna.upload("call.ogg", OGG, kind="voice")
    anna.tap("Add to Ivan Petrov · Chat")
    assert "Ivan Petrov · Chat · 📎 1" in anna.text


def test_messages_forwarded_in_mid_walk_may_be_another_contact(anna: Person) -> None:
    begin(anna)
    anna.tap("Fully")
    anna.forward(["Hello, my parcel is lost", "Are you there?"])
    assert "📎 2" in anna.text
    anna.tap("New contact")
    assert "Whose contact?" in anna.text
    anna.send("kovalenko")
    assert "Daria Kovalenko" in anna.text
    anna.send("/drafts")
    assert "2 drafts" in anna.text


def test_what_is_typed_meanwhile_still_goes_to_the_walk(anna: Person) -> None:
    begin(anna)
    anna.tap("Partly")
    anna.upload("call.ogg", OGG, kind="voice")
    anna.send("Mumbled")
    assert "Added to Greets by the standard" in anna.text


def test_a_recording_in_reply_to_a_form_belongs_to_its_contact(anna: Person) -> None:
    begin(anna)
    form = anna.message
    anna.far.upload(
        "call.ogg",
        OGG,
        person=str(anna.id),
        kind="voice",
        duration="5",
        reply_to=str(form.message_id),
    )
    assert "📎 1" in anna.text
    assert "1/" in anna.text


def test_the_channel_is_guessed_from_the_material(anna: Person) -> None:
    anna.upload("call.ogg", OGG, kind="voice")
    anna.tap("Ivan Petrov")
    assert "Ivan Petrov · Call" in anna.text
    assert "guess" in anna.text
    anna.tap("Chat")
    assert "Ivan Petrov · Chat" in anna.text
    assert "guess" not in anna.text


def test_forwarded_messages_are_taken_for_a_chat(anna: Person) -> None:
    anna.forward(["Hello, my parcel is lost"])
    anna.tap("Ivan Petrov")
    assert "Ivan Petrov · Chat" in anna.text


def test_the_scorecard_used_last_is_not_asked_for_again(centre: Centre, anna: Person) -> None:
    centre.admin.upload("brief.yaml", CHAT)
    centre.admin.tap("Publish")
    anna.send("/score petrov")
    anna.tap("Call")
    assert "Which scorecard?" in anna.text
    anna.tap("Brief card")
    for label in ("Skip", "All met", "Submit"):
        anna.tap(label)
    anna.send("/score petrov")
    anna.tap("Call")
    assert "reference" in anna.text
    anna.tap("Scorecard: Brief card")
    anna.tap("Voice calls")
    anna.tap("Skip")
    assert "1/13" in anna.text


def test_a_contact_is_shown_with_its_text_before_it_is_scored(centre: Centre, anna: Person) -> None:
    table = "reference,agent,channel,topic,text\n48213,Ivan Petrov,chat,Delivery,Where is it?\n"
    centre.admin.upload("contacts.csv", table)
    anna.send("/score 48213")
    assert "1/" in anna.text
    about = anna.messages[-2].text
    assert "Topic: Delivery" in about
    assert "Where is it?" in about

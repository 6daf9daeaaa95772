"""Scoring a contact that the journal knows: no question twice, no contact twice."""

import pytest

from tests.contacts.files import csv_of, row
from tests.story import Centre, Person


@pytest.fixture
def anna(centre: Centre) -> Person:
    """An evaluator, with contact 48213 of Ivan's in the journal."""
    centre.hire("Ivan Petrov", roles="agent", team="Support")
    centre.hire("Daria Kovalenko", roles="agent", team="Support")
    centre.admin.upload("contacts.csv", csv_of(row(started_at="2026-11-20 14:20")))
    return centre.hire("Anna Bondar", roles="evaluator")


def open_card(person: Person) -> None:
    person.send("/contacts 48213")
    person.tap("48213 · Call · Ivan Petrov · 20 Nov")


def submit(person: Person) -> None:
    person.tap("All met")
    person.tap("Submit")


def test_a_reference_leads_straight_to_the_first_criterion(anna: Person) -> None:
    anna.send("/score 48213")
    assert "Ivan Petrov · Call · ref 48213" in anna.text
    assert "1/" in anna.text


def test_scoring_it_makes_no_second_contact(centre: Centre, anna: Person) -> None:
    open_card(anna)
    anna.tap("Score it")
    submit(anna)
    assert "Submitted" in anna.text
    assert centre.count("contacts") == 1
    open_card(anna)
    assert "• 100.0 · 23 Nov 2026 · Anna Bondar" in anna.text
    anna.tap("100.0 · 23 Nov · Anna Bondar")
    assert "100.0 of 100" in anna.text
    assert "20 Nov, 14:20" in anna.text


def test_typing_the_same_reference_in_the_form_finds_it_too(centre: Centre, anna: Person) -> None:
    anna.send("/score petrov")
    anna.tap("Call")
    anna.send("48213")
    submit(anna)
    assert centre.count("contacts") == 1


def test_going_back_and_naming_another_contact_scores_that_one(
    centre: Centre, anna: Person
) -> None:
    anna.send("/score 48213")
    anna.tap("Back")
    anna.send("49000")
    submit(anna)
    assert centre.count("contacts") == 2
    open_card(anna)
    assert "Not scored yet" in anna.text


def test_several_contacts_of_one_reference_are_asked_about(centre: Centre, anna: Person) -> None:
    rows = [row(channel="chat"), row(agent="Daria Kovalenko", started_at="2026-11-21 10:00")]
    centre.admin.upload("contacts.csv", csv_of(*rows))
    anna.send("/score 48213")
    assert "Which contact?" in anna.text
    anna.tap("Call · Daria Kovalenko · 21 Nov")
    assert "Daria Kovalenko · Call · ref 48213" in anna.text
    assert "1/" in anna.text


def test_words_that_are_no_reference_are_an_agents_name(anna: Person) -> None:
    anna.send("/score petrov")
    assert "Which channel?" in anna.text


def test_beginning_twice_continues_the_same_draft(centre: Centre, anna: Person) -> None:
    anna.send("/score 48213")
    anna.tap("Fully")
    open_card(anna)
    anna.tap("Score it")
    assert "2/" in anna.text
    assert centre.count("drafts") == 1


def test_with_two_scorecards_the_choice_leads_on_to_the_criteria(
    centre: Centre, anna: Person
) -> None:
    second = """
key: short
title: Short calls
channels: [call]
sections:
  - title: Everything
    weight: 1
    criteria:
      - {key: polite, title: Is polite, guide: Always., weight: 1, scale: yes_no}
"""
    centre.admin.upload("short.yaml", second)
    centre.admin.tap("Publish")
    anna.send("/score 48213")
    anna.tap("Short calls")
    assert "Is polite" in anna.text
    submit(anna)
    assert centre.count("contacts") == 1


def test_nobody_scores_their_own_contact(centre: Centre, anna: Person) -> None:
    both = centre.hire("Olha Both", roles="agent|evaluator", team="Support")
    centre.admin.upload("contacts.csv", csv_of(row(agent="Olha Both", reference="77")))
    both.send("/score 77")
    assert both.text == "You cannot score your own contacts."
    both.send("/contacts 77")
    both.tap("77 · Call · Olha Both · 23 Nov")
    assert "Score it" not in both.buttons
    anna.send("/contacts 77")
    anna.tap("77 · Call · Olha Both · 23 Nov")
    assert both.forge(anna.message.data["Score it"]) == "You cannot score your own contacts."


def test_another_evaluator_sees_that_it_is_scored_but_not_how(centre: Centre, anna: Person) -> None:
    anna.send("/score 48213")
    submit(anna)
    egor = centre.hire("Egor Lis", roles="evaluator")
    open_card(egor)
    assert "• scored · 23 Nov 2026 · Anna Bondar" in egor.text
    assert not any("100.0" in text for text in (egor.text, *egor.buttons))


def test_a_recording_that_came_with_the_evaluation_is_on_the_card(
    centre: Centre, anna: Person
) -> None:
    anna.upload("call.ogg", b"OggS" + b"\0" * 64, kind="voice")
    anna.tap("Ivan Petrov")
    anna.tap("Call")
    anna.send("48213")
    submit(anna)
    assert centre.count("contacts") == 1
    open_card(anna)
    assert "📎 1" in anna.text
    anna.tap("Material")
    assert "voice" in anna.message.raw


def test_a_draft_on_a_contact_survives_a_restart(centre: Centre, anna: Person) -> None:
    anna.send("/score 48213")
    anna.tap("Fully")
    centre.restart()
    anna.send("/drafts")
    anna.tap("Ivan Petrov · Call · 48213")
    anna.tap("Back")
    submit(anna)
    assert centre.count("contacts") == 1

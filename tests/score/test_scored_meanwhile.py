"""Somebody else scored the contact while a draft was filled in: that is said before submitting."""

import pytest

from tests.contacts.files import csv_of, row
from tests.story import Centre, Person

MEANWHILE = "This contact has been scored meanwhile"


@pytest.fixture
def anna(centre: Centre) -> Person:
    """An evaluator with Ivan's call 48213 filled in, down to the summary."""
    centre.hire("Ivan Petrov", roles="agent", team="Support")
    centre.admin.upload("contacts.csv", csv_of(row(started_at="2026-11-20 14:20")))
    anna = centre.hire("Anna Bondar", roles="evaluator")
    anna.send("/score 48213")
    anna.tap("All met")
    return anna


@pytest.fixture
def egor(centre: Centre, anna: Person) -> Person:
    """Another evaluator, who submits the same call a minute later."""
    assert anna.buttons
    egor = centre.hire("Egor Lis", roles="evaluator")
    score(centre, egor)
    return egor


def score(centre: Centre, person: Person) -> None:
    centre.clock.advance(minutes=1)
    person.send("/score 48213")
    if "Score again" in person.buttons:
        person.tap("Score again")
    person.tap("All met")
    person.tap("Submit")
    assert person.heard("Submitted")
    centre.delivered()


def test_submit_replaced_somebody_elses_score_unwarned(
    centre: Centre, anna: Person, egor: Person
) -> None:
    anna.tap("Submit")
    assert MEANWHILE in anna.text
    assert "100.0 · 23 Nov 2026 · Egor Lis" in anna.text or "Egor Lis" in anna.text
    assert "If you submit yours, it counts instead." in anna.text
    assert anna.message.buttons == ["Open it", "Submit anyway", "Back"]
    assert centre.count("evaluations") == 1
    told = len(egor.messages)
    anna.tap("Submit anyway")
    assert "Submitted" in anna.text
    assert centre.count("evaluations") == 2
    centre.delivered()
    assert len(egor.messages) == told


def test_back_leads_to_the_summary_with_everything_kept(anna: Person, egor: Person) -> None:
    assert egor.person_id
    anna.tap("Submit")
    anna.tap("Back")
    assert "100.0 of 100" in anna.text
    anna.tap("Submit")
    assert MEANWHILE in anna.text


def test_what_was_scored_after_the_warning_is_warned_of_again(
    centre: Centre, anna: Person, egor: Person
) -> None:
    anna.tap("Submit")
    assert "Egor Lis" in anna.text
    score(centre, centre.hire("Lena Moroz", roles="evaluator"))
    anna.tap("Submit anyway")
    assert MEANWHILE in anna.text
    assert "Lena Moroz" in anna.text
    assert centre.count("evaluations") == 2
    assert egor.person_id
    anna.tap("Submit anyway")
    assert centre.count("evaluations") == 3


def test_what_was_there_before_the_draft_is_asked_about_once(centre: Centre, egor: Person) -> None:
    centre.clock.advance(minutes=1)
    egor.send("/score 48213")
    egor.tap("Score again")
    egor.tap("All met")
    egor.tap("Submit")
    assert "Submitted" in egor.text

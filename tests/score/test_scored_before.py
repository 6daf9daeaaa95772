"""A contact that has been scored says so before it is scored again, and counts once."""

import pytest

from storage import disputes
from storage.database import Transaction
from storage.disputes import NewDispute
from tests.contacts.files import csv_of, row
from tests.story import MONDAY, Centre, Person

SCORED = "This contact has been scored"


@pytest.fixture
def ivan(centre: Centre) -> Person:
    """An agent with contact 48213 in the journal."""
    ivan = centre.hire("Ivan Petrov", roles="agent", team="Support")
    centre.hire("Daria Kovalenko", roles="agent", team="Support")
    centre.admin.upload("contacts.csv", csv_of(row(started_at="2026-11-20 14:20")))
    return ivan


@pytest.fixture
def anna(centre: Centre, ivan: Person) -> Person:
    """An evaluator who has scored it with 100."""
    assert ivan.person_id
    anna = centre.hire("Anna Bondar", roles="evaluator")
    anna.send("/score 48213")
    submit(anna)
    return anna


def submit(person: Person, *first: str) -> None:
    for label in first:
        person.tap(label)
    person.tap("All met")
    person.tap("Submit")
    assert "Submitted" in person.text


def test_scoring_a_contact_again_warns_of_what_it_has(centre: Centre, anna: Person) -> None:
    anna.send("/score 48213")
    assert SCORED in anna.text
    assert "Ivan Petrov · Call · ref 48213" in anna.text
    assert "100.0 · 23 Nov 2026 · Anna Bondar" in anna.text
    assert "not disputed" in anna.text
    assert anna.buttons == ["Open it", "Score again"]
    assert centre.count("drafts") == 1


def test_open_it_shows_the_evaluation(anna: Person) -> None:
    anna.send("/score 48213")
    anna.tap("Open it")
    assert "100.0 of 100" in anna.text


def test_scored_twice_it_counts_once_and_the_first_says_so(
    centre: Centre, anna: Person, ivan: Person
) -> None:
    olga = centre.hire("Olga Supervisor", roles="supervisor", supervises="Support")
    anna.send("/score 48213")
    submit(anna, "Score again")
    assert centre.count("evaluations") == 2
    assert centre.count("contacts") == 1
    olga.send("/team")
    assert "1 evaluation: too few to compare" in olga.text
    ivan.send("/feedback")
    assert "✕ no longer counts" in ivan.text
    ivan.tap("✕ 100.0 · Call · 23 Nov · 48213")
    assert "Scored again later: it no longer counts." in ivan.text
    assert "Dispute" not in ivan.buttons
    assert "Acknowledge" not in ivan.buttons
    olga.send("/contacts 48213")
    olga.tap("48213 · Call · Ivan Petrov · 20 Nov")
    assert "Anna Bondar · scored again" in olga.text


def test_the_card_warns_as_well(anna: Person) -> None:
    anna.send("/contacts 48213")
    anna.tap("48213 · Call · Ivan Petrov · 20 Nov")
    anna.tap("Score it")
    assert SCORED in anna.text
    anna.tap("Score again")
    assert "1/" in anna.text


def test_typing_the_reference_into_the_form_warns_as_well(centre: Centre, anna: Person) -> None:
    anna.send("/score petrov")
    anna.tap("Call")
    anna.send("№ 48213")
    assert SCORED in anna.text
    submit(anna, "Score again")
    assert centre.count("contacts") == 1


def test_another_evaluator_is_warned_without_the_score(centre: Centre, anna: Person) -> None:
    assert anna.person_id
    egor = centre.hire("Egor Lis", roles="evaluator")
    egor.send("/score #48213")
    assert "scored · 23 Nov 2026 · Anna Bondar" in egor.text
    assert "100" not in egor.text
    egor.tap("Open it")
    assert "100" not in egor.text
    assert "• scored" in egor.text


def disputed(centre: Centre, *, reviewer: Person) -> None:
    async def disputing(tx: Transaction) -> None:
        new = NewDispute(1, (), "It was another call.", MONDAY, reviewer_id=reviewer.person_id)
        await disputes.add(tx, new, MONDAY)

    centre.write(disputing)


def test_an_open_dispute_is_named(centre: Centre, anna: Person) -> None:
    egor = centre.hire("Egor Lis", roles="evaluator")
    disputed(centre, reviewer=egor)
    anna.send("/score 48213")
    assert "disputed, not decided yet" in anna.text


def test_whoever_scores_a_dispute_afresh_learns_nothing_of_the_first_answers(
    centre: Centre, anna: Person
) -> None:
    assert anna.person_id
    egor = centre.hire("Egor Lis", roles="evaluator|supervisor", supervises="Support")
    disputed(centre, reviewer=egor)
    egor.send("/score 48213")
    assert SCORED in egor.text
    assert not any(word in egor.text for word in ("100", "Anna", "disputed"))
    data = egor.message.data["Open it"]
    assert data.startswith("j:")  # the contact, not the evaluation


def test_a_reference_of_somebody_elses_contact_is_no_new_contact(
    centre: Centre, ivan: Person
) -> None:
    assert ivan.person_id
    egor = centre.hire("Egor Lis", roles="evaluator")
    egor.send("/score kovalenko")
    egor.tap("Call")
    egor.send("#48213")
    assert "48213 is a contact of Ivan Petrov." in egor.text
    assert egor.buttons == [
        "Ivan Petrov · Call · 20 Nov",
        "New: Daria Kovalenko · Call",
        "Another reference",
    ]
    egor.tap("Ivan Petrov · Call · 20 Nov")
    assert "Ivan Petrov · Call · ref 48213" in egor.text
    submit(egor)
    assert centre.count("contacts") == 1


def test_the_same_reference_may_be_another_agents_new_contact(centre: Centre, ivan: Person) -> None:
    assert ivan.person_id
    egor = centre.hire("Egor Lis", roles="evaluator")
    egor.send("/score kovalenko")
    egor.tap("Call")
    egor.send("48213")
    egor.tap("New: Daria Kovalenko · Call")
    assert "Daria Kovalenko · Call · ref 48213" in egor.text
    submit(egor)
    assert centre.count("contacts") == 2
    egor.send("/score 48213")
    assert "Which contact?" in egor.text


def test_another_reference_leads_back_to_the_question(centre: Centre, ivan: Person) -> None:
    assert ivan.person_id
    egor = centre.hire("Egor Lis", roles="evaluator")
    egor.send("/score kovalenko")
    egor.tap("Call")
    egor.send("48213")
    egor.tap("Another reference")
    assert "The contact's reference?" in egor.text
    egor.send("48999")
    assert "Daria Kovalenko · Call · ref 48999" in egor.text
    assert "1/" in egor.text


def test_a_reference_that_nobody_knows_is_a_new_contact_and_not_asked_for_again(
    centre: Centre, ivan: Person
) -> None:
    assert ivan.person_id
    egor = centre.hire("Egor Lis", roles="evaluator")
    egor.send("/score № 49001")
    assert "49001 is not in the journal yet" in egor.text
    egor.tap("Daria Kovalenko")
    egor.tap("Call")
    assert "Daria Kovalenko · Call · ref 49001" in egor.text
    assert "1/" in egor.text


def test_a_reference_typed_instead_of_a_name_is_looked_up(centre: Centre, ivan: Person) -> None:
    assert ivan.person_id
    egor = centre.hire("Egor Lis", roles="evaluator")
    egor.send("/score")
    egor.send("№48213")
    assert "Ivan Petrov · Call · ref 48213" in egor.text
    assert "1/" in egor.text


def test_a_search_finds_a_reference_however_it_is_written(centre: Centre, ivan: Person) -> None:
    assert ivan.person_id
    for typed in ("#48213", "№ 48213", "48213"):
        centre.admin.send(f"/contacts {typed}")
        assert "48213 · Call · Ivan Petrov · 20 Nov" in centre.admin.buttons

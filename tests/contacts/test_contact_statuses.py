"""A contact's status moves as the contract names it; a review ends with an approver."""

import pytest

from tests.contacts.files import csv_of, row
from tests.story import Centre, Person

LABEL = "48213 · Call · Ivan Petrov · 23 Nov"


@pytest.fixture
def anna(centre: Centre) -> Person:
    """An evaluator; Ivan's contact 48213 is in progress."""
    centre.hire("Ivan Petrov", roles="agent", team="Support")
    centre.admin.upload("contacts.csv", csv_of(row(status="in_progress")))
    return centre.hire("Anna Bondar", roles="evaluator")


@pytest.fixture
def egor(centre: Centre, anna: Person) -> Person:
    """The supervisor of Ivan's team."""
    return centre.hire("Egor Boss", roles="supervisor", supervises="Support")


def open_card(person: Person) -> None:
    person.send("/contacts 48213")
    person.tap(next(label for label in person.buttons if "48213" in label))


def moves(person: Person) -> set[str]:
    known = {"In progress", "Defer", "Send for review", "Close", "Reopen", "Approve", "Send back"}
    return known & set(person.message.buttons)


def test_a_status_moves_by_a_tap_and_says_who_did_it(anna: Person) -> None:
    open_card(anna)
    assert moves(anna) == {"Defer", "Send for review", "Close"}
    anna.tap("Defer")
    assert "Status: Deferred" in anna.text
    assert "Moved by Anna Bondar, 23 Nov, 10:00" in anna.text
    assert moves(anna) == {"In progress", "Send for review", "Close"}
    anna.tap("Close")
    assert "Status: Closed" in anna.text
    anna.tap("Reopen")
    assert "Status: In progress" in anna.text


def test_under_review_waits_for_a_supervisor_who_approves(
    centre: Centre, anna: Person, egor: Person
) -> None:
    open_card(anna)
    anna.tap("Send for review")
    assert "Status: Under review" in anna.text
    assert moves(anna) == set()
    news = egor.sees("A contact waits for your approval")
    assert "48213 · Call · Ivan Petrov" in news.text
    egor.tap("Open the contact")
    egor.tap("Approve")
    assert "Status: Closed" in egor.text
    assert "Approved by Egor Boss" in egor.text
    anna.sees("Approved by Egor Boss")


def test_under_review_is_sent_back_with_a_comment(
    centre: Centre, anna: Person, egor: Person
) -> None:
    open_card(anna)
    anna.tap("Send for review")
    egor.sees("A contact waits for your approval")
    open_card(egor)
    egor.tap("Send back")
    assert "What is still to be done?" in egor.text
    egor.send("Ask the customer for the parcel's number.")
    assert "Status: In progress" in egor.text
    assert "Sent back by Egor Boss" in egor.text
    news = anna.sees("Sent back by Egor Boss")
    assert "Ask the customer for the parcel's number." in news.text


def test_back_from_the_comment_leaves_it_under_review(anna: Person, egor: Person) -> None:
    open_card(anna)
    anna.tap("Send for review")
    egor.sees("A contact waits for your approval")
    open_card(egor)
    egor.tap("Send back")
    egor.tap("Back")
    assert "Status: Under review" in egor.text
    egor.tap("To the list")
    assert "“48213”: 1" in egor.text


def test_without_a_supervisor_the_admins_are_asked(centre: Centre, anna: Person) -> None:
    open_card(anna)
    anna.tap("Send for review")
    centre.admin.sees("A contact waits for your approval")
    centre.admin.tap("Open the contact")
    centre.admin.tap("Approve")
    assert "Status: Closed" in centre.admin.text


def test_an_evaluator_cannot_approve(centre: Centre, anna: Person, egor: Person) -> None:
    open_card(anna)
    anna.tap("Send for review")
    egor.sees("A contact waits for your approval")
    open_card(egor)
    approve, back = egor.message.data["Approve"], egor.message.data["Send back"]
    assert anna.forge(approve) == "This is not open to your role."
    assert anna.forge(back) == "This is not open to your role."
    open_card(anna)
    assert "Status: Under review" in anna.text


def test_another_teams_supervisor_cannot_approve(
    centre: Centre, anna: Person, egor: Person
) -> None:
    other = centre.hire("Nina Other", roles="supervisor", supervises="Sales")
    open_card(anna)
    anna.tap("Send for review")
    egor.sees("A contact waits for your approval")
    open_card(egor)
    other.send("/contacts")
    assert other.forge(egor.message.data["Approve"]) == "This belongs to somebody else."


def test_an_evaluator_who_leads_another_team_cannot_approve(centre: Centre, anna: Person) -> None:
    both = centre.hire("Nina Both", roles="supervisor|evaluator", supervises="Sales")
    open_card(anna)
    anna.tap("Send for review")
    open_card(both)
    assert moves(both) == set()


def test_nobody_moves_their_own_contact(centre: Centre, anna: Person) -> None:
    own = centre.hire("Olha Both", roles="agent|supervisor", team="Night", supervises="Night")
    centre.admin.upload(
        "contacts.csv", csv_of(row(agent="Olha Both", reference="77", status="under_review"))
    )
    own.send("/contacts 77")
    own.tap("◔ 77 · Call · Olha Both · 23 Nov")
    assert moves(own) == set()
    centre.admin.send("/contacts 77")
    centre.admin.tap("◔ 77 · Call · Olha Both · 23 Nov")
    told = own.forge(centre.admin.message.data["Approve"])
    assert told == "This is your own contact: somebody else moves it on."


def test_the_same_press_twice_moves_once(centre: Centre, anna: Person) -> None:
    open_card(anna)
    data = anna.message.data["Defer"]
    anna.tap("Defer")
    assert "moved on" in (anna.forge(data) or "")
    assert "Status: Deferred" in anna.text
    assert centre.count("contact_moves") == 1


def test_of_two_decisions_the_later_is_told(centre: Centre, anna: Person, egor: Person) -> None:
    open_card(anna)
    anna.tap("Send for review")
    egor.sees("A contact waits for your approval")
    open_card(egor)
    egor.tap("Send back")
    open_card(centre.admin)
    centre.admin.tap("Approve")
    egor.send("Not good enough")
    assert egor.text == "This contact had moved on meanwhile."
    open_card(egor)
    assert "Status: Closed" in egor.text


def test_an_empty_comment_is_asked_for_again(centre: Centre, anna: Person, egor: Person) -> None:
    open_card(anna)
    anna.tap("Send for review")
    egor.sees("A contact waits for your approval")
    open_card(egor)
    egor.tap("Send back")
    egor.send("x" * 1001)
    assert "too long" in egor.text
    egor.send("Too short a talk")
    assert any("Sent back by Egor Boss" in one.text for one in egor.messages)


def test_news_of_a_review_that_has_ended_is_not_sent(
    centre: Centre, anna: Person, egor: Person
) -> None:
    open_card(egor)
    egor.tap("Send for review")
    egor.tap("Approve")
    centre.delivered()
    assert not anna.heard("Approved by")
    assert not centre.admin.heard("A contact waits for your approval")

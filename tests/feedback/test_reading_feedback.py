"""Feedback arrives, is read, acknowledged and found again; and nobody else reads along."""

import pytest
from sqlalchemy import update

from storage.database import Transaction
from storage.tables import AttachmentRow
from tests.access.sentences import is_denial
from tests.feedback.conftest import Team
from tests.feedback.reading import receipt_numbers
from tests.feedback.settings import set_quiet_hours


def lose_files(team: Team) -> None:
    """Make what is stored of the material point at files that Telegram does not know."""

    async def losing(tx: Transaction) -> None:
        await tx.execute(update(AttachmentRow).values(file_id="BAADnobodyknows"))

    team.centre.write(losing)


def test_feedback_reaches_the_agent_and_a_copy_the_supervisor(team: Team) -> None:
    team.score()
    assert "60.0 of 100" in team.ivan.text
    assert "• Identifies the customer (compliance)\nHe asked for the name alone" in team.ivan.text
    assert "Anna Bondar, 23 Nov, 10:00" in team.ivan.text
    assert team.ivan.message.rows == [["Acknowledge", "Dispute", "Receipt"]]
    copy = team.olena.sees("Ivan Petrov · Call · ref 48213")
    assert "Acknowledge" not in copy.buttons


def test_a_compliance_error_alarms_the_supervisor_through_quiet_hours(team: Team) -> None:
    team.score()
    alert = team.olena.sees("Compliance-critical error")
    assert "Ivan Petrov" in alert.text
    team.olena.tap("Open the feedback", alert)
    assert "What went well" in team.olena.text


def test_acknowledging_twice_notes_it_once(team: Team) -> None:
    team.score()
    message = team.ivan.message
    pressed = message.data["Acknowledge"]
    assert team.ivan.tap("Acknowledge") == "Acknowledged"
    assert "Acknowledged on 23 Nov, 10:00" in team.ivan.text
    assert team.ivan.buttons == ["Dispute", "Receipt"]
    team.centre.clock.advance(hours=2)
    team.ivan.forge(pressed, message.message_id)
    assert "Acknowledged on 23 Nov, 10:00" in team.ivan.text
    assert team.ivan.message.message_id == message.message_id


def test_only_the_agent_acknowledges_disputes_and_reads(team: Team) -> None:
    team.score()
    acknowledge, dispute = (team.ivan.message.data[key] for key in ("Acknowledge", "Dispute"))
    receipt = team.ivan.message.data["Receipt"]
    stranger = team.centre.hire("Daria Kovalenko", roles="agent", team="Support")
    other = team.centre.hire("Petro Bilyk", roles="supervisor", supervises="Sales")
    for person, data in (
        (stranger, acknowledge),
        (stranger, receipt),
        (other, receipt),
        (other, dispute),
        (team.olena, acknowledge),
        (team.olena, dispute),
        (team.anna, dispute),
    ):
        assert is_denial(person.forge(data))
    assert team.centre.count("disputes") == 0
    team.ivan.send("/feedback")
    assert "not acknowledged yet" in team.ivan.text


def test_the_evaluator_and_the_supervisor_may_read_the_receipt(team: Team) -> None:
    team.score()
    receipt = team.ivan.message.data["Receipt"]
    for person in (team.anna, team.olena, team.centre.admin):
        person.forge(receipt)
        assert "How 60.0 came about" in person.text


@pytest.mark.parametrize("data", ["f:99999:s:0:0", "f:99999:a:0:0", "f:99999:m:0:0", "f:0:r:0:0"])
def test_a_forged_evaluation_is_not_there(team: Team, data: str) -> None:
    team.score()
    assert team.ivan.forge(data) == "That is no longer there."


def test_the_receipt_opens_in_place_adds_up_and_leads_back(team: Team) -> None:
    team.score()
    message = team.ivan.message.message_id
    team.ivan.tap("Receipt")
    assert team.ivan.message.message_id == message
    shown = receipt_numbers(team.ivan.text)
    assert shown.final == 60
    assert sum(shown.points) == shown.raw
    assert shown.steps == [(shown.raw, shown.final)]
    team.ivan.tap("Back")
    assert team.ivan.message.message_id == message
    assert "What went well" in team.ivan.text


def test_an_old_receipt_keeps_the_scorecard_it_was_made_with(team: Team) -> None:
    team.score()
    team.ivan.tap("Receipt")
    assert "Voice calls, version 1" in team.ivan.text


def test_the_same_error_in_three_contacts_is_called_so(team: Team) -> None:
    for _ in range(2):
        team.score()
    assert "the same error" not in team.ivan.text
    team.score(error=False)
    team.score()
    assert "the same error in 3 of the last 4 contacts" in team.ivan.text


def test_the_archive_lists_newest_first_and_turns_pages(team: Team) -> None:
    team.ivan.send("/feedback")
    assert "Nothing yet." in team.ivan.text
    for number in range(9):
        team.score(f"ref-{number}", error=False)
    team.ivan.tap("Acknowledge")
    team.ivan.send("/feedback")
    assert team.ivan.buttons[0] == "100.0 · Call · 23 Nov · ref-8"
    assert team.ivan.buttons[1] == "● 100.0 · Call · 23 Nov · ref-7"
    team.ivan.tap("Older ›")
    assert team.ivan.buttons == ["● 100.0 · Call · 23 Nov · ref-0", "‹ Newer"]
    team.ivan.tap("● 100.0 · Call · 23 Nov · ref-0")
    assert "ref ref-0" in team.ivan.text
    team.ivan.tap("Receipt")
    team.ivan.tap("Back")
    team.ivan.tap("Back")
    assert "9–9 of 9" in team.ivan.text


def test_an_archive_is_open_to_its_agent_and_those_above(team: Team) -> None:
    team.score()
    listing = f"f:{team.ivan.person_id}:l:0:0"
    team.olena.forge(listing)
    assert "Feedback for Ivan Petrov" in team.olena.text
    other = team.centre.hire("Petro Bilyk", roles="supervisor", supervises="Sales")
    assert other.forge(listing) == "This belongs to somebody else."
    assert team.anna.forge(listing) == "This belongs to somebody else."


def test_feedback_is_for_agents_and_those_who_give_it(team: Team) -> None:
    team.olena.send("/feedback")
    assert team.olena.text == "This is not open to your role."
    assert "feedback" not in team.olena.commands
    assert "feedback" in team.ivan.commands
    assert "feedback" in team.anna.commands


def test_feedback_is_not_shown_where_others_read_along(team: Team) -> None:
    team.score()
    group = team.centre.group("Support floor", team.ivan, team.olena)
    team.ivan.send("/feedback", to=group)
    assert "private chat" in group.text
    assert "Call" not in group.text


def test_material_is_sent_again_on_demand(team: Team) -> None:
    team.anna.upload("call.ogg", b"OggS", kind="voice")
    team.anna.forward([("Customer", "Where is my order?"), ("Customer", "Hello?!")])
    team.anna.tap("Ivan Petrov")
    team.anna.tap("Call")
    team.anna.tap("Skip")
    team.anna.tap("All met")
    team.anna.tap("Submit")
    team.centre.delivered()
    before = len(team.ivan.messages)
    team.ivan.tap("Material")
    sent = team.ivan.messages[before:]
    assert "voice" in sent[0].raw
    assert sent[1].text == "Customer\nWhere is my order?\nCustomer\nHello?!"
    assert len(sent) == 2


def test_much_material_comes_a_few_pieces_at_a_time(team: Team) -> None:
    for number in range(7):
        team.anna.upload(f"call-{number}.ogg", b"OggS", kind="voice")
    for label in ("Ivan Petrov", "Call", "Skip", "All met", "Submit"):
        team.anna.tap(label)
    team.centre.delivered()
    team.ivan.tap("Material")
    assert team.ivan.text == "2 more messages."
    team.ivan.tap("More")
    assert len([one for one in team.ivan.messages if "voice" in one.raw]) == 7


def test_material_that_telegram_lost_is_said_to_be_lost(team: Team) -> None:
    team.anna.upload("call.ogg", b"OggS", kind="voice")
    for label in ("Ivan Petrov", "Call", "Skip", "All met", "Submit"):
        team.anna.tap(label)
    team.centre.delivered()
    lose_files(team)
    team.ivan.tap("Material")
    assert team.ivan.text == "1 piece is no longer stored at Telegram."


def test_quiet_hours_hold_feedback_back_until_the_morning(team: Team) -> None:
    set_quiet_hours(team.centre, "22:00", "07:00")
    team.centre.clock.advance(hours=13)
    before = len(team.ivan.messages)
    team.score()
    assert len(team.ivan.messages) == before
    assert team.olena.heard("Compliance-critical error")
    team.centre.clock.advance(hours=9)
    team.centre.delivered()
    assert "60.0 of 100" in team.ivan.text

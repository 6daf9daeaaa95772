"""/next: the assigned contacts one after another, with as few taps as can be."""

import datetime as dt

from storage import attachments
from storage.attachments import Attachment
from storage.database import Transaction
from tests.contacts.files import csv_of, row
from tests.plans.cases import Floor
from tests.plans.duties import Duty, assigned, hand_out
from tests.story import MONDAY

DAY = dt.timedelta(days=1)


def test_without_anything_assigned_it_says_so(floor: Floor) -> None:
    floor.anna.send("/next")
    assert floor.anna.text == "Nothing is assigned to you just now."
    floor.anna.tap("Score a contact")
    assert "Whose contact?" in floor.anna.text


def test_what_is_due_first_comes_first_with_all_that_is_known_of_it(floor: Floor) -> None:
    floor.admin.upload(
        "contacts.csv",
        csv_of(
            row(
                reference="2",
                type="complaint",
                topic="Late parcel",
                started_at="2026-11-20 14:20",
                duration_s="185",
                text="Where is my parcel?",
                link="https://calls.example/2",
            )
        ),
    )
    hand_out(
        floor,
        Duty("1", floor.anna, due=MONDAY + 3 * DAY),
        Duty("2", floor.anna, due=MONDAY + 2 * DAY),
        Duty("3", floor.egor, due=MONDAY + DAY),
    )
    floor.anna.send("/next")
    first, due, _, title, *rest = floor.anna.text.split("\n")
    assert (first, due) == ("2 contacts to score", "This one by 25 Nov")
    assert title == "2 · Call · Complaint"
    assert rest[:2] == ["Agent: Ivan Petrov", "Topic: Late parcel"]
    assert "20 Nov 2026, 14:20 · 3 min 5 s" in rest
    assert "Open it at calls.example" in rest
    assert rest[-1] == "Where is my parcel?"
    assert floor.anna.buttons == ["Score", "Skip", "Hand to a colleague"]


def test_from_one_contact_to_the_next_it_takes_four_taps(floor: Floor) -> None:
    hand_out(floor, Duty("1", floor.anna), Duty("2", floor.anna))
    anna = floor.anna
    anna.send("/next")
    for left in ("1 contact left", "Nothing else is assigned to you."):
        anna.tap("Score")
        assert "1/" in anna.text
        anna.tap("All met")
        anna.tap("Submit")
        assert anna.text.endswith(f"Submitted.\n{left}")
        if "Next" in anna.buttons:
            anna.tap("Next")
    assert anna.buttons == ["Score another", "Correct"]
    assert {one.state for one in assigned(floor).values()} == {"done"}
    assert [one.evaluation_id for one in assigned(floor).values()] == [1, 2]
    assert len(anna.messages) == 2  # the welcome, and one message for all of it


def test_material_stays_above_the_walk(floor: Floor) -> None:
    hand_out(floor, Duty("1", floor.anna))

    floor.anna.send("/score")  # a draft of its own to hang the piece on
    floor.anna.tap("Close")

    async def attach(tx: Transaction) -> None:
        await attachments.add(tx, 1, Attachment("text", 1, text="Hello?"), MONDAY)
        await attachments.move_to_contact(tx, 1, 1)

    floor.centre.write(attach)
    floor.anna.send("/next")
    card = floor.anna.message
    assert "📎 1" in card.text
    floor.anna.tap("Material")
    assert "Hello?" in floor.anna.text
    floor.anna.tap("Score", card)
    assert "1/" in floor.anna.text
    assert floor.anna.message.message_id > card.message_id


def test_what_was_begun_comes_last_and_goes_on(floor: Floor) -> None:
    hand_out(floor, Duty("1", floor.anna), Duty("2", floor.anna))
    anna = floor.anna
    anna.send("/next")
    anna.tap("Score")
    anna.tap("Fully")
    anna.tap("Close")
    assert anna.buttons == ["Continue", "Next"]
    anna.tap("Next")
    assert "2 · Call" in anna.text
    anna.tap("Score")
    anna.tap("All met")
    anna.tap("Submit")
    anna.tap("Next")
    assert "Begun already" in anna.text
    anna.tap("Continue")
    assert "2/" in anna.text
    assert floor.centre.count("drafts") == 2


def test_a_discarded_draft_leaves_the_contact_to_be_scored(floor: Floor) -> None:
    hand_out(floor, Duty("1", floor.anna))
    anna = floor.anna
    anna.send("/next")
    anna.tap("Score")
    anna.tap("All met")
    anna.tap("Discard")
    anna.tap("Discard")
    assert anna.text.endswith("Discarded.\n1 contact left")
    anna.tap("Next")
    anna.tap("Score")
    assert "1/" in anna.text


def test_the_first_criterion_leads_back_to_the_contact_not_to_another_one(floor: Floor) -> None:
    hand_out(floor, Duty("1", floor.anna))
    floor.anna.send("/next")
    floor.anna.tap("Score")
    floor.anna.tap("Back")
    assert "Kept as a draft." in floor.anna.text
    floor.anna.tap("Continue")
    assert "1/" in floor.anna.text


def test_scoring_by_reference_does_what_next_does(floor: Floor) -> None:
    hand_out(floor, Duty("48213", floor.anna))
    floor.anna.send("/score 48213")
    floor.anna.tap("All met")
    floor.anna.tap("Submit")
    assert assigned(floor)[1].state == "done"
    assert floor.anna.text.endswith("Submitted.\nNothing else is assigned to you.")


def test_a_restart_loses_nothing(floor: Floor) -> None:
    hand_out(floor, Duty("1", floor.anna))
    floor.anna.send("/next")
    floor.anna.tap("Score")
    floor.anna.tap("Fully")
    floor.centre.restart()
    floor.anna.send("/drafts")
    floor.anna.tap("Ivan Petrov · Call · 1")
    floor.anna.tap("Back")
    floor.anna.tap("All met")
    floor.anna.tap("Submit")
    assert assigned(floor)[1].state == "done"


def test_what_is_late_is_said_and_reminded_of(floor: Floor) -> None:
    hand_out(floor, *(Duty(one, floor.anna, due=MONDAY + DAY) for one in ("1", "2")))
    floor.centre.clock.advance(days=2)
    floor.anna.send("/next")
    assert "This one was due on 24 Nov\n2 contacts are overdue" in floor.anna.text
    floor.centre.job("reminders")
    floor.centre.delivered()
    assert "2 assigned contacts are overdue" in floor.anna.text
    assert not floor.olena.heard("not scored for over two days")
    floor.anna.tap("Next")
    assert "1 · Call" in floor.anna.text
    floor.centre.clock.advance(days=2)
    floor.centre.job("reminders")
    floor.centre.delivered()
    assert "Support: 2 contacts overdue by more than two days" in floor.olena.text
    floor.olena.tap("To do · Support")
    assert "2 contacts to score · Support" in floor.olena.text


def test_the_weekly_digest_counts_what_waits(floor: Floor) -> None:
    hand_out(floor, Duty("1", floor.anna))
    floor.centre.job("weekly-digest")
    floor.centre.delivered()
    assert floor.anna.text == "Your week: 0 evaluations\n1 contact to score"
    floor.anna.tap("Next")
    assert "This one by 30 Nov" in floor.anna.text


def test_who_does_not_evaluate_has_no_next(floor: Floor) -> None:
    for one in (floor.ivan, floor.olena):
        one.send("/next")
        assert one.text == "This is not open to your role."
        assert "next" not in one.commands
    assert floor.anna.commands[:4] == ["score", "next", "drafts", "calibrate"]

"""Several people score the same contacts, each alone; none of it counts as an evaluation."""

from dataclasses import replace

import pytest
from sqlalchemy import update

from handlers.taps import DraftAct, DraftTap, pack, unpack
from storage.database import Transaction
from storage.tables import ContactRow
from tests.calibration.conftest import Calibrating

CALL = "Ivan Petrov · Call · 48213"


@pytest.fixture
def session(calibrating: Calibrating) -> Calibrating:
    """A session of Anna and Borys on two calls."""
    calibrating.evaluate("48213", "48214")
    calibrating.open("48213", "48214")
    return calibrating


def test_a_contact_is_scored_in_the_message_that_led_to_it(session: Calibrating) -> None:
    borys = session.borys
    borys.tap("Open it")
    shown = borys.message.message_id
    borys.tap(CALL)
    assert "Greets by the standard" in borys.text
    borys.tap("All met")
    borys.tap("Submit")
    assert "100.0 of 100" in borys.text
    assert "Stored for the calibration alone." in borys.text
    assert borys.message.message_id == shown
    borys.tap("Next contact")
    assert "ref 48214" in borys.text
    borys.tap("All met")
    borys.tap("Submit")
    assert borys.tap("Next contact") == "You have scored everything in this session."
    borys.tap("Back to the session")
    assert "2 of 2 contacts scored" in borys.text
    assert borys.buttons == ["Back"]


def test_it_is_no_evaluation_and_no_agent_or_supervisor_hears_of_it(session: Calibrating) -> None:
    evaluations = session.centre.count("evaluations")
    contacts = session.centre.count("contacts")
    heard = [len(one.messages) for one in (session.ivan, session.olena)]
    session.score(session.borys, {"48213": ["identification"]})
    assert session.centre.count("calibration_scorings") == 2
    assert session.centre.count("evaluations") == evaluations
    assert session.centre.count("contacts") == contacts
    assert [len(one.messages) for one in (session.ivan, session.olena)] == heard
    session.ivan.send("/me")
    assert "2 evaluations: too few to compare" in session.ivan.text


def test_nobody_sees_the_answers_of_others_before_the_end(session: Calibrating) -> None:
    session.score(session.anna, {"48213": ["identification"]})
    borys = session.borys
    borys.tap("Open it")
    assert "Done: 1 of 2 people" in borys.text
    assert "Anna Bondar: " not in borys.text
    borys.tap(CALL)
    assert "was not there" not in borys.text
    refused = "The results come out when everybody is done or the deadline has passed."
    for act in ("u", "q", "h"):
        assert borys.forge(f"c:{act}:1:0:0") == refused


def test_the_opener_sees_who_is_done_but_no_answers(session: Calibrating) -> None:
    session.score(session.borys, {"48213": ["identification"]})
    anna = session.anna
    anna.send("/calibrate")
    anna.tap("Voice calls · 0 of 2 · by 26 Nov")
    assert "Borys Lys: 2 of 2" in anna.text
    assert "was not there" not in anna.text


def test_a_contact_left_half_way_is_kept_and_goes_on(session: Calibrating) -> None:
    borys = session.borys
    borys.tap("Open it")
    borys.tap(CALL)
    borys.tap("Fully")
    borys.tap("Close")
    assert "Kept. /calibrate leads back to it." in borys.text
    session.centre.restart()
    borys.send("/calibrate")
    borys.tap("Voice calls · 0 of 2 · by 26 Nov")
    borys.tap(CALL)
    assert "2/" in borys.text


def test_the_first_criterion_leads_back_to_no_form(session: Calibrating) -> None:
    session.borys.tap("Open it")
    session.borys.tap(CALL)
    assert session.borys.tap("Back") == "That is not possible at this step."


def test_a_discarded_scoring_can_be_begun_anew(session: Calibrating) -> None:
    borys = session.borys
    borys.tap("Open it")
    borys.tap(CALL)
    borys.tap("All met")
    borys.tap("Discard")
    borys.tap("Discard")
    borys.tap("Back to the session")
    borys.tap(CALL)
    assert "1/" in borys.text


def test_a_contact_is_scored_once(session: Calibrating) -> None:
    borys = session.borys
    borys.tap("Open it")
    pressed = borys.message.data[CALL]
    session.score(borys)
    assert borys.forge(pressed) == "You have scored this contact already."
    assert session.centre.count("calibration_scorings") == 2


def test_nobody_else_gets_in(session: Calibrating) -> None:
    for other in (session.vera, session.olena):
        other.send("/calibrate")
        assert other.buttons == ["New session"]
        for data in ("c:c:1:0:0", "c:t:1:1:0", "c:s:1:1:0", "c:g:1:0:0", "c:a:1:1:0", "c:z:1:0:0"):
            assert other.forge(data) == "This belongs to somebody else."
    assert session.borys.forge("c:w:1:0:0") == "This belongs to somebody else."
    assert session.borys.forge("c:s:1:999:0") == "This belongs to somebody else."
    assert session.borys.forge("c:c:99:0:0") == "That is no longer there."


def test_a_supervisor_who_opened_it_scores_too_but_evaluates_nobody(
    calibrating: Calibrating,
) -> None:
    calibrating.evaluate("48213")
    olena = calibrating.olena
    calibrating.open("48213", people=("Olena Koval (you)", "Borys Lys"), by=olena)
    olena.tap(CALL)
    olena.tap("All met")
    olena.tap("Submit")
    assert "Stored for the calibration alone." in olena.text
    olena.send("/score")
    assert olena.text == "This is not open to your role."


def test_a_supervisor_cannot_fill_in_an_evaluation_begun_as_an_evaluator(
    calibrating: Calibrating,
) -> None:
    both = calibrating.centre.hire("Maks Frai", roles="evaluator|supervisor", supervises="Support")
    both.send("/score petrov")
    call = both.message.data["Call"]
    admin = calibrating.centre.admin
    admin.send("/people frai")
    admin.tap("Maks Frai")
    admin.tap("✓ Evaluator")
    assert both.forge(call) == "This is not open to your role."


def test_nobody_scores_their_own_contact(calibrating: Calibrating) -> None:
    both = calibrating.centre.hire("Egor Dva", roles="agent|evaluator", team="Support")
    calibrating.evaluate("48213")
    calibrating.evaluate("777", agent=both)
    anna = calibrating.prepare("48213", people=("Borys Lys", "Egor Dva"))
    anna.tap("Contacts")
    anna.tap("☐ Egor Dva · Call · 777")
    anna.tap("Back")
    anna.tap("Open the session")
    calibrating.centre.delivered()
    both.tap("Open it")
    assert "0 of 1 contacts scored" in both.text
    assert "Egor Dva · Call · 777" not in both.buttons
    assert both.forge("c:s:1:2:0") == "This belongs to somebody else."


def test_who_only_opened_it_sees_how_many_people_are_done(calibrating: Calibrating) -> None:
    calibrating.evaluate("48213")
    olena = calibrating.olena
    calibrating.open("48213", people=("Anna Bondar", "Borys Lys"), by=olena)
    assert olena.buttons == ["Close now", "Back"]
    calibrating.score(calibrating.borys)
    olena.tap("Back")
    assert "Voice calls · 1 of 2 · by 26 Nov" in olena.buttons


def test_scoring_the_same_contact_every_day_is_another_draft(session: Calibrating) -> None:
    borys = session.borys
    borys.tap("Open it")
    borys.tap(CALL)
    borys.tap("Fully")
    borys.send("/score 48213")
    assert "1/" in borys.text
    borys.tap("All met")
    borys.tap("Submit")
    assert "Submitted. The agent and their supervisor will read it." in borys.text
    assert session.centre.count("calibration_scorings") == 0


def test_what_the_journal_holds_of_a_contact_is_there_to_read(session: Calibrating) -> None:
    async def imported(tx: Transaction) -> None:
        written = update(ContactRow).where(ContactRow.reference == "48213")
        link = "https://calls.example/48213"
        await tx.execute(written.values(text="My invoice is wrong", link=link))

    session.centre.write(imported)
    borys = session.borys
    borys.tap("Open it")
    borys.tap(CALL)
    assert "1 piece of material\nhttps://calls.example/48213" in borys.text
    card = borys.message
    borys.tap("Material")
    assert "My invoice is wrong" in borys.text
    borys.tap("Score", card)
    assert "1/" in borys.sees("Greets by the standard").text


def test_blind_scoring_offers_no_advice_which_would_tell_what_the_agent_missed_before(
    session: Calibrating,
) -> None:
    borys = session.borys
    borys.tap("Open it")
    borys.tap(CALL)
    borys.tap("All met")
    assert "Advice" not in borys.buttons
    discarding = borys.message.data["Discard"]
    advising = pack(replace(draft_tap(discarding), act=DraftAct.ADVICE))
    assert borys.forge(advising) == "That is not possible at this step."


def draft_tap(data: str) -> DraftTap:
    """Return the press on a draft that *data* stands for."""
    tap = unpack(data)
    assert isinstance(tap, DraftTap)
    return tap

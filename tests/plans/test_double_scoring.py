"""Hidden double scoring: for the second evaluator a contact like any other, for the agent none."""

import pytest

from storage import second_scorings
from storage.database import Transaction
from storage.second_scorings import Compared
from tests.plans.cases import Floor
from tests.plans.duties import Duty, assigned, hand_out, score
from tests.story import MONDAY, Person

WEAK = "identification"
CALLS = ("1", "2", "3", "4", "5", "6")


def plain(text: str) -> str:
    """Return *text* with ordinary blanks."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def twice(floor: Floor, *references: str) -> None:
    """Hand the calls to Anna, and to Egor for the second scoring."""
    hand_out(
        floor,
        *(Duty(one, floor.anna) for one in references),
        *(Duty(one, floor.egor, second=True) for one in references),
    )


def walk_through(person: Person) -> list[str]:
    """Score the next contact by hand; return all that was read on the way."""
    seen = []
    person.send("/next")
    for label in ("Score", "All met", "Submit"):
        seen.append(f"{person.text} {person.buttons}")
        person.tap(label)
    return [*seen, f"{person.text} {person.buttons}"]


def test_both_evaluators_read_the_very_same(floor: Floor) -> None:
    twice(floor, "1")
    assert walk_through(floor.anna) == walk_through(floor.egor)
    assert "Submitted." in floor.egor.text
    assert [one.state for one in assigned(floor).values()] == ["done", "done"]


def test_it_is_no_evaluation_and_nobody_hears_of_it(floor: Floor) -> None:
    twice(floor, "1")
    walk_through(floor.egor)
    floor.centre.delivered()
    assert floor.centre.count("evaluations") == 0
    assert floor.centre.count("second_scorings") == 1
    assert floor.centre.count("outbox") == 0
    assert assigned(floor)[1].is_open
    floor.olena.send("/team")
    assert "No evaluations in this period." in floor.olena.text
    assert "To do 1 · done 0 · skipped 0 of 1 planned" in floor.olena.text
    walk_through(floor.anna)
    floor.centre.delivered()
    assert floor.centre.count("evaluations") == 1
    assert "Acknowledge" in floor.ivan.buttons


def test_the_journal_does_not_tell_the_second_evaluator_either(floor: Floor) -> None:
    twice(floor, "1")
    walk_through(floor.anna)
    floor.egor.send("/contacts 1")
    floor.egor.tap(floor.egor.buttons[0])
    assert "Not scored yet" in floor.egor.text
    walk_through(floor.egor)
    floor.egor.send("/contacts 1")
    floor.egor.tap(floor.egor.buttons[0])
    assert "• 100.0 · 23 Nov 2026 · Egor Sydorenko" in floor.egor.text
    assert "Anna" not in floor.egor.text
    floor.anna.send("/contacts 1")
    floor.anna.tap(floor.anna.buttons[0])
    assert "Egor" not in floor.anna.text


def test_scored_by_its_reference_it_stays_a_second_scoring(floor: Floor) -> None:
    twice(floor, "1", "2")
    floor.egor.send("/score 1")
    floor.egor.tap("All met")
    floor.egor.tap("Submit")
    floor.egor.send("/score petrov")
    floor.egor.tap("Call")
    floor.egor.send("2")
    floor.egor.tap("All met")
    floor.egor.tap("Submit")
    assert floor.egor.text.endswith("Submitted.\nNothing else is assigned to you.")
    assert floor.centre.count("evaluations") == 0
    assert floor.centre.count("second_scorings") == 2


def test_drafts_discarding_and_a_restart_are_as_ever(floor: Floor) -> None:
    twice(floor, "1")
    egor = floor.egor
    egor.send("/next")
    egor.tap("Score")
    egor.tap("All met")
    egor.tap("Feedback")
    egor.send("Well done")
    floor.centre.restart()
    egor.send("/drafts")
    egor.tap("Ivan Petrov · Call · 1")
    assert "Well done" in egor.text
    egor.tap("Discard")
    egor.tap("Discard")
    assert "Discarded." in egor.text
    walk_through(egor)
    assert floor.centre.count("second_scorings") == 1


def test_nobody_meets_both(floor: Floor) -> None:
    lena = floor.centre.hire("Lena Hrom", roles="evaluator")
    twice(floor, "1")
    floor.anna.send("/next")
    floor.anna.tap("Hand to a colleague")
    assert floor.anna.buttons == ["Lena Hrom · 0", "Back"]
    refused = floor.anna.forge(f"w:t:1:{floor.egor.person_id}:0:0")
    assert refused == "This person may not score the contact."
    walk_through(floor.egor)
    floor.egor.send("/score 1")
    assert floor.egor.text == "You have scored this contact already."
    score(floor, lena, "1")
    assert assigned(floor)[1].evaluator_id == lena.person_id
    lena.send("/score 1")
    assert lena.text == "You have scored this contact already."


def test_a_skipped_contact_is_not_scored_a_second_time(floor: Floor) -> None:
    twice(floor, "1", "2")
    floor.egor.send("/next")
    floor.egor.tap("Score")
    for _ in ("1", "2"):
        floor.anna.send("/next")
        floor.anna.tap("Skip")
        floor.anna.tap("Wrong agent or channel")
    assert [one.state for one in assigned(floor).values()] == [
        *("skipped", "skipped"),
        *("open", "skipped"),
    ]


def test_the_workload_counts_every_contact_scored(floor: Floor) -> None:
    twice(floor, "1")
    walk_through(floor.egor)
    floor.centre.clock.advance(days=7)
    floor.centre.job("weekly-digest")
    floor.centre.delivered()
    assert floor.egor.text == "Your week: 1 evaluation"


@pytest.fixture
def doubled(floor: Floor) -> Floor:
    """Six calls: Egor finds an error of identification in each, Anna in none."""
    twice(floor, *CALLS)
    score(floor, floor.anna, *CALLS)
    score(floor, floor.egor, *CALLS, errors=(WEAK,))
    floor.centre.delivered()
    return floor


def test_supervisors_read_how_far_the_two_agree(doubled: Floor) -> None:
    olena = doubled.olena
    olena.send("/calibrate")
    olena.tap("Double scoring · November")
    assert "6 contacts scored twice" in olena.text
    olena.tap("Support · Voice calls · 6")
    first, interval, basis, count, *_ = olena.text.split("\n")
    assert first.startswith("Agreement 9")
    assert interval.startswith("95 % interval: ")
    assert basis == "Support · Voice calls, version 1 · November 2026"
    assert count == "6 contacts scored twice"
    assert "To reword: Identifies the customer" in olena.text
    assert olena.photo
    olena.tap(olena.buttons[0])
    assert "0 % agreement (0 to 52)" in plain(olena.text)
    assert "6 contacts compared" in olena.text
    assert "Krippendorff's alpha (nominal): " in olena.text
    assert "Gwet's AC1: −" in olena.text
    olena.tap("Back")
    olena.tap("Leniency")
    assert "Anna Bondar +40.0 (+24.4 to +55.6)\n6 contacts, more lenient" in olena.text
    olena.tap("Back")
    olena.tap("Back")
    assert "6 contacts scored twice" in olena.text
    olena.tap("‹ October")
    assert "No contact was scored twice." in olena.text


def test_an_admin_gets_there_from_the_teams_list(doubled: Floor) -> None:
    doubled.admin.send("/team")
    doubled.admin.tap("To do · 0")
    doubled.admin.tap("Double scoring")
    assert "6 contacts scored twice" in doubled.admin.text


def test_evaluators_and_other_teams_do_not_get_there(doubled: Floor) -> None:
    doubled.egor.send("/calibrate")
    assert not any("Double scoring" in one for one in doubled.egor.buttons)
    for act in ("l", "u", "q", "h"):
        refused = doubled.egor.forge(f"y:{act}:2026-11:1:1:0:0")
        assert refused == "This is not open to your role."
    other = doubled.centre.hire("Pavlo Sales", roles="supervisor", supervises="Sales")
    other.send("/calibrate")
    assert not any("Double scoring" in one for one in other.buttons)
    assert other.forge("y:u:2026-11:1:1:0:0") == "This belongs to somebody else."


def test_nonsense_from_a_button_is_refused(doubled: Floor) -> None:
    doubled.olena.send("/calibrate")
    for month in ("2026-13", "month", "2027-05", "2026", ""):
        assert doubled.olena.forge(f"y:l:{month}:0:0:0:0") == "This button is out of date."
    assert doubled.olena.forge("y:u:2026-11:1:99:0:0") == "That is no longer there."
    assert doubled.olena.forge("y:q:2026-11:1:1:999:0") == "This button is out of date."
    assert doubled.olena.forge("y:q:2026-11:1:1:-1:0") == "This button is out of date."


def test_below_five_pairs_there_are_no_figures(floor: Floor) -> None:
    twice(floor, *CALLS[:4])
    score(floor, floor.anna, *CALLS[:4])
    score(floor, floor.egor, *CALLS[:4])
    floor.centre.delivered()
    floor.olena.send("/calibrate")
    floor.olena.tap("Double scoring · November")
    floor.olena.tap("Support · Voice calls · 4")
    assert floor.olena.text.startswith("4 contacts scored twice: too few to compare")
    assert "%" not in floor.olena.text


def test_a_pair_holds_what_each_of_the_two_answered(doubled: Floor) -> None:
    async def pairs(tx: Transaction) -> Compared:
        window = (MONDAY.replace(day=1), MONDAY.replace(day=28))
        return await second_scorings.compared(tx, await second_scorings.pairs(tx, None, window))

    floor = doubled
    found = floor.centre.read(pairs)
    given = {(one.contact_id, one.evaluator_id): one.answers[WEAK].option for one in found.told}
    assert given == {
        **{(call, floor.anna.person_id): 0 for call in range(1, 7)},
        **{(call, floor.egor.person_id): 1 for call in range(1, 7)},
    }


def test_the_second_evaluator_is_not_told_that_the_contact_has_been_scored(floor: Floor) -> None:
    twice(floor, "1")
    walk_through(floor.anna)
    floor.egor.send("/score 1")
    assert "This contact has been scored" not in floor.egor.text
    assert "1/" in floor.egor.text

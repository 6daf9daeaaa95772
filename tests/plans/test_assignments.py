"""Skipping and passing on: by the evaluator, by whoever oversees the team, and by nobody else."""

from tests.plans.cases import Floor
from tests.plans.duties import Duty, assigned, hand_out, score
from tests.story import Person

MOVED = "This had moved on. Here is where it stands now."
OTHERS = "This belongs to somebody else."
OUTDATED = "This button is out of date."


def test_a_contact_is_skipped_for_a_reason(floor: Floor) -> None:
    hand_out(floor, Duty("1", floor.anna), Duty("2", floor.anna))
    anna = floor.anna
    anna.send("/next")
    anna.tap("Skip")
    assert "Why is it skipped?" in anna.text
    assert anna.tap("I know this customer") == "Skipped."
    assert "2 · Call" in anna.text
    anna.tap("Skip")
    anna.send("Only silence\n  on the line")
    assert anna.text == "Nothing is assigned to you just now."
    states = [(one.state, one.reason) for one in assigned(floor).values()]
    assert states[0] == ("skipped", "I know this customer")
    assert states[1][0] == "skipped"
    assert "Only silence" in (states[1][1] or "")


def test_a_reason_is_needed_and_there_is_a_way_back(floor: Floor) -> None:
    hand_out(floor, Duty("1", floor.anna))
    anna = floor.anna
    anna.send("/next")
    anna.tap("Skip")
    anna.tap("Back")
    assert "1 contact to score" in anna.text
    anna.send("just a thought")
    assert anna.forge("w:w:1:9:0:0") == OUTDATED
    assert anna.forge("w:w:1:-1:0:0") == OUTDATED
    assert assigned(floor)[1].is_open


def test_it_is_passed_on_to_whoever_has_least_to_do(floor: Floor) -> None:
    lena = floor.centre.hire("Lena Hrom", roles="evaluator")
    hand_out(floor, Duty("1", floor.anna), Duty("2", floor.egor))
    floor.anna.send("/next")
    floor.anna.tap("Hand to a colleague")
    assert floor.anna.buttons == ["Lena Hrom · 0", "Egor Sydorenko · 1", "Back"]
    assert floor.anna.tap("Lena Hrom · 0") == "Passed on to Lena Hrom."
    assert floor.anna.text == "Nothing is assigned to you just now."
    floor.centre.delivered()
    assert lena.text == "Anna Bondar passed a contact on to you"
    lena.tap("Open it")
    lena.tap("Score")
    lena.tap("All met")
    lena.tap("Submit")
    one = assigned(floor)[1]
    assert (one.state, one.evaluator_id) == ("done", lena.person_id)


def test_nobody_gets_their_own_contact_or_that_of_whom_they_lead(floor: Floor) -> None:
    both = floor.centre.hire("Olha Both", roles="evaluator|supervisor", supervises="Support")
    hand_out(floor, Duty("1", floor.anna))
    floor.anna.send("/next")
    floor.anna.tap("Hand to a colleague")
    assert floor.anna.buttons == ["Egor Sydorenko · 0", "Back"]
    for one in (both, floor.ivan, floor.olena):
        refused = floor.anna.forge(f"w:t:1:{one.person_id}:0:0")
        assert refused == "This person may not score the contact."
    assert assigned(floor)[1].evaluator_id == floor.anna.person_id


def test_what_was_begun_goes_with_it_and_that_is_said(floor: Floor) -> None:
    hand_out(floor, Duty("1", floor.anna))
    anna = floor.anna
    anna.send("/next")
    anna.tap("Score")
    anna.tap("Fully")
    walk = anna.message
    anna.send("/next")
    anna.tap("Hand to a colleague")
    assert "What was answered so far will be discarded." in anna.text
    anna.tap("Egor Sydorenko · 0")
    anna.forge(walk.data["Close"], walk.message_id)
    assert any("Discarded." in one.text for one in anna.messages)
    anna.send("/drafts")
    assert anna.text == "No drafts. Everything you began is submitted."


def test_somebody_elses_contact_is_nobodys_to_touch(floor: Floor) -> None:
    hand_out(floor, Duty("1", floor.anna))
    floor.egor.send("/next")
    for act in ("s", "k", "p", "w", "t"):
        assert floor.egor.forge(f"w:{act}:1:0:0:0") == OTHERS
        assert floor.egor.forge(f"w:{act}:99:0:0:0") == "That is no longer there."
    assert floor.egor.forge("w:k:1:0:1:0") == OTHERS
    assert floor.egor.forge("w:m:1:0:0:0") == "This is not open to your role."
    assert assigned(floor)[1].is_open


def test_an_outdated_message_shows_what_is_next(floor: Floor) -> None:
    hand_out(floor, Duty("1", floor.anna), Duty("2", floor.anna))
    anna = floor.anna
    anna.send("/next")
    old = anna.message
    anna.send("/next")
    anna.tap("Skip")
    anna.tap("Wrong agent or channel")
    for label in ("Score", "Skip", "Hand to a colleague"):
        data = old.data[label]
        assert anna.forge(data, old.message_id) == MOVED
        assert "2 · Call" in anna.text
    assert [one.state for one in assigned(floor).values()] == ["skipped", "open"]


def test_whoever_scores_it_meanwhile_closes_it(floor: Floor) -> None:
    hand_out(floor, Duty("1", floor.anna))
    floor.anna.send("/next")
    score(floor, floor.egor, "1")
    one = assigned(floor)[1]
    assert (one.state, one.evaluator_id, one.evaluation_id) == ("done", floor.egor.person_id, 1)
    assert floor.anna.tap("Score") == OTHERS
    floor.anna.send("/next")
    assert floor.anna.text == "Nothing is assigned to you just now."


def test_a_contact_of_a_plan_scored_before_is_no_dead_end(floor: Floor) -> None:
    hand_out(floor, Duty("1", floor.anna))
    score(floor, floor.anna, "1")
    floor.anna.send("/score 1")
    assert floor.anna.text == "You have scored this contact already."
    floor.anna.tap("Open it")
    assert {"Correct", "Withdraw"} <= set(floor.anna.message.buttons)
    floor.anna.send("/score petrov")
    floor.anna.tap("Call")
    floor.anna.send("1")
    assert floor.anna.message.buttons == ["Open it", "Another reference"]
    floor.anna.tap("Another reference")
    assert "The contact's reference?" in floor.anna.text


def test_two_at_once_make_one_evaluation_and_nothing_is_lost(floor: Floor) -> None:
    hand_out(floor, Duty("1", floor.anna))
    floor.anna.send("/next")
    floor.anna.tap("Score")
    floor.anna.tap("All met")
    score(floor, floor.egor, "1")
    floor.anna.tap("Submit")
    assert "Submitted." in floor.anna.text
    assert floor.centre.count("evaluations") == 1
    assert floor.centre.count("second_scorings") == 1
    floor.anna.send("/score 1")
    assert floor.anna.text == "You have scored this contact already."


def test_an_agent_who_has_left_can_only_be_skipped(floor: Floor) -> None:
    hand_out(floor, Duty("1", floor.anna))
    floor.admin.send("/people petrov")
    floor.admin.tap("Ivan Petrov")
    floor.admin.tap("Shut out")
    floor.admin.tap("Shut out")
    floor.anna.send("/next")
    assert "This agent has left" in floor.anna.text
    assert floor.anna.buttons == ["Skip"]


def open_list(person: Person) -> None:
    person.send("/team")
    person.tap(next(one for one in person.buttons if one.startswith("To do")))


def test_the_supervisor_sees_who_has_what_and_passes_it_on(floor: Floor) -> None:
    hand_out(floor, Duty("1", floor.anna), Duty("2", floor.anna), Duty("3", None))
    open_list(floor.olena)
    olena = floor.olena
    assert olena.text.startswith("3 contacts to score · Support\nNovember 2026: 0 of 3 done")
    assert olena.buttons == ["Anna Bondar · 2", "Not assigned · 1"]
    olena.tap("Not assigned · 1")
    olena.tap("30 Nov · 3 · Ivan Petrov")
    assert "With nobody yet" in olena.text
    assert olena.buttons == ["Skip", "Hand to a colleague", "Back"]
    olena.tap("Hand to a colleague")
    assert olena.tap("Egor Sydorenko · 0") == "Passed on to Egor Sydorenko."
    olena.tap("Back")
    assert olena.buttons == ["Anna Bondar · 2", "Egor Sydorenko · 1"]
    olena.tap("Anna Bondar · 2")
    olena.tap("30 Nov · 1 · Ivan Petrov")
    assert "With Anna Bondar" in olena.text
    olena.tap("Skip")
    olena.send("The line was dead")
    assert olena.buttons == ["30 Nov · 2 · Ivan Petrov", "Back"]
    olena.tap("Back")
    assert "1 of" not in olena.text
    assert "November 2026: 0 of 3 done, 1 skipped" in olena.text
    assert "• 1, Anna Bondar: The line was dead" in olena.text


def test_another_teams_supervisor_sees_nothing_of_it(floor: Floor) -> None:
    hand_out(floor, Duty("1", floor.anna))
    other = floor.centre.hire("Pavlo Sales", roles="supervisor", supervises="Sales")
    other.send("/team")
    for data in ("w:m:1:0:0:0", "w:e:1:0:1:0", "w:c:1:0:1:0", "w:k:1:0:1:0", "w:c:1:0:2:0"):
        assert other.forge(data) == OTHERS
    assert assigned(floor)[1].is_open


def test_an_outdated_list_of_a_supervisor_acts_no_more(floor: Floor) -> None:
    hand_out(floor, Duty("1", floor.anna))
    open_list(floor.olena)
    floor.olena.tap("Anna Bondar · 1")
    floor.olena.tap("30 Nov · 1 · Ivan Petrov")
    card = floor.olena.message.message_id

    def shown() -> str:
        return next(one.text for one in floor.olena.messages if one.message_id == card)

    score(floor, floor.anna, "1")
    floor.centre.delivered()
    assert floor.olena.tap("Hand to a colleague") == MOVED
    assert shown().endswith("0 contacts to score")
    assert floor.olena.forge("w:c:1:0:1:0", card) == MOVED
    assert "November 2026: 1 of 1 done" in shown()

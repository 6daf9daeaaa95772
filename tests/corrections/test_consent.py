"""After the deadline it takes the consent of the agent's supervisor, asked for with the reason."""

from fractions import Fraction

from storage import corrections, revisions
from storage.corrections import Status
from tests.corrections.conftest import REASON, acknowledge, at_once, correct, evaluation, save
from tests.feedback.conftest import Team
from tests.story import Person


def asked(team: Team) -> None:
    """Let Anna ask to correct an evaluation that Ivan has acknowledged."""
    team.score()
    acknowledge(team)
    correct(team)
    save(team)


def test_an_acknowledged_evaluation_is_corrected_with_consent(team: Team) -> None:
    asked(team)
    assert "It waits for consent." in team.anna.text
    assert evaluation(team.centre).final == 60
    card = team.olena.text
    assert card.startswith("Anna Bondar asks to correct an evaluation\n")
    assert "60.0 → 100.0" in card
    assert "• Identifies the customer: No → Yes" in card
    assert REASON in card
    team.olena.tap("Consent")
    team.centre.delivered()
    found = evaluation(team.centre)
    assert (found.final, found.acknowledged_at) == (Fraction(100), None)
    assert team.ivan.text.startswith("Corrected: 60.0 → 100.0\n")
    team.ivan.tap("Open the feedback")
    assert "Acknowledge" in team.ivan.buttons
    team.anna.sees("Corrected: 60.0 → 100.0")


def test_48_hours_are_the_deadline(team: Team) -> None:
    team.score()
    team.centre.clock.advance(hours=47, minutes=59)
    team.anna.tap("Correct")
    assert "consent" not in team.anna.text
    team.anna.tap("Close")
    team.centre.clock.advance(minutes=2)
    team.anna.tap("Continue")
    team.anna.tap("Identifies the customer: No")
    team.anna.tap("Yes")
    assert "This takes the consent of: Olena Koval." in team.anna.text


def test_a_refusal_says_why(team: Team) -> None:
    asked(team)
    team.olena.tap("Decline")
    team.olena.send("The recording says otherwise")
    team.centre.delivered()
    assert team.olena.text == "Declined. Anna Bondar is told."
    news = team.anna.sees("declines: the evaluation stays as it is")
    assert "The recording says otherwise" in news.text
    assert evaluation(team.centre).final == 60
    assert not team.ivan.heard("Corrected")


def test_whoever_asked_can_take_it_back(team: Team) -> None:
    asked(team)
    team.anna.tap("Open")
    team.anna.tap("Take back")
    assert "Taken back" in team.anna.text
    assert team.olena.tap("Consent") == "Anna Bondar has answered this already."
    assert evaluation(team.centre).final == 60


def test_an_admin_needs_nobody(team: Team) -> None:
    team.score()
    acknowledge(team)
    admin = team.centre.admin
    admin.forge("f:1:o:0:0")
    admin.tap("Correct")
    admin.tap("Identifies the customer: No")
    admin.tap("Yes")
    admin.send(REASON)
    admin.tap("Save 100.0")
    team.centre.delivered()
    assert evaluation(team.centre).final == 100
    team.ivan.sees("Corrected: 60.0 → 100.0")
    team.anna.sees("Corrected: 60.0 → 100.0")


def test_under_an_open_dispute_the_decision_puts_it_right(team: Team) -> None:
    team.score()
    under = team.anna.message
    team.dispute_error()
    refusal = "The agent disputes this evaluation: the decision on it puts the answers right."
    assert team.anna.tap("Correct", under) == refusal


def test_a_dispute_overtakes_a_correction_that_waits(team: Team) -> None:
    asked(team)
    team.ivan.tap("Dispute")
    team.ivan.tap("The whole evaluation")
    team.ivan.send("I did ask")
    team.ivan.tap("Send")
    team.centre.delivered()
    team.anna.sees("The evaluation has changed meanwhile")
    found = team.centre.read(lambda tx: corrections.by_id(tx, 1))
    assert found is not None
    assert found.status is Status.DROPPED


def test_supervisors_find_what_waits_for_them(team: Team) -> None:
    asked(team)
    team.olena.send("/disputes")
    waiting = next(one for one in team.olena.buttons if "Ivan Petrov" in one)
    team.olena.tap(waiting)
    assert team.olena.text.startswith("Anna Bondar asks to correct an evaluation\n")


def test_of_two_who_consent_at_once_one_is_told(both: Team) -> None:
    team = both
    pavlo = team.centre.hire("Pavlo Roik", roles="supervisor", supervises="Support")
    asked(team)
    first = team.olena.sees("asks to correct").message_id
    second = pavlo.sees("asks to correct").message_id
    toasts = at_once((team.olena, "Consent", first), (pavlo, "Consent", second))
    team.centre.delivered()
    assert sum("has answered this already" in (one or "") for one in toasts) == 1
    assert len(team.centre.read(lambda tx: revisions.superseded(tx, 1))) == 1
    assert evaluation(team.centre).final == 100


def test_whoever_acknowledges_while_it_is_corrected_has_acknowledged_what_they_read(
    both: Team,
) -> None:
    team = both
    team.score()
    feedback = team.ivan.message.message_id
    correct(team)
    form = team.anna.message.message_id
    at_once((team.ivan, "Acknowledge", feedback), (team.anna, "Save 100.0", form))
    team.centre.delivered()
    found = evaluation(team.centre)
    # Either it was corrected first and not acknowledged, or acknowledged first and asks consent.
    assert (found.final == 100) == (found.acknowledged_at is None)
    if found.final == 60:
        team.olena.sees("asks to correct an evaluation")


def test_nobody_else_presses_these_buttons(team: Team, petro: Person) -> None:
    asked(team)
    stranger = team.centre.hire("Oleh Other", roles="supervisor", supervises="Sales")
    other = team.centre.hire("Egor Sydorenko", roles="evaluator")
    for person in (stranger, other, petro, team.ivan):
        person.send("/help")
        for act in "klnb":
            said = person.forge(f"n:1:{act}:0", 1)
            assert said or "belongs to somebody else" in person.text or act == "l"
        for act in "cmw":
            assert person.forge(f"n:1:{act}:0", 1) is not None
    assert evaluation(team.centre).final == 60
    found = team.centre.read(lambda tx: corrections.by_id(tx, 1))
    assert found is not None
    assert found.status is Status.WAITING

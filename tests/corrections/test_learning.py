"""An error outside the disputed criteria may be noted for learning; it never lowers the score."""

from tests.corrections.conftest import evaluation
from tests.feedback.conftest import Team

NOTE = "He spoke over the customer at 2:10"


def test_an_error_outside_the_dispute_had_no_place(team: Team) -> None:
    egor = team.centre.hire("Egor Sydorenko", roles="evaluator")
    team.score()
    team.dispute_error()
    egor.tap("Score afresh")
    egor.tap("Yes")
    egor.send("He asked at 0:45")
    egor.tap("Note for learning")
    egor.send(NOTE)
    assert NOTE in egor.text
    egor.tap("Submit")
    team.centre.delivered()
    assert evaluation(team.centre).final == 100
    assert evaluation(team.centre).advice is None
    news = team.ivan.sees("A dispute was decided")
    assert "Noted for learning, without points:" in news.text
    assert NOTE in news.text


def test_a_note_can_be_removed(team: Team) -> None:
    egor = team.centre.hire("Egor Sydorenko", roles="evaluator")
    team.score()
    team.dispute_error()
    egor.tap("Score afresh")
    egor.tap("Yes")
    egor.tap("Note for learning")
    egor.send(NOTE)
    egor.tap("Note for learning")
    egor.tap("Remove the note")
    assert NOTE not in egor.text


def test_a_second_note_overwrote_the_first(team: Team) -> None:
    egor = team.centre.hire("Egor Sydorenko", roles="evaluator")
    team.score()
    team.dispute_error()
    egor.tap("Score afresh")
    egor.tap("Yes")
    egor.tap("Note for learning")
    egor.send(NOTE)
    assert "Added to Note for learning" in egor.text
    egor.tap("Note for learning")
    egor.send("The price was right")
    assert f"{NOTE}\nThe price was right" in egor.text
    egor.tap("Remove")
    assert NOTE in egor.text
    assert "The price was right" not in egor.text

"""My evaluations: what an evaluator submitted, to be opened and put right."""

from tests.feedback.conftest import Team


def test_an_evaluator_had_no_way_to_what_they_submitted(team: Team) -> None:
    team.score()
    team.score("48214", error=False)
    team.anna.send("/score")
    team.anna.tap("My evaluations")
    assert team.anna.message.buttons == [
        "● 100.0 · Petrov I. · 23 Nov · 48214",
        "● 60.0 · Petrov I. · 23 Nov · 48213",
    ]
    team.anna.tap("● 60.0 · Petrov I. · 23 Nov · 48213")
    assert {"Correct", "Wrong agent", "Withdraw"} <= set(team.anna.message.buttons)
    team.anna.tap("Back")
    assert team.anna.text.startswith("My evaluations\n")


def test_they_are_paged(team: Team) -> None:
    for number in range(9):
        team.score(f"5{number}", error=False)
    team.anna.send("/feedback")
    assert "1–8 of 9" in team.anna.text
    team.anna.tap("Older ›")
    assert "9–9 of 9" in team.anna.text


def test_an_agent_who_evaluates_finds_both(team: Team) -> None:
    olha = team.centre.hire("Olha Both", roles="agent|evaluator", team="Support")
    olha.send("/feedback")
    assert olha.text.startswith("Your feedback")
    olha.tap("My evaluations")
    assert olha.text == "My evaluations\nNothing yet."


def test_one_that_was_scored_again_did_not_say_that_it_no_longer_counts(team: Team) -> None:
    team.score()
    team.anna.send("/score 48213")
    for label in ("Score again", "All met", "Submit"):
        team.anna.tap(label)
    team.anna.send("/score")
    team.anna.tap("My evaluations")
    assert team.anna.message.buttons == [
        "● 100.0 · Petrov I. · 23 Nov · 48213",
        "✕ 60.0 · Petrov I. · 23 Nov · 48213",
    ]
    assert "✕ no longer counts" in team.anna.text

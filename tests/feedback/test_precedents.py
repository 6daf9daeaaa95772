"""Precedents: what was decided before about the criterion that an evaluator stands on."""

from tests.feedback.conftest import Team

TITLE = "Identifies the customer"


def decided(team: Team, reason: str, comment: str, *, accept: bool) -> None:
    """Let Ivan dispute an error, and Olena decide about it."""
    team.score()
    team.dispute_error(reason)
    if accept:
        team.olena.tap("Accept")
        team.olena.tap("Yes")
        team.olena.send(comment)
        team.olena.tap("Submit")
    else:
        team.olena.tap("Decline")
        team.olena.send(comment)
    team.centre.delivered()
    team.centre.clock.advance(hours=1)


def standing_on_it(team: Team) -> None:
    team.anna.send("/score petrov")
    for label in ("Call", "Skip", "All met", "Change", f"{TITLE}: Yes"):
        team.anna.tap(label)


def test_without_precedents_there_is_no_button(team: Team) -> None:
    standing_on_it(team)
    assert "Precedents" not in team.anna.buttons


def test_an_open_dispute_is_no_precedent(team: Team) -> None:
    team.score()
    team.dispute_error()
    standing_on_it(team)
    assert "Precedents" not in team.anna.buttons


def test_reason_decision_and_comment_are_read_without_names(team: Team) -> None:
    decided(team, "Anna did not listen", "Ivan asked for both, says Olena", accept=True)
    decided(team, "I mumbled", "Nothing <audible>", accept=False)
    standing_on_it(team)
    team.anna.tap("Precedents")
    text = team.anna.text
    assert text.startswith(f"Precedents\n{TITLE}\n")
    first, second = text.index("I mumbled"), text.index("did not listen")
    assert first < second
    assert "The agent: I mumbled\nDecided: No stands\nNothing <audible>" in text
    assert "The agent: … did not listen\nDecided: No → Yes\n… asked for both, says …" in text
    assert not [name for name in ("Ivan", "Petrov", "Anna", "Olena") if name in text]
    team.anna.tap("Back")
    assert "Precedents" in team.anna.buttons
    team.anna.tap("No")
    team.anna.send("He did not")
    assert "Errors: 1" in team.anna.text


def test_the_last_five_are_shown(team: Team) -> None:
    team.centre.clock.advance(days=-21)
    for number in range(6):
        if number == 3:
            team.centre.clock.advance(days=30)  # another month: three disputes are the limit
        decided(team, f"Reason {number}", "No", accept=False)
    standing_on_it(team)
    team.anna.tap("Precedents")
    assert [number for number in range(6) if f"Reason {number}" in team.anna.text] == [
        1,
        2,
        3,
        4,
        5,
    ]


def test_other_criteria_have_their_own(team: Team) -> None:
    decided(team, "I did", "No", accept=False)
    team.anna.send("/score petrov")
    team.anna.tap("Call")
    team.anna.tap("Skip")
    assert "Greets" in team.anna.text
    assert "Precedents" not in team.anna.buttons
    assert team.anna.forge(team.anna.message.data["Comment"].replace(":c:", ":p:")) is None
    assert "There are none yet." in team.anna.text


def test_precedents_belong_to_who_fills_the_draft(team: Team) -> None:
    decided(team, "I did", "No", accept=False)
    standing_on_it(team)
    egor = team.centre.hire("Egor Sydorenko", roles="evaluator")
    pressed = team.anna.message.data["Precedents"]
    assert egor.forge(pressed) == "This belongs to somebody else."
    assert team.ivan.forge(pressed) == "This is not open to your role."

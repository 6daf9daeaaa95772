"""Nobody's words are cut without a way to the rest of them."""

from scoring.builtin import builtin_scorecards
from tests.feedback.conftest import Team
from tests.pages.turning import every_page, everything_said

ERRORS = (
    "Identifies the customer",
    "Listens without interrupting",
    "Finds the cause with questions",
    "Confirms the request",
)

WORST = {
    criterion.title.say("en"): criterion.options[-1].label.say("en")
    for scorecard in builtin_scorecards()
    for criterion in scorecard.criteria()
}


def told(word: str, letters: int) -> str:
    """Return a text of so many letters that ends in a word of its own."""
    end = f" {word}-end"
    return (f"{word} said it in many words " * 60)[: letters - len(end)].rstrip() + end


def four_errors(team: Team, letters: int = 900) -> list[str]:
    """Let Anna submit four errors, each with a reason as long as that."""
    anna = team.anna
    anna.send("/score petrov")
    anna.tap("Call")
    anna.send("48213")
    anna.tap("All met")
    reasons = [told(f"reason{number}", letters) for number in range(len(ERRORS))]
    for title, reason in zip(ERRORS, reasons, strict=True):
        anna.tap("Change")
        anna.tap(next(one for one in anna.buttons if one.startswith(title[:20])))
        anna.tap(WORST[title])
        anna.send(reason)
        if "Go on" in anna.buttons:
            anna.tap("Go on")
    anna.tap(next(one for one in anna.buttons if one.startswith("Submit")))
    team.centre.delivered()
    return reasons


def test_four_reasons_of_900_characters_arrive_whole(team: Team) -> None:
    reasons = four_errors(team)
    for reader in (team.ivan, team.olena):
        pages = every_page(reader)
        assert len(pages) == 2
        text = everything_said(reader)
        assert all(reason in text for reason in reasons)
        assert all("Receipt" in page.buttons for page in pages)


def test_turning_pages_does_what_the_buttons_under_them_did(team: Team) -> None:
    four_errors(team)
    team.ivan.tap("›")
    team.ivan.tap("Acknowledge")
    assert "Acknowledged on" in everything_said(team.ivan)


def test_a_page_of_somebody_elses_feedback_is_refused(team: Team) -> None:
    four_errors(team)
    data = team.ivan.message.data["›"]
    stranger = team.centre.hire("Petro Agent", roles="agent", team="Sales")
    stranger.send("/start")
    assert stranger.forge(data, 1) == "This belongs to somebody else."


def test_a_supervisor_reads_a_dispute_of_long_words_whole(team: Team) -> None:
    reasons = four_errors(team)
    mine = told("dispute", 950)
    team.dispute(mine)
    text = everything_said(team.olena)
    assert mine in text
    assert all(reason in text for reason in reasons)

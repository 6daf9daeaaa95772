"""Stories of advice: shown before submitting, put in one's own words, and read by the agent."""

from dataclasses import replace

import pytest

from handlers.views.feedback import Reading, feedback_screen
from handlers.words import LANGUAGES, words
from scoring.scorecard import Answer
from tests.feedback.cases import ALL_MET, UTC, case_file
from tests.feedback.reading import seen
from tests.person import Person
from tests.story import Centre

OWN = "Ask for the contract number before you say hello again."


@pytest.fixture
def ivan(centre: Centre) -> Person:
    """An agent."""
    return centre.hire("Ivan Petrov", roles="agent", team="Support")


@pytest.fixture
def anna(centre: Centre, ivan: Person) -> Person:
    """An evaluator who stands at the summary of a call in which Ivan identified nobody."""
    anna = centre.hire("Anna Bondar")
    to_summary(anna)
    return anna


def to_summary(anna: Person) -> None:
    anna.send("/score petrov")
    anna.tap("Call")
    anna.tap("Skip")
    anna.tap("All met")
    anna.tap("Change")
    anna.tap("Identifies the customer: Yes")
    anna.tap("No")
    anna.send("He asked for the name alone")


def test_the_summary_shows_what_would_be_said(anna: Person) -> None:
    assert "Advice" in anna.buttons
    anna.tap("Advice")
    assert "The agent would be told:" in anna.text
    assert "• Identifies the customer\n→ Write the three checks on a card" in anna.text
    assert anna.buttons == ["Back"]
    anna.tap("Back")
    assert anna.message.label("Submit")
    assert "Your advice" not in anna.text


def test_own_words_take_the_place_of_the_recommendations(
    centre: Centre, anna: Person, ivan: Person
) -> None:
    anna.tap("Advice")
    anna.send(OWN)
    assert f"Your advice to the agent:\n{OWN}" in anna.text
    anna.tap("Submit")
    centre.delivered()
    told = ivan.sees("To improve").text
    assert f"Recommendations\n{OWN}" in told
    assert "He asked for the name alone" in told
    assert "Write the three checks" not in told


def test_own_words_can_be_taken_back(centre: Centre, anna: Person, ivan: Person) -> None:
    anna.tap("Advice")
    anna.send(OWN)
    anna.tap("Advice")
    assert f"Your advice to the agent:\n{OWN}" in anna.text
    assert anna.buttons == ["Restore", "Back"]
    anna.tap("Restore")
    assert "Your advice" not in anna.text
    anna.tap("Submit")
    centre.delivered()
    assert "→ Write the three checks" in ivan.sees("To improve").text


def test_the_next_text_after_going_back_is_the_overall_comment_again(anna: Person) -> None:
    anna.tap("Advice")
    anna.tap("Back")
    anna.send("A calm call")
    assert "A calm call" in anna.text
    assert "Your advice" not in anna.text


def test_own_words_survive_a_restart_and_a_change_of_answers(
    centre: Centre, anna: Person, ivan: Person
) -> None:
    anna.tap("Advice")
    centre.restart()
    anna.send(OWN)
    anna.tap("Change")
    anna.tap("Identifies the customer: No")
    anna.tap("Yes")
    assert f"Your advice to the agent:\n{OWN}" in anna.text
    anna.tap("Submit")
    centre.delivered()
    assert f"Recommendations\n{OWN}" in ivan.sees("No errors").text


def test_a_repeated_error_is_among_what_would_be_said(centre: Centre, anna: Person) -> None:
    anna.tap("Submit")
    for _ in range(2):
        to_summary(anna)
        anna.tap("Submit")
    to_summary(anna)
    anna.tap("Advice")
    expected = "“Identifies the customer”: the same error in 4 of the last 4 contacts."
    assert expected in anna.text


def test_a_text_too_long_is_refused_and_what_was_there_stays(anna: Person) -> None:
    anna.tap("Advice")
    anna.send(OWN)
    anna.tap("Advice")
    anna.send("x" * 1001)
    assert "at most 1000 characters" in anna.text
    anna.tap("Back")
    assert OWN in anna.sees("Errors: 1").text


def test_without_an_error_there_is_nothing_to_say(anna: Person) -> None:
    anna.send("/score petrov")
    anna.tap("Call")
    anna.tap("Skip")
    anna.tap("All met")
    anna.tap("Advice")
    assert "Nothing: there is no error with any advice." in anna.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sign", ["<b>&'\"", "👍🏽", "я", "A\n"])
def test_feedback_with_the_longest_advice_fits(language: str, sign: str) -> None:
    said = (sign * 1000)[:1000]
    errors = {key: Answer(1, (), said, said) for key in ALL_MET}
    file = case_file(errors, overall=said)
    file = replace(file, evaluation=replace(file.evaluation, advice=said))
    text = seen(feedback_screen(words(language), file, Reading(UTC, is_agent=True)))
    assert "Ask for the contract number first." not in text

"""What the results say: the number first, what it rests on, then what to do."""

from io import BytesIO

import pytest
from PIL import Image

from tests.calibration.conftest import Calibrating

CALLS = ("1", "2", "3", "4", "5", "6")
WEAK = "identification"


def plain(text: str) -> str:
    """Return *text* with ordinary blanks."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture
def results(calibrating: Calibrating) -> Calibrating:
    """Six calls: Borys sees an error of identification in each, Anna and Vera in none."""
    calibrating.evaluate(*CALLS)
    calibrating.open(*CALLS, people=("Borys Lys", "Vera Tsar"))
    calibrating.score(calibrating.anna)
    calibrating.score(calibrating.borys, {one: [WEAK] for one in CALLS})
    calibrating.score(calibrating.vera)
    calibrating.anna.tap("See the results")
    return calibrating


def test_the_agreement_comes_first_with_its_interval_and_what_it_rests_on(
    results: Calibrating,
) -> None:
    first, interval, basis, *_ = results.anna.text.split("\n")
    assert first.startswith("Agreement 9")
    assert interval.startswith("95 % interval: ")
    assert basis == "Voice calls, version 1 · 6 contacts · 3 people"
    assert "18 of 18 scorings are in." in results.anna.text
    assert "Too few" not in results.anna.text


def test_the_criterion_to_reword_is_named_with_what_to_do(results: Calibrating) -> None:
    told = plain(results.anna.text)
    assert "To reword: Identifies the customer\n33 % agreement (21 to 49)" in told
    assert "Gwet's AC1: " in told
    assert "Talk through the contacts where answers differ" in told
    assert plain(results.anna.buttons[0]) == "Identifies the customer · 33 %"


def test_a_heat_map_comes_along(results: Calibrating) -> None:
    with Image.open(BytesIO(results.anna.photo)) as picture:
        assert picture.width == 1080
        assert picture.height > 1080


def test_a_criterion_shows_its_figures_and_who_answered_what(results: Calibrating) -> None:
    results.anna.tap(results.anna.buttons[0])
    told = results.anna.text
    assert "6 contacts compared\n18 pairs of answers" in told
    assert "Krippendorff's alpha (nominal): −0.42" in told
    assert "Ivan Petrov · ref 1\nYes: Anna Bondar, Vera Tsar\nNo: Borys Lys\n" in told
    assert "Borys Lys: Identifies the customer was not there" in told
    results.anna.tap("Back")
    assert results.anna.text.startswith("Agreement")


def test_where_everybody_agreed_alpha_is_said_not_to_exist(results: Calibrating) -> None:
    results.anna.tap(results.anna.buttons[1])
    assert "100 % agreement (48 to 100)" in plain(results.anna.text)
    assert "Everybody agreed; alpha cannot be computed." in results.anna.text
    assert "Gwet's AC1: 1.00" in results.anna.text


def test_leniency_is_told_with_interval_and_count(results: Calibrating) -> None:
    results.borys.tap("See the results")
    results.borys.tap("Leniency")
    told = results.borys.text
    assert "against the mean of the others on the same contacts" in told
    assert "Borys Lys −40.0 (−57.4 to −22.6)\n6 contacts, stricter" in told
    # Set aside, he makes nobody else look lenient.
    assert "Anna Bondar 0.0 (" in told
    assert "more lenient" not in told


def test_results_open_again_from_the_picture_that_telegram_has(results: Calibrating) -> None:
    sent = len(results.centre.calls("sendPhoto"))
    results.borys.tap("See the results")
    again = results.centre.calls("sendPhoto")[sent:]
    assert results.borys.message.photo
    assert len(again) == 1


def test_results_are_for_those_who_took_part(results: Calibrating) -> None:
    for act in ("u", "q", "h"):
        assert results.olena.forge(f"c:{act}:1:0:0", 1) == "This belongs to somebody else."
    assert results.anna.forge("c:q:1:999:0") == "This button is out of date."
    assert results.anna.forge("c:q:1:-1:0") == "This button is out of date."


def test_against_a_reference_the_others_are_measured(calibrating: Calibrating) -> None:
    calibrating.evaluate("1", "2")
    anna = calibrating.prepare("1", "2")
    anna.tap("Reference")
    anna.tap("Anna Bondar")
    anna.tap("Open the session")
    calibrating.centre.delivered()
    calibrating.score(anna)
    calibrating.score(calibrating.borys, {"1": [WEAK]})
    anna.tap("See the results")
    assert "Too few contacts to rely on: take it as a start for a talk." in anna.text
    assert "To reword" not in anna.text
    assert "Least agreed" not in anna.text
    anna.tap("Leniency")
    assert "Score points against Anna Bondar" in anna.text
    assert "Borys Lys −20.0" in anna.text
    assert "Anna Bondar +" not in anna.text


def test_perfect_agreement_asks_for_nothing(calibrating: Calibrating) -> None:
    calibrating.evaluate("1")
    calibrating.open("1")
    calibrating.score(calibrating.anna)
    calibrating.score(calibrating.borys)
    calibrating.borys.tap("See the results")
    assert "Agreement 100 %" in plain(calibrating.borys.text)
    # Of one contact that would be too much to say.
    assert "No criterion needs rewording." not in calibrating.borys.text

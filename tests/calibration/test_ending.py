"""A session ends: when all are done, at its deadline, or when its opener closes it."""

import datetime as dt

import pytest

from tests.calibration.conftest import Calibrating

DEADLINE = dt.datetime(2026, 11, 26, 18, 0, tzinfo=dt.UTC)
OVER = "The calibration is over"


@pytest.fixture
def session(calibrating: Calibrating) -> Calibrating:
    """A session of Anna and Borys on one call."""
    calibrating.evaluate("48213")
    calibrating.open("48213")
    return calibrating


def test_when_everybody_is_done_everybody_hears_that_the_results_are_out(
    session: Calibrating,
) -> None:
    session.score(session.anna)
    assert not session.anna.heard(OVER)
    session.score(session.borys)
    for one in (session.anna, session.borys):
        assert one.sees(OVER).buttons == ["See the results"]
    assert "2 of 2 scorings are in." in session.borys.text
    assert not session.vera.heard(OVER)


def test_at_the_deadline_the_results_are_out_with_what_there_is(session: Calibrating) -> None:
    session.score(session.anna)
    session.centre.clock.set(DEADLINE)
    session.centre.delivered()
    session.borys.sees(OVER)
    assert "1 of 2 scorings are in." in session.anna.sees(OVER).text
    session.anna.tap("See the results")
    assert "Nothing to compare" in session.anna.text
    assert "No contact was scored by two people." in session.anna.text


def test_after_the_deadline_nothing_is_stored_any_more(session: Calibrating) -> None:
    borys = session.borys
    borys.tap("Open it")
    borys.tap("Ivan Petrov · Call · 48213")
    borys.tap("All met")
    session.centre.clock.set(DEADLINE)
    assert borys.tap("Submit") == "This calibration is over: its results are out."
    session.centre.delivered()
    borys.sees(OVER)
    assert session.centre.count("calibration_scorings") == 0
    borys.send("/drafts")
    assert "No drafts." in borys.text


def test_the_news_comes_once(session: Calibrating) -> None:
    session.score(session.anna)
    session.score(session.borys)
    session.centre.clock.set(DEADLINE)
    session.centre.delivered()
    for one in (session.anna, session.borys):
        assert sum(OVER in message.text for message in one.messages) == 1


def test_the_opener_may_close_it_early(session: Calibrating) -> None:
    session.score(session.borys)
    anna = session.anna
    anna.tap("Close now")
    assert "1 scoring will be missing." in anna.text
    anna.tap("Keep it open")
    assert "0 of 1 contacts scored" in anna.text
    anna.tap("Close now")
    sure = anna.message.data["Close it"]
    anna.tap("Close it")
    assert OVER in anna.text
    session.centre.delivered()
    session.borys.sees(OVER)
    assert sum(OVER in message.text for message in anna.messages) == 1
    assert anna.forge(sure) == "This calibration is over: its results are out."


def test_who_is_not_done_is_reminded_a_working_day_before(session: Calibrating) -> None:
    session.score(session.anna)
    session.centre.clock.set(dt.datetime(2026, 11, 25, 9, 59, tzinfo=dt.UTC))
    session.centre.delivered()
    assert not session.borys.heard("left to score")
    session.centre.clock.set(dt.datetime(2026, 11, 25, 10, 0, tzinfo=dt.UTC))
    session.centre.delivered()
    reminder = session.borys.sees("1 contact left to score for the calibration")
    assert "Until 26 Nov, 18:00" in reminder.text
    assert not session.anna.heard("left to score")


def test_with_one_day_in_all_the_reminder_comes_on_the_last_morning(
    calibrating: Calibrating,
) -> None:
    calibrating.evaluate("48213")
    anna = calibrating.prepare("48213")
    anna.tap("Deadline")
    anna.tap("1 working day: 24 Nov, 18:00")
    anna.tap("Open the session")
    calibrating.centre.clock.set(dt.datetime(2026, 11, 24, 10, 0, tzinfo=dt.UTC))
    calibrating.centre.delivered()
    calibrating.borys.sees("1 contact left to score for the calibration")


def test_finished_sessions_are_found_again(session: Calibrating) -> None:
    session.score(session.anna)
    session.score(session.borys)
    session.borys.send("/calibrate")
    assert "No session is open." in session.borys.text
    session.borys.tap("Finished: 1")
    assert "1 finished session" in session.borys.text
    session.borys.tap("Voice calls · 1 contact · 23 Nov")
    assert "Agreement 100" in session.borys.text

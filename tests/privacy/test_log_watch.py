"""The ear that listens to the log in every test hears what it has to."""

import logging

import structlog

from tests.contacts.files import csv_of, row
from tests.log_watch import EAR
from tests.story import Centre, Person


def test_what_somebody_wrote_is_noticed_whoever_logs_it() -> None:
    EAR.note("My manager is unfair\nto all of us")
    structlog.get_logger("handlers").info("typed", text="My manager is unfair\nto all of us")
    logging.getLogger("some.library").debug("got %r", "and: to all of us!")
    structlog.get_logger("handlers").info("typed", update=5)
    assert len(EAR.overheard()) == 2
    assert EAR.overheard() == []


def test_cells_of_files_and_tokens_are_noticed() -> None:
    EAR.note_file(csv_of(row(text="Where is my parcel?")))
    structlog.get_logger("handlers").info("row", cell="Where is my parcel?")
    EAR.keep_secret("not-a-token-by-its-looks")
    structlog.get_logger("handlers").info("called", url="/botnot-a-token-by-its-looks/getMe")
    EAR.secrets.discard("not-a-token-by-its-looks")
    EAR.secrets.add("not-a-token")
    assert len(EAR.overheard()) == 2
    EAR.secrets.discard("not-a-token")


def test_commands_and_short_words_are_no_secret() -> None:
    EAR.said.clear()
    EAR.note("/score petrov")
    EAR.note("yes")
    EAR.note("2026-11-23 10:00")
    assert not EAR.said


def test_a_failure_in_the_middle_of_a_text_gives_nothing_away(
    centre: Centre, anna: Person, ivan: Person
) -> None:
    anna.send("/score ivan petrov")
    anna.tap("Call")
    anna.send("A reference with words in it")
    anna.tap("Partly")
    centre.fault("editMessageText", "500", times=9)
    centre.fault("sendMessage", "500", times=9)
    anna.send("He said something quite private")
    anna.send("And something else that is private")
    assert any("update_failed" in line for line in EAR.lines)
    assert EAR.said >= {"He said something quite private", "And something else that is private"}

"""What is costly is rationed: each person has enough, nobody has all of it."""

from collections.abc import Iterator

import pytest

from handlers.ration import PER_SECOND, SIZE, Ration
from tests.clock import MONDAY, Clock
from tests.person import Person
from tests.story import Centre

WAIT = "Please wait a few seconds."
FIGURES = "agent,date,metric,value\nNobody,2026-11-02,aht,9\n"


@pytest.fixture
def rationed(sqlite_url: str) -> Iterator[Centre]:
    """A centre with the usual ration."""
    centre = Centre(sqlite_url, ration=SIZE)
    yield centre
    centre.close()


@pytest.fixture
def olga(rationed: Centre) -> Person:
    return rationed.hire("Olga Supervisor", "supervisor", supervises="Support")


def use_up(person: Person, command: str) -> int:
    """Send the command until it is refused; return how often it was answered."""
    for count in range(SIZE + 1):
        person.send(command)
        if person.text == WAIT:
            return count
    raise AssertionError(f"{command} was never refused")


def test_reports_are_refused_for_some_seconds_once_there_were_many(
    rationed: Centre, olga: Person
) -> None:
    assert use_up(olga, "/team") == SIZE
    rationed.clock.advance(seconds=1 / PER_SECOND)
    olga.send("/team")
    assert olga.text != WAIT
    olga.send("/team")
    assert olga.text == WAIT
    rationed.clock.advance(seconds=SIZE / PER_SECOND)
    assert use_up(olga, "/team") == SIZE


def test_what_is_cheap_goes_on_and_so_do_other_people(rationed: Centre, olga: Person) -> None:
    boris = rationed.hire("Boris Supervisor", "supervisor", supervises="Support")
    use_up(olga, "/team")
    olga.send("/help")
    assert olga.text != WAIT
    boris.send("/team")
    assert boris.text != WAIT


def test_files_take_more_of_it_than_reports(rationed: Centre, olga: Person) -> None:
    answered = 0
    while olga.text != WAIT:
        olga.upload("kpi.csv", FIGURES)
        answered += 1
    assert answered == SIZE // 5 + 1
    olga.send("/team")
    assert olga.text == WAIT


def test_a_button_and_a_typed_search_are_rationed_too(rationed: Centre) -> None:
    anna = rationed.hire("Anna Bondar", "evaluator")
    use_up(anna, "/contacts")
    anna.send("refund")
    assert anna.text == WAIT
    assert anna.forge("j:l:0:0:0:0") == WAIT
    assert anna.forge("go:contacts") == WAIT


def test_a_clock_set_back_takes_nothing_away() -> None:
    ration, clock = Ration(2, 1.0), Clock()
    assert ration.take(1, 1, clock())
    clock.set(MONDAY.replace(hour=1))
    assert ration.take(1, 1, clock())
    assert not ration.take(1, 1, clock())
    clock.advance(seconds=1)
    assert ration.take(1, 1, clock())


def test_it_never_holds_more_than_its_size() -> None:
    ration, clock = Ration(2, 1.0), Clock()
    assert ration.take(1, 2, clock())
    clock.advance(days=1)
    assert not ration.take(1, 3, clock())
    assert ration.take(1, 2, clock())

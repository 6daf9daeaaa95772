"""The team of feedback's stories, and what corrections ask of it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from storage import evaluations
from storage.database import Transaction
from storage.evaluations import Evaluation
from tests.feedback.conftest import Team, team
from tests.story import Centre, Person

__all__ = ["team"]

REASON = "He asked for the number, too"
ERROR = "Identifies the customer: No"


def correct(team: Team, reason: str = REASON) -> None:
    """Let Anna take back the one error of the newest evaluation, as far as the last look."""
    team.anna.tap("Correct")
    team.anna.tap(ERROR)
    team.anna.tap("Yes")
    team.anna.send(reason)


def save(team: Team) -> None:
    """Let Anna save what she corrected."""
    team.anna.tap("Save 100.0")
    team.centre.delivered()


def acknowledge(team: Team) -> None:
    """Let Ivan read the feedback."""
    team.ivan.tap("Acknowledge")


def evaluation(centre: Centre, ident: int = 1) -> Evaluation:
    """Return an evaluation as it stands."""

    async def reading(tx: Transaction) -> Evaluation:
        found = await evaluations.by_id(tx, ident)
        assert found is not None
        return found

    return centre.read(reading)


@pytest.fixture
def petro(team: Team) -> Person:
    """Another agent, of another team with its own supervisor."""
    return team.centre.hire("Petro Bilyk", roles="agent", team="Sales")


@pytest.fixture
def both(database_url: str) -> Iterator[Team]:
    """The same team, once on each kind of database."""
    centre = Centre(database_url)
    ivan = centre.hire("Ivan Petrov", roles="agent", team="Support")
    olena = centre.hire("Olena Koval", roles="supervisor", supervises="Support")
    anna = centre.hire("Anna Bondar", roles="evaluator")
    yield Team(centre, ivan, anna, olena)
    centre.close()


def at_once(*acts: tuple[Person, str, int]) -> list[str | None]:
    """Let people press buttons of those labels under those messages at one moment."""
    with ThreadPoolExecutor(len(acts)) as pool:
        pressing = [pool.submit(who.tap, label, message) for who, label, message in acts]
    return [one.result() for one in pressing]

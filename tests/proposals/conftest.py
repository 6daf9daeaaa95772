"""Who appears in the stories of proposals."""

import pytest

from tests.person import Person
from tests.reports.cases import Desk
from tests.story import Centre


@pytest.fixture
def desk(centre: Centre) -> Desk:
    """A centre whose evaluator is at work."""
    return Desk(centre)


@pytest.fixture
def egor(desk: Desk) -> Person:
    """The evaluator."""
    return desk.evaluator


@pytest.fixture
def olga(centre: Centre) -> Person:
    """The supervisor of Support."""
    return centre.hire("Olga Supervisor", "supervisor", supervises="Support")


@pytest.fixture
def ivan(centre: Centre) -> Person:
    """An agent of Support."""
    return centre.hire("Ivan Petrov", "agent", team="Support")

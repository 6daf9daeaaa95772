"""Who appears in the stories of reports."""

import pytest

from tests.person import Person
from tests.reports.cases import Desk
from tests.story import Centre


@pytest.fixture
def desk(centre: Centre) -> Desk:
    """A centre whose evaluator is at work."""
    return Desk(centre)


@pytest.fixture
def olga(centre: Centre) -> Person:
    """The supervisor of Support."""
    return centre.hire("Olga Supervisor", "supervisor", supervises="Support")


@pytest.fixture
def ivan(centre: Centre) -> Person:
    """An agent of Support."""
    return centre.hire("Ivan Petrov", "agent", team="Support")


@pytest.fixture
def maria(centre: Centre) -> Person:
    """Another agent of Support."""
    return centre.hire("Maria Sidorova", "agent", team="Support")

"""A team with agents to draw from, and evaluators to draw for."""

import pytest

from tests.plans.cases import Floor
from tests.story import Centre


@pytest.fixture
def floor(centre: Centre) -> Floor:
    """Ivan and Daria of Support, led by Olena, and two evaluators."""
    return Floor(
        centre,
        ivan=centre.hire("Ivan Petrov", roles="agent", team="Support"),
        daria=centre.hire("Daria Kovalenko", roles="agent", team="Support"),
        olena=centre.hire("Olena Koval", roles="supervisor", supervises="Support"),
        anna=centre.hire("Anna Bondar", roles="evaluator"),
        egor=centre.hire("Egor Sydorenko", roles="evaluator"),
    )

"""The contact centre of these stories."""

import pytest

from tests.kpi.cases import Floor
from tests.story import Centre


@pytest.fixture
def floor(centre: Centre) -> Floor:
    """Two teams at work."""
    return Floor(centre)

"""A fleet for each test, on a database of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.processes.fleet import Fleet


@pytest.fixture
def fleet(postgres_url: str, tmp_path: Path) -> Iterator[Fleet]:
    """A contact centre whose processes have not been started yet."""
    fleet = Fleet(postgres_url, tmp_path)
    yield fleet
    fleet.close()

"""The world of two teams, built once for the tests of a module."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.access.world import World, build


@pytest.fixture(scope="module")
def world(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Two teams that have one of everything; a test that changes something puts it back."""
    file = tmp_path_factory.mktemp("world") / "etalon.db"
    shutil.copyfile(sqlite_template, file)
    world = build(f"sqlite+aiosqlite:///{file}")
    yield world
    world.close()

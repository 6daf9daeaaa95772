"""What every test may ask for: a contact centre, and databases of both kinds."""

import asyncio
import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from bot.running import prepare, utc_now
from handlers.turn import Services
from storage.database import Database
from storage.scorecards import Shelf
from tests import postgres
from tests.log_watch import log_watch, pytest_sessionfinish  # noqa: F401  pytest finds them here
from tests.story import Centre

# Timings are measured elsewhere: a busy machine is no failure.
settings.register_profile("unhurried", parent=settings(), deadline=None)
settings.load_profile("unhurried")

MEMORY = Path("/dev/shm")  # noqa: S108  each test has a folder of its own in it
ROOM = 2 * 2**30
ROOT = "PYTEST_DEBUG_TEMPROOT"
"""Where pytest makes the folders of its tests."""


def pytest_configure() -> None:
    """Keep the tests' databases in memory where there is room: mostly they wait for the disk."""
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ.setdefault(ROOT, str(MEMORY))


async def prepare_database(url: str) -> None:
    """Bring a database to where ``etalon run`` brings it before it does anything else."""
    database = Database(url)
    await prepare(Services(database, Shelf(), utc_now))
    await database.close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy; migrating once saves every test the time."""
    file = tmp_path_factory.mktemp("template") / "etalon.db"
    asyncio.run(prepare_database(f"sqlite+aiosqlite:///{file}"))
    return file


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A migrated SQLite database of this test's own."""
    file = tmp_path / "etalon.db"
    shutil.copyfile(sqlite_template, file)
    return f"sqlite+aiosqlite:///{file}"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """A PostgreSQL server with a migrated template database."""
    # Its socket lies in this folder, and a socket's path must be short.
    server = postgres.start_server(Path(tempfile.mkdtemp(prefix="pg", dir=os.environ.get(ROOT))))
    asyncio.run(prepare_database(postgres.create(server, postgres.TEMPLATE)))
    yield server
    server.cleanup()


@pytest.fixture
def postgres_url(postgres_server: postgres.Server) -> Iterator[str]:
    """A migrated PostgreSQL database of this test's own."""
    name = f"test_{uuid.uuid4().hex}"
    yield postgres.create(postgres_server, name, postgres.TEMPLATE)
    postgres.drop(postgres_server, name)


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated database, once of each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def centre(sqlite_url: str) -> Iterator[Centre]:
    """A contact centre with nobody in it yet, and its bot at work."""
    centre = Centre(sqlite_url)
    yield centre
    centre.close()

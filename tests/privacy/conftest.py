"""A contact centre with something to forget, and a look into everything it has stored."""

import pytest
from sqlalchemy import select

from storage.database import Transaction
from storage.tables import Base
from tests.story import Centre, Person

PHONE = "+380 67 123-45-67"


@pytest.fixture
def ivan(centre: Centre) -> Person:
    """An agent of Support."""
    return centre.hire("Ivan Petrov", "agent", team="Support")


@pytest.fixture
def anna(centre: Centre) -> Person:
    """An evaluator."""
    return centre.hire("Anna Bondar", "evaluator")


@pytest.fixture
def olha(centre: Centre) -> Person:
    """The supervisor of Support."""
    return centre.hire("Olha Supervisor", "supervisor", supervises="Support")


def everything_stored(centre: Centre) -> str:
    """Return all that stands in the database, table by table."""

    async def reading(tx: Transaction) -> str:
        told = []
        for table in Base.metadata.sorted_tables:
            rows = (await tx.execute(select(*table.columns))).all()
            told += [f"{table.name}: {tuple(row)!r}" for row in rows]
        return "\n".join(told)

    return centre.read(reading)

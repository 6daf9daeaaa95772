"""The team of feedback's stories, and a centre that has grown."""

import pytest

from scoring.roles import Role
from storage import people, teams
from storage.database import Transaction
from storage.people import NewPerson
from tests.feedback.conftest import team
from tests.story import Centre, Person

__all__ = ["team"]

TEAMS, PEOPLE, CRITERIA = 120, 300, 200


def scorecard(key: str, count: int) -> str:
    """Return a scorecard's file with *count* criteria."""
    told = [f"key: {key}", f"title: Card {key}", "channels: [chat]", "sections:"]
    for number in range(count):
        if number % 40 == 0:
            told += [f"  - title: Part {number}", "    weight: 1", "    criteria:"]
        told += [
            f"      - key: c{number}",
            f"        title: Criterion number {number}",
            "        scale: yes_no",
        ]
    return "\n".join(told)


@pytest.fixture
def grown(centre: Centre) -> Centre:
    """A centre of 120 teams and 300 people."""

    async def fill(tx: Transaction) -> None:
        ids = [
            (await teams.add(tx, f"Team {number:03}", "UTC", "en", centre.clock())).id
            for number in range(TEAMS)
        ]
        for number in range(PEOPLE):
            roles = {Role.AGENT} if number % 2 else {Role.EVALUATOR}
            new = NewPerson(f"Person {number:03}", roles, teams=[ids[number % TEAMS]])
            await people.add(tx, new, centre.clock())

    centre.write(fill)
    return centre


@pytest.fixture
def head(grown: Centre) -> Person:
    """Somebody who oversees all of it."""
    return grown.admin

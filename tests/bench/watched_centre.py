"""The watched bot's contact centre: who is there, by Telegram id, and what lies there."""

import asyncio
from pathlib import Path

from bot.running import prepare
from handlers.turn import Services
from scoring.roles import Role
from storage import identity, people, plans
from storage.database import Database
from storage.people import NewPerson
from storage.scorecards import Shelf
from tests.bench.filling import fill_file
from tests.bench.history import AGENTS, TEAM
from tests.bench.watched import NOW

ADMIN, SUPERVISOR, FIRST_EVALUATOR, EVALUATORS = 9000, 9001, 9100, 30


def agents() -> range:
    """Return the ids."""
    return range(1, AGENTS + 1)


def evaluators() -> range:
    """Return the ids."""
    return range(FIRST_EVALUATOR, FIRST_EVALUATOR + EVALUATORS)


async def fill(url: str, file: Path, evaluations: int) -> None:
    """Make the centre: its history, who may see it, who scores, and a plan of the team."""
    services = Services(Database(url), Shelf(), lambda: NOW, frozenset(), "UTC", "en")
    try:
        await prepare(services)
    finally:
        await services.db.close()
    await asyncio.to_thread(fill_file, file, evaluations)
    database = Database(url)
    try:
        async with database.writing() as tx:
            # Accounts as low as these would be taken for a sandbox's.
            await identity.claim(tx, identity.Owner.TELEGRAM, NOW)
            for one in agents():
                await people.bind(tx, one, one)
            supervisor = NewPerson("Olga", {Role.SUPERVISOR}, supervises=[TEAM])
            await people.bind(tx, await people.add(tx, supervisor, NOW), SUPERVISOR)
            for one in evaluators():
                evaluator = NewPerson(f"Evaluator {one}", {Role.EVALUATOR}, telegram_id=one)
                await people.add(tx, evaluator, NOW)
            await plans.add(tx, TEAM, NOW, by=None)
    finally:
        await database.close()

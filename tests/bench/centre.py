"""A contact centre for the taps bench: as many agents as evaluators, everybody known already."""

import datetime as dt
from pathlib import Path

from bot.running import prepare
from handlers.turn import Services
from scoring.roles import Role
from storage import identity, people, teams
from storage.database import Database
from storage.people import NewPerson
from storage.scorecards import Shelf
from tests.bench.counterpart import FIRST


async def fill(url: str, evaluators: int) -> None:
    """Make the database at *url* with that many evaluators, chats 1000 and on, and agents."""
    database = Database(url)
    now = dt.datetime.now(dt.UTC)
    services = Services(database, Shelf(), lambda: now, frozenset(), "UTC", "en")
    try:
        await prepare(services)
        async with database.writing() as tx:
            # Chats as low as these would be taken for a sandbox's.
            await identity.claim(tx, identity.Owner.TELEGRAM, now)
            team = await teams.add(tx, "Support", "UTC", "en", now)
            for one in range(FIRST, FIRST + evaluators):
                agent = NewPerson(f"Agent {one}", {Role.AGENT}, teams=[team.id])
                await people.add(tx, agent, now)
                evaluator = NewPerson(f"Evaluator {one}", {Role.EVALUATOR}, telegram_id=one)
                await people.add(tx, evaluator, now)
    finally:
        await database.close()


def file_of(folder: Path) -> str:
    """Return the address of a new SQLite database in *folder*."""
    return f"sqlite+aiosqlite:///{folder / 'bench.db'}"

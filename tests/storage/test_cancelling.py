"""Whoever is cancelled in the middle of a transaction leaves nothing of it, and no lock."""

import asyncio

from sqlalchemy import text

from storage import teams
from storage.database import Database
from tests.storage.conftest import NOW

LONG = text(
    "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 300000) "
    "SELECT count(*) FROM n"
)


async def test_a_cancelled_writer_keeps_nobody_out(database: Database, second: Database) -> None:
    asking = asyncio.Event()

    async def cancelled_halfway() -> None:
        async with database.writing() as tx:
            await teams.add(tx, "Half", "UTC", "en", NOW)
            asking.set()
            await tx.execute(LONG)

    writer = asyncio.create_task(cancelled_halfway())
    await asking.wait()
    writer.cancel()
    await asyncio.gather(writer, return_exceptions=True)
    async with second.writing() as tx:
        await teams.add(tx, "Whole", "UTC", "en", NOW)
    async with second.reading() as tx:
        assert [team.name for team in await teams.everything(tx)] == ["Whole"]

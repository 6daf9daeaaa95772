"""Proposals on both databases: each step is taken once and in its order."""

import asyncio
import datetime as dt

from storage import proposals
from storage.database import Database
from storage.proposals import Evidence, Kind, Limit, Status
from tests.storage.conftest import NOW


async def test_a_proposal_takes_its_steps_in_order(
    database: Database, ivan: int, anna: int
) -> None:
    later = NOW + dt.timedelta(days=1)
    async with database.writing() as tx:
        ident = await proposals.add(tx, Kind.REPORTING, "More <figures>", ivan, NOW)
        assert not await proposals.give_to(tx, ident, anna)
        assert not await proposals.finish(tx, ident, "Done", later)
        evidence = Evidence(team_id=None, period="2026-11")
        assert await proposals.rest_on(tx, ident, evidence)
        decided = await proposals.decide(tx, ident, Status.ACCEPTED, later, by=anna, comment="Yes")
        assert decided
        assert not await proposals.rest_on(tx, ident, Evidence())
        assert await proposals.give_to(tx, ident, ivan)
        assert await proposals.finish(tx, ident, "Done", later)
        assert not await proposals.finish(tx, ident, "Again", later)
        found = await proposals.by_id(tx, ident)
    assert found is not None
    assert (found.kind, found.text, found.evidence) == (Kind.REPORTING, "More <figures>", evidence)
    assert (found.author_id, found.owner_id, found.decided_by) == (ivan, ivan, anna)
    assert (found.status, found.decision, found.outcome) == (Status.DONE, "Yes", "Done")
    assert (found.created_at, found.decided_at, found.outcome_at) == (NOW, later, later)


async def test_of_two_decisions_the_first_stands(
    database: Database, second: Database, ivan: int, anna: int
) -> None:
    async with database.writing() as tx:
        ident = await proposals.add(tx, Kind.MONITORING, "Listen more", ivan, NOW)

    async def deciding(where: Database, status: Status) -> bool:
        async with where.writing() as tx:
            return await proposals.decide(tx, ident, status, NOW, by=anna, comment=status.value)

    won = await asyncio.gather(
        deciding(database, Status.ACCEPTED), deciding(second, Status.DECLINED)
    )
    assert sorted(won) == [False, True]
    async with database.reading() as tx:
        found = await proposals.by_id(tx, ident)
    assert found is not None
    assert found.decision == found.status.value


async def test_a_list_is_limited_and_counted(database: Database, ivan: int, anna: int) -> None:
    async with database.writing() as tx:
        first, second, third = [
            await proposals.add(tx, kind, "text", ivan, NOW)
            for kind in (Kind.MONITORING, Kind.REPORTING, Kind.MONITORING)
        ]
        await proposals.decide(tx, first, Status.DECLINED, NOW, by=anna, comment="no")

        async def listed(within: Limit) -> list[int]:
            return [one.id for one in (await proposals.page(tx, within))[0]]

        assert await listed(Limit()) == [third, second, first]
        assert await listed(Limit(kind=Kind.MONITORING)) == [third, first]
        assert await listed(Limit(Status.NEW)) == [third, second]
        assert await listed(Limit(Status.NEW, Kind.SCORECARD)) == []
        found, total = await proposals.page(tx, Limit(), limit=1, offset=1)
        assert ([one.id for one in found], total) == ([second], 3)

"""A request to score afresh that goes from one evaluator to the next."""

import asyncio
from dataclasses import replace

import pytest

from storage import disputes
from storage.database import Database
from storage.disputes import Dispute, Status
from tests.storage.conftest import NOW
from tests.storage.test_disputes import Evaluate, evaluate, objection

__all__ = ["evaluate"]


@pytest.fixture
async def offered(database: Database, evaluate: Evaluate, anna: int) -> Dispute:
    """An open dispute that Anna is asked to score afresh."""
    evaluation = await evaluate("tone")
    async with database.writing() as tx:
        new = replace(objection(evaluation, "tone"), reviewer_id=anna)
        ident = await disputes.add(tx, new, NOW)
        assert ident is not None
        found = await disputes.by_id(tx, ident)
    assert found is not None
    return found


async def test_whoever_passed_it_on_is_remembered_in_order(
    database: Database, offered: Dispute, anna: int, ivan: int
) -> None:
    async with database.writing() as tx:
        assert offered.passed_on == ()
        assert await disputes.pass_on(tx, offered, ivan)
        second = await disputes.by_id(tx, offered.id)
        assert second is not None
        assert (second.reviewer_id, second.passed_on) == (ivan, (anna,))
        assert await disputes.pass_on(tx, second, None)
        third = await disputes.by_id(tx, offered.id)
    assert third is not None
    assert (third.reviewer_id, third.passed_on) == (None, (anna, ivan))
    assert third.waits_for_supervisors


async def test_of_two_presses_at_once_one_passes_it_on(
    database: Database, second: Database, offered: Dispute, ivan: int
) -> None:
    async def passing(where: Database, to: int | None) -> bool:
        async with where.writing() as tx:
            return await disputes.pass_on(tx, offered, to)

    done = await asyncio.gather(passing(database, ivan), passing(second, None))
    assert sorted(done) == [False, True]


async def test_a_decided_one_is_not_passed_on(
    database: Database, offered: Dispute, anna: int, ivan: int
) -> None:
    async with database.writing() as tx:
        await disputes.decide(tx, offered.id, Status.DECLINED, NOW, by=anna, comment="so")
        assert not await disputes.pass_on(tx, offered, ivan)
        found = await disputes.by_id(tx, offered.id)
    assert found is not None
    assert (found.reviewer_id, found.passed_on) == (anna, ())

"""Drafts: kept with each answer, and moved by one press at a time."""

import asyncio
from dataclasses import replace

import pytest

from scoring.draft import Stage
from scoring.scorecard import Answer, Channel
from storage import drafts
from storage.database import Database
from storage.drafts import SUBMITTED, Draft, StaleDraftError
from tests.storage.conftest import NOW


@pytest.fixture
async def draft(database: Database, anna: int) -> Draft:
    """Anna's new draft."""
    async with database.writing() as tx:
        return await drafts.start(tx, anna, Stage.AGENT, NOW)


async def save(database: Database, before: Draft, after: Draft) -> Draft:
    async with database.writing() as tx:
        return await drafts.save(tx, before, after, NOW)


async def stored(database: Database, draft: Draft) -> Draft:
    async with database.reading() as tx:
        found = await drafts.by_id(tx, draft.id)
    assert found is not None
    return found


async def test_everything_in_a_draft_comes_back(
    database: Database, draft: Draft, ivan: int
) -> None:
    after = replace(
        draft,
        stage=Stage.REASON,
        criterion="greeting",
        returning=True,
        agent_id=ivan,
        channel=Channel.CALL,
        reference="48213",
        overall="Слава",
        answers={"greeting": Answer(1, (0, 3), "mumbled", "kind"), "closing": Answer(None)},
        notes={"greeting": "listen again", "offer": "which one?"},
    )
    saved = await save(database, draft, after)
    assert await stored(database, draft) == saved
    assert saved.version == 1


async def test_an_answer_can_be_taken_back(database: Database, draft: Draft) -> None:
    first = await save(database, draft, replace(draft, answers={"greeting": Answer(0)}))
    await save(database, first, replace(first, answers={}))
    assert (await stored(database, draft)).answers == {}


async def test_a_press_on_an_outdated_version_changes_nothing(
    database: Database, draft: Draft
) -> None:
    saved = await save(database, draft, replace(draft, reference="first"))
    with pytest.raises(StaleDraftError):
        await save(database, draft, replace(draft, reference="second"))
    assert await stored(database, draft) == saved


async def test_of_two_presses_at_once_a_single_one_counts(
    database: Database, second: Database, draft: Draft
) -> None:
    results = await asyncio.gather(
        save(database, draft, replace(draft, reference="one", answers={"a": Answer(0)})),
        save(second, draft, replace(draft, reference="two", answers={"b": Answer(1)})),
        return_exceptions=True,
    )
    (winner,) = [one for one in results if isinstance(one, Draft)]
    assert [type(one) for one in results if one is not winner] == [StaleDraftError]
    assert await stored(database, draft) == winner


async def test_a_submitted_draft_moves_no_more(database: Database, draft: Draft) -> None:
    done = await save(database, draft, replace(draft, status=SUBMITTED))
    with pytest.raises(StaleDraftError):
        await save(database, done, replace(done, reference="late"))
    async with database.reading() as tx:
        assert await drafts.open_of(tx, draft.evaluator_id) == []

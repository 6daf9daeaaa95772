"""Assignments and how far plans are: who has what, and that it moves once."""

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from scoring.draft import Stage
from scoring.roles import Role
from scoring.scorecard import Channel
from storage import assignments, contacts, drafts, draws, people, plan_progress, plans
from storage.assignments import Assignment, NewAssignment
from storage.database import Database, Transaction
from storage.drafts import DISCARDED, Draft
from storage.draws import NewDraw
from storage.people import NewPerson
from storage.plan_progress import Progress, Queue, Share, Skipped
from tests.storage.conftest import NOW

DAY = dt.timedelta(days=1)
WINDOW = (NOW - DAY, NOW + DAY)

Give = Callable[..., Awaitable[Assignment]]


@pytest.fixture
async def egor(database: Database) -> int:
    """The id of another evaluator."""
    async with database.writing() as tx:
        return await people.add(tx, NewPerson("Egor Lis", {Role.EVALUATOR}), NOW)


@pytest.fixture
async def draw(database: Database, team: int) -> int:
    """The id of a draw for the team."""
    async with database.writing() as tx:
        plan = await plans.add(tx, team, NOW, by=None)
        new = NewDraw(plan, "2026-W47", "2026-W47", WINDOW, {}, 1, (), ())
        return await draws.add(tx, new, NOW)


@pytest.fixture
def give(database: Database, draw: int, ivan: int) -> Give:
    """What hands a contact of Ivan's, by its reference, to an evaluator."""

    async def giving(
        reference: str, evaluator: int | None, due: int = 7, *, second: bool = False
    ) -> Assignment:
        async with database.writing() as tx:
            contact = await contacts.add(tx, ivan, Channel.CALL, reference, NOW)
            new = NewAssignment(draw, contact, ivan, evaluator, second, NOW + due * DAY)
            (ident,) = await assignments.add(tx, [new], NOW)
            one = await assignments.by_id(tx, ident)
        assert one is not None
        return one

    return giving


async def begin(tx: Transaction, one: Assignment, evaluator: int) -> Draft:
    """Begin a draft on the assignment and return it."""
    fresh = await drafts.start(tx, evaluator, Stage.REFERENCE, NOW)
    begun = replace(fresh, contact_id=one.contact_id, assignment_id=one.id)
    return await drafts.save(tx, fresh, begun, NOW)


async def test_ids_come_back_in_the_order_of_the_rows(
    database: Database, draw: int, ivan: int, anna: int
) -> None:
    async with database.writing() as tx:
        rows = [
            NewAssignment(
                draw,
                await contacts.add(tx, ivan, Channel.CALL, str(number), NOW),
                ivan,
                anna,
                False,
                NOW,
            )
            for number in range(5)
        ]
        ids = await assignments.add(tx, rows[::-1], NOW)
        found = [await assignments.by_id(tx, one) for one in ids]
        assert await assignments.add(tx, [], NOW) == []
    assert [one.contact_id for one in found if one] == [row.contact_id for row in rows[::-1]]


async def test_the_load_counts_what_is_open(
    database: Database, give: Give, anna: int, egor: int
) -> None:
    first = await give("1", anna)
    await give("2", anna)
    async with database.writing() as tx:
        await assignments.finish(tx, [first.id], anna, None, NOW)
        assert await assignments.load(tx, [anna, egor]) == {anna: 1, egor: 0}
        assert await assignments.load(tx, []) == {}


async def test_the_next_is_the_soonest_and_what_was_begun_the_last(
    database: Database, give: Give, anna: int
) -> None:
    late, soon = await give("1", anna, 7), await give("2", anna, 3)
    async with database.writing() as tx:
        assert await assignments.next_of(tx, anna) == soon
        begun = await begin(tx, soon, anna)
        assert await assignments.next_of(tx, anna) == late
        await assignments.finish(tx, [late.id], anna, None, NOW)
        assert await assignments.next_of(tx, anna) == soon
        await drafts.save(tx, begun, replace(begun, status=DISCARDED), NOW)
        await assignments.finish(tx, [soon.id], anna, None, NOW)
        assert await assignments.next_of(tx, anna) is None


async def test_whoever_did_it_is_who_closes_it_and_it_closes_once(
    database: Database, give: Give, anna: int, egor: int
) -> None:
    one = await give("1", anna)
    async with database.writing() as tx:
        await assignments.finish(tx, [one.id], egor, None, NOW)
        await assignments.finish(tx, [one.id], anna, None, NOW)
        done = await assignments.by_id(tx, one.id)
        assert not await assignments.skip(tx, one, "too late", NOW)
        assert not await assignments.reassign(tx, one, egor, NOW)
    assert done is not None
    assert (done.state, done.evaluator_id) == ("done", egor)


async def test_passing_on_takes_what_was_begun_along(
    database: Database, give: Give, anna: int, egor: int
) -> None:
    one = await give("1", anna)
    async with database.writing() as tx:
        begun = await begin(tx, one, anna)
        assert await assignments.reassign(tx, one, egor, NOW)
        gone = await drafts.by_id(tx, begun.id)
        # Read before it moved, it is not Anna's to hand to anybody any more.
        assert not await assignments.reassign(tx, one, anna, NOW)
        assert not await assignments.skip(tx, one, "mine", NOW)
    assert gone is not None
    assert gone.status == DISCARDED


async def test_what_nobody_has_can_be_given_to_somebody(
    database: Database, give: Give, anna: int
) -> None:
    one = await give("1", None)
    async with database.writing() as tx:
        assert await assignments.reassign(tx, one, anna, NOW)
        assert (await assignments.next_of(tx, anna)) is not None


async def test_two_who_pass_it_on_at_once_move_it_once(
    database: Database, second: Database, give: Give, anna: int, egor: int
) -> None:
    one = await give("1", None)

    async def passing(opened: Database, to: int) -> bool:
        async with opened.writing() as tx:
            return await assignments.reassign(tx, one, to, NOW)

    moved = await asyncio.gather(passing(database, anna), passing(second, egor))
    assert sorted(moved) == [False, True]


async def test_a_skipped_contact_takes_its_second_scoring_along_unless_begun(
    database: Database, give: Give, anna: int, egor: int
) -> None:
    first, twin = await give("1", anna), await give("1", egor, second=True)
    other, begun = await give("2", anna), await give("2", egor, second=True)
    async with database.writing() as tx:
        await begin(tx, begun, egor)
        assert await assignments.skip(tx, first, "silence", NOW)
        assert await assignments.skip(tx, other, "silence", NOW)
        states = [await assignments.by_id(tx, one.id) for one in (first, twin, other, begun)]
    assert [one.state for one in states if one] == ["skipped", "skipped", "skipped", "open"]


async def test_plan_against_done_leaves_second_scorings_out(
    database: Database, give: Give, team: int, anna: int, egor: int
) -> None:
    done, skipped = await give("1", anna), await give("2", anna)
    await give("3", anna, -1)
    await give("3", egor, 1, second=True)
    await give("4", None)
    async with database.writing() as tx:
        await assignments.finish(tx, [done.id], anna, None, NOW)
        await assignments.skip(tx, skipped, "silence", NOW)
        found = await plan_progress.progress(tx, team, WINDOW)
        later = await plan_progress.progress(tx, team, (NOW + DAY, NOW + 2 * DAY))
        before = await plan_progress.progress(tx, team, (NOW - 2 * DAY, NOW - DAY))
        shares = await plan_progress.shares(tx, team, NOW)
        queue = await plan_progress.queue(tx, anna, NOW)
        last = await plan_progress.skipped_last(tx, team, limit=5)
        late = await plan_progress.late_in_teams(tx, [team], NOW)
        evaluators = await plan_progress.late_evaluators(tx, NOW)
    assert found == Progress(drawn=4, done=1, skipped=1, waiting=2)
    assert found.left == 2
    assert later == Progress(drawn=0, done=0, skipped=0, waiting=2)
    assert before is None
    assert {(one.evaluator_id, one.left, one.overdue, one.seconds) for one in shares} == {
        *((anna, 1, 1, 0), (egor, 1, 0, 1)),
        (None, 1, 0, 0),
    }
    assert all(isinstance(one, Share) for one in shares)
    assert queue == Queue(left=1, overdue=1)
    assert last == [Skipped("2", anna, "silence")]
    assert (late, evaluators) == ({team: 1}, [anna])

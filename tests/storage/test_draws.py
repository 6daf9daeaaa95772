"""Draws: the population in the journal, and all that is kept of a draw."""

import datetime as dt

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from scoring.contacts import Status
from scoring.drawing import METHOD, population_hash
from scoring.sampling import Excluded, Member
from scoring.scorecard import Channel
from storage import assignments, contacts, draws, plans, populations
from storage.assignments import NewAssignment
from storage.database import Database, Transaction
from storage.draws import NewDraw
from storage.plans import Plan
from storage.tables import ContactRow
from tests.reports.cases import store
from tests.storage.conftest import NOW

DAY = dt.timedelta(days=1)
WEEK = (NOW - 7 * DAY, NOW)
SEED = 2**63 - 1
"""The largest a draw may have."""


async def journal(tx: Transaction, agent: int, *days: int) -> list[int]:
    """Put a call of the agent into the journal for each of so many days ago."""
    return [
        await contacts.add(
            tx, agent, Channel.CALL, f"{agent}-{number}", NOW, started_at=NOW - number * DAY
        )
        for number in days
    ]


async def drawn(
    tx: Transaction, plan: Plan, members: list[Member], *chosen: int, occurrence: str = "2026-W47"
) -> int:
    new = NewDraw(plan, occurrence, occurrence[:8], WEEK, {7: 2, 3: 1}, SEED, members, chosen)
    return await draws.add(tx, new, NOW)


async def test_the_population_is_what_the_journal_has_of_the_agents_in_the_window(
    database: Database, team: int, ivan: int, anna: int
) -> None:
    async with database.writing() as tx:
        before, first, inside, after = await journal(tx, ivan, 8, 7, 1, 0)
        await journal(tx, anna, 2)
        values = {"duration_s": 90, "type": "complaint", "status": "deferred"}
        await tx.execute(update(ContactRow).where(ContactRow.id == inside).values(values))
    async with database.reading() as tx:
        found = await populations.candidates(tx, [ivan], WEEK)
        assert await populations.in_journal(tx, [ivan], WEEK) == {ivan: 2}
        assert await populations.candidates(tx, [], WEEK) == []
    assert [one.id for one in found] == [first, inside]
    assert not {before, after} & {one.id for one in found}
    assert (found[1].agent, found[1].channel, found[1].duration_s) == (ivan, Channel.CALL, 90)
    assert found[1].status is Status.DEFERRED
    assert found[1].at == NOW - DAY


async def test_a_contact_that_was_scored_or_drawn_says_so(
    database: Database, team: int, ivan: int, anna: int
) -> None:
    async with database.writing() as tx:
        scored, taken, free = await journal(tx, ivan, 3, 2, 1)
        await store(tx, ivan, "yyy", by=anna, at=NOW, team=team, reference=f"{ivan}-3")
        plan = await plans.add(tx, team, NOW, by=None)
        number = await drawn(tx, plan, [Member(taken, ivan, "")], taken)
        await assignments.add(tx, [NewAssignment(number, taken, ivan, anna, False, NOW)], NOW)
    async with database.reading() as tx:
        found = {one.id: one for one in await populations.candidates(tx, [ivan], WEEK)}
        assert await draws.assigned(tx, number) == {taken}
    assert [(one.scored, one.drawn) for one in (found[scored], found[taken], found[free])] == [
        (True, False),
        (False, True),
        (False, False),
    ]


async def test_a_draw_comes_back_with_all_that_replays_it(
    database: Database, team: int, ivan: int
) -> None:
    async with database.writing() as tx:
        one, two = await journal(tx, ivan, 2, 1)
        plan = await plans.add(tx, team, NOW, by=None)
        members = [Member(two, ivan, "call/60+", Excluded.SHORT), Member(one, ivan, "call/60+")]
        number = await drawn(tx, plan, members, one)
    async with database.reading() as tx:
        draw = await draws.by_id(tx, number)
        assert draw is not None
        assert (draw.plan_id, draw.team_id, draw.seed, draw.method) == (plan.id, team, SEED, METHOD)
        assert (draw.first, draw.after, draw.wanted) == (*WEEK, {7: 2, 3: 1})
        assert (draw.population_size, draw.population_hash) == (2, population_hash(members))
        assert await populations.kept(tx, number) == (members[::-1], frozenset({one}))
        lines = await populations.lines(tx, number)
        assert [(line.agent, line.chosen) for line in lines] == [
            ("Ivan Petrov", True),
            ("Ivan Petrov", False),
        ]
        assert [line.reference for line in lines] == [f"{ivan}-2", f"{ivan}-1"]
        assert await draws.chosen_by_agent(tx, [number]) == {ivan: 1}
        assert await draws.left_out(tx, number) == {Excluded.SHORT: 1}
        assert await draws.chosen_counts(tx, [number, number + 1]) == {number: 1}
        assert await draws.by_id(tx, number + 1) is None


async def test_a_plan_draws_each_occurrence_once(database: Database, team: int) -> None:
    async with database.writing() as tx:
        plan = await plans.add(tx, team, NOW, by=None)
        first = await drawn(tx, plan, [])
    with pytest.raises(IntegrityError):
        async with database.writing() as tx:
            await drawn(tx, plan, [])
    async with database.writing() as tx:
        again = await drawn(tx, plan, [], occurrence="2026-W47+1")
        other = await drawn(tx, plan, [], occurrence="2026-W48")
    async with database.reading() as tx:
        found = await draws.for_period(tx, plan.id, "2026-W47")
        assert [one.id for one in found] == [first, again]
        newest = await draws.of_plan(tx, plan.id, offset=0, limit=2)
        assert [one.id for one in newest] == [other, again]
        assert [one.id for one in await draws.everything(tx, limit=9)] == [other, again, first]


async def test_open_work_is_counted_with_the_day_it_is_due_first(
    database: Database, team: int, ivan: int, anna: int
) -> None:
    async with database.writing() as tx:
        one, two, three = await journal(tx, ivan, 3, 2, 1)
        plan = await plans.add(tx, team, NOW, by=None)
        number = await drawn(tx, plan, [])
        rows = [
            NewAssignment(number, one, ivan, anna, False, NOW + 3 * DAY),
            NewAssignment(number, two, ivan, anna, False, NOW + 2 * DAY),
            NewAssignment(number, three, ivan, None, False, NOW + DAY),
        ]
        await assignments.add(tx, rows, NOW)
    async with database.reading() as tx:
        assert await draws.open_with(tx, [number], anna) == (2, NOW + 2 * DAY)
        assert await draws.open_with(tx, [number], ivan) == (0, None)
        assert await draws.unassigned(tx, number) == 1

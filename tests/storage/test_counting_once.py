"""A contact counts once with its agent: its latest evaluation that was not withdrawn."""

import asyncio
import datetime as dt

from sqlalchemy import update

from scoring.roles import Role
from scoring.scorecard import Channel
from storage import contacts, digests, evaluations, line_keepers, misses, people, reports
from storage.database import Database
from storage.integrity import faults
from storage.people import NewPerson
from storage.reports import Scope
from storage.scorecards import Shelf
from storage.tables import EvaluationRow
from tests.reports.cases import store
from tests.storage.conftest import NOW

MINUTE = dt.timedelta(minutes=1)
WINDOW = (NOW, NOW + dt.timedelta(days=1))


async def counting(database: Database) -> list[int]:
    """Return the ids of the evaluations that count."""
    async with database.reading() as tx:
        found = await tx.exec_driver_sql("SELECT id FROM evaluations WHERE counts ORDER BY id")
        return list(found.scalars())


async def test_a_contact_scored_three_times_is_one_evaluation_in_every_figure(
    database: Database, ivan: int, anna: int, team: int
) -> None:
    async with database.writing() as tx:
        for number, answers in enumerate(("nyy", "nyn", "nyy")):
            at = NOW + number * MINUTE
            await store(tx, ivan, answers, by=anna, at=at, team=team, reference="48213")
        scope = Scope(team=team)
        facts = await reports.facts(tx, scope, WINDOW)
        tallies = await reports.tallies(tx, Shelf(), scope, WINDOW)
        repeated = await reports.repeated(tx, Shelf(), ivan, WINDOW[1], last=5)
        submitted = await digests.submitted(tx, [ivan], WINDOW)
        counted = await digests.counted(tx, [ivan], WINDOW)
        waiting = await digests.waiting(tx, [ivan], WINDOW[1])
        overdue = await evaluations.overdue(tx, [ivan], WINDOW[1])
        judgements = await line_keepers.judgements(tx, scope, WINDOW)
        [finals] = await reports.finals(tx, scope, [WINDOW])
        missed = await misses.missed_lately(tx, ivan, 1, 5)
    assert [one.final for one in facts] == [50.0]
    assert {one.asked for one in tallies} == {1}
    assert [(one.key, one.asked) for one in repeated] == [("identifies", 1)]
    assert len(submitted[ivan]) == len(waiting[ivan]) == len(overdue) == len(judgements) == 1
    assert {row[2] for row in counted[ivan]} == {1}
    assert finals == [50.0]
    assert len(missed) == 1


async def test_parts_of_one_contact_count_each(database: Database, ivan: int, anna: int) -> None:
    async with database.writing() as tx:
        oleg = await people.add(tx, NewPerson("Oleg", {Role.AGENT}), NOW)
        first = await store(tx, ivan, "yyy", by=anna, at=NOW, reference="48213")
        other = await store(tx, oleg, "yyy", by=anna, at=NOW, reference="48213")
    assert await counting(database) == [first, other]


async def test_once_the_latest_is_withdrawn_the_one_before_counts_again(
    database: Database, ivan: int, anna: int
) -> None:
    async with database.writing() as tx:
        first = await store(tx, ivan, "yyy", by=anna, at=NOW, reference="48213")
        second = await store(tx, ivan, "nyy", by=anna, at=NOW + MINUTE, reference="48213")
    assert await counting(database) == [second]
    async with database.writing() as tx:
        await evaluations.withdraw(tx, second, NOW + 2 * MINUTE)
    assert await counting(database) == [first]
    async with database.writing() as tx:
        await evaluations.withdraw(tx, first, NOW + 2 * MINUTE)
    assert await counting(database) == []
    assert await faults(database) == []


async def test_what_is_moved_to_another_agent_is_counted_anew(
    database: Database, ivan: int, anna: int
) -> None:
    async with database.writing() as tx:
        oleg = await people.add(tx, NewPerson("Oleg", {Role.AGENT}), NOW)
        first = await store(tx, ivan, "yyy", by=anna, at=NOW, reference="48213")
        second = await store(tx, ivan, "nyy", by=anna, at=NOW + MINUTE, reference="48213")
        moved = await evaluations.by_id(tx, second)
        assert moved is not None
        mine = update(EvaluationRow).where(EvaluationRow.id == second)
        await tx.execute(mine.values(agent_id=oleg))
        for agent in (ivan, oleg):
            await evaluations.recount(tx, moved.contact_id, agent)
    assert await counting(database) == [first, second]


async def test_two_who_score_a_contact_at_one_moment_do_not_both_count(
    database: Database, second: Database, ivan: int, anna: int
) -> None:
    async with database.writing() as tx:
        boris = await people.add(tx, NewPerson("Boris", {Role.EVALUATOR}), NOW)
        await store(tx, ivan, "yyy", by=anna, at=NOW, reference="48213")

    async def scored(where: Database, by: int) -> None:
        async with where.writing() as tx:
            await store(tx, ivan, "nyy", by=by, at=NOW + MINUTE, reference="48213")

    await asyncio.gather(scored(database, anna), scored(second, boris))
    assert len(await counting(database)) == 1
    assert await faults(database) == []


async def test_a_part_that_counts_twice_is_noticed(
    database: Database, ivan: int, anna: int
) -> None:
    async with database.writing() as tx:
        await store(tx, ivan, "yyy", by=anna, at=NOW, reference="48213")
        await store(tx, ivan, "nyy", by=anna, at=NOW + MINUTE, reference="48213")
        await tx.exec_driver_sql("UPDATE evaluations SET counts = (1 = 1)")
    assert await faults(database) == ["Contacts that do not count exactly once: 1."]


async def test_a_reference_is_found_however_it_was_written(database: Database, ivan: int) -> None:
    async with database.writing() as tx:
        first = await contacts.add(tx, ivan, Channel.CALL, "#48213", NOW)
        again = await contacts.add(tx, ivan, Channel.CALL, "№ 48213", NOW)
        found = await contacts.by_reference(tx, "48213", limit=5)
    assert first == again
    assert [(one.id, one.reference) for one in found] == [(first, "#48213")]

"""Revisions of evaluations, and what is kept of decided disputes."""

import asyncio
import datetime as dt
from fractions import Fraction

import pytest

from scoring.answers import class_outcomes
from scoring.builtin import builtin_scorecards
from scoring.draft import Stage
from scoring.rescoring import Outcome
from scoring.roles import Role
from scoring.score import score
from scoring.scorecard import Answer, CriticalClass
from storage import (
    disputes,
    draft_discards,
    drafts,
    evaluations,
    exports,
    outcomes,
    people,
    reports,
    revisions,
)
from storage.database import Database, Transaction
from storage.disputes import NewDispute, Status
from storage.outcomes import Tally
from storage.people import NewPerson
from storage.reports import Scope
from storage.revisions import NewRevision
from storage.scorecards import Shelf
from tests.storage.conftest import NOW
from tests.storage.test_disputes import Evaluate, best, evaluate, objection

__all__ = ["evaluate"]

VOICE, TEXT = builtin_scorecards()
WINDOW = (NOW - dt.timedelta(days=1), NOW + dt.timedelta(days=30))
LATER = NOW + dt.timedelta(days=40)


def revision(evaluation: int, dispute: int, by: int, *missed: str) -> NewRevision:
    answers = best(VOICE) | {key: Answer(1, comment="still") for key in missed}
    return NewRevision(
        evaluation, dispute, by, answers, score(VOICE, answers), class_outcomes(VOICE, answers)
    )


async def disputed(tx: Transaction, evaluation: int, *criteria: str) -> int:
    ident = await disputes.add(tx, objection(evaluation, *criteria), NOW)
    assert ident is not None
    return ident


async def test_a_revision_counts_and_the_version_before_is_kept(
    database: Database, evaluate: Evaluate, anna: int, team: int
) -> None:
    evaluation = await evaluate("identification", "tone")
    async with database.writing() as tx:
        before = await evaluations.by_id(tx, evaluation)
        assert before is not None
        ident = await disputed(tx, evaluation, "identification")
        number = await revisions.revise(tx, revision(evaluation, ident, anna, "tone"), LATER)
    assert number == 1
    async with database.reading() as tx:
        now = await evaluations.by_id(tx, evaluation)
        [kept] = await revisions.superseded(tx, evaluation)
        [fact] = await reports.facts(tx, Scope(team=team), WINDOW)
        tallies = await reports.tallies(tx, Shelf(), Scope(team=team), WINDOW)
        [exported] = [one async for one in exports.evaluations(tx, [(Scope(team=team), WINDOW)])]
    assert now is not None
    assert now.submitted_at == before.submitted_at
    assert before.final == Fraction(60)
    assert now.final is not None
    assert now.final > before.final
    assert (kept.final, kept.raw, kept.fired) == (before.final, before.raw, before.fired)
    assert kept.answers == before.answers
    assert (kept.revised_at, kept.revised_by, kept.dispute_id) == (LATER, anna, ident)
    assert fact.final == pytest.approx(float(now.final))
    assert fact.outcomes[CriticalClass.COMPLIANCE] is True
    assert {one.key for one in tallies if one.failed} == {"tone"}
    assert exported.final == now.final


async def test_versions_are_numbered_in_their_order(
    database: Database, evaluate: Evaluate, anna: int
) -> None:
    evaluation = await evaluate("identification", "tone")
    async with database.writing() as tx:
        ident = await disputed(tx, evaluation)
        await revisions.revise(tx, revision(evaluation, ident, anna, "tone"), NOW)
        await revisions.revise(tx, revision(evaluation, ident, anna), LATER)
        kept = await revisions.superseded(tx, evaluation)
    assert [one.number for one in kept] == [1, 2]
    missed = [{key for key, one in each.answers.items() if one.option} for each in kept]
    assert missed == [{"identification", "tone"}, {"tone"}]


async def test_without_a_revision_nothing_is_superseded(
    database: Database, evaluate: Evaluate
) -> None:
    evaluation = await evaluate("tone")
    async with database.reading() as tx:
        assert await revisions.superseded(tx, evaluation) == ()


async def test_overturns_are_counted_where_the_evaluation_was_submitted(
    database: Database, evaluate: Evaluate, anna: int, team: int
) -> None:
    first, second, third = [await evaluate("tone", "greeting") for _ in range(3)]
    late = await evaluate("tone", hours=24 * 60)
    async with database.writing() as tx:
        for evaluation, changed in ((first, True), (second, False), (late, True)):
            ident = await disputed(tx, evaluation, "tone")
            found = [Outcome("tone", 1, 0 if changed else 1, changed=changed)]
            await disputes.decide(tx, ident, Status.ACCEPTED, LATER, by=anna, comment="so")
            await outcomes.add(tx, ident, found)
        await disputed(tx, third)
        tallies = await outcomes.tallies(tx, Scope(team=team), WINDOW)
        assert [(one.evaluator_id, one.criterion, one.decided, one.changed) for one in tallies] == [
            (anna, "tone", 2, 1)
        ]
        assert isinstance(tallies[0], Tally)
        assert await outcomes.standing(tx, Scope(team=team), WINDOW) == (3, 1)
        await evaluations.withdraw(tx, first, NOW)
        assert [one.decided for one in await outcomes.tallies(tx, Scope(team=team), WINDOW)] == [1]


async def test_precedents_are_of_one_scorecards_criterion_the_latest_first(
    database: Database, evaluate: Evaluate, anna: int, ivan: int
) -> None:
    ids = [await evaluate("tone") for _ in range(3)]
    other = await evaluate("tone", card=TEXT)
    async with database.writing() as tx:
        assert not await outcomes.precedents(tx, VOICE.key, "tone", limit=1)
        for number, evaluation in enumerate([*ids, other]):
            ident = await disputed(tx, evaluation, "tone")
            at = NOW + dt.timedelta(hours=number)
            await disputes.decide(tx, ident, Status.DECLINED, at, by=anna, comment=f"no {number}")
            await outcomes.add(tx, ident, [Outcome("tone", 1, 1, changed=False)])
        found = await outcomes.precedents(tx, VOICE.key, "tone", limit=2)
        assert [one.decision for one in found] == ["no 2", "no 1"]
        assert set(found[0].people) == {anna, ivan}
        assert (found[0].before, found[0].after, found[0].changed) == (1, 1, False)
        assert await outcomes.precedents(tx, VOICE.key, "tone", limit=1)
        assert not await outcomes.precedents(tx, VOICE.key, "greeting", limit=1)


async def test_a_dispute_escalates_once_and_only_while_it_is_open(
    database: Database, second: Database, evaluate: Evaluate, anna: int
) -> None:
    evaluation, decided = await evaluate("tone"), await evaluate("tone")
    new = NewDispute(evaluation, (), "why", LATER, reviewer_id=anna, escalates_at=NOW)
    async with database.writing() as tx:
        ident = await disputes.add(tx, new, NOW) or 0
        stored = await disputes.by_id(tx, ident)
        assert stored is not None
        assert (stored.reviewer_id, stored.escalates_at) == (anna, NOW)
        assert not stored.waits_for_supervisors
        over = await disputed(tx, decided)
        await disputes.decide(tx, over, Status.DECLINED, NOW, by=anna, comment="no")

    async def escalating(where: Database, dispute: int) -> bool:
        async with where.writing() as tx:
            return await disputes.escalate(tx, dispute, LATER)

    done = await asyncio.gather(escalating(database, ident), escalating(second, ident))
    assert sorted(done) == [False, True]
    assert not await escalating(database, over)
    async with database.reading() as tx:
        stored = await disputes.by_id(tx, ident)
    assert stored is not None
    assert stored.waits_for_supervisors


async def test_requests_and_openings_are_counted(
    database: Database, evaluate: Evaluate, anna: int, ivan: int
) -> None:
    async with database.writing() as tx:
        egor = await people.add(tx, NewPerson("Egor", {Role.EVALUATOR}), NOW)
    first, second = await evaluate("tone"), await evaluate("tone")
    async with database.writing() as tx:
        for evaluation, at in ((first, NOW), (second, LATER)):
            new = NewDispute(evaluation, (), "why", LATER, reviewer_id=egor, escalates_at=LATER)
            await disputes.add(tx, new, at)
        [offered, _] = await disputes.offered_to(tx, egor)
        await disputes.decide(tx, offered.dispute.id, Status.DECLINED, NOW, by=egor, comment="no")
        assert await disputes.review_loads(tx) == {egor: (1, 2)}
        assert [one.dispute.evaluation_id for one in await disputes.offered_to(tx, egor)] == [
            second
        ]
        assert await disputes.offered_to(tx, anna) == []
        assert await disputes.opened_by(tx, ivan, WINDOW) == 1
        assert await disputes.opened_by(tx, ivan, (WINDOW[0], LATER)) == 1
        assert await disputes.opened_by(tx, egor, WINDOW) == 0


async def test_drafts_of_a_dispute_end_with_it(
    database: Database, evaluate: Evaluate, anna: int, ivan: int
) -> None:
    evaluation = await evaluate("tone")
    async with database.writing() as tx:
        ident = await disputed(tx, evaluation, "tone")
        mine = await drafts.start(tx, anna, Stage.CRITERION, NOW, dispute_id=ident)
        ordinary = await drafts.start(tx, anna, Stage.AGENT, NOW)
        assert [one.id for one in await drafts.of_dispute(tx, ident)] == [mine.id]
        await draft_discards.of_dispute(tx, ident, LATER)
        assert await drafts.of_dispute(tx, ident) == []
        with pytest.raises(drafts.StaleDraftError):
            await drafts.save(tx, mine, mine, LATER)
        assert [one.id for one in await drafts.open_of(tx, anna)] == [ordinary.id]

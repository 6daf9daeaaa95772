"""Disputes, and what feedback and reminders ask of the evaluations."""

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable

import pytest

from scoring.answers import class_outcomes
from scoring.builtin import builtin_scorecards
from scoring.roles import Relation, Role
from scoring.score import score
from scoring.scorecard import Answer, Channel, Scorecard
from storage import contacts, disputes, evaluations, misses, outbox, people, scorecards, teams
from storage.database import Database
from storage.disputes import NewDispute, Status
from storage.evaluations import NewEvaluation
from storage.outbox import Message
from storage.people import NewPerson
from tests.storage.conftest import NOW

VOICE, TEXT = builtin_scorecards()
DUE = NOW + dt.timedelta(days=7)

Evaluate = Callable[..., Awaitable[int]]


def best(card: Scorecard) -> dict[str, Answer]:
    return {one.key: Answer(0) for one in card.criteria()}


def objection(evaluation: int, *criteria: str) -> NewDispute:
    return NewDispute(evaluation, criteria, "I did <ask>", DUE)


@pytest.fixture
def evaluate(database: Database, ivan: int, anna: int, team: int) -> Evaluate:
    """Return what stores an evaluation with some criteria missed, and returns its id."""
    drafts = iter(range(1, 100))

    async def evaluating(
        *missed: str, card: Scorecard = VOICE, hours: int = 0, agent: int = ivan
    ) -> int:
        answers = best(card) | {key: Answer(1, comment="no") for key in missed}
        at = NOW + dt.timedelta(hours=hours)
        async with database.writing() as tx:
            version, _ = await scorecards.publish(tx, card, NOW)
            new = NewEvaluation(
                draft_id=next(drafts),
                contact_id=await contacts.add(tx, agent, Channel.CALL, None, at),
                agent_id=agent,
                evaluator_id=anna,
                team_id=team,
                scorecard_version_id=version,
                answers=answers,
                score=score(card, answers),
                outcomes=class_outcomes(card, answers),
                overall=None,
            )
            return await evaluations.add(tx, new, at)

    return evaluating


async def test_a_dispute_comes_back_as_it_was_opened(
    database: Database, evaluate: Evaluate
) -> None:
    evaluation = await evaluate("greeting")
    async with database.writing() as tx:
        ident = await disputes.add(tx, objection(evaluation, "greeting", "tone"), NOW)
    assert ident is not None
    async with database.reading() as tx:
        found = await disputes.by_id(tx, ident)
        assert found == await disputes.of_evaluation(tx, evaluation)
        assert await disputes.of_evaluations(tx, [evaluation, 999]) == {evaluation: found}
    assert found is not None
    assert (found.criteria, found.reason) == (("greeting", "tone"), "I did <ask>")
    assert (found.opened_at, found.due_at, found.is_open) == (NOW, DUE, True)


async def test_an_evaluation_has_one_dispute(database: Database, evaluate: Evaluate) -> None:
    evaluation = await evaluate()
    async with database.writing() as tx:
        assert await disputes.add(tx, objection(evaluation), NOW) is not None
        assert await disputes.add(tx, objection(evaluation), NOW) is None
        assert await disputes.of_evaluation(tx, evaluation) is not None


async def test_two_processes_open_one_dispute(
    database: Database, second: Database, evaluate: Evaluate
) -> None:
    evaluation = await evaluate()

    async def opening(where: Database) -> int | None:
        async with where.writing() as tx:
            return await disputes.add(tx, objection(evaluation), NOW)

    opened = await asyncio.gather(opening(database), opening(second))
    assert sorted(one is None for one in opened) == [False, True]


async def test_of_two_decisions_the_first_stands(
    database: Database, second: Database, evaluate: Evaluate, anna: int, ivan: int
) -> None:
    evaluation = await evaluate()
    async with database.writing() as tx:
        ident = await disputes.add(tx, objection(evaluation), NOW) or 0

    async def deciding(where: Database, status: Status, by: int) -> bool:
        async with where.writing() as tx:
            return await disputes.decide(tx, ident, status, NOW, by=by, comment=status.value)

    won = await asyncio.gather(
        deciding(database, Status.ACCEPTED, anna), deciding(second, Status.DECLINED, ivan)
    )
    assert sorted(won) == [False, True]
    async with database.reading() as tx:
        found = await disputes.by_id(tx, ident)
    assert found is not None
    assert found.status is (Status.ACCEPTED if won[0] else Status.DECLINED)
    assert found.decision == found.status.value
    assert found.decided_by == (anna if won[0] else ivan)


async def test_open_disputes_are_listed_by_team_those_due_first(
    database: Database, evaluate: Evaluate, ivan: int, anna: int, team: int
) -> None:
    late, soon, done = [await evaluate() for _ in range(3)]
    async with database.writing() as tx:
        sales = (await teams.add(tx, "Sales", "UTC", "en", NOW)).id
        empty = (await teams.add(tx, "Empty", "UTC", "en", NOW)).id
        # Ivan has moved: his old team, where he was evaluated, sees it as well as his new one.
        await people.set_teams(tx, ivan, Relation.MEMBER, [sales])
        for evaluation, days in ((late, 9), (soon, 1), (done, 5)):
            due = NOW + dt.timedelta(days=days)
            await disputes.add(tx, NewDispute(evaluation, (), "why", due), NOW)
        closed = await disputes.of_evaluation(tx, done)
        assert closed is not None
        await disputes.decide(tx, closed.id, Status.DECLINED, NOW, by=anna, comment="no")
        for seen in (None, [team], [sales], [team, sales]):
            found = await disputes.waiting(tx, seen)
            assert [one.dispute.evaluation_id for one in found] == [soon, late]
            assert {(one.agent_id, one.evaluator_id) for one in found} == {(ivan, anna)}
        assert await disputes.waiting(tx, [empty]) == []
        assert await disputes.waiting(tx, []) == []


async def test_feedback_arrives_when_it_was_sent(
    database: Database, evaluate: Evaluate, ivan: int
) -> None:
    evaluation = await evaluate()
    later, sent = NOW + dt.timedelta(hours=1), NOW + dt.timedelta(hours=2)
    async with database.writing() as tx:
        assert await disputes.feedback_arrival(tx, evaluation, later) is None
        key = f"feedback:{evaluation}"
        await outbox.put(tx, [Message("feedback", ivan, evaluation, key, NOW)], NOW)
        assert await disputes.feedback_arrival(tx, evaluation, later) == later
        [claimed] = await outbox.claim(tx, "me", NOW, dt.timedelta(minutes=1), 5)
        assert await disputes.feedback_arrival(tx, evaluation, later) == later
        await outbox.sent(tx, claimed, sent, telegram_message=1)
        assert await disputes.feedback_arrival(tx, evaluation, later) == sent
        await outbox.give_up(tx, claimed, error="blocked")


async def test_what_could_not_be_delivered_never_arrived(
    database: Database, evaluate: Evaluate, ivan: int
) -> None:
    evaluation = await evaluate()
    async with database.writing() as tx:
        key = f"feedback:{evaluation}"
        await outbox.put(tx, [Message("feedback", ivan, evaluation, key, NOW)], NOW)
        [claimed] = await outbox.claim(tx, "me", NOW, dt.timedelta(minutes=1), 5)
        await outbox.give_up(tx, claimed, error="blocked")
        assert await disputes.feedback_arrival(tx, evaluation, NOW) is None


async def test_what_was_missed_before_counts_the_contacts_before_alone(
    database: Database, evaluate: Evaluate
) -> None:
    await evaluate("closing", hours=0)  # the fifth before: too long ago
    withdrawn = await evaluate("tone", hours=1)
    await evaluate(hours=2)
    await evaluate("greeting", "tone", card=TEXT, hours=3)  # another scorecard's criteria
    await evaluate("greeting", "tone", hours=4)
    await evaluate("greeting", hours=5)
    here = await evaluate("greeting", hours=5)  # at the same moment, but stored after it
    await evaluate("tone", hours=6)
    async with database.writing() as tx:
        await evaluations.withdraw(tx, withdrawn, NOW)
        found = await evaluations.by_id(tx, here)
        assert found is not None
        missed = await misses.missed_before(tx, found, 4)
    assert missed == [
        frozenset({"greeting"}),
        frozenset({"greeting", "tone"}),
        frozenset(),
        frozenset(),
    ]


async def test_another_agents_errors_are_not_ones_own(
    database: Database, evaluate: Evaluate, team: int
) -> None:
    async with database.writing() as tx:
        daria = await people.add(tx, NewPerson("Daria", {Role.AGENT}, teams=[team]), NOW)
    await evaluate("greeting", agent=daria)
    own = await evaluate("greeting", hours=1)
    async with database.reading() as tx:
        found = await evaluations.by_id(tx, own)
        assert found is not None
        assert await misses.missed_before(tx, found, 4) == []


async def test_overdue_is_what_was_neither_read_nor_disputed_nor_withdrawn(
    database: Database, evaluate: Evaluate, ivan: int, anna: int
) -> None:
    oldest, read, disputed, declined, withdrawn = [
        await evaluate(hours=number) for number in range(5)
    ]
    await evaluate(hours=50)
    async with database.writing() as tx:
        await evaluations.acknowledge(tx, read, NOW)
        await evaluations.withdraw(tx, withdrawn, NOW)
        await disputes.add(tx, objection(disputed), NOW)
        ident = await disputes.add(tx, objection(declined), NOW) or 0
        await disputes.decide(tx, ident, Status.DECLINED, NOW, by=anna, comment="no")
        before = NOW + dt.timedelta(hours=48)
        found = await evaluations.overdue(tx, [ivan, anna], before)
        assert [one.id for one in found] == [oldest, declined]
        assert await evaluations.overdue(tx, [anna], before) == []
        assert await evaluations.overdue(tx, [], before) == []

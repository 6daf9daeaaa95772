"""Second scorings: kept apart, and paired with what was first submitted."""

import datetime as dt
from fractions import Fraction

from scoring.builtin import builtin_scorecards
from scoring.scorecard import Answer
from storage import disputes, evaluations, revisions, second_scorings
from storage.database import Database, Transaction
from storage.second_scorings import NewSecond, Own
from tests.storage.conftest import NOW
from tests.storage.test_disputes import Evaluate, best, evaluate, objection
from tests.storage.test_revisions import revision

__all__ = ["evaluate"]

VOICE, _ = builtin_scorecards()
KEY = "identification"
WINDOW = (NOW - dt.timedelta(days=1), NOW + dt.timedelta(days=1))
LATER = NOW + dt.timedelta(hours=2)


async def scored_again(tx: Transaction, evaluation: int, by: int, *, version: int = 0) -> int:
    """Store a second scoring of the evaluation's contact; return the contact's id."""
    first = await evaluations.by_id(tx, evaluation)
    assert first is not None
    new = NewSecond(
        draft_id=1000 + evaluation,
        contact_id=first.contact_id,
        agent_id=first.agent_id,
        evaluator_id=by,
        team_id=first.team_id,
        scorecard_version_id=version or first.scorecard_version_id,
        final=Fraction(100),
        answers=best(VOICE) | {KEY: Answer(1, comment="not asked")},
        overall=None,
    )
    await second_scorings.add(tx, new, LATER)
    return first.contact_id


async def test_a_pair_has_the_first_answers_whatever_became_of_them(
    database: Database, evaluate: Evaluate, ivan: int, anna: int, team: int
) -> None:
    evaluation = await evaluate("tone")
    async with database.writing() as tx:
        contact = await scored_again(tx, evaluation, ivan)
        ident = await disputes.add(tx, objection(evaluation, "tone"), NOW)
        assert ident is not None
        await revisions.revise(tx, revision(evaluation, ident, anna), LATER)
        await evaluations.withdraw(tx, evaluation, LATER)
        [pair] = await second_scorings.pairs(tx, [team], WINDOW)
        both = await second_scorings.compared(tx, [pair])
    given = {one.evaluator_id: one.answers for one in both.told}
    assert (pair.evaluation_id, pair.apart, pair.team_id) == (evaluation, False, team)
    assert given[anna]["tone"].option != 0
    assert given[anna][KEY].option == 0
    assert given[ivan][KEY] == Answer(1, comment="not asked")
    assert [one.id for one in both.contacts] == [contact]


async def test_only_somebody_elses_evaluation_makes_a_pair(
    database: Database, evaluate: Evaluate, anna: int, ivan: int
) -> None:
    evaluation = await evaluate()
    async with database.writing() as tx:
        contact = await scored_again(tx, evaluation, anna)
        assert await second_scorings.pairs(tx, None, WINDOW) == []
        assert await second_scorings.own(tx, contact, anna) == [Own(anna, Fraction(100), LATER)]
        assert await second_scorings.own(tx, contact, ivan) == []
        assert await second_scorings.scorers(tx, contact) == {anna}


async def test_pairs_are_of_their_teams_and_their_time(
    database: Database, evaluate: Evaluate, ivan: int, team: int
) -> None:
    evaluation = await evaluate()
    early = (WINDOW[0], LATER)
    async with database.writing() as tx:
        assert await second_scorings.newest(tx, None) is None
        await scored_again(tx, evaluation, ivan)
        assert len(await second_scorings.pairs(tx, None, WINDOW)) == 1
        assert await second_scorings.pairs(tx, [team + 1], WINDOW) == []
        assert await second_scorings.pairs(tx, [team], early) == []
        assert await second_scorings.newest(tx, [team]) == LATER
        assert await second_scorings.newest(tx, [team + 1]) is None

"""Evaluations: exact scores, kept as they were made."""

from fractions import Fraction

import pytest

from scoring.builtin import builtin_scorecards
from scoring.score import score
from scoring.scorecard import Answer, Channel, CriticalClass
from storage import contacts, evaluations, scorecards
from storage.database import Database
from storage.evaluations import NewEvaluation
from storage.scorecards import Shelf
from tests.storage.conftest import NOW


@pytest.fixture
async def third(database: Database, anna: int, ivan: int, team: int) -> int:
    """The id of an evaluation whose score is no decimal number."""
    card = builtin_scorecards()[0]
    answers = {one.key: Answer(0) for section in card.sections for one in section.criteria}
    worst = card.sections[0].criteria[0]
    answers[worst.key] = Answer(len(worst.options) - 1, (1, 0), "a <b>bold</b> one", "and kind")
    made = score(card, answers)
    async with database.writing() as tx:
        version, _ = await scorecards.publish(tx, card, NOW)
        contact = await contacts.add(tx, ivan, Channel.CALL, "48213", NOW)
        new = NewEvaluation(
            draft_id=1,
            contact_id=contact,
            agent_id=ivan,
            evaluator_id=anna,
            team_id=team,
            scorecard_version_id=version,
            answers=answers,
            score=made,
            outcomes=dict.fromkeys(CriticalClass),
            overall="Well done",
        )
        return await evaluations.add(tx, new, NOW)


async def test_an_evaluation_comes_back_as_it_was_made(database: Database, third: int) -> None:
    async with database.reading() as tx:
        found = await evaluations.by_id(tx, third)
        assert found is not None
        version = await Shelf().get(tx, found.scorecard_version_id)
    assert version.scorecard == builtin_scorecards()[0]
    made = score(version.scorecard, found.answers)
    assert isinstance(found.final, Fraction)
    assert (found.raw, found.final) == (made.raw, made.final)
    first = version.scorecard.sections[0].criteria[0]
    worst = found.answers[first.key]
    assert (worst.why, worst.comment) == ("a <b>bold</b> one", "and kind")
    assert worst.reasons == (1, 0)


async def test_feedback_is_acknowledged_once(database: Database, third: int) -> None:
    async with database.writing() as tx:
        assert await evaluations.acknowledge(tx, third, NOW)
        assert not await evaluations.acknowledge(tx, third, NOW)


async def test_the_same_scorecard_is_not_published_twice(database: Database) -> None:
    card = builtin_scorecards()[1]
    async with database.writing() as tx:
        before, _ = await scorecards.publish(tx, card, NOW)
        after, fresh = await scorecards.publish(tx, card, NOW)
    assert (before, fresh) == (after, False)

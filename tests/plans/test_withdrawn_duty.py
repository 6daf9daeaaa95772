"""A drawn contact whose evaluation was withdrawn is to do again, and may be scored again."""

import pytest

from handlers.corrections import applying
from handlers.evaluating.casefile import load
from handlers.turn import Services
from scoring.selection import Selection
from storage import evaluations, plan_progress, teams
from storage.database import Transaction
from storage.evaluations import Evaluation
from storage.plan_progress import Progress
from tests.plans.cases import Floor
from tests.plans.duties import Duty, assigned, hand_out, score
from tests.story import MONDAY


def withdraw(floor: Floor, ident: int) -> None:
    """Take the evaluation out of all figures, as a press on Withdraw does."""

    async def withdrawing(services: Services) -> None:
        async with services.db.writing() as tx:
            file = await load(tx, services, ident)
            assert file is not None
            await applying.out_of_figures(tx, file, services.clock())

    floor.centre.run(withdrawing)


def progress(floor: Floor) -> Progress:
    async def reading(tx: Transaction) -> Progress:
        team = await teams.by_name(tx, "Support")
        assert team is not None
        now = floor.centre.clock()
        window = MONDAY.replace(day=1), now.replace(year=now.year + 1)
        found = await plan_progress.progress(tx, team.id, window)
        assert found is not None
        return found

    return floor.centre.read(reading)


def evaluation(floor: Floor, ident: int) -> Evaluation:
    async def reading(tx: Transaction) -> Evaluation:
        found = await evaluations.by_id(tx, ident)
        assert found is not None
        return found

    return floor.centre.read(reading)


def scored_by_anna(floor: Floor) -> None:
    hand_out(floor, Duty("1", floor.anna))
    floor.anna.send("/next")
    floor.anna.tap("Score")
    floor.anna.tap("All met")
    floor.anna.tap("Submit")
    assert "Submitted" in floor.anna.text


def test_a_withdrawn_contact_is_to_do_again_and_was_refused_to_its_evaluator(floor: Floor) -> None:
    scored_by_anna(floor)
    floor.anna.send("/score 1")
    assert floor.anna.text == "You have scored this contact already."
    withdraw(floor, 1)
    assert (progress(floor).done, progress(floor).left) == (0, 1)
    floor.anna.send("/next")
    floor.anna.tap("Score")
    floor.anna.tap("All met")
    floor.anna.tap("Submit")
    assert "Submitted" in floor.anna.text
    again = evaluation(floor, 2)
    assert (again.counts, again.selection) == (True, Selection.DRAWN)
    assert (progress(floor).done, progress(floor).left) == (1, 0)


def test_after_its_date_a_withdrawn_contact_stayed_done(floor: Floor) -> None:
    scored_by_anna(floor)
    floor.centre.clock.advance(days=20)
    withdraw(floor, 1)
    assert (progress(floor).done, progress(floor).left) == (0, 1)
    floor.anna.send("/next")
    assert "1 · Call" in floor.anna.text


def test_of_two_evaluations_the_one_that_stands_keeps_the_contact_done(floor: Floor) -> None:
    hand_out(floor, Duty("1", floor.anna))
    score(floor, floor.anna, "1")
    floor.centre.clock.advance(minutes=1)
    score(floor, floor.egor, "1")
    withdraw(floor, 1)
    assert (progress(floor).done, progress(floor).left) == (1, 0)
    assert assigned(floor)[1].evaluation_id == 2
    withdraw(floor, 2)
    assert (progress(floor).done, progress(floor).left) == (0, 1)


@pytest.mark.parametrize("days", [1, 20])
def test_whoever_withdrew_may_score_it_by_its_reference(floor: Floor, days: int) -> None:
    scored_by_anna(floor)
    floor.centre.clock.advance(days=days)
    withdraw(floor, 1)
    floor.anna.send("/score 1")
    floor.anna.tap("All met")
    floor.anna.tap("Submit")
    assert "Submitted" in floor.anna.text
    assert assigned(floor)[1].evaluation_id == 2

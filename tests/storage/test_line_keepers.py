"""What line-keepers are read from, on both databases."""

import datetime as dt

from scoring.line_keepers import Judgement
from scoring.roles import Role
from storage import evaluations, line_keepers, people
from storage.database import Database
from storage.people import NewPerson
from storage.reports import Scope
from storage.scorecards import Shelf
from tests.reports.cases import scorecard, store
from tests.storage.conftest import NOW

WINDOW = (NOW, NOW + dt.timedelta(days=1))


async def test_evaluations_are_read_with_their_evaluator_and_their_na(
    database: Database, ivan: int, anna: int, team: int
) -> None:
    async with database.writing() as tx:
        boris = await people.add(tx, NewPerson("Boris", {Role.EVALUATOR}), NOW)
        await store(tx, ivan, "yny", by=anna, at=NOW, team=team)
        await store(tx, ivan, "y--", by=boris, at=NOW, team=team, card=scorecard("text"))
        await store(tx, ivan, "---", by=boris, at=NOW, team=team)
        await store(tx, ivan, "yyy", by=boris, at=NOW)  # without a team
        await store(tx, ivan, "yyy", by=boris, at=WINDOW[1], team=team)
        gone = await store(tx, ivan, "yyy", by=boris, at=NOW, team=team)
        await evaluations.withdraw(tx, gone, NOW)
        found = await line_keepers.judgements(tx, Scope(team=team), WINDOW)
    assert found == [
        Judgement(anna, ivan, "phone", 200 / 3, 3, 0),
        Judgement(boris, ivan, "text", 100.0, 3, 2),
        Judgement(boris, ivan, "phone", None, 3, 3),
    ]


async def test_criteria_are_counted_per_scorecard_over_its_versions(
    database: Database, ivan: int, anna: int, team: int
) -> None:
    reworded = scorecard(greets="Greets warmly")
    async with database.writing() as tx:
        await store(tx, ivan, "y-y", by=anna, at=NOW, team=team)
        await store(tx, ivan, "y--", by=anna, at=NOW, team=team, card=reworded)
        await store(tx, ivan, "yyy", by=anna, at=NOW, team=team, card=scorecard("text"))
        found = await line_keepers.criterion_uses(tx, Shelf(), Scope(team=team), WINDOW)
    assert [(one.title.say("en"), one.na, one.answers) for one in found] == [
        ("Greets warmly", 2, 2),
        ("Identifies the customer", 0, 2),
        ("Sums up", 1, 2),
        ("Greets", 0, 1),
        ("Identifies the customer", 0, 1),
        ("Sums up", 0, 1),
    ]
    assert found[0].section.say("en") == "Opening"

"""What training needs and evidence are read from, on both databases."""

import datetime as dt

from scoring.roles import Role
from storage import evaluations, people, reports
from storage.database import Database
from storage.people import NewPerson
from storage.reports import Scope
from storage.scorecards import Shelf
from tests.reports.cases import scorecard, store
from tests.storage.conftest import NOW

WINDOW = (NOW, NOW + dt.timedelta(days=1))


async def test_criteria_are_tallied_for_each_agent_by_themself(
    database: Database, ivan: int, anna: int, team: int
) -> None:
    reworded = scorecard(greets="Greets warmly")
    async with database.writing() as tx:
        maria = await people.add(tx, NewPerson("Maria", {Role.AGENT}, teams=[team]), NOW)
        await store(tx, ivan, "yny", by=anna, at=NOW, team=team)
        await store(tx, ivan, "yy-", by=anna, at=NOW, team=team, card=reworded)
        await store(tx, maria, "nyy", by=anna, at=NOW, team=team)
        await store(tx, maria, "nnn", by=anna, at=NOW)  # without a team
        await store(tx, maria, "nnn", by=anna, at=WINDOW[1], team=team)
        found = await reports.tallies_by_agent(tx, Shelf(), Scope(team=team), WINDOW)
    figures = {
        agent: {one.key: (one.passed, one.asked) for one in tallies}
        for agent, tallies in found.items()
    }
    assert figures == {
        ivan: {"identifies": (2, 2), "greets": (1, 2), "sums_up": (1, 1)},
        maria: {"identifies": (0, 1), "greets": (1, 1), "sums_up": (1, 1)},
    }
    titles = {one.title.say("en") for one in found[ivan] if one.key == "greets"}
    assert titles == {"Greets warmly"}
    assert {one.scorecard for one in found[ivan]} == {"phone"}


async def test_the_latest_are_ones_own_and_those_of_ones_teams(
    database: Database, ivan: int, anna: int, team: int
) -> None:
    async with database.writing() as tx:
        boris = await people.add(tx, NewPerson("Boris", {Role.EVALUATOR}), NOW)
        own = await store(tx, ivan, "yyy", by=anna, at=NOW)
        teams_ = await store(tx, ivan, "yyy", by=boris, at=WINDOW[1], team=team)

        async def latest(by: int, teams: list[int] | None, limit: int = 5) -> list[int]:
            found = await evaluations.latest(tx, by=by, teams=teams, limit=limit)
            return [one.id for one in found]

        assert await latest(anna, []) == [own]
        assert await latest(anna, [team]) == [teams_, own]
        assert await latest(ivan, None) == [teams_, own]
        assert await latest(ivan, []) == []
        assert await latest(anna, [team], limit=1) == [teams_]

"""Goals on both databases: one at a time on a criterion, counted rightly, ended once."""

import asyncio
import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import select, update

from scoring.expectation import Expectation
from scoring.goals import GoalState
from scoring.roles import Relation, Role
from scoring.scorecard import Wording
from storage import evaluations, goals, people, teams
from storage.database import Database
from storage.goals import NewGoal, Seen, Which
from storage.people import NewPerson
from storage.tables import ContactRow, EvaluationRow
from tests.reports.cases import scorecard, store
from tests.storage.conftest import NOW

DAY = dt.timedelta(days=1)
TITLE = Wording.of({"en": "Greets", "uk": "Вітається"})
WINDOW = (NOW - DAY, NOW + DAY)


@pytest.fixture
def new(ivan: int, anna: int) -> NewGoal:
    """A goal of Ivan's."""
    return NewGoal(ivan, "phone", "greets", TITLE, None, (NOW + 14 * DAY).date(), None, anna)


async def test_a_goal_comes_back_as_it_was_set(database: Database, new: NewGoal) -> None:
    advice = Wording.plain("Say <it> “aloud”")
    async with database.writing() as tx:
        ident = await goals.add(tx, replace(new, advice=advice), NOW)
        found = await goals.by_id(tx, ident or 0)
    assert found is not None
    assert (found.title, found.advice) == (TITLE, advice)
    assert (found.due, found.started_at, found.state) == (new.due, NOW, GoalState.OPEN)
    assert (found.before, found.after) == (None, None)


async def test_of_two_goals_set_at_once_on_a_criterion_one_is_kept(
    database: Database, second: Database, new: NewGoal
) -> None:
    async def setting(where: Database) -> int | None:
        async with where.writing() as tx:
            return await goals.add(tx, new, NOW)

    made = await asyncio.gather(setting(database), setting(second))
    assert sorted(one is None for one in made) == [False, True]


async def test_a_criterion_is_free_again_once_its_goal_has_ended(
    database: Database, new: NewGoal
) -> None:
    async with database.writing() as tx:
        first = await goals.add(tx, new, NOW) or 0
        assert await goals.close(tx, first, GoalState.REACHED, NOW, before=(1, 9), after=(9, 9))
        assert not await goals.close(tx, first, GoalState.DROPPED, NOW)
        ended = await goals.by_id(tx, first)
        assert ended is not None
        assert (ended.state, ended.before, ended.after) == (GoalState.REACHED, (1, 9), (9, 9))
        assert await goals.add(tx, new, NOW) is not None


async def test_counted_is_the_agents_criterion_on_that_scorecard_within_the_window(
    database: Database, new: NewGoal, ivan: int, anna: int, team: int
) -> None:
    reworded, other = scorecard(greets="Greets warmly"), scorecard("text")
    async with database.writing() as tx:
        for answers, at, card in (
            ("yyy", NOW - DAY, None),
            ("yny", NOW, None),
            ("yny", NOW, reworded),  # another version of the same scorecard
            ("y-y", NOW, None),  # N/A does not count
            ("yyy", NOW, other),
            ("yyy", NOW + DAY, None),  # the window's end lies before it
        ):
            await store(tx, ivan, answers, by=anna, at=at, team=team, card=card)
        gone = await store(tx, ivan, "yyy", by=anna, at=NOW, team=team)
        await evaluations.withdraw(tx, gone, NOW)
        goal = await goals.by_id(tx, await goals.add(tx, new, NOW) or 0)
        assert goal is not None
        assert (await goals.cells(tx, goal, WINDOW))[ivan, "greets"] == (1, 3)
        assert await goals.cells(tx, goal, (NOW + 2 * DAY, NOW + 3 * DAY)) == {}


async def test_a_contact_belongs_to_the_time_it_took_place_in_not_to_when_it_was_scored(
    database: Database, new: NewGoal, ivan: int, anna: int, team: int
) -> None:
    """What had happened before the goal and was scored later counted as progress."""
    async with database.writing() as tx:
        earlier = await store(tx, ivan, "yny", by=anna, at=NOW, team=team)
        await store(tx, ivan, "yyy", by=anna, at=NOW, team=team)
        contact = select(EvaluationRow.contact_id).where(EvaluationRow.id == earlier)
        took_place = update(ContactRow).where(ContactRow.id.in_(contact))
        await tx.execute(took_place.values(started_at=NOW - DAY))
        goal = await goals.by_id(tx, await goals.add(tx, new, NOW) or 0)
        assert goal is not None
        name = (ivan, "greets")
        assert (await goals.cells(tx, goal, (NOW, NOW + DAY)))[name] == (1, 1)
        assert (await goals.cells(tx, goal, (NOW - 2 * DAY, NOW)))[name] == (0, 1)


async def test_colleagues_are_counted_beside_the_agent(
    database: Database, new: NewGoal, ivan: int, anna: int, team: int
) -> None:
    async with database.writing() as tx:
        other = await people.add(tx, NewPerson("Other", {Role.AGENT}), NOW)
        for agent, answers in ((ivan, "yny"), (other, "yyy"), (other, "yyn")):
            await store(tx, agent, answers, by=anna, at=NOW, team=team)
        goal = await goals.by_id(tx, await goals.add(tx, new, NOW) or 0)
        assert goal is not None
        alone, all_of_them = (
            await goals.cells(tx, goal, WINDOW),
            await goals.cells(tx, goal, WINDOW, team=team),
        )
        assert {agent for agent, _ in alone} == {ivan}
        assert all_of_them[other, "greets"] == (2, 2)
        assert all_of_them[other, "sums_up"] == (1, 2)


@pytest.mark.parametrize("expected", [Expectation(0.41, 3), Expectation(None, 3)])
async def test_what_was_expected_is_kept_as_it_was_told(
    database: Database, new: NewGoal, expected: Expectation
) -> None:
    async with database.writing() as tx:
        goal = await goals.add(tx, new, NOW) or 0
        assert await goals.close(
            tx, goal, GoalState.REACHED, NOW, before=(2, 9), after=(8, 9), expected=expected
        )
        ended = await goals.by_id(tx, goal)
        assert ended is not None
        assert ended.expected == expected


async def test_due_are_the_teams_goals_and_those_of_people_in_no_team(
    database: Database, new: NewGoal, ivan: int, team: int
) -> None:
    async with database.writing() as tx:
        sales = (await teams.add(tx, "Sales", "UTC", "en", NOW)).id
        loner = await people.add(tx, NewPerson("Loner", {Role.AGENT}), NOW)
        own = await goals.add(tx, new, NOW)
        lone = await goals.add(tx, replace(new, agent_id=loner), NOW)
        await goals.add(tx, replace(new, criterion="sums_up", due=new.due + DAY), NOW)
        assert await goals.due(tx, team, new.due - DAY) == []
        assert [one.id for one in await goals.due(tx, team, new.due)] == [own, lone]
        assert [one.id for one in await goals.due(tx, sales, new.due)] == [lone]
        await people.set_teams(tx, ivan, Relation.MEMBER, [sales])
        assert [one.id for one in await goals.due(tx, sales, new.due)] == [own, lone]


async def test_listed_are_ones_own_those_one_mentors_and_ones_teams(
    database: Database, new: NewGoal, ivan: int, anna: int, team: int
) -> None:
    async with database.writing() as tx:
        other = await people.add(tx, NewPerson("Other", {Role.AGENT}), NOW)
        own = await goals.add(tx, new, NOW)
        mentored = await goals.add(tx, replace(new, agent_id=other, mentor_id=ivan), NOW)
        ended = await goals.add(tx, replace(new, criterion="sums_up"), NOW)
        await goals.close(tx, ended or 0, GoalState.DROPPED, NOW)

        async def listed(seen: Seen, which: Which = Which.OPEN) -> list[int]:
            found, total = await goals.page(tx, seen, which, limit=10)
            assert total == len(found)
            return [one.id for one in found]

        assert await listed(Seen(ivan, ())) == [own, mentored]
        assert await listed(Seen(other, ())) == [mentored]
        assert await listed(Seen(anna, ())) == []
        assert await listed(Seen(anna, (team,))) == [own]
        assert await listed(Seen(anna, None)) == [own, mentored]
        assert await listed(Seen(ivan, ()), Which.CLOSED) == [ended]
        second, total = await goals.page(tx, Seen(anna, None), Which.OPEN, limit=1, offset=1)
        assert ([one.id for one in second], total) == ([mentored], 2)
        await people.set_active(tx, other, active=False)
        assert await listed(Seen(anna, None)) == [own]

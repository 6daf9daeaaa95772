"""Plans: what is stored comes back, and what has drawn stays."""

from dataclasses import replace

from scoring.contacts import ContactType
from scoring.periods import PeriodKind
from scoring.sampling import Rules, Trait
from scoring.scorecard import Channel
from storage import draws, plans, teams
from storage.database import Database
from storage.draws import NewDraw
from storage.plans import Plan
from tests.storage.conftest import NOW

RULES = Rules(
    channels=frozenset({Channel.CALL, Channel.CHAT}),
    types=frozenset({ContactType.COMPLAINT}),
    strata=frozenset({Trait.CHANNEL, Trait.DURATION}),
    bands=(60, 300),
    min_duration_s=30,
    min_age_h=24,
)


async def test_a_plan_comes_back_as_it_was_saved(database: Database, team: int) -> None:
    async with database.writing() as tx:
        plan = await plans.add(tx, team, NOW, by=None)
    assert plan == Plan(plan.id, team)
    changed = Plan(plan.id, team, 5, PeriodKind.MONTH, RULES, 10, active=False)
    async with database.writing() as tx:
        await plans.save(tx, changed)
    async with database.reading() as tx:
        assert await plans.by_id(tx, plan.id) == changed
        assert await plans.by_id(tx, plan.id + 1) is None


async def test_plans_are_found_by_team_those_at_work_first(database: Database, team: int) -> None:
    async with database.writing() as tx:
        other = await teams.add(tx, "Sales", "UTC", "en", NOW)
        made = [await plans.add(tx, one, NOW, by=None) for one in (team, team, other.id)]
        await plans.save(tx, replace(made[0], active=False))
    async with database.reading() as tx:
        found = [one.id for one in await plans.of_teams(tx, [team, other.id])]
        assert found == [made[1].id, made[2].id, made[0].id]
        assert [one.id for one in await plans.active_of(tx, team)] == [made[1].id]
        assert await plans.of_teams(tx, []) == []


async def test_a_plan_goes_only_while_it_has_drawn_nothing(database: Database, team: int) -> None:
    async with database.writing() as tx:
        fresh = await plans.add(tx, team, NOW, by=None)
        used = await plans.add(tx, team, NOW, by=None)
        await draws.add(tx, NewDraw(used, "2026-W47", "2026-W47", (NOW, NOW), {}, 1, [], []), NOW)
        assert await plans.remove(tx, fresh.id)
        assert not await plans.remove(tx, fresh.id)
        assert not await plans.remove(tx, used.id)
        assert await plans.by_id(tx, used.id) == used

"""What is remembered of metrics, targets and figures, on both databases."""

import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from scoring.metrics import BUILT_IN, QUALITY, Aggregation, Aim, Direction, Metric, Unit
from scoring.roles import Role
from storage import kpi, kpi_figures, people, teams
from storage.database import Database
from storage.kpi_figures import Figure
from storage.people import NewPerson
from storage.reports import Scope
from storage.teams import Team
from tests.kpi.cases import aim, days, tally

NOW = dt.datetime(2026, 11, 23, 10, tzinfo=dt.UTC)
NPS = Metric("nps", Unit.COUNT, Direction.HIGHER, Aggregation.MEAN, name="Promoters")
NOVEMBER = days("2026-11", 30)


class Office:
    """A database with a team, an agent in it, and one elsewhere."""

    def __init__(self, database: Database, team: Team, ivan: int, maria: int) -> None:
        self.database = database
        self.team = team
        self.ivan = ivan
        self.maria = maria

    def figures(self, key: str, *values: float, agent: int = 0) -> list[Figure]:
        who = agent or self.ivan
        team = self.team.id if who == self.ivan else None
        return [
            Figure(who, day, key, value, team) for day, value in zip(NOVEMBER, values, strict=False)
        ]

    async def put(self, *figures: Figure) -> kpi_figures.Stored:
        async with self.database.writing() as tx:
            return await kpi_figures.put(tx, figures, NOW, by=None)


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[Office]:
    """The office, on either database."""
    database = Database(database_url)
    async with database.writing() as tx:
        team = await teams.add(tx, "Support", "UTC", "en", NOW)
        ivan = await people.add(tx, NewPerson("Ivan", {Role.AGENT}, teams=[team.id]), NOW)
        maria = await people.add(tx, NewPerson("Maria", {Role.AGENT}), NOW)
    yield Office(database, team, ivan, maria)
    await database.close()


async def test_a_figure_is_new_once_and_then_there(office: Office) -> None:
    first = await office.put(*office.figures("csat", 90.5, 91))
    again = await office.put(*office.figures("csat", 90.5, 91))
    assert (len(first.added), len(first.changed), first.same) == (2, 0, 0)
    assert (len(again.added), len(again.changed), again.same) == (0, 0, 2)


async def test_a_changed_value_takes_the_place_of_the_old_one(office: Office) -> None:
    await office.put(*office.figures("csat", 90, 91, 92))
    stored = await office.put(*office.figures("csat", 90, 95.5, 92, 93))
    assert [one.value for one in stored.changed] == [95.5]
    assert [one.value for one in stored.added] == [93]
    async with office.database.reading() as tx:
        found = await kpi_figures.tallies(tx, Scope(agent=office.ivan), *_ends(NOVEMBER))
    assert found == {office.ivan: {"csat": tally([90, 95.5, 92, 93])}}


async def test_many_figures_at_once_are_stored_and_changed(office: Office) -> None:
    every = [Figure(office.ivan, day, metric.key, 1.0) for day in NOVEMBER for metric in BUILT_IN]
    assert len((await office.put(*every)).added) == 210
    assert len((await office.put(*(replace(one, value=2.0) for one in every))).changed) == 210


async def test_sums_are_those_of_the_days_asked_for(office: Office) -> None:
    values = [0.0, 12.5, 0.0, 3.0, 7.25]
    await office.put(*office.figures("late_minutes", *values))
    async with office.database.reading() as tx:
        scope = Scope(team=office.team.id)
        found = await kpi_figures.tallies(tx, scope, NOVEMBER[1], NOVEMBER[3])
    assert found[office.ivan]["late_minutes"] == tally(values[1:4])


async def test_a_scope_holds_its_own_figures_alone(office: Office) -> None:
    await office.put(*office.figures("csat", 90), *office.figures("csat", 50, agent=office.maria))
    async with office.database.reading() as tx:
        of_team = await kpi_figures.tallies(tx, Scope(team=office.team.id), *_ends(NOVEMBER))
        of_maria = await kpi_figures.tallies(tx, Scope(agent=office.maria), *_ends(NOVEMBER))
        assert await kpi_figures.exist(tx, Scope(agent=office.maria))
        assert not await kpi_figures.exist(tx, Scope(team=office.team.id + 1))
    assert set(of_team) == {office.ivan}
    assert of_maria == {office.maria: {"csat": tally([50])}}


async def test_without_any_setting_every_metric_is_used_and_has_no_target(office: Office) -> None:
    async with office.database.reading() as tx:
        expected = tuple(Aim(metric) for metric in (QUALITY, *BUILT_IN))
        assert await kpi.aims(tx, office.team) == expected
        assert await kpi.aims(tx, None) == expected


async def test_a_goal_is_kept_and_can_be_changed(office: Office) -> None:
    wanted = replace(aim("frt_s", 27.5, weight=30), used=False)
    async with office.database.writing() as tx:
        await kpi.save_aim(tx, office.team, aim("frt_s", 30))
        await kpi.save_aim(tx, office.team, wanted)
    async with office.database.reading() as tx:
        assert wanted in await kpi.aims(tx, office.team)
        assert wanted not in await kpi.aims(tx, replace(office.team, id=office.team.id + 1))


async def test_the_quality_target_is_the_teams_own(office: Office) -> None:
    async with office.database.writing() as tx:
        await kpi.save_aim(tx, office.team, Aim(QUALITY, target=50, weight=40))
        first, *_ = await kpi.aims(tx, replace(office.team, target=88))
    assert first == Aim(QUALITY, target=88, weight=40)


async def test_a_metric_can_be_added_changed_and_removed(office: Office) -> None:
    async with office.database.writing() as tx:
        assert await kpi.add_metric(tx, NPS, NOW, by=office.ivan)
        await kpi.change_metric(tx, replace(NPS, unit=Unit.PERCENT))
        await kpi.save_aim(tx, office.team, Aim(NPS, target=40))
        assert (await kpi.catalogue(tx))["nps"] == replace(NPS, unit=Unit.PERCENT)
        assert not await kpi.has_figures(tx, "nps")
        await kpi.remove_metric(tx, "nps")
        assert await kpi.add_metric(tx, NPS, NOW, by=None)
        assert Aim(NPS) in await kpi.aims(tx, office.team)
    await office.put(*office.figures("nps", 7))
    async with office.database.reading() as tx:
        assert await kpi.has_figures(tx, "nps")


@pytest.mark.parametrize("key", ["csat", "quality", "nps"])
async def test_a_key_is_taken_once(office: Office, key: str) -> None:
    async with office.database.writing() as tx:
        await kpi.add_metric(tx, NPS, NOW, by=None)
        assert not await kpi.add_metric(tx, replace(NPS, key=key), NOW, by=None)


def _ends(among: list[dt.date]) -> tuple[dt.date, dt.date]:
    return among[0], among[-1]

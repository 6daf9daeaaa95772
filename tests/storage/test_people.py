"""People: roles, teams, names, and who is whose supervisor."""

import pytest

from scoring.roles import Relation, Role
from storage import people, people_search, teams
from storage.database import Database
from storage.people import NewPerson
from tests.storage.conftest import NOW


async def add(database: Database, name: str, *roles: Role, **more: object) -> int:
    teams_of = more.get("teams", ())
    supervises = more.get("supervises", ())
    assert isinstance(teams_of, tuple)
    assert isinstance(supervises, tuple)
    async with database.writing() as tx:
        new = NewPerson(name, set(roles), teams=teams_of, supervises=supervises)
        return await people.add(tx, new, NOW)


async def test_a_person_comes_back_with_roles_and_teams(database: Database, team: int) -> None:
    olha = await add(
        database, "Olha Lis", Role.AGENT, Role.SUPERVISOR, teams=(team,), supervises=(team,)
    )
    async with database.reading() as tx:
        person = await people.by_id(tx, olha)
    assert person is not None
    assert person.roles == {Role.AGENT, Role.SUPERVISOR}
    assert (person.teams, person.supervises) == ((team,), (team,))


async def test_changing_roles_and_teams_replaces_them(database: Database, team: int) -> None:
    olha = await add(database, "Olha Lis", Role.AGENT, teams=(team,))
    async with database.writing() as tx:
        await people.set_roles(tx, olha, {Role.EVALUATOR})
        await people.set_teams(tx, olha, Relation.MEMBER, [])
        person = await people.by_id(tx, olha)
    assert person is not None
    assert person.roles == {Role.EVALUATOR}
    assert person.teams == ()


async def test_a_supervisor_is_not_their_own(database: Database, team: int) -> None:
    boss = await add(database, "Big Boss", Role.SUPERVISOR, supervises=(team,))
    olha = await add(
        database, "Olha Lis", Role.AGENT, Role.SUPERVISOR, teams=(team,), supervises=(team,)
    )
    async with database.reading() as tx:
        person = await people.by_id(tx, olha)
        assert person is not None
        assert [one.id for one in await people.supervisors_of(tx, person)] == [boss]


@pytest.mark.parametrize("words", ["петр", "ПЕТРОВ", "иван петр", "петров  иван"])
async def test_part_of_a_name_in_any_case_finds_the_person(database: Database, words: str) -> None:
    ivan = await add(database, "Иван Петров", Role.AGENT)
    await add(database, "Иван Петренко", Role.EVALUATOR)
    async with database.reading() as tx:
        assert [one.id for one in await people_search.matching(tx, Role.AGENT, words)] == [ivan]


@pytest.mark.parametrize("words", ["%", "_", "\\", "' OR 1=1 --"])
async def test_signs_with_a_meaning_in_sql_are_only_signs(database: Database, words: str) -> None:
    await add(database, "Ivan Petrov", Role.AGENT)
    async with database.reading() as tx:
        assert await people_search.matching(tx, Role.AGENT, words) == []


@pytest.mark.parametrize("times", [61, 2000])
async def test_a_text_of_very_many_words_finds_nobody(database: Database, times: int) -> None:
    ivan = await add(database, "Ivan Petrov", Role.AGENT)
    async with database.reading() as tx:
        assert await people_search.matching(tx, Role.AGENT, " ".join(map(str, range(times)))) == []
        assert await people_search.page(tx, " ".join(map(str, range(times)))) == ([], 0)
        found = await people_search.matching(tx, Role.AGENT, "ivan " * times)
    assert [one.id for one in found] == [ivan]


async def test_somebody_shut_out_is_nobody_to_the_bot(database: Database, ivan: int) -> None:
    async with database.writing() as tx:
        await people.set_active(tx, ivan, active=False)
        assert await people.by_telegram_id(tx, 501) is None
        assert await people_search.matching(tx, Role.AGENT) == []
        shut_out = await people.by_id(tx, ivan)
    assert shut_out is not None
    assert not shut_out.active


async def test_an_account_belongs_to_one_person(database: Database, ivan: int, anna: int) -> None:
    async with database.writing() as tx:
        await people.bind(tx, anna, 502)
        assert (await people.by_ids(tx, [ivan, anna]))[anna].telegram_id == 502
    async with database.reading() as tx:
        one = await people.by_telegram_id(tx, 501)
    assert one is not None
    assert one.id == ivan


async def test_a_team_keeps_its_settings(database: Database, team: int) -> None:
    async with database.reading() as tx:
        found = await teams.by_name(tx, "sUPPORT")
    assert found is not None
    assert (found.id, found.timezone, found.dispute_days) == (team, "Europe/Kyiv", 5)

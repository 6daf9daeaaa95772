"""A people file becomes people, teams and invitations; what is wrong comes back with its reason."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field

import pytest

from handlers.people.people_import import import_people
from handlers.tables.import_outcome import ImportOutcome
from handlers.turn import Services
from scoring.roles import Role
from storage import invitations, people, teams
from storage.database import Database
from storage.people import NewPerson, Person
from storage.scorecards import Shelf
from tests.people import books

NOON = dt.datetime(2026, 11, 4, 12, tzinfo=dt.UTC)
HEADER = "name,roles,team,supervisor_of,timezone,language"


@dataclass
class Office:
    """A database to import into, and what there is to see in it afterwards."""

    db: Database
    now: dt.datetime = NOON
    services: Services = field(init=False)

    def __post_init__(self) -> None:
        self.services = Services(self.db, Shelf(), lambda: self.now)

    async def send(self, *rows: str, header: str = HEADER, by: int | None = None) -> ImportOutcome:
        return await self.send_bytes("\n".join([header, *rows]).encode(), by=by)

    async def send_bytes(
        self, content: bytes, name: str = "people.csv", by: int | None = None
    ) -> ImportOutcome:
        return await import_people(self.services, name, content, by=by, link="t.me/{}".format)

    async def everybody(self) -> list[Person]:
        async with self.db.reading() as tx:
            return await people.known(tx)

    async def person(self, name: str) -> Person:
        return next(one for one in await self.everybody() if one.name == name)

    async def team_names(self, ids: Iterable[int]) -> list[str]:
        async with self.db.reading() as tx:
            return [team.name for team in await teams.by_ids(tx, ids)]

    async def take_in(self, name: str, *roles: Role, telegram_id: int | None = None) -> int:
        async with self.db.writing() as tx:
            new = NewPerson(name, roles or {Role.AGENT}, telegram_id=telegram_id)
            return await people.add(tx, new, self.now)

    async def redeem(self, link: str, telegram_id: int) -> int:
        async with self.db.writing() as tx:
            token = link.removeprefix("t.me/")
            return await invitations.redeem(tx, token, telegram_id, self.now)


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[Office]:
    office = Office(Database(database_url))
    yield office
    await office.db.close()


def invites(outcome: ImportOutcome) -> list[dict[str, str]]:
    return next((books.csv_rows(one.content) for one in outcome.files if "inv" in one.name), [])


def reasons(outcome: ImportOutcome) -> list[str]:
    return [one.reason for one in outcome.rejected]


async def test_people_and_their_teams_come_in(office: Office) -> None:
    outcome = await office.send(
        "Ivan Petrov,agent,Support,,,",
        'Olha Koval,"agent;evaluator","Support;Sales",,Europe/Kyiv,uk',
        "Egor Boss,supervisor | evaluator,,Support|Sales,,",
    )
    assert (outcome.added, outcome.changed, outcome.same, outcome.rejected) == (3, 0, 0, ())
    olha = await office.person("Olha Koval")
    assert olha.roles == {Role.AGENT, Role.EVALUATOR}
    assert await office.team_names(olha.teams) == ["Sales", "Support"]
    assert (olha.timezone, olha.language, olha.telegram_id) == ("Europe/Kyiv", "uk", None)
    egor = await office.person("Egor Boss")
    assert egor.roles == {Role.SUPERVISOR, Role.EVALUATOR}
    assert await office.team_names(egor.supervises) == ["Sales", "Support"]
    assert egor.teams == ()


async def test_a_new_team_takes_zone_and_language_of_its_first_row(office: Office) -> None:
    await office.send("Olha,agent,Kyiv,,Europe/Kyiv,uk", "Ivan,agent,Other,,,")
    async with office.db.reading() as tx:
        found = {team.name: (team.timezone, team.language) for team in await teams.everything(tx)}
    assert found == {"Kyiv": ("Europe/Kyiv", "uk"), "Other": ("UTC", "en")}


async def test_everybody_new_gets_a_link_that_lets_them_in(office: Office) -> None:
    outcome = await office.send('Olha,"evaluator;agent",Support|Sales,,,')
    [row] = invites(outcome)
    assert list(row) == ["name", "roles", "team", "link"]
    assert (row["name"], row["roles"], row["team"]) == ("Olha", "agent;evaluator", "Support;Sales")
    person_id = await office.redeem(row["link"], 77)
    assert (await office.person("Olha")).id == person_id


async def test_the_same_file_twice_changes_nothing_and_voids_no_link(office: Office) -> None:
    rows = ("Ivan Petrov,agent,Support,,,", "Egor,supervisor,,Support,Europe/Kyiv,uk")
    first = await office.send(*rows)
    before = await office.everybody()
    second = await office.send(*rows)
    assert (second.added, second.changed, second.same, second.files) == (0, 0, 2, ())
    assert await office.everybody() == before
    await office.redeem(invites(first)[0]["link"], 77)


async def test_a_link_is_made_again_once_it_has_expired(office: Office) -> None:
    await office.send("Ivan,agent,,,,")
    office.now += invitations.LIFETIME
    assert [row["name"] for row in invites(await office.send("Ivan,agent,,,,"))] == ["Ivan"]


async def test_somebody_who_has_joined_gets_no_link(office: Office) -> None:
    await office.take_in("Ivan", telegram_id=5)
    office.now += invitations.LIFETIME
    assert invites(await office.send("Ivan,agent,,,,")) == []


async def test_changed_values_update_whoever_has_the_name(office: Office) -> None:
    await office.send("Ivan Petrov,agent,Support,,Europe/Kyiv,uk")
    outcome = await office.send('IVAN  petrov,"agent;supervisor",Sales,Support,Asia/Almaty,ru')
    assert (outcome.added, outcome.changed) == (0, 1)
    [ivan] = await office.everybody()
    assert ivan.roles == {Role.AGENT, Role.SUPERVISOR}
    assert await office.team_names(ivan.teams) == ["Sales"]
    assert await office.team_names(ivan.supervises) == ["Support"]
    assert (ivan.timezone, ivan.language) == ("Asia/Almaty", "ru")


async def test_what_a_file_does_not_say_stays(office: Office) -> None:
    await office.send('Ivan,"agent;supervisor",Support,Support,Europe/Kyiv,uk')
    before = await office.everybody()
    outcome = await office.send('Ivan,"agent;supervisor"', header="name,roles")
    assert outcome.same == 1
    assert await office.everybody() == before


async def test_emptied_teams_are_taken_and_an_emptied_language_stays(office: Office) -> None:
    await office.send('Ivan,"agent;supervisor",Support,Support,Europe/Kyiv,uk')
    await office.send('Ivan,"agent;supervisor",,,,')
    [ivan] = await office.everybody()
    assert (ivan.teams, ivan.supervises) == ((), ())
    assert (ivan.timezone, ivan.language) == ("Europe/Kyiv", "uk")


async def test_who_is_supervisor_no_more_supervises_no_team(office: Office) -> None:
    await office.send("Egor,supervisor,,Support,,")
    await office.send("Egor,agent", header="name,roles")
    assert (await office.person("Egor")).supervises == ()


async def test_columns_in_any_order_and_letter_case(office: Office) -> None:
    await office.send("Support;agent;Ivan", header="TEAM; Roles ;Name")
    assert await office.team_names((await office.person("Ivan")).teams) == ["Support"]


async def test_a_workbook_does_the_same(office: Office) -> None:
    content = books.workbook(["name", "roles", "team"], ["Іван", "agent;evaluator", "Support"])
    outcome = await office.send_bytes(content, "people.xlsx")
    assert outcome.added == 1
    assert [row["name"] for row in invites(outcome)] == ["Іван"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",agent,,,,", "The name is missing"),
        ("a" * 121 + ",agent,,,,", "at most 120"),
        ("Ivan,,,,,", "The role is missing"),
        ("Ivan,boss,,,,", "I know no role “boss”"),
        ("Ivan,agent,,Support,,", "Only a supervisor can supervise"),
        ("Ivan,agent,,,Mars/Base,", "I know no time zone “Mars/Base”"),
        ("Ivan,agent,,,Europe/Kiyv,", "Europe/Kyiv"),
        ("Ivan,agent,,,,de", "I know no language “de”"),
        ("Ivan,agent," + "t" * 81 + ",,,", "at most 80"),
        ("Ivan,agent,,,,,more", "outside the named columns"),
    ],
)
async def test_a_bad_row_is_rejected_with_its_reason(office: Office, row: str, reason: str) -> None:
    outcome = await office.send("Daria,agent,,,,", row)
    assert [one.name for one in await office.everybody()] == ["Daria"]
    [rejected] = outcome.rejected
    assert rejected.row.number == 3
    assert reason in rejected.reason


async def test_the_first_of_two_rows_for_one_name_counts(office: Office) -> None:
    outcome = await office.send("Ivan,agent,,,,", "ivan,evaluator,,,,")
    assert reasons(outcome) == ["This name stands in row 2 already."]
    assert (await office.person("Ivan")).roles == {Role.AGENT}


async def test_a_name_that_several_people_have_is_left_alone(office: Office) -> None:
    for _ in range(2):
        await office.take_in("Ivan Petrov")
    outcome = await office.send("Ivan Petrov,evaluator,,,,")
    assert "Several people" in reasons(outcome)[0]
    assert all(one.roles == {Role.AGENT} for one in await office.everybody())


async def test_a_file_lets_nobody_in_again(office: Office) -> None:
    ivan = await office.take_in("Ivan")
    async with office.db.writing() as tx:
        await people.set_active(tx, ivan, active=False)
    outcome = await office.send("Ivan,admin,,,,")
    assert "was shut out" in reasons(outcome)[0]
    assert not (await office.person("Ivan")).active


async def test_the_last_admin_stays_one(office: Office) -> None:
    await office.take_in("Ada", Role.ADMIN)
    assert "nobody as admin" in reasons(await office.send("Ada,agent,,,,"))[0]
    outcome = await office.send("Ada,agent,,,,", "Bea,admin,,,,")
    assert "nobody as admin" in reasons(outcome)[0]
    assert (await office.send("Ada,agent,,,,")).changed == 1


async def test_admins_do_not_unmake_themselves(office: Office) -> None:
    ada = await office.take_in("Ada", Role.ADMIN)
    await office.take_in("Bea", Role.ADMIN)
    assert "from yourself" in reasons(await office.send("Ada,agent,,,,", by=ada))[0]
    assert (await office.send("Bea,agent,,,,", by=ada)).changed == 1


async def test_rejected_rows_come_back_mendable_in_the_admins_language(office: Office) -> None:
    outcome = await office.send_bytes(
        "\ufeffname;roles;team\r\nИван;boss;Support\r\nОльга;agent;\r\n".encode()
    )
    file = next(one for one in outcome.files if one.name == "rejected.csv")
    assert file.content.startswith(b"\xef\xbb\xbf")
    [row] = books.csv_rows(file.content, ";")
    assert list(row) == ["name", "roles", "team", "reason"]
    assert (row["name"], row["roles"], row["team"]) == ("Иван", "boss", "Support")
    assert "boss" in row["reason"]
    mended = file.content.decode().replace(";boss;", ";agent;").encode()
    assert (await office.send_bytes(mended)).added == 1


async def test_rejected_rows_of_a_workbook_come_back_as_one(office: Office) -> None:
    content = books.workbook(["name", "roles"], ["=HYPERLINK(1)", "boss"], ["+7 900", "boss"])
    outcome = await office.send_bytes(content, "people.xlsx")
    file = next(one for one in outcome.files if one.name == "rejected.xlsx")
    rows = books.sheet_rows(file.content)
    assert rows[0] == ("name", "roles", "reason")
    assert rows[-1][:2] == ("'+7 900", "boss")


async def test_a_name_that_is_a_formula_is_harmless_on_its_way_out(office: Office) -> None:
    outcome = await office.send('"=cmd|\' /C calc\'!A0",agent,"@x",,,', "<b>Ivan</b>,agent,,,,")
    assert [row["name"] for row in invites(outcome)] == ["'=cmd|' /C calc'!A0", "<b>Ivan</b>"]
    assert invites(outcome)[0]["team"] == "'@x"


async def test_nothing_is_stored_when_the_file_itself_is_wrong(office: Office) -> None:
    with pytest.raises(Exception, match="MissingColumns"):
        await office.send("Ivan", header="name")
    assert await office.everybody() == []


async def test_a_big_file_is_stored_whole_and_changed_whole(office: Office) -> None:
    rows = [f"Person {number},agent,Team {number % 50},,," for number in range(2_000)]
    outcome = await office.send(*rows)
    assert outcome.added == 2_000
    assert len(invites(outcome)) == 2_000
    moved = await office.send(*(row.replace("Team 1", "Team 2") for row in rows))
    assert moved.added == 0
    assert 0 < moved.changed < 2_000


async def test_two_imports_at_one_moment_take_everybody_in_once(office: Office) -> None:
    rows = ("Ivan,agent,Support,,,", "Olha,agent,Support,,,")
    outcomes = await asyncio.gather(office.send(*rows), office.send(*rows))
    assert sorted(one.added for one in outcomes) == [0, 2]
    assert len(await office.everybody()) == 2

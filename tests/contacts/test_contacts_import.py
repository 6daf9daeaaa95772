"""A contacts file becomes the journal; what is wrong comes back with its reason."""

import asyncio
import datetime as dt
import itertools
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field

import pytest

from handlers.contacts.contacts_import import import_contacts
from handlers.contacts.rows import COLUMNS as KNOWN
from handlers.refusals import Sorry
from handlers.tables.import_outcome import ImportOutcome
from handlers.tables.table_refusals import MissingColumns, TooManyRows, UnknownColumns
from handlers.turn import Services
from scoring.contacts import ContactType, Source, Status
from scoring.roles import Role
from scoring.scorecard import Channel
from storage import contacts, journal, people, teams
from storage.contacts import Contact
from storage.contacts_bulk import CHUNK
from storage.database import Database
from storage.journal import Sought
from storage.people import NewPerson
from storage.scorecards import Shelf
from tests.contacts.files import COLUMNS, csv_of, row
from tests.people import books

NOON = dt.datetime(2026, 11, 4, 12, tzinfo=dt.UTC)


@dataclass
class Office:
    """A database to import into, and what there is to see in it afterwards."""

    db: Database
    services: Services = field(init=False)

    def __post_init__(self) -> None:
        self.services = Services(self.db, Shelf(), lambda: NOON)

    async def hire(self, name: str, role: Role = Role.AGENT, team: int | None = None) -> int:
        async with self.db.writing() as tx:
            teams_of = () if team is None else (team,)
            return await people.add(tx, NewPerson(name, {role}, teams=teams_of), NOON)

    async def team(self, name: str, timezone: str) -> int:
        async with self.db.writing() as tx:
            return (await teams.add(tx, name, timezone, "en", NOON)).id

    async def send(self, *rows: Mapping[str, str]) -> ImportOutcome:
        return await import_contacts(self.services, "contacts.csv", csv_of(*rows))

    async def journal(self) -> list[Contact]:
        async with self.db.reading() as tx:
            entries, _ = await journal.page(tx, Sought(), None, offset=0, limit=100)
            found = [await contacts.by_id(tx, one.id) for one in reversed(entries)]
        return [one for one in found if one is not None]

    async def only(self) -> Contact:
        [contact] = await self.journal()
        return contact


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[Office]:
    office = Office(Database(database_url))
    await office.hire("Ivan Petrov")
    yield office
    await office.db.close()


def counts(outcome: ImportOutcome) -> tuple[int, int, int, int]:
    return outcome.added, outcome.changed, outcome.same, len(outcome.rejected)


async def test_a_contact_comes_in_with_everything_that_the_file_says(office: Office) -> None:
    full = row(
        type="complaint",
        topic="Late  parcel",
        status="in_progress",
        started_at="2026-11-03 14:20",
        duration_s="312",
        customer="+380 67 123-45-67",
        link="https://crm.example/48213",
        text="Where is my parcel?",
    )
    assert counts(await office.send(full)) == (1, 0, 0, 0)
    contact = await office.only()
    assert contact.type is ContactType.COMPLAINT
    assert contact.status is Status.IN_PROGRESS
    assert contact.source is Source.IMPORT
    assert contact.topic == "Late parcel"
    assert contact.started_at == contact.at == dt.datetime(2026, 11, 3, 14, 20, tzinfo=dt.UTC)
    assert contact.duration_s == 312
    assert contact.customer == "…567"
    assert contact.link == "https://crm.example/48213"
    assert contact.text == "Where is my parcel?"


async def test_agent_channel_and_reference_are_enough(office: Office) -> None:
    content = b"Agent;Channel;Reference\nIVAN petrov;E-Mail;48213\n"
    outcome = await import_contacts(office.services, "a.csv", content)
    assert counts(outcome) == (1, 0, 0, 0)
    contact = await office.only()
    assert (contact.channel, contact.status, contact.at) == (Channel.EMAIL, Status.CLOSED, NOON)


async def test_a_workbook_comes_in_like_a_csv(office: Office) -> None:
    content = books.workbook(
        ["reference", "agent", "channel", "duration_s", "started_at"],
        [48213, "Ivan Petrov", "chat", 90.0, "2026-11-03 14:20:00"],
    )
    outcome = await import_contacts(office.services, "contacts.xlsx", content)
    assert counts(outcome) == (1, 0, 0, 0)
    contact = await office.only()
    assert (contact.reference, contact.duration_s) == ("48213", 90)


async def test_the_same_file_twice_changes_nothing(office: Office) -> None:
    rows = [
        row(status="deferred", started_at="2026-11-03 14:20", customer="Anna"),
        row(reference="", started_at="2026-11-03 15:00"),
    ]
    assert counts(await office.send(*rows)) == (2, 0, 0, 0)
    before = await office.journal()
    assert counts(await office.send(*rows)) == (0, 0, 2, 0)
    assert await office.journal() == before


async def test_the_same_reference_in_another_channel_is_another_contact(office: Office) -> None:
    await office.hire("Olha Koval")
    rows = [row(), row(channel="chat"), row(agent="Olha Koval")]
    assert counts(await office.send(*rows)) == (3, 0, 0, 0)


async def test_a_later_file_fills_in_and_empties_nothing(office: Office) -> None:
    await office.send(row(topic="Parcel", customer="Anna"))
    later = row(topic="", customer="Anna Bondar", duration_s="60")
    assert counts(await office.send(later)) == (0, 1, 0, 0)
    contact = await office.only()
    assert (contact.topic, contact.customer, contact.duration_s) == ("Parcel", "…dar", 60)


async def test_an_empty_status_closes_and_a_missing_column_leaves_it(office: Office) -> None:
    await office.send(row(status="deferred"))
    bare = b"reference,agent,channel\n48213,Ivan Petrov,call\n"
    assert counts(await import_contacts(office.services, "a.csv", bare)) == (0, 0, 1, 0)
    assert (await office.only()).status is Status.DEFERRED
    assert counts(await office.send(row(status=""))) == (0, 1, 0, 0)
    assert (await office.only()).status is Status.CLOSED


async def test_a_file_takes_no_contact_out_of_review(office: Office) -> None:
    await office.send(row(status="under_review"))
    assert counts(await office.send(row(status=""))) == (0, 0, 1, 0)
    assert (await office.only()).status is Status.UNDER_REVIEW


async def test_a_file_undoes_no_move_that_a_person_made(office: Office) -> None:
    await office.send(row(status="in_progress"))
    olha = await office.hire("Olha Koval", Role.ADMIN)
    async with office.db.writing() as tx:
        contact = await contacts.by_id(tx, (await office.only()).id)
        assert contact is not None
        await contacts.move(tx, contact, Status.DEFERRED, NOON, by=olha)
    assert counts(await office.send(row(status="in_progress"))) == (0, 0, 1, 0)
    assert (await office.only()).status is Status.DEFERRED


async def test_a_contact_that_was_scored_before_is_joined(office: Office) -> None:
    ivan = await office.hire("Olha Koval")
    async with office.db.writing() as tx:
        scored = await contacts.add(tx, ivan, Channel.CALL, "Ab-1", NOON)
    outcome = await office.send(row(agent="Olha Koval", reference="AB-1", topic="Parcel"))
    assert counts(outcome) == (0, 1, 0, 0)
    contact = await office.only()
    assert (contact.id, contact.topic, contact.source) == (scored, "Parcel", Source.SCORE)


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"agent": ""}, "The agent's name is missing."),
        ({"agent": "Nobody"}, "I know nobody called “Nobody”"),
        ({"agent": "Egor Lis"}, "“Egor Lis” is not an agent"),
        ({"agent": "Twin"}, "Several agents are called “Twin”"),
        ({"channel": ""}, "The channel is missing: one of call, chat, email, social."),
        ({"channel": "fax"}, "I know no channel “fax”"),
        ({"type": "rant"}, "I know no type “rant”"),
        ({"status": "done"}, "I know no status “done”"),
        ({"reference": ""}, "A reference or started_at is needed"),
        ({"reference": "x" * 81}, "The cell reference is too long: at most 80 characters."),
        ({"started_at": "yesterday"}, "I cannot read “yesterday” as a time"),
        ({"started_at": "11/03/2026 14:20"}, "I cannot read “11/03/2026 14:20” as a time"),
        ({"started_at": "0001-01-01"}, "I cannot read “0001-01-01” as a time"),
        ({"started_at": "2026-12-24 10:00"}, "“2026-12-24 10:00” is in the future."),
        ({"duration_s": "5:72"}, "“5:72” is no duration"),
        ({"duration_s": "1:75:00"}, "“1:75:00” is no duration"),
        ({"duration_s": "1,205"}, "“1,205” can be read two ways"),
        ({"duration_s": "1.205"}, "“1.205” can be read two ways"),
        ({"reference": "1,76365E+17"}, "“1,76365E+17” in reference is what a spreadsheet left"),
        ({"customer": "3,80671E+11"}, "“3,80671E+11” in customer is what a spreadsheet left"),
        ({"reference": "#N/A"}, "“#N/A” in reference is what a spreadsheet left"),
        ({"customer": "########"}, "“########” in customer is what a spreadsheet left"),
        ({"started_at": "2026-11-03 25:20"}, "I cannot read “2026-11-03 25:20” as a time"),
        ({"started_at": "2026-11-03 14:20 PM"}, "I cannot read “2026-11-03 14:20 PM” as a time"),
        ({"duration_s": "-3"}, "“-3” is no duration"),
        ({"duration_s": "٣"}, "“٣” is no duration"),
        ({"duration_s": "9" * 400}, "is no duration"),
        ({"text": "x" * 30_001}, "The cell text is too long: at most 30000 characters."),
    ],
)
async def test_a_bad_row_comes_back_with_its_reason(
    office: Office, cells: dict[str, str], reason: str
) -> None:
    await office.hire("Egor Lis", Role.EVALUATOR)
    await office.hire("Twin")
    await office.hire("Twin")
    outcome = await office.send(row(reference="1"), row(**cells), row(reference="3"))
    assert counts(outcome) == (2, 0, 0, 1)
    [rejected] = outcome.rejected
    assert rejected.row.number == 3
    assert reason in rejected.reason
    [file] = outcome.files
    [returned] = books.csv_rows(file.content)
    assert tuple(returned) == (*COLUMNS, "reason")
    assert returned["reason"] == rejected.reason


async def test_a_mended_file_that_comes_back_is_taken(office: Office) -> None:
    outcome = await office.send(row(channel="fax"))
    mended = outcome.files[0].content.replace(b"fax", b"call")
    assert counts(await import_contacts(office.services, "rejected.csv", mended)) == (1, 0, 0, 0)


async def test_the_second_of_two_equal_rows_is_rejected(office: Office) -> None:
    outcome = await office.send(row(), row(topic="again"))
    assert counts(outcome) == (1, 0, 0, 1)
    assert outcome.rejected[0].reason == "This contact stands in row 2 already."


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"agent,reference\nIvan Petrov,1\n", MissingColumns),
        (b"agent,channel,reference,weather\nIvan Petrov,call,1,wet\n", UnknownColumns),
        (b"agent,channel\n" + b"a,call\n" * (KNOWN.rows + 1), TooManyRows),
    ],
)
async def test_a_file_that_is_no_contacts_file_stores_nothing(
    office: Office, content: bytes, refusal: type[Sorry]
) -> None:
    with pytest.raises(refusal):
        await import_contacts(office.services, "contacts.csv", content)
    assert await office.journal() == []


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-11-03 14:20", "12:20:00"),
        ("2026-11-03T14:20:30+05:00", "09:20:30"),
        ("2026-11-03T14:20:30Z", "14:20:30"),
        ("03.11.2026 14:20", "12:20:00"),
        ("2026-11-03 14:19:59.999997", "12:20:00"),
        ("03.11.2026, 14:20", "12:20:00"),
        ("2026/11/03 14:20", "12:20:00"),
        ("2026-11-03 14:20 UTC", "14:20:00"),
        ("2026-11-03 14:20 GMT+3", "11:20:00"),
        ("03.11.26 14:20", "12:20:00"),
        ("2026-11-03 2:20:05 PM", "12:20:05"),
        ("2026-11-03 12:20 a.m.", "22:20:00"),
        ("46329.597222222", "12:20:00"),
        ("46329,597222222", "12:20:00"),
    ],
)
async def test_a_time_is_read_on_the_clock_of_the_agents_team(
    office: Office, written: str, read: str
) -> None:
    kyiv = await office.team("Kyiv", "Europe/Kyiv")
    await office.hire("Olha Koval", team=kyiv)
    await office.send(row(agent="Olha Koval", started_at=written))
    day = "02" if "a.m." in written else "03"
    assert (await office.only()).at.isoformat() == f"2026-11-{day}T{read}+00:00"


async def test_a_summer_time_that_never_was_is_the_first_moment_after(office: Office) -> None:
    kyiv = await office.team("Kyiv", "Europe/Kyiv")
    await office.hire("Olha Koval", team=kyiv)
    await office.send(row(agent="Olha Koval", started_at="2026-03-29 03:30"))
    assert (await office.only()).at == dt.datetime(2026, 3, 29, 1, tzinfo=dt.UTC)


async def test_an_agent_who_left_still_has_a_past(office: Office) -> None:
    gone = await office.hire("Olha Koval")
    async with office.db.writing() as tx:
        await people.set_active(tx, gone, active=False)
    assert counts(await office.send(row(agent="Olha Koval"))) == (1, 0, 0, 0)


async def test_more_than_a_portion_is_stored_and_its_progress_told(office: Office) -> None:
    told: list[tuple[int, int]] = []

    async def progress(stored: int, total: int) -> None:
        told.append((stored, total))

    total = 2 * CHUNK + 1
    content = csv_of(*(row(reference=str(number)) for number in range(total)))
    outcome = await import_contacts(office.services, "a.csv", content, progress=progress)
    assert counts(outcome) == (total, 0, 0, 0)
    assert told == [(CHUNK, total), (2 * CHUNK, total), (total, total)]
    again = await import_contacts(office.services, "a.csv", content)
    assert counts(again) == (0, 0, total, 0)


async def test_two_imports_of_one_file_at_once_store_it_once(office: Office) -> None:
    rows = [row(reference=str(number)) for number in range(50)]
    await asyncio.gather(*(office.send(*rows) for _ in range(4)))
    assert len(await office.journal()) == 50


async def test_others_get_their_turn_between_the_portions(office: Office) -> None:
    """A long import holds the database for a portion at a time, not for all of it."""
    order: list[str] = []
    begun = asyncio.Event()

    async def progress(stored: int, _total: int) -> None:
        order.append(f"stored {stored}")
        begun.set()

    async def somebody_else() -> None:
        await begun.wait()
        async with office.db.writing() as tx:
            await people.add(tx, NewPerson("Somebody", {Role.AGENT}), NOON)
        order.append("somebody else")

    rows = [row(reference=str(number)) for number in range(6 * CHUNK)]
    content = csv_of(*rows)
    await asyncio.gather(
        import_contacts(office.services, "a.csv", content, progress=progress), somebody_else()
    )
    assert order[0] == f"stored {CHUNK}"
    assert order[-1] == f"stored {6 * CHUNK}"
    assert "somebody else" in itertools.islice(order, 1, 6)


DURATIONS = """reference;agent;channel;started_at;duration_s
D0;Ivan Petrov;call;20.10.2026, 14:20;00:03:25
D1;Ivan Petrov;call;2026/10/20 14:20;3:25
D2;Ivan Petrov;call;2026-10-20 14:20 UTC;205.0
D3;Ivan Petrov;call;20.10.26 14:20;205,0
D4;Ivan Petrov;call;2026-10-20 2:20:05 PM;1 205
D5;Ivan Petrov;call;20/10/2026 14:20;0,00237268519
D6;Ivan Petrov;call;;61:01
D7;Ivan Petrov;call;05/10/2026 14:20;1 205,4
"""


async def test_every_way_of_writing_durations_and_times_is_understood(office: Office) -> None:
    outcome = await import_contacts(office.services, "calls.csv", DURATIONS.encode())
    assert [one.reason for one in outcome.rejected] == []
    found = {one.reference: one for one in await office.journal()}
    lengths = [found[f"D{number}"].duration_s for number in range(8)]
    assert lengths == [205, 205, 205, 205, 1205, 205, 3661, 1205]
    moments = [found[f"D{number}"].started_at for number in (0, 1, 2, 3, 5)]
    assert set(moments) == {dt.datetime(2026, 10, 20, 14, 20, tzinfo=dt.UTC)}
    assert found["D4"].started_at == dt.datetime(2026, 10, 20, 14, 20, 5, tzinfo=dt.UTC)
    # Another row's 20/10 says which way round 05/10 is.
    assert found["D7"].started_at == dt.datetime(2026, 10, 5, 14, 20, tzinfo=dt.UTC)


async def test_two_rows_that_contradict_each_other_decide_nothing(office: Office) -> None:
    days = ("20/10/2026", "10/20/2026", "05/10/2026", "10/10/2026")
    rows = [row(reference=day, started_at=day) for day in days]
    outcome = await office.send(*rows)
    assert [one.row["reference"] for one in outcome.rejected] == ["05/10/2026"]


async def test_a_decimal_comma_elsewhere_says_what_a_comma_means(office: Office) -> None:
    rows = [row(reference=f"R{at}", duration_s=cell) for at, cell in enumerate(("1,205", "12,5"))]
    await office.send(*rows)
    assert sorted(one.duration_s or 0 for one in await office.journal()) == [1, 13]
    rows = [row(reference=f"S{at}", duration_s=cell) for at, cell in enumerate(("1,205", "12.5"))]
    await office.send(*rows)
    assert sorted(one.duration_s or 0 for one in await office.journal()) == [1, 13, 13, 1205]


async def test_a_title_above_a_contacts_table_is_passed_over(office: Office) -> None:
    content = (
        b"Calls 01.10.2026 - 31.10.2026\n\nreference,agent,channel\nX1,Ivan Petrov,call\nTotal,,1\n"
    )
    outcome = await import_contacts(office.services, "calls.csv", content)
    assert counts(outcome) == (1, 0, 0, 0)
    assert (await office.only()).reference == "X1"


async def test_what_excel_keeps_of_long_numbers_and_times_in_a_workbook(office: Office) -> None:
    content = books.formatted(
        [("reference", ""), ("agent", ""), ("channel", ""), ("started_at", ""), ("duration_s", "")],
        [
            (176365123456789012, ""),
            ("Ivan Petrov", ""),
            ("call", ""),
            (46315.5, "dd.mm.yyyy hh:mm"),
            (205, ""),
        ],
        [
            (123456789012345, "0"),
            ("Ivan Petrov", ""),
            ("call", ""),
            (46315.5, "dd.mm.yyyy hh:mm"),
            (205 / 86400, "h:mm:ss"),
        ],
        [("T2", ""), ("Ivan Petrov", ""), ("call", ""), (46315.5, ""), (205 / 1440, "h:mm")],
        [("T3", ""), ("Ivan Petrov", ""), ("call", ""), (46315, "m/d/yy"), (1.5, "[h]:mm:ss")],
    )
    outcome = await import_contacts(office.services, "calls.xlsx", content)
    [rejected] = outcome.rejected
    assert "E+17” in reference is what a spreadsheet left" in rejected.reason
    found = {one.reference: one for one in await office.journal()}
    assert found["123456789012345"].duration_s == 205
    assert found["T2"].duration_s == 205
    assert found["T3"].duration_s == 36 * 60 * 60
    assert found["T2"].started_at == dt.datetime(2026, 10, 20, 12, tzinfo=dt.UTC)
    assert found["T3"].started_at == dt.datetime(2026, 10, 20, tzinfo=dt.UTC)

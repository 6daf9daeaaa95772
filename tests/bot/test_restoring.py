"""Bringing back an older copy: what was erased stays erased, old links and buttons do nothing."""

import asyncio
import contextlib
import os
import sqlite3
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot import restoring, tasks
from bot.settings import load_settings
from bot.tasks import Report, TaskError
from handlers.privacy.erasing import REQUEST, act_of, erase_customer, erase_person
from handlers.privacy.replaying import NoActError, read_act
from handlers.turn import Services
from handlers.words import words
from scoring.zones import zone
from storage import audit, backup, people
from tests.contacts.files import csv_of, row
from tests.postgres import Server, create, drop
from tests.privacy.test_forgetting_people import forget
from tests.story import Centre, Person

OUT_OF_DATE = "This button is out of date."


class Room:
    """A centre, the place of its copy, and the way back to it."""

    def __init__(self, centre: Centre, folder: Path) -> None:
        self.centre = centre
        self.copy = folder / "copy.db"
        self.file = Path(make_url(centre.db.url).database or "")

    def copied(self) -> None:
        asyncio.run(backup.backup(f"sqlite+aiosqlite:///{self.file}", self.copy))

    def brought_back(self, *acts: Path) -> Report:
        self.centre.stop()
        report = asyncio.run(restoring.restore(load_settings(), self.copy, acts=acts))
        self.centre.start()
        return report


@pytest.fixture
def room(centre: Centre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Room:
    """A centre whose database the command line looks after."""
    room = Room(centre, tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{room.file}")
    return room


def may_enter(person: Person) -> bool:
    person.send("/start")
    return "invitation" not in person.text


def test_an_erased_person_is_not_let_in_again(room: Room) -> None:
    ivan = room.centre.hire("Ivan Petrov", "agent", team="Support")
    admin = room.centre.admin
    room.copied()
    forget(admin, "Ivan Petrov")
    report = room.brought_back()
    assert report.good
    assert "Erasures and closed doors done again: 1." in report.lines
    assert not may_enter(ivan)
    admin.send("/people petrov")
    assert "Ivan Petrov" not in admin.text


def test_somebody_shut_out_meanwhile_stays_shut_out(room: Room) -> None:
    ivan = room.centre.hire("Ivan Petrov", "agent", team="Support")
    admin = room.centre.admin
    room.copied()

    async def shut_out(services: Services) -> None:
        async with services.db.writing() as tx:
            await people.set_active(tx, ivan.person_id, active=False)
            about = audit.Subject(audit.Thing.PERSON, ivan.person_id)
            actor = audit.program(services.clock())
            await audit.note(tx, actor, audit.Action.SHUT_OUT, about)

    room.centre.run(shut_out)
    room.brought_back()
    assert not may_enter(ivan)
    assert may_enter(admin)


def test_a_customer_erased_meanwhile_is_erased_again(room: Room) -> None:
    centre = room.centre
    centre.hire("Ivan Petrov", "agent", team="Support")
    centre.admin.upload("contacts.csv", csv_of(row(reference="77", customer="Olena Shevchenko")))
    room.copied()

    async def erase(services: Services) -> None:
        async with services.db.writing() as tx:
            await erase_customer(tx, audit.program(services.clock()), [1], REQUEST)

    centre.run(erase)
    room.brought_back()
    with contextlib.closing(sqlite3.connect(room.file)) as file:
        assert file.execute("SELECT customer_key, erased_at IS NULL FROM contacts").fetchall() == [
            (None, 0)
        ]


def test_a_used_invitation_does_not_work_again(room: Room) -> None:
    token, _ = room.centre.invite("Anna Bondar")
    room.copied()
    anna, other = (room.centre.passer_by(name) for name in ("Anna Bondar", "Somebody Else"))
    anna.open(token)
    room.brought_back()
    other.open(token)
    assert not may_enter(other)


def test_a_button_of_before_acts_on_nothing_of_after(room: Room) -> None:
    anna = room.centre.hire("Anna Bondar")
    room.centre.hire("Ivan Petrov", "agent", team="Support")
    room.copied()
    anna.send("/score petrov")
    old = anna.message
    room.brought_back()
    anna.send("/score petrov")
    anna.tap("Call")
    assert anna.tap("Call", old) == OUT_OF_DATE
    anna.tap("Skip")
    anna.tap("All met")
    anna.tap("Submit")
    assert room.centre.count("evaluations") == 1


def test_the_gap_in_the_audit_log_is_named(room: Room) -> None:
    admin = room.centre.admin
    room.copied()
    room.centre.hire("Ivan Petrov", "agent", team="Support")
    forget(admin, "Ivan Petrov")
    report = room.brought_back()
    verified = asyncio.run(tasks.verify_audit(load_settings()))
    assert verified.good
    [lost] = verified.lines[1:]
    assert "were lost when a copy was brought back" in lost
    assert any("of the audit log are lost" in line for line in report.lines)


def test_numbers_of_lost_entries_are_not_given_again(room: Room) -> None:
    admin = room.centre.admin
    room.copied()
    room.centre.hire("Ivan Petrov", "agent", team="Support")
    forget(admin, "Ivan Petrov")
    with contextlib.closing(sqlite3.connect(room.file)) as file:
        [(last,)] = file.execute("SELECT max(id) FROM audit_entries").fetchall()
        before = {number for (number,) in file.execute("SELECT id FROM audit_entries")}
    room.brought_back()
    with contextlib.closing(sqlite3.connect(room.file)) as file:
        now = {number for (number,) in file.execute("SELECT id FROM audit_entries")}
    assert min(now - before) == last + 1


def test_acts_tell_what_a_destroyed_database_cannot(room: Room, tmp_path: Path) -> None:
    ivan = room.centre.hire("Ivan Petrov", "agent", team="Support")
    room.copied()

    async def erase(services: Services) -> bytes:
        async with services.db.writing() as tx:
            person = await people.by_id(tx, ivan.person_id)
            assert person is not None
            actor = audit.program(services.clock())
            entry = await erase_person(tx, services, actor, person, REQUEST)
            return (await act_of(tx, words("en"), entry, zone("UTC"))).content

    act = tmp_path / "erasure.html"
    act.write_bytes(room.centre.run(erase))
    room.centre.stop()
    room.file.write_bytes(b"nothing of it is left" * 500)
    for ending in ("-wal", "-shm"):
        room.file.with_name(room.file.name + ending).unlink(missing_ok=True)
    report = asyncio.run(restoring.restore(load_settings(), room.copy, acts=[act]))
    assert any("could not be read" in line for line in report.lines)
    assert "Erasures and closed doors done again: 1." in report.lines
    room.centre.start()
    assert not may_enter(ivan)


def test_an_act_that_somebody_changed_is_refused() -> None:
    with pytest.raises(NoActError):
        read_act("<html>nothing</html>")
    with pytest.raises(NoActError):
        read_act('<meta name="etalon-erasure" content="{&#34;id&#34;: 1}">')


def test_nothing_is_restored_while_the_bot_runs(room: Room) -> None:
    room.copied()
    before = room.file.stat().st_ino
    with pytest.raises(TaskError, match="Etalon is running"):
        asyncio.run(restoring.restore(load_settings(), room.copy))
    assert room.file.stat().st_ino == before


def test_a_copy_that_is_none_is_not_restored(room: Room) -> None:
    room.centre.stop()
    room.copy.write_bytes(b"no copy at all" * 1000)
    with pytest.raises(TaskError, match="is no good copy"):
        asyncio.run(restoring.restore(load_settings(), room.copy))
    room.centre.start()
    assert may_enter(room.centre.admin)


@pytest.fixture
def empty(postgres_server: Server) -> Iterator[str]:
    """An empty database beside the one at work."""
    name = f"restored_{uuid.uuid4().hex}"
    yield create(postgres_server, name)
    drop(postgres_server, name)


def test_a_servers_copy_is_brought_back_the_same_way(
    postgres_server: Server,
    postgres_url: str,
    empty: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = os.pathsep.join((str(postgres_server.bin_path), os.environ["PATH"]))
    monkeypatch.setenv("PATH", path)
    centre = Centre(postgres_url)
    centre.hire("Ivan Petrov", "agent", team="Support")
    admin = centre.admin
    asyncio.run(backup.backup(postgres_url, tmp_path / "copy.dump"))
    forget(admin, "Ivan Petrov")
    centre.close()
    monkeypatch.setenv("DATABASE_URL", empty)
    dump = tmp_path / "copy.dump"
    report = asyncio.run(restoring.restore(load_settings(), dump, before=postgres_url))
    assert report.good
    assert "Erasures and closed doors done again: 1." in report.lines
    with pytest.raises(TaskError, match="empty database"):
        asyncio.run(restoring.restore(load_settings(), dump, before=postgres_url))

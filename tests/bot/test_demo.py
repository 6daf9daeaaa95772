"""``etalon sandbox`` with its demo centre, from the first start to the second."""

import contextlib
import datetime as dt
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.demo_people import ADMIN, PEOPLE
from bot.sandbox.values import as_int, as_objects, as_text
from tests.background import Background
from tests.far_side import FarSide
from tests.person import Person
from tests.sandbox_process import SandboxProcess


@contextlib.contextmanager
def people_at(address: str) -> Iterator[list[tuple[Person, str]]]:
    """Give the people of the sandbox at that address, each with the note beside their name."""
    background = Background()
    far = FarSide(background, address)
    try:
        yield [
            (Person(_name(one), as_int(one["id"]), far), as_text(one["note"]))
            for one in as_objects(far.get("people"))
        ]
    finally:
        far.close()
        background.close()


def _name(one: dict[str, object]) -> str:
    return f"{one['first_name']} {one['last_name']}"


def stored(folder: Path, table: str) -> int:
    """Return how many rows a table of the sandbox's database has."""
    with contextlib.closing(sqlite3.connect(folder / "data" / "sandbox" / "etalon.db")) as file:
        found: tuple[int] = file.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608
    return found[0]


def test_a_second_sandbox_in_one_folder_is_refused(tmp_path: Path) -> None:
    with SandboxProcess(tmp_path, "--empty") as first:
        with pytest.raises(AssertionError):
            SandboxProcess(tmp_path, "--empty")
        assert "is running in data/sandbox already" in (tmp_path / "log.txt").read_text()
        assert first.stop()[0] == 0
    with SandboxProcess(tmp_path, "--empty") as third:
        assert third.stop()[0] == 0


def test_the_demo_is_loaded_once_and_kept(tmp_path: Path) -> None:
    with SandboxProcess(tmp_path) as sandbox:
        assert re.fullmatch(r"Etalon sandbox: http://127\.0\.0\.1:\d+/", sandbox.line)
        with people_at(sandbox.address) as people:
            check_the_cast(people)
            for supervisor in (one for one, note in people if note.startswith(("Supe", "Супе"))):
                check_the_report(supervisor)
            chats = {person.id: person.everything for person, _ in people}
        assert sandbox.stop() == (0, "")
    counts = [stored(tmp_path, table) for table in ("people", "evaluations")]
    assert [stored(tmp_path, table) for table in ("disputes", "proposals", "goals")] == [1, 1, 1]

    with SandboxProcess(tmp_path) as sandbox:
        with people_at(sandbox.address) as people:
            for person, _ in people:
                kept = chats[person.id]
                assert person.everything[: len(kept)] == kept
        assert sandbox.stop() == (0, "")
    assert [stored(tmp_path, table) for table in ("people", "evaluations")] == counts


def check_the_cast(people: list[tuple[Person, str]]) -> None:
    """The admin, two evaluators, and two teams, each with a supervisor and agents."""
    assert [person.name for person, _ in people] == [one.name for one in (ADMIN, *PEOPLE)]
    notes = Counter(note for _, note in people)
    agents = {note.partition(" · ")[2] for note in notes if note.startswith(("Agent", "Оператор"))}
    assert notes["Admin"] == 1
    assert notes["Evaluator"] + notes["Эксперт"] == 2
    assert notes["Supervisor · Support"] == notes["Супервайзер · Продажі"] == 1
    assert agents == {"Support", "Продажі"}


def check_the_report(supervisor: Person) -> None:
    """The last four weeks of a team have a chart and enough evaluations to say something."""
    today = dt.datetime.now(dt.UTC).date()
    supervisor.send(f"/team {today - dt.timedelta(weeks=4)}..{today}")
    assert supervisor.photo
    counted = re.search(r"\n(\d+) (evaluations|оцін)", supervisor.text)
    assert counted is not None, supervisor.text
    assert int(counted[1]) >= 20


def test_an_empty_sandbox_has_nobody_in_it(tmp_path: Path) -> None:
    with SandboxProcess(tmp_path, "--empty") as sandbox:
        with people_at(sandbox.address) as people:
            assert people == []
        assert sandbox.stop() == (0, "")

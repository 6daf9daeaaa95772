"""``etalon sandbox`` with its demo centre, from the first start to the second."""

import contextlib
import datetime as dt
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import app
from bot.demo_people import ADMIN, PEOPLE
from bot.sandbox.values import as_int, as_objects, as_text
from handlers.refusals import Sorry
from handlers.words import words
from tests.background import Background
from tests.far_side import FarSide, Message
from tests.person import Person
from tests.sandbox_process import SandboxProcess

COUNTED = ("people", "contacts", "evaluations", "second_scorings", "assignments", "disputes")

SHOWN: Mapping[str, Mapping[str, str]] = {
    "Egor Sydorenko": {
        "score": "Whose contact",
        "next": r"^\d+ contacts to score",
        "drafts": r"^\d draft",
        "calibrate": "1 session is open",
        "contacts": r"^\d+ contacts",
        "propose": "^5 proposals",
    },
    "Olena Koval": {
        "calibrate": "1 session is open",
        "contacts": r"^\d+ contacts",
        "goals": "^2 open goals",
        "team": "^Support · ",
        "agent": "Which agent",
        "disputes": "^2 open disputes",
        "propose": "^5 proposals",
        "targets": "Handling time: at most 320 s",
        "plans": "^1 plan",
    },
    ADMIN.name: {
        "disputes": "^2 open disputes",
        "people": "^People: 18",
        "teams": "^Teams: 2",
        "scorecards": "^Scorecards",
        "plans": "^2 plans",
        "settings": "^Settings",
        "audit": r"^Audit log: \d+",
        "forget": "Whom shall I",
    },
    "Maksym Bondar": {"feedback": "⚖", "me": "^Maksym Bondar · "},
}
"""What stands in the answer to a command, by whom."""


@dataclass(frozen=True)
class Demo:
    """The demo centre as it is after a second start, and what was in it after the first."""

    folder: Path
    line: str
    people: Sequence[tuple[Person, str]]
    chats: Mapping[int, list[Message]]
    counts: Mapping[str, int]
    said: Sequence[tuple[int, str]]

    def person(self, name: str) -> Person:
        """Return somebody of it."""
        return next(one for one, _ in self.people if one.name == name)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """Start the sandbox, stop it, and start it again in the same folder."""
    folder = tmp_path_factory.mktemp("demo")
    with SandboxProcess(folder) as sandbox:
        line = sandbox.line
        with people_at(sandbox.address) as people:
            chats = {person.id: person.everything for person, _ in people}
        said = [sandbox.stop()]
    counts = {table: stored(folder, table) for table in COUNTED}
    with SandboxProcess(folder) as sandbox:
        with people_at(sandbox.address) as people:
            yield Demo(folder, line, people, chats, counts, said)
        said.append(sandbox.stop())


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


def rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    """Return what a query finds in the sandbox's database."""
    with contextlib.closing(sqlite3.connect(folder / "data" / "sandbox" / "etalon.db")) as file:
        return file.execute(query).fetchall()


def stored(folder: Path, table: str) -> int:
    """Return how many rows a table of it has."""
    return int(str(rows(folder, f"SELECT count(*) FROM {table}")[0][0]))  # noqa: S608


def grouped(folder: Path, table: str, column: str) -> dict[object, object]:
    """Return how many rows a table has for each value of a column."""
    found = rows(folder, f"SELECT {column}, count(*) FROM {table} GROUP BY 1")  # noqa: S608
    return {one[0]: one[1] for one in found}


def refusals() -> list[type[Sorry]]:
    """Return every way to say that something could not be done."""
    found = [Sorry]
    for one in found:
        found += one.__subclasses__()
    return found


def test_a_second_sandbox_in_one_folder_is_refused(tmp_path: Path) -> None:
    with SandboxProcess(tmp_path, "--empty") as first:
        with pytest.raises(AssertionError):
            SandboxProcess(tmp_path, "--empty")
        assert "is running in data/sandbox already" in (tmp_path / "log.txt").read_text()
        assert first.stop()[0] == 0
    with SandboxProcess(tmp_path, "--empty") as third:
        assert third.stop()[0] == 0


def test_the_demo_is_loaded_once_and_kept(demo: Demo) -> None:
    assert re.fullmatch(r"Etalon sandbox: http://127\.0\.0\.1:\d+/", demo.line)
    assert list(demo.said) == [(0, "")]
    for person, _ in demo.people:
        kept = demo.chats[person.id]
        assert person.everything[: len(kept)] == kept
    assert {table: stored(demo.folder, table) for table in COUNTED} == demo.counts
    assert "warning" not in (demo.folder / "log.txt").read_text()


def test_the_cast_is_an_admin_two_evaluators_and_two_teams(demo: Demo) -> None:
    assert [person.name for person, _ in demo.people] == [one.name for one in (ADMIN, *PEOPLE)]
    notes = Counter(note for _, note in demo.people)
    agents = {note.partition(" · ")[2] for note in notes if note.startswith(("Agent", "Оператор"))}
    assert notes["Admin"] == 1
    assert notes["Evaluator"] + notes["Эксперт"] == 2
    assert notes["Supervisor · Support"] == notes["Супервайзер · Продажі"] == 1
    assert agents == {"Support", "Продажі"}


def test_the_last_four_weeks_of_a_team_have_a_chart_and_enough_evaluations(demo: Demo) -> None:
    today = dt.datetime.now(dt.UTC).date()
    for supervisor in (one for one, note in demo.people if note.startswith(("Supe", "Супе"))):
        supervisor.send(f"/team {today - dt.timedelta(weeks=4)}..{today}")
        assert supervisor.photo
        counted = re.search(r"\n(\d+) (evaluations|оцін)", supervisor.text)
        assert counted is not None, supervisor.text
        assert int(counted[1]) >= 20


def test_every_command_of_every_menu_answers_without_a_refusal(demo: Demo) -> None:
    for person, _ in demo.people:
        language = next((one.language for one in PEOPLE if one.name == person.name), "en")
        refused = {words(language)(one.sentence) for one in refusals()}
        for command in person.commands:
            before = len(person.messages)
            person.send(f"/{command}")
            assert len(person.messages) > before, (person.name, command)
            assert person.text not in refused, (person.name, command, person.text)
            wanted = SHOWN.get(person.name, {}).get(command, "")
            assert re.search(wanted, person.text), (person.name, command, person.text)


def test_the_journal_has_contacts_of_every_type_and_status(demo: Demo) -> None:
    assert set(grouped(demo.folder, "contacts", "type")) == {
        *("complaint", "consultation", "application", "suggestion", "gratitude")
    }
    assert set(grouped(demo.folder, "contacts", "status")) == {
        *("closed", "in_progress", "deferred", "under_review")
    }


def test_of_what_the_plans_draw_some_is_done_and_some_waits_for_both(demo: Demo) -> None:
    assert set(grouped(demo.folder, "plans", "period")) == {"week", "month"}
    assert set(grouped(demo.folder, "assignments", "state")) == {"open", "done", "skipped"}
    for name in ("Egor Sydorenko", "Анна Белова"):
        waiting = demo.person(name)
        waiting.send("/next")
        assert re.match(r"\d+ конт|\d+ contacts", waiting.text)


def test_disputes_goals_and_proposals_stand_at_every_stage(demo: Demo) -> None:
    folder = demo.folder
    assert grouped(folder, "disputes", "status") == {"open": 2, "accepted": 2, "declined": 1}
    assert stored(folder, "revisions") == 2
    assert grouped(folder, "goals", "state") == {"open": 2, "reached": 1}
    assert set(grouped(folder, "proposals", "status")) == {"new", "accepted", "declined", "done"}


def test_one_calibration_is_over_and_the_other_waits_for_one_contact(demo: Demo) -> None:
    egor, olena = demo.person("Egor Sydorenko"), demo.person("Olena Koval")
    egor.send("/calibrate")
    assert egor.buttons[0].startswith("Voice calls · 3 of 4 · by")
    olena.send("/calibrate")
    assert olena.buttons[0].startswith("Voice calls · 4 of 4 · by")
    olena.tap("Finished: 1")
    olena.tap(olena.buttons[0])
    assert "To reword: Finds the cause with questions" in olena.text
    olena.tap("Leniency")
    assert "Анна Белова −" in olena.text


def test_the_supervisor_of_sales_hears_which_target_was_missed_twice(demo: Demo) -> None:
    heard = [one.text for one in demo.person("Тарас Мельник").messages]
    assert any("два місяці поспіль" in text and "Час обробки" in text for text in heard)


def test_all_that_is_stored_holds_together(demo: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    file = demo.folder / "data" / "sandbox" / "etalon.db"
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{file}")
    monkeypatch.chdir(demo.folder)
    checked = CliRunner().invoke(app, ["check"])
    assert checked.exit_code == 0, checked.output
    assert "everything stored in it holds together" in checked.output
    for number in range(1, stored(demo.folder, "draws") + 1):
        drawn = CliRunner().invoke(app, ["draws", "verify", str(number)])
        assert drawn.output.startswith(f"Draw {number} matches"), drawn.output
    assert CliRunner().invoke(app, ["audit", "verify"]).exit_code == 0


def test_an_empty_sandbox_has_nobody_in_it(tmp_path: Path) -> None:
    with SandboxProcess(tmp_path, "--empty") as sandbox:
        with people_at(sandbox.address) as people:
            assert people == []
        assert sandbox.stop() == (0, "")

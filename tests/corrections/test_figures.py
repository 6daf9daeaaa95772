"""What figures and files say of corrections."""

import csv
import io

from storage import corrections
from storage.corrections import Tally
from tests.corrections.conftest import correct, save
from tests.feedback.conftest import Team
from tests.story import MONDAY


def test_an_export_says_which_version_it_holds(team: Team) -> None:
    team.score()
    team.score("48214", error=False)
    team.anna.forge("n:1:c:0")
    team.anna.tap("Identifies the customer: No")
    team.anna.tap("Yes")
    team.anna.send("He did ask")
    save(team)
    team.olena.send("/export")
    team.olena.tap("CSV")
    content = team.olena.document(_name(team)).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content), delimiter=_delimiter(content)))
    assert {(row["evaluation"], row["revision"]) for row in rows} == {("1", "2"), ("2", "1")}


def _name(team: Team) -> str:
    names = (str(one.document.get("file_name", "")) for one in reversed(team.olena.messages))
    return next(name for name in names if name.endswith(".csv"))


def _delimiter(content: str) -> str:
    return ";" if ";" in content.splitlines()[0] else ","


def test_worth_a_look_counts_them_by_evaluator_apart_from_disputes(team: Team) -> None:
    team.score()
    correct(team)
    save(team)
    team.score("48214")
    team.anna.tap("See the feedback")
    team.anna.tap("Withdraw")
    team.anna.send("A test call")
    team.anna.tap("Withdraw")
    team.centre.delivered()
    window = (MONDAY.replace(day=1), MONDAY.replace(month=12, day=1))
    counted = team.centre.read(lambda tx: corrections.tallies(tx, 1, window))
    assert counted == [Tally(team.anna.person_id, corrected=1, moved=0, withdrawn=1)]
    team.olena.send("/team")
    team.olena.tap("Worth a look")
    shown = team.olena.text
    assert "Put right after submitting" in shown
    assert "2 · Anna Bondar: corrected 1, moved 0, withdrawn 1" in shown

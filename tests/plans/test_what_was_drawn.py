"""Every evaluation says how its contact was picked, and the export with what chance."""

import csv
import io

from tests.person import Person
from tests.plans.cases import Floor


def exported(person: Person) -> dict[str, dict[str, str]]:
    """Return a row for each evaluation in the CSV of the month, by its contact."""
    person.send("/export month")
    person.tap("CSV")
    newest = next(one for one in reversed(person.messages) if one.document)
    content = person.document(str(newest.document["file_name"])).decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(content, newline=""))
    return {f"{row['contact']} {row['counts']}": row for row in rows}


def submit(person: Person) -> None:
    person.tap("All met")
    person.tap("Submit")
    assert "Submitted" in person.text


def test_the_export_says_what_was_drawn_with_what_chance_and_what_was_picked(
    floor: Floor,
) -> None:
    floor.journal(floor.ivan, 16, 17, 18, 19)
    floor.plan()
    floor.set("Per agent", "✓ 2")
    floor.admin.tap("Draw now")
    given = {one.contact: one for one in floor.given()}
    assert len(given) == 2
    evaluators = {one.person_id: one for one in (floor.anna, floor.egor)}
    for one in given.values():
        evaluator = evaluators[one.evaluator or 0]
        evaluator.send("/next")
        evaluator.tap("Score")
        submit(evaluator)
    floor.anna.send("/score by-hand")
    floor.anna.send("/score 999")
    floor.anna.tap("Ivan Petrov")
    floor.anna.tap("Call")
    submit(floor.anna)
    floor.anna.send("/score 999")
    floor.anna.tap("Score again")
    submit(floor.anna)
    rows = exported(floor.olena)
    drawn = [row for row in rows.values() if row["selection"] == "drawn"]
    assert len(drawn) == 2
    for row in drawn:
        assert row["plan"].startswith("1/2026-W47")
        assert row["probability"] == "0.5"
        assert row["contact_at"].startswith("2026-11-1")
        assert row["counts"] == "yes"
    assert (rows["999 yes"]["selection"], rows["999 yes"]["probability"]) == ("chosen", "")
    assert rows["999 no"]["selection"] == "chosen"

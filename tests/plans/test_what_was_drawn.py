"""Every evaluation says how its contact was picked, and the export with what chance."""

import csv
import datetime as dt
import io
from functools import partial

from sqlalchemy import select, update

from handlers.people import merge
from scoring.roles import Role
from scoring.sampling import Member
from storage import assignments, draws, evaluations, plans, teams
from storage.assignments import NewAssignment
from storage.audit import Actor
from storage.database import Transaction
from storage.draws import NewDraw
from storage.tables import ContactRow, EvaluationRow
from tests.person import Person
from tests.plans.cases import Floor
from tests.reports.cases import store


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
    assert person.heard("Submitted")


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


async def drawn(tx: Transaction, floor: Floor) -> None:
    """Store a draw of all the contacts that Ivan and Daria handled, and what was scored of them."""
    now = floor.centre.clock()
    team = await teams.by_name(tx, "Support")
    assert team is not None
    plan = await plans.add(tx, team.id, now, by=None)
    everything = (await tx.execute(select(ContactRow.id, ContactRow.agent_id))).all()
    members = [Member(ident, agent, "") for ident, agent in everything]
    covered = dt.datetime(2026, 11, 1, tzinfo=dt.UTC), now
    drawing = NewDraw(plan, "2026-11", "2026-11", covered, {}, 1, members, ())
    draw = await draws.add(tx, drawing, now)
    for agent, answers in ((floor.ivan, "yyy"), (floor.daria, "yny")):
        for day in (2, 3, 4):
            one = await store(
                tx,
                agent.person_id,
                answers,
                by=floor.anna.person_id,
                at=now,
                team=team.id,
                reference=f"{agent.person_id}-{day}-call",
            )
            made = await evaluations.by_id(tx, one)
            assert made is not None
            mine = update(EvaluationRow).where(EvaluationRow.id == one)
            await tx.execute(mine.values(selection="drawn"))
            new = NewAssignment(
                draw, made.contact_id, made.agent_id, None, second=False, due_at=now
            )
            ids = await assignments.add(tx, [new], now)
            await assignments.finish(tx, ids, floor.anna.person_id, one, now)
    await store(tx, floor.ivan.person_id, "nyy", by=floor.anna.person_id, at=now, team=team.id)


def test_a_teams_mean_weighs_agents_by_what_they_handled_and_shows_the_rest_apart(
    floor: Floor,
) -> None:
    floor.journal(floor.ivan, *range(2, 20))
    floor.journal(floor.daria, 2, 3, 4, 5, 6, 9)
    floor.centre.write(lambda tx: drawn(tx, floor))
    floor.olena.send("/team")
    # Ivan's 100 stands for 18 of the 24 contacts, Daria's 66.7 for 6.
    assert "Support · November · 91.7" in floor.olena.text
    assert "drawn: 6 of 24 contacts handled" in floor.olena.text
    assert "not drawn, apart: 50.0 from 1" in floor.olena.text


def test_a_month_reads_the_same_after_an_agent_was_merged_and_parted(floor: Floor) -> None:
    """The population of a draw keeps the old entry's id: its hash covers the agent."""
    floor.journal(floor.ivan, *range(2, 20))
    floor.journal(floor.daria, 2, 3, 4, 5, 6, 9)
    floor.centre.write(lambda tx: drawn(tx, floor))
    floor.olena.send("/team")
    before = floor.olena.text
    ivan = floor.ivan.person_id
    for name in ("Ivan P.", "I. Petrov"):
        _, kept = floor.centre.invite(name, "agent", team="Support")
        admin = Actor(None, frozenset({Role.ADMIN}), floor.centre.clock())
        merging = partial(merge.merge_people_of, actor=admin, kept_id=kept, dropped_id=ivan)
        entry = floor.centre.write(merging).id
        ivan = kept
        floor.olena.send("/team")
        assert floor.olena.text.split("\n")[:4] == before.split("\n")[:4]
        assert "drawn: 6 of 24 contacts handled" in floor.olena.text
    floor.centre.write(lambda tx: merge.undo(tx, admin, entry))
    floor.olena.send("/team")
    assert "drawn: 6 of 24 contacts handled" in floor.olena.text

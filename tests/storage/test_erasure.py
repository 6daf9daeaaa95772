"""Erasure in every table: what was written about somebody goes, figures and others' texts stay."""

import datetime as dt
import json
from collections.abc import Sequence

import pytest
from sqlalchemy import insert, select

from storage import (
    aliases,
    erasure_customers,
    erasure_people,
    people,
    people_search,
    people_uploads,
)
from storage.database import Database, Transaction
from storage.erasure import How, Rule
from storage.erasure_rules import ABOUT_THEM, BY_THEM, RULES
from storage.tables import (
    AssignmentRow,
    AttachmentRow,
    AwaitingRow,
    Base,
    CalibrationAnswerRow,
    CalibrationRow,
    CalibrationScoringRow,
    ContactMoveRow,
    ContactRow,
    CorrectionRow,
    DisputeReasonRow,
    DisputeRow,
    DraftAnswerRow,
    DraftRow,
    DraftTextRow,
    DrawRow,
    EvaluationAnswerRow,
    EvaluationRow,
    GoalRow,
    GroupRow,
    InvitationRow,
    KpiFigureRow,
    OutboxRow,
    PictureRow,
    PlanRow,
    PraiseConsentRow,
    ProposalRow,
    QuestionRow,
    RevisionAnswerRow,
    RevisionRow,
    SecondScoringAnswerRow,
    SecondScoringRow,
)
from storage.types import UtcDateTime
from tests.storage.conftest import NOW

SAID = "Ivan Petrov said so"
UNNAMED = "… … said so"
PLAIN: dict[type, object] = {
    str: "x",
    int: 1,
    bool: False,
    float: 1.0,
    dt.date: NOW.date(),
}


async def put(tx: Transaction, row: type[Base], **given: object) -> int:
    """Insert a row with something plain in what is not given, and return its id, if it has one."""
    table = Base.metadata.tables[row.__tablename__]
    values = dict(given)
    for column in table.columns:
        absent = column.name not in values and not column.nullable and column.default is None
        if absent and not column.primary_key and column.server_default is None:
            moment = isinstance(column.type, UtcDateTime)
            values[column.name] = NOW if moment else PLAIN[column.type.python_type]
    made = await tx.execute(insert(table).values(values).returning(*table.primary_key.columns))
    first: object = made.one()[0]
    return first if isinstance(first, int) else 0


async def case(tx: Transaction, number: int, agent: int, evaluator: int, team: int) -> int:
    """Store a contact of *agent* with all that *evaluator* made of it; return the contact's id."""
    contact = await put(
        tx, ContactRow, agent_id=agent, customer="…567", customer_key="h:1", text=SAID,
        reference_key=str(number), identity=str(number), channel="call",
    )  # fmt: skip
    both = {"agent_id": agent, "evaluator_id": evaluator, "contact_id": contact}
    draft = await put(
        tx, DraftRow, agent_id=agent, evaluator_id=evaluator, contact_id=contact, overall=SAID,
        chat_id=501, stage="summary",
    )  # fmt: skip
    await put(tx, DraftAnswerRow, draft_id=draft, criterion="a", why=SAID, comment=SAID, note=SAID)
    await put(tx, DraftTextRow, draft_id=draft, slot="comment", text=SAID, message_id=1)
    await put(tx, AttachmentRow, draft_id=draft, contact_id=contact, kind="text", text=SAID)
    await put(
        tx, ContactMoveRow, contact_id=contact, comment=SAID, moved_by=evaluator, before="closed"
    )
    version = 1
    evaluation = await put(
        tx, EvaluationRow, **both, draft_id=draft, overall=SAID, advice=SAID, team_id=team,
        scorecard_version_id=version,
    )  # fmt: skip
    await put(
        tx, EvaluationAnswerRow, evaluation_id=evaluation, criterion="a", why=SAID, comment=SAID
    )
    await put(
        tx, DisputeReasonRow, evaluation_id=evaluation, agent_id=agent, message_id=1, text=SAID
    )
    dispute = await put(
        tx, DisputeRow, evaluation_id=evaluation, reason=SAID, decision=SAID,
        reviewer_id=evaluator, criteria="", learning=SAID, reopening=SAID, first_decision=SAID,
    )  # fmt: skip
    await put(
        tx, RevisionRow, evaluation_id=evaluation, number=1, revised_by=evaluator,
        dispute_id=dispute, overall=SAID, advice=SAID, reason=SAID,
    )  # fmt: skip
    await put(
        tx, CorrectionRow, evaluation_id=evaluation, made_by=evaluator, kind="correction",
        status="done", reason=SAID, decision=SAID,
    )  # fmt: skip
    await put(
        tx,
        RevisionAnswerRow,
        evaluation_id=evaluation,
        number=1,
        criterion="a",
        why=SAID,
        comment=SAID,
    )
    await put(
        tx, GoalRow, agent_id=agent, mentor_id=evaluator, advice=f'{{"": "{SAID}"}}', title="{}",
        state="open",
    )  # fmt: skip
    session = await put(tx, CalibrationRow, opener_id=evaluator)
    scoring = await put(
        tx, CalibrationScoringRow, calibration_id=session, contact_id=contact, draft_id=draft,
        evaluator_id=evaluator, overall=SAID,
    )  # fmt: skip
    await put(tx, CalibrationAnswerRow, scoring_id=scoring, criterion="a", why=SAID, comment=SAID)
    second = await put(
        tx, SecondScoringRow, **both, draft_id=draft, overall=SAID, scorecard_version_id=version
    )
    await put(tx, SecondScoringAnswerRow, scoring_id=second, criterion="a", why=SAID, comment=SAID)
    plan = await put(tx, PlanRow, team_id=team)
    draw = await put(tx, DrawRow, plan_id=plan)
    await put(tx, AssignmentRow, **both, draw_id=draw, reason=SAID)
    await put(tx, KpiFigureRow, agent_id=agent, day=NOW.date(), metric="csat", value=4.0)
    return contact


@pytest.fixture
async def filled(database: Database, ivan: int, anna: int, team: int) -> tuple[int, int]:
    """Two cases: Anna scored Ivan, and he her; the ids of their contacts."""
    async with database.writing() as tx:
        about = await case(tx, 1, ivan, anna, team)
        by = await case(tx, 2, anna, ivan, team)
        await put(tx, ProposalRow, author_id=ivan, text=SAID)
        await put(tx, OutboxRow, key="a", recipient_id=ivan, data=SAID)
        await put(tx, InvitationRow, person_id=ivan)
        await put(tx, AwaitingRow, person_id=ivan, what="a", subject=1)
        await put(tx, AwaitingRow, person_id=anna, what="people.search", detail="petrov", subject=1)
        await put(tx, QuestionRow, person_id=ivan, shown_in=1, what="a", subject=1)
        await put(
            tx, QuestionRow, person_id=anna, shown_in=1, what="people.search", detail="petrov",
            subject=1,
        )  # fmt: skip
        await aliases.add(tx, ivan, "Ваня Петров")
        await people.set_external_key(tx, ivan, "PBX-17")
        await people_uploads.keep(tx, "mine.csv", '{"rows": ["x"]}', NOW, by=ivan)
        await put(tx, PraiseConsentRow, person_id=ivan)
        await put(tx, GroupRow, chat_id=-5, team_id=team, person_id=ivan)
        await put(tx, PictureRow, digest="a", file_id="b")
    return about, by


async def texts(database: Database, rules: Sequence[Rule], person: int) -> dict[str, set[str]]:
    """Return what stands in the rules' columns of the person's rows, by table and column."""
    found: dict[str, set[str]] = {}
    async with database.reading() as tx:
        for rule in rules:
            columns = [rule.table.c[name] for name in rule.columns]
            for row in (await tx.execute(select(*columns).where(rule.whose(person)))).mappings():
                for name in rule.columns:
                    found.setdefault(f"{rule.table.name}.{name}", set()).add(str(row[name]))
    return found


async def erase(database: Database, person_id: int) -> dict[str, int]:
    async with database.writing() as tx:
        person = await people.by_id(tx, person_id)
        assert person is not None
        return await erasure_people.erase(tx, person, f"Former employee {person_id}", NOW)


async def test_every_rule_has_something_to_do(
    database: Database, ivan: int, filled: tuple[int, int]
) -> None:
    async with database.reading() as tx:
        seen = await erasure_people.forecast(tx, ivan)
    named = {**seen.erased, **seen.unnamed}
    assert set(named) == {rule.table.name for rule in RULES}
    assert seen.kept == {"evaluations": 2, "contacts": 1, "kpi_figures": 1, "goals": 1}


async def test_what_is_about_them_goes_and_what_they_said_of_others_loses_their_name(
    database: Database, ivan: int, filled: tuple[int, int]
) -> None:
    before = await texts(database, ABOUT_THEM, ivan)
    assert all(any("said so" in one for one in values) for values in before.values())
    done = await erase(database, ivan)
    assert done["evaluation_answers"] == 2
    assert done["people"] == 1
    gone = await texts(database, ABOUT_THEM, ivan)
    assert {one for values in gone.values() for one in values} <= {"None", ""}
    stays = await texts(database, BY_THEM, ivan)
    told = {one for values in stays.values() for one in values} - {"None", "", "x"}
    assert told == {UNNAMED, f'{{"": "{UNNAMED}"}}'}


async def test_erasing_again_finds_nothing(
    database: Database, ivan: int, filled: tuple[int, int]
) -> None:
    await erase(database, ivan)
    assert await erase(database, ivan) == {"people": 1}


async def test_who_is_left_is_a_number(
    database: Database, ivan: int, filled: tuple[int, int]
) -> None:
    await erase(database, ivan)
    async with database.reading() as tx:
        person = await people.by_id(tx, ivan)
        assert await people.holder_of(tx, 501) is None
    assert person is not None
    assert (person.name, person.telegram_id, person.language) == (
        f"Former employee {ivan}",
        None,
        None,
    )
    assert person.erased
    assert not person.active


async def test_rows_to_be_removed_are(
    database: Database, ivan: int, filled: tuple[int, int]
) -> None:
    await erase(database, ivan)
    async with database.reading() as tx:
        for rule in (one for one in RULES if one.how is How.REMOVED):
            left = (await tx.execute(select(rule.table).where(rule.whose(ivan)))).all()
            assert left == []
        for table in ("awaiting", "pictures"):
            assert (await tx.execute(select(Base.metadata.tables[table]))).all() == []


@pytest.mark.parametrize("cell", ["Петров Ваня", "ivan petrov\u200b", "pbx-17", "x|Ivan Petrov"])
async def test_a_waiting_people_file_does_not_bring_the_erased_back(
    database: Database, ivan: int, anna: int, filled: tuple[int, int], cell: str
) -> None:
    async with database.writing() as tx:
        with_them = await people_uploads.keep(
            tx, "a.csv", json.dumps({"rows": [{"name": cell}]}), NOW, by=anna
        )
        without = await people_uploads.keep(
            tx, "b.csv", json.dumps({"rows": [{"name": "Petro Ivan"}]}), NOW, by=anna
        )
    await erase(database, ivan)
    async with database.reading() as tx:
        assert await people_uploads.by_id(tx, with_them) is None
        assert await people_uploads.by_id(tx, without) is not None


async def test_neither_key_nor_alias_finds_the_erased(
    database: Database, ivan: int, filled: tuple[int, int]
) -> None:
    await erase(database, ivan)
    async with database.reading() as tx:
        assert await people.by_external_key(tx, "PBX-17") is None
        for words in ("PBX-17", "Ваня", "petrov", "Петров"):
            assert await people_search.page(tx, words) == ([], 0)


async def test_a_customer_goes_from_their_contacts_alone(
    database: Database, filled: tuple[int, int]
) -> None:
    about, by = filled
    async with database.writing() as tx:
        assert await erasure_customers.alike(tx, about, by_reference=False) == [about, by]
        assert await erasure_customers.alike(tx, about, by_reference=True) == [about]
        done = await erasure_customers.erase(tx, [about], NOW)
    assert done == {"contacts": 1, "attachments": 1, "contact_moves": 1}
    async with database.reading() as tx:
        rows = (await tx.execute(select(ContactRow.id, ContactRow.text, ContactRow.customer))).all()
        left = (await tx.execute(select(AttachmentRow.contact_id))).scalars().all()
        assert await erasure_customers.alike(tx, by, by_reference=False) == [by]
    assert sorted(map(tuple, rows)) == [(about, None, None), (by, SAID, "…567")]
    assert left == [by]

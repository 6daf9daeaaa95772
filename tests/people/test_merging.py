"""Two entries of one person and two teams become one, and two again; on both kinds of database."""

import datetime as dt
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import insert, select, update

from handlers.people import merge, team_archive
from handlers.people.merge import (
    Contradicted,
    GoneAlready,
    KeptIsArchived,
    KeptIsOut,
    NotThatMerge,
    OwnEntry,
    SameOne,
    TwoPeople,
)
from scoring.contacts import Source
from scoring.roles import Relation, Role
from scoring.scorecard import Channel
from storage import (
    aliases,
    audit_reading,
    contacts,
    corrections,
    disputes,
    evaluations,
    integrity,
    invitations,
    merge_rules,
    outbox,
    people,
    teams,
)
from storage.audit import Action, Actor
from storage.database import Database
from storage.disputes import NewDispute
from storage.merge_rules import PEOPLE, TEAMS
from storage.people import NewPerson
from storage.revisions import Kind
from storage.tables import (
    AuditEntryRow,
    Base,
    CorrectionRow,
    DisputeRow,
    EvaluationRow,
    KpiFigureRow,
    PersonRow,
    TeamRow,
)
from tests.reports.cases import store

NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
ADMIN = Actor(None, frozenset({Role.ADMIN}), NOON)
HOUR = dt.timedelta(hours=1)


@pytest.fixture
async def db(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url)
    yield database
    await database.close()


class Office:
    """A team, an evaluator, and an agent who was entered twice."""

    def __init__(self, db: Database) -> None:
        self.db = db

    async def open(self) -> None:
        async with self.db.writing() as tx:
            self.support = (await teams.add(tx, "Support", "UTC", "en", NOON)).id
            self.sales = (await teams.add(tx, "Sales", "UTC", "en", NOON)).id
            evaluator = NewPerson("Anna Bondar", {Role.EVALUATOR}, telegram_id=10_001)
            self.anna = await people.add(tx, evaluator, NOON)
            viktor = NewPerson("Viktor Admin", {Role.ADMIN}, telegram_id=10_003)
            self.viktor = await people.add(tx, viktor, NOON)
            self.kept = await people.add(
                tx, NewPerson("Ivan Petrov", {Role.AGENT}, teams=[self.support]), NOON
            )
            twin = NewPerson(
                "Petrof I.",
                {Role.AGENT, Role.EVALUATOR},
                teams=[self.support, self.sales],
                language="uk",
                telegram_id=10_002,
                external_key="PBX-17",
            )
            self.dropped = await people.add(tx, twin, NOON)

    async def everything(self) -> dict[str, list[str]]:
        """Return all rows there are, but for the audit log and what is to be sent."""
        found = {}
        async with self.db.reading() as tx:
            for table in Base.metadata.sorted_tables:
                if table.name not in ("audit_entries", "outbox", "invitations"):
                    rows = (await tx.execute(select(table))).all()
                    found[table.name] = sorted(repr(tuple(row)) for row in rows)
        return found

    async def merge(self) -> int:
        async with self.db.writing() as tx:
            return (await merge.merge_people_of(tx, ADMIN, self.kept, self.dropped)).id

    async def undo(self, entry: int) -> None:
        async with self.db.writing() as tx:
            await merge.undo(tx, ADMIN, entry)


@pytest.fixture
async def office(db: Database) -> Office:
    office = Office(db)
    await office.open()
    return office


def test_every_reference_to_people_and_teams_has_its_rule() -> None:
    assert merge_rules.references(PersonRow) == set(PEOPLE)
    assert merge_rules.references(TeamRow) == set(TEAMS)
    assert set(PEOPLE) | set(TEAMS) >= merge_rules.HISTORY


def test_what_may_not_be_there_twice_is_not_just_moved() -> None:
    """A row that must be unique per person or team would break a plain update."""
    for name, way in (*PEOPLE.items(), *TEAMS.items()):
        if merge_rules.unique_with(merge_rules.column_of(name)):
            assert way is not merge_rules.Way.MOVED, name


async def test_what_somebody_entered_twice_has_becomes_one_and_two_again(office: Office) -> None:
    async with office.db.writing() as tx:
        kept, dropped, anna = office.kept, office.dropped, office.anna
        first = await store(tx, kept, "yyy", by=anna, at=NOON, team=office.support, reference="1")
        second = await store(tx, dropped, "nyy", by=anna, at=NOON, team=office.sales)
        await store(tx, dropped, "yny", by=anna, at=NOON + HOUR, reference="1")
        await aliases.add(tx, dropped, "Vanya")
        await disputes.add(tx, NewDispute(second, (), "No", NOON + HOUR, reviewer_id=None), NOON)
        asked = await corrections.begin(tx, first, Kind.AGENT, anna, NOON)
        await tx.execute(
            update(CorrectionRow)
            .where(CorrectionRow.id == asked.id)
            .values(agent_id=dropped, decided_by=None)
        )
        await tx.execute(update(DisputeRow).values(passed_on=f"{anna} {dropped}"))
        for agent, value in ((kept, 91.0), (dropped, 88.0)):
            day = {"agent_id": agent, "day": NOON.date(), "metric": "csat", "value": value}
            row = day | {"team_id": office.support, "imported_at": NOON}
            await tx.execute(insert(KpiFigureRow).values(row))
    before = await office.everything()
    entry = await office.merge()
    async with office.db.reading() as tx:
        ivan = await people.by_id(tx, kept)
        assert ivan is not None
        assert ivan.roles == {Role.AGENT, Role.EVALUATOR}
        assert ivan.teams == (office.support, office.sales)
        assert (ivan.telegram_id, ivan.language, ivan.external_key) == (10_002, "uk", "PBX-17")
        assert await evaluations.count_of_agent(tx, kept) == 3
        assert await evaluations.count_of_agent(tx, dropped) == 0
        for name in ("petrof i.", "Vanya"):
            assert [one.id for one in await people.by_name(tx, name)] == [kept]
        assert [one.id for one in await people.known(tx)] == [anna, kept, office.viktor]
        assert (await people.by_external_key(tx, "pbx-17")) == ivan
        assert (await people.by_telegram_id(tx, 10_002)) == ivan
        corrected = await tx.execute(select(CorrectionRow.agent_id))
        assert corrected.scalar_one() == kept
        passed = await tx.execute(select(DisputeRow.passed_on))
        assert passed.scalar_one() == f"{anna} {kept}"
        of_team = select(KpiFigureRow.value).where(KpiFigureRow.team_id == office.support)
        assert (await tx.execute(of_team)).scalars().all() == [91.0]
        assert (await audit_reading.verify(tx)).broken is None
    assert await integrity.faults(office.db) == []
    await office.undo(entry)
    assert await office.everything() == before
    assert await integrity.faults(office.db) == []
    with pytest.raises(NotThatMerge):
        await office.undo(entry)


async def test_a_contact_scored_under_both_names_counts_once(office: Office) -> None:
    async with office.db.writing() as tx:
        kept, dropped = office.kept, office.dropped
        older = await store(tx, kept, "yyy", by=office.anna, at=NOON, reference="1")
        newer = await store(tx, dropped, "nyy", by=office.anna, at=NOON + HOUR)
        contact = select(EvaluationRow.contact_id).where(EvaluationRow.id == older)
        one = update(EvaluationRow).where(EvaluationRow.id == newer)
        await tx.execute(one.values(contact_id=contact.scalar_subquery()))
    entry = await office.merge()

    async def counting() -> list[int]:
        async with office.db.reading() as tx:
            wanted = select(EvaluationRow.id).where(EvaluationRow.counts.is_(True))
            return sorted((await tx.execute(wanted)).scalars())

    assert await counting() == [newer]
    await office.undo(entry)
    assert await counting() == [older, newer]


async def test_a_contact_that_comes_again_is_known_under_the_kept_name(office: Office) -> None:
    async with office.db.writing() as tx:
        number = await contacts.add(
            tx, office.dropped, Channel.CALL, "48213", NOON, source=Source.IMPORT
        )
    await office.merge()
    async with office.db.writing() as tx:
        assert await contacts.add(tx, office.kept, Channel.CALL, "48213", NOON) == number


async def test_whoever_scored_the_other_is_another_person(office: Office) -> None:
    async with office.db.writing() as tx:
        await store(tx, office.kept, "yyy", by=office.dropped, at=NOON)
    before = await office.everything()
    with pytest.raises(TwoPeople) as refused:
        await office.merge()
    assert refused.value.values["count"] == 1
    assert await office.everything() == before


async def test_whoever_decided_the_others_dispute_is_another_person(office: Office) -> None:
    async with office.db.writing() as tx:
        number = await store(tx, office.kept, "yyy", by=office.anna, at=NOON)
        dispute = await disputes.add(tx, NewDispute(number, (), "No", NOON), NOON)
        await tx.execute(
            update(DisputeRow)
            .where(DisputeRow.id == dispute)
            .values(first_decided_by=office.dropped)
        )
    with pytest.raises(TwoPeople):
        await office.merge()


async def test_who_may_not_be_merged(office: Office) -> None:
    own = Actor(office.dropped, frozenset({Role.ADMIN}), NOON)
    async with office.db.writing() as tx:
        with pytest.raises(SameOne):
            await merge.people_preview(tx, ADMIN, office.kept, office.kept)
        with pytest.raises(OwnEntry):
            await merge.people_preview(tx, own, office.kept, office.dropped)
        await people.set_active(tx, office.kept, active=False)
        with pytest.raises(KeptIsOut):
            await merge.people_preview(tx, ADMIN, office.kept, office.dropped)
        await people.set_active(tx, office.kept, active=True)
        await merge.merge_people_of(tx, ADMIN, office.kept, office.dropped)
        with pytest.raises(GoneAlready):
            await merge.people_preview(tx, ADMIN, office.anna, office.dropped)


async def test_it_is_not_undone_once_something_belongs_elsewhere(office: Office) -> None:
    async with office.db.writing() as tx:
        number = await store(tx, office.dropped, "yyy", by=office.anna, at=NOON)
    entry = await office.merge()
    async with office.db.writing() as tx:
        third = await people.add(tx, NewPerson("Third One", {Role.AGENT}), NOON)
        moved = update(EvaluationRow).where(EvaluationRow.id == number)
        await tx.execute(moved.values(agent_id=third))
    with pytest.raises(Contradicted):
        await office.undo(entry)


async def test_what_came_after_the_merging_stays_with_the_kept_one(office: Office) -> None:
    entry = await office.merge()
    async with office.db.writing() as tx:
        await store(tx, office.kept, "yyy", by=office.anna, at=NOON)
    await office.undo(entry)
    async with office.db.reading() as tx:
        assert await evaluations.count_of_agent(tx, office.kept) == 1
        dropped = await people.by_id(tx, office.dropped)
        assert dropped is not None
        assert (dropped.telegram_id, dropped.external_key) == (10_002, "PBX-17")


async def test_the_record_holds_neither_names_nor_keys(office: Office) -> None:
    entry = await office.merge()
    async with office.db.reading() as tx:
        found = await audit_reading.by_id(tx, entry)
    assert found is not None
    for secret in ("Petrof", "PBX", "10002", "Ivan"):
        assert secret not in found.details


async def test_links_of_the_dropped_entry_open_nothing(office: Office) -> None:
    async with office.db.writing() as tx:
        token = await invitations.issue(tx, office.dropped, NOON)
    await office.merge()
    with pytest.raises(invitations.UnknownInvitationError):
        async with office.db.writing() as tx:
            await invitations.redeem(tx, token, 10_009, NOON)


async def test_a_second_account_can_be_taken_over_by_a_link(office: Office) -> None:
    async with office.db.writing() as tx:
        await people.bind(tx, office.kept, 10_005)
    await office.merge()
    async with office.db.writing() as tx:
        token = await invitations.issue(tx, office.kept, NOON)
        await invitations.redeem(tx, token, 10_002, NOON)
        ivan = await people.by_id(tx, office.kept)
        assert ivan is not None
        assert ivan.telegram_id == 10_002


async def test_whoever_was_merged_is_told(office: Office) -> None:
    await office.merge()
    async with office.db.reading() as tx:
        due, _ = await outbox.depth(tx, NOON)
    assert due == 1


async def test_two_teams_become_one_and_two_again(office: Office) -> None:
    async with office.db.writing() as tx:
        await store(tx, office.dropped, "yyy", by=office.anna, at=NOON, team=office.sales)
    before = await office.everything()
    async with office.db.writing() as tx:
        entry = await merge.merge_teams_of(tx, ADMIN, office.support, office.sales)
    async with office.db.reading() as tx:
        assert [team.name for team in await teams.everything(tx)] == ["Support"]
        called = await teams.by_name(tx, "sales")
        assert called is not None
        assert called.id == office.support
        twin = await people.by_id(tx, office.dropped)
        assert twin is not None
        assert twin.teams == (office.support,)
        assert (await tx.execute(select(EvaluationRow.team_id))).scalar_one() == office.support
    async with office.db.writing() as tx:
        await merge.undo(tx, ADMIN, entry.id)
    assert await office.everything() == before


async def test_an_archived_team_takes_nothing_in(office: Office) -> None:
    async with office.db.writing() as tx:
        await team_archive.archive(tx, ADMIN, office.support)
        with pytest.raises(KeptIsArchived):
            await merge.teams_preview(tx, office.support, office.sales)


async def test_an_archived_team_is_offered_nowhere_until_it_is_back(office: Office) -> None:
    async with office.db.writing() as tx:
        await team_archive.archive(tx, ADMIN, office.sales)
    async with office.db.reading() as tx:
        assert [team.id for team in await teams.everything(tx)] == [office.support]
        twin = await people.by_id(tx, office.dropped)
        assert twin is not None
        assert twin.teams == (office.support,)
        assert len(await people.in_team(tx, office.sales, Relation.MEMBER)) == 1
    async with office.db.writing() as tx:
        await team_archive.bring_back(tx, ADMIN, office.sales)
        twin = await people.by_id(tx, office.dropped)
        assert twin is not None
        assert twin.teams == (office.support, office.sales)
        noted = (
            (await tx.execute(select(AuditEntryRow.action).order_by(AuditEntryRow.id)))
            .scalars()
            .all()
        )
    assert list(noted) == [Action.TEAM_ARCHIVED, Action.TEAM_BACK]

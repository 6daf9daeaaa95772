"""The latest evaluations by a scorecard: its versions together, with what counts of each."""

import asyncio
import datetime as dt
from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy import table as sql_table

from handlers.scorecards.replaying import replayed
from handlers.turn import Services
from scoring.answers import class_outcomes
from scoring.roles import Role
from scoring.score import score
from scoring.scorecard import Answer
from storage import disputes, evaluations, people, replays, revisions, scorecards, teams
from storage.database import Database, Transaction
from storage.disputes import NewDispute
from storage.people import NewPerson
from storage.revisions import NewRevision
from storage.scorecards import Shelf
from tests.reports.cases import scorecard, store
from tests.storage.conftest import NOW

OLD, NEW = scorecard(), scorecard(greets="Greets warmly")
TABLES = ("scorecards", "scorecard_versions", "scorecard_uploads", "evaluations", "outbox")


async def test_versions_of_a_key_come_together_newest_first(
    database: Database, ivan: int, anna: int, team: int
) -> None:
    async with database.writing() as tx:
        wanted = await teams.by_id(tx, team)
        assert wanted is not None
        await teams.save(tx, replace(wanted, target=85))
        first = await store(tx, ivan, "yn-", by=anna, at=NOW, team=team, reference="A1")
        await store(tx, ivan, "nnn", by=anna, at=NOW, card=scorecard("mail"))
        second = await store(tx, ivan, "yyy", by=anna, at=NOW, card=NEW)
        found = await replays.latest(tx, "phone", 200)
        assert await replays.latest(tx, "unheard-of", 200) == []
        assert [one.id for one in await replays.latest(tx, "phone", 1)] == [second]
    assert [one.id for one in found] == [second, first]
    assert [one.target for one in found] == [None, 85]
    assert (found[1].agent, found[1].contact) == ("Ivan Petrov", "A1")
    assert found[0].contact.startswith("#")
    assert found[1].answers == {
        "identifies": Answer(0),
        "greets": Answer(1),
        "sums_up": Answer(None),
    }
    assert found[0].scorecard_version_id > found[1].scorecard_version_id


async def test_what_counts_after_a_dispute_is_what_is_recomputed(
    database: Database, ivan: int, anna: int, team: int
) -> None:
    async with database.writing() as tx:
        disputed = await store(tx, ivan, "ynn", by=anna, at=NOW, team=team)
        withdrawn = await store(tx, ivan, "nnn", by=anna, at=NOW, team=team)
        await evaluations.withdraw(tx, withdrawn, NOW)
        await _revise(tx, disputed, anna)
        [one] = await replays.latest(tx, "phone", 200)
        now = await evaluations.by_id(tx, disputed)
    assert (one.id, one.answers["greets"]) == (disputed, Answer(0))
    assert now is not None
    assert score(OLD, one.answers).final == now.final


async def _revise(tx: Transaction, evaluation: int, by: int) -> None:
    due = NOW + dt.timedelta(days=5)
    dispute = await disputes.add(tx, NewDispute(evaluation, ("greets",), "I did", due), NOW)
    assert dispute is not None
    answers = {"identifies": Answer(0), "greets": Answer(0), "sums_up": Answer(1, comment="no")}
    result, outcomes = score(OLD, answers), class_outcomes(OLD, answers)
    await revisions.revise(tx, NewRevision(evaluation, dispute, by, answers, result, outcomes), NOW)


async def test_each_evaluation_is_recomputed_from_its_own_version_and_nothing_is_stored(
    database: Database, ivan: int, anna: int, team: int
) -> None:
    async with database.writing() as tx:
        maria = await people.add(tx, NewPerson("Maria", {Role.AGENT}, teams=[team]), NOW)
        for answers, agent, card in (
            ("yyn", ivan, OLD),
            ("yny", maria, NEW),
            ("nyy", ivan, NEW),
            ("yyn", maria, NEW),
        ):
            await store(tx, agent, answers, by=anna, at=NOW, team=team, card=card)
        finals = {
            one.id: one.final for one in await evaluations.latest(tx, by=anna, teams=None, limit=9)
        }
        before = [await _rows(tx, name) for name in TABLES]
    draft = replace(NEW, sections=NEW.sections[:1])
    found = await replayed(Services(database, Shelf(), lambda: NOW), draft)
    async with database.reading() as tx:
        assert [await _rows(tx, name) for name in TABLES] == before
    assert {one.past.id: one.result.before.final for one in found.entries} == finals
    assert [one.version for one in found.entries] == [2, 2, 2, 1]
    assert found.earlier == 1
    assert found.summary.recomputed == 4
    # Without its last section: 100, 50, 50 (limited as before), 100.
    assert [one.result.moved for one in found.entries] == [True, False, True, True]
    assert found.titles["greets"].say("en") == "Greets warmly"
    assert found.titles["sums_up"].say("en") == "Sums up"


async def _rows(tx: Transaction, name: str) -> int:
    counted = select(func.count()).select_from(sql_table(name))
    return (await tx.execute(counted)).scalar_one()


async def test_a_file_is_published_over_what_it_was_compared_with_alone(
    database: Database, anna: int
) -> None:
    async with database.writing() as tx:
        first = await scorecards.keep_upload(tx, OLD, NOW, by=anna)
        second = await scorecards.keep_upload(tx, NEW, NOW, by=anna)
        one = await scorecards.publish_upload(tx, first, NOW, by=anna, base=0)
        assert one is not None
        assert await scorecards.publish_upload(tx, second, NOW, by=anna, base=0) is None
        assert await scorecards.upload(tx, second) == (NEW, None)
        two = await scorecards.publish_upload(tx, second, NOW, by=anna, base=one.id)
        assert two is not None
        assert (one.version, two.version) == (1, 2)
        assert await scorecards.upload(tx, first) == (OLD, one.id)


async def test_a_file_that_was_not_published_can_be_dropped(database: Database, anna: int) -> None:
    async with database.writing() as tx:
        upload = await scorecards.keep_upload(tx, OLD, NOW, by=anna)
        one = await scorecards.publish_upload(tx, upload, NOW, by=anna, base=0)
        other = await scorecards.keep_upload(tx, NEW, NOW, by=anna)
        for each in (upload, other):
            await scorecards.drop_upload(tx, each)
        assert one is not None
        assert await scorecards.upload(tx, upload) == (OLD, one.id)
        assert await scorecards.upload(tx, other) is None


async def test_of_two_who_publish_at_once_one_is_told_to_look_again(
    database: Database, second: Database, anna: int
) -> None:
    async with database.writing() as tx:
        files = [await scorecards.keep_upload(tx, each, NOW, by=anna) for each in (OLD, NEW)]

    async def publishing(where: Database, upload: int) -> bool:
        async with where.writing() as tx:
            done = await scorecards.publish_upload(tx, upload, NOW, by=anna, base=0)
            return done is not None

    done = await asyncio.gather(publishing(database, files[0]), publishing(second, files[1]))
    assert sorted(done) == [False, True]

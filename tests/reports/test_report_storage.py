"""What reports are read from, on both databases."""

import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from scoring.report import CriterionTally, EvaluationFact
from scoring.roles import Role
from scoring.scorecard import CriticalClass, Scorecard
from storage import evaluations, exports, people, reports, teams
from storage.database import Database
from storage.people import NewPerson
from storage.reports import Scope, Window
from storage.scorecards import Shelf
from tests.reports.cases import dispute, scorecard, store

MONDAY = dt.datetime(2026, 11, 2, tzinfo=dt.UTC)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
WEEK = (MONDAY, MONDAY + 7 * DAY)


@dataclass
class Office:
    """A database with two teams, an agent in each, and an evaluator."""

    database: Database
    support: int
    sales: int
    ivan: int
    maria: int
    egor: int

    async def evaluate_ivan(
        self, answers: str, at: dt.datetime, card: Scorecard | None = None
    ) -> int:
        async with self.database.writing() as tx:
            return await store(
                tx, self.ivan, answers, by=self.egor, team=self.support, at=at, card=card
            )

    async def evaluate_maria(self, answers: str, at: dt.datetime) -> int:
        async with self.database.writing() as tx:
            return await store(tx, self.maria, answers, by=self.egor, team=self.sales, at=at)

    async def facts(self, scope: Scope, window: Window = WEEK) -> list[EvaluationFact]:
        async with self.database.reading() as tx:
            return await reports.facts(tx, scope, window)

    async def tallies(self, scope: Scope, window: Window = WEEK) -> dict[str, CriterionTally]:
        async with self.database.reading() as tx:
            found = await reports.tallies(tx, Shelf(), scope, window)
        assert len({one.key for one in found}) == len(found)
        return {one.key: one for one in found}


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[Office]:
    """The office, on either database."""
    database = Database(database_url)
    async with database.writing() as tx:
        support = await teams.add(tx, "Support", "UTC", "en", MONDAY)
        sales = await teams.add(tx, "Sales", "UTC", "en", MONDAY)
        ivan = NewPerson("Ivan Petrov", {Role.AGENT}, teams=[support.id])
        maria = NewPerson("Maria Sidorova", {Role.AGENT}, teams=[sales.id])
        egor = NewPerson("Egor Evaluator", {Role.EVALUATOR})
        found = [await people.add(tx, one, MONDAY) for one in (ivan, maria, egor)]
    yield Office(database, support.id, sales.id, *found)
    await database.close()


async def test_a_window_holds_its_first_moment_and_not_the_one_after_it(office: Office) -> None:
    await office.evaluate_ivan("yyy", MONDAY - HOUR)
    await office.evaluate_ivan("yny", MONDAY)
    await office.evaluate_ivan("nyy", WEEK[1] - HOUR)
    await office.evaluate_ivan("yyy", WEEK[1])
    found = await office.facts(Scope(agent=office.ivan))
    assert [one.final for one in found] == [pytest.approx(200 / 3), 50.0]


async def test_a_team_and_an_agent_have_their_own_evaluations_alone(office: Office) -> None:
    await office.evaluate_ivan("yyy", MONDAY)
    await office.evaluate_maria("nnn", MONDAY)
    assert [one.agent_id for one in await office.facts(Scope(team=office.sales))] == [office.maria]
    assert [one.agent_id for one in await office.facts(Scope(agent=office.ivan))] == [office.ivan]
    assert len(await office.facts(Scope())) == 2


async def test_a_fact_knows_outcomes_acknowledgement_and_dispute(office: Office) -> None:
    missed = await office.evaluate_ivan("nyy", MONDAY)
    disputed = await office.evaluate_ivan("---", MONDAY + HOUR)
    async with office.database.writing() as tx:
        await evaluations.acknowledge(tx, missed, MONDAY + DAY)
        await dispute(tx, disputed, MONDAY + DAY)
    first, second = await office.facts(Scope(team=office.support))
    assert first.outcomes[CriticalClass.COMPLIANCE] is False
    assert first.outcomes[CriticalClass.CUSTOMER] is None
    assert (first.acknowledged, first.disputed) == (True, False)
    assert second.final is None
    assert second.outcomes[CriticalClass.COMPLIANCE] is None
    assert (second.acknowledged, second.disputed) == (False, True)


async def test_a_withdrawn_evaluation_counts_nowhere(office: Office) -> None:
    kept, gone = [await office.evaluate_ivan("nny", MONDAY + n * HOUR) for n in range(2)]
    async with office.database.writing() as tx:
        await evaluations.withdraw(tx, gone, MONDAY + DAY)
    scope = Scope(agent=office.ivan)
    assert len(await office.facts(scope)) == 1
    assert (await office.tallies(scope))["greets"].asked == 1
    async with office.database.reading() as tx:
        assert await reports.finals(tx, scope, [WEEK]) == [[pytest.approx(100 / 3)]]
        (repeat, _) = await reports.repeated(tx, Shelf(), office.ivan, WEEK[1], last=5)
        exported = [(one.id, one.counts) async for one in exports.evaluations(tx, [(scope, None)])]
    assert repeat.failed == 1
    assert exported == [(kept, True), (gone, False)]


async def test_tallies_count_what_applied_and_sum_what_was_lost(office: Office) -> None:
    await office.evaluate_ivan("nyy", MONDAY)  # 50 lost: a third, and 16.7 to the limit
    await office.evaluate_ivan("yn-", MONDAY)  # half of what applied
    await office.evaluate_ivan("-yy", MONDAY)
    found = await office.tallies(Scope(team=office.support))
    counts = {key: (one.asked, one.passed) for key, one in found.items()}
    assert counts == {"identifies": (2, 1), "greets": (3, 2), "sums_up": (2, 2)}
    assert found["identifies"].lost == pytest.approx(50)
    assert found["greets"].lost == pytest.approx(50)
    assert found["sums_up"].lost == 0
    assert found["identifies"].critical is CriticalClass.COMPLIANCE


async def test_versions_of_a_scorecard_count_together_in_the_newest_words(office: Office) -> None:
    await office.evaluate_ivan("yny", MONDAY)
    await office.evaluate_ivan("yny", MONDAY + HOUR, scorecard(greets="Says hello"))
    greets = (await office.tallies(Scope(team=office.support)))["greets"]
    assert (greets.asked, greets.failed) == (2, 2)
    assert greets.title.say("en") == "Says hello"


async def test_finals_come_by_window_though_windows_overlap(office: Office) -> None:
    for day, answers in enumerate(("yyy", "yyy", "nyy", "---", "nnn")):
        await office.evaluate_ivan(answers, MONDAY + day * DAY)
    windows = [WEEK, (MONDAY, MONDAY + 2 * DAY), (MONDAY + DAY, MONDAY + 3 * DAY)]
    empty = (MONDAY - 7 * DAY, MONDAY)
    async with office.database.reading() as tx:
        scope = Scope(team=office.support)
        whole, two, middle, none = await reports.finals(tx, scope, [*windows, empty])
    assert sorted(whole) == [0, 50, 100, 100]
    assert two == [100, 100]
    assert sorted(middle) == [50, 100]
    assert none == []


async def test_only_the_last_contacts_are_looked_through_for_repeated_errors(
    office: Office,
) -> None:
    for day, answers in enumerate(("nnn", "yny", "yyy", "yny", "yyn", "yny")):
        await office.evaluate_ivan(answers, MONDAY + day * DAY)
    async with office.database.reading() as tx:
        found = await reports.repeated(tx, Shelf(), office.ivan, WEEK[1], last=5)
        before = await reports.repeated(tx, Shelf(), office.ivan, MONDAY + DAY, last=5)
    assert {one.key: one.failed for one in found} == {"greets": 3, "sums_up": 1}
    assert {one.failed for one in before} == {1}


async def test_an_evaluators_work_is_their_own(office: Office) -> None:
    await office.evaluate_ivan("yyy", MONDAY)
    await office.evaluate_ivan("yyy", WEEK[1])
    async with office.database.reading() as tx:
        egors = await reports.workload(tx, office.egor, WEEK)
        marias = await reports.workload(tx, office.maria, WEEK)
    assert (egors.evaluations, egors.drafts) == (1, 0)
    assert (marias.evaluations, marias.drafts) == (0, 0)


async def test_exported_evaluations_hold_all_their_answers_in_order(office: Office) -> None:
    late = await office.evaluate_ivan("y-n", MONDAY + DAY)
    early = await office.evaluate_maria("yyy", MONDAY)
    async with office.database.reading() as tx:
        slices = [(Scope(team=office.support), WEEK), (Scope(team=office.sales), None)]
        found = [one async for one in exports.evaluations(tx, slices)]
        nothing = [one async for one in exports.evaluations(tx, [])]
    assert [one.id for one in found] == [early, late]
    assert {one.criterion: one.passed for one in found[1].answers} == {
        "identifies": True,
        "greets": None,
        "sums_up": False,
    }
    assert (found[1].agent, found[1].evaluator, found[1].team) == (
        "Ivan Petrov",
        "Egor Evaluator",
        "Support",
    )
    assert nothing == []

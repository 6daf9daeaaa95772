"""Three processes on one PostgreSQL behind one webhook: the work shared, everything once."""

import datetime as dt
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from zoneinfo import ZoneInfo

from bot.running import utc_now
from bot.schedules import synchronise
from handlers.routes import jobs
from handlers.turn import Services
from scoring.recurrence import last_due
from scoring.roles import Role
from storage import teams
from storage.database import Transaction
from tests.person import Person
from tests.processes.fleet import Fleet, Process
from tests.reports.cases import store

DIGEST = "weekly-digest"
AGENTS, HELD_UP = 20, 12
WEEK = dt.timedelta(weeks=1)


def score(evaluator: Person, fleet: Fleet, *, doubled: bool = False) -> None:
    evaluator.send("/score petrov")
    evaluator.tap("Call")
    evaluator.tap("Skip")
    fleet.proxy.doubling = doubled
    evaluator.tap("All met")
    evaluator.tap("Submit")
    fleet.proxy.doubling = False


def test_chats_are_served_by_all_and_each_in_order(fleet: Fleet) -> None:
    team = fleet.team("Support")
    [ivan] = fleet.hire("Ivan Petrov", role=Role.AGENT, team=team)
    anna, borys, vera = fleet.hire("Anna Bondar", "Borys Lys", "Vera Kit")
    fleet.start()
    assert fleet.rows("SELECT count(*) FROM scorecard_versions") == [(2,)]
    with ThreadPoolExecutor() as side_by_side:
        list(side_by_side.map(lambda one: score(one, fleet), (anna, borys, vera)))
    everybody = {one.address for one in fleet.processes}
    assert set.union(*(fleet.proxy.used(one.id) for one in (anna, borys, vera))) == everybody
    assert all(len(fleet.proxy.used(one.id)) > 1 for one in (anna, borys, vera))
    score(anna, fleet, doubled=True)  # Telegram repeats what was not answered in time
    evaluations = fleet.rows("SELECT evaluator_id, final FROM evaluations ORDER BY id")
    assert Counter(evaluations) == {
        (anna.person_id, "100"): 2,
        (borys.person_id, "100"): 1,
        (vera.person_id, "100"): 1,
    }
    fleet.wait(lambda: len(feedback(ivan)) == 4)
    served = [fleet.figures(one)["etalon_handling_seconds_count"] for one in fleet.processes]
    assert min(served) > 0
    delivering = [fleet.figures(one).get(SENT, 0) for one in fleet.processes]
    assert sorted(delivering) == [0, 0, 4]
    for one in fleet.processes:
        one.ask_to_end()
    assert [one.ended() for one in fleet.processes] == [0, 0, 0]


SENT = 'etalon_deliveries_total{outcome="sent"}'


def feedback(agent: Person) -> list[str]:
    return [one.text for one in agent.messages if "100.0 of 100" in one.text]


def test_a_process_killed_in_the_middle_of_a_digest_costs_and_doubles_none(fleet: Fleet) -> None:
    team = fleet.team("Support")
    names = [f"Agent {number:02}" for number in range(AGENTS)]
    agents = fleet.hire(*names, role=Role.AGENT, team=team)
    [anna] = fleet.hire("Anna Bondar")
    fleet.run(lambda services: last_week(services, agents, anna, team))
    for one in agents[-HELD_UP:]:
        fleet.far.post("faults", method="sendMessage", kind="timeout_before", times=99, chat=one.id)
    fleet.start()
    fleet.wait(lambda: sent(fleet) >= AGENTS - HELD_UP)
    leader = next(one for one in fleet.processes if fleet.figures(one).get(SENT, 0) > 0)
    kill(fleet, leader)
    fleet.far.delete("faults")
    # What the killed process had taken on comes free when its leases run out.
    fleet.change("UPDATE outbox SET lease_until = created_at WHERE lease_until IS NOT NULL")
    fleet.wait(lambda: all(digests(one) for one in agents))
    fleet.wait(lambda: sent(fleet) == AGENTS + 1)
    assert [len(digests(one)) for one in agents] == [1] * AGENTS
    runs = "SELECT count(*), count(DISTINCT schedule_id) FROM schedule_runs"
    assert fleet.rows(runs) == [(1, 1)]


def kill(fleet: Fleet, process: Process) -> None:
    process.kill()
    fleet.processes.remove(process)


def sent(fleet: Fleet) -> int:
    [(count,)] = fleet.rows("SELECT count(*) FROM outbox WHERE state = 'sent'")
    assert isinstance(count, int)
    return count


def digests(agent: Person) -> list[str]:
    return [one.text for one in agent.messages if "1 evaluation" in one.text]


async def last_week(services: Services, agents: list[Person], anna: Person, team: int) -> None:
    """Evaluate every agent in the week of which the digest is overdue."""
    weekly = {DIGEST: jobs()[DIGEST]}
    await synchronise(services, weekly, utc_now() - WEEK)
    async with services.db.writing() as tx:
        monday = await overdue(tx, team)
        for one in agents:
            at = monday - dt.timedelta(days=3)
            await store(tx, one.person_id, "yyn", by=anna.person_id, at=at, team=team)


async def overdue(tx: Transaction, team_id: int) -> dt.datetime:
    team = await teams.by_id(tx, team_id)
    assert team is not None
    return last_due(jobs()[DIGEST].rule_for(team), utc_now(), ZoneInfo("UTC"))

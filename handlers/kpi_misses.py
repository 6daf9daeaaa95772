"""Which targets a team and its agents missed in a month and the one before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from handlers.report_data import zone_of
from handlers.turn import Services
from scoring import kpi
from scoring.kpi import QUALITY, Goal, Measure, Tally
from scoring.periods import Period, previous
from scoring.report import EvaluationFact, scores
from scoring.roles import Relation
from storage import kpi as configured
from storage import kpi_figures, people, reports
from storage.database import Transaction
from storage.reports import Scope
from storage.teams import Team

TEAM = 0
"""Stands for the whole team where agents stand by their ids."""

Measures = Mapping[tuple[int, str], Measure]
"""What came of a month, by agent and the metric's key."""


@dataclass(frozen=True, slots=True)
class Missed:
    """A target that the team (``agent`` is ``TEAM``) or an agent missed in two months."""

    agent: int
    name: str
    goal: Goal
    before: Measure
    last: Measure


async def missed(
    tx: Transaction, services: Services, team: Team, month: Period
) -> tuple[Missed, ...]:
    """Return what was missed in *month* and in the one before, the team's own misses first.

    Of agents only those of the team today: who left is no news to its supervisors.
    """
    goals = [goal for goal in await configured.goals(tx, team) if goal.used]
    before = await _measures(tx, services, team, goals, previous(month))
    last = await _measures(tx, services, team, goals, month)
    members = await people.in_team(tx, team.id, Relation.MEMBER)
    names = {TEAM: team.name} | {one.id: one.name for one in members}
    return tuple(
        Missed(agent, name, goal, before[key], last[key])
        for agent, name in names.items()
        for goal in goals
        if (key := (agent, goal.metric.key)) in before
        and kpi.missed_twice(goal, before[key], last.get(key))
    )


async def _measures(
    tx: Transaction, services: Services, team: Team, goals: Sequence[Goal], month: Period
) -> Measures:
    scope = Scope(team=team.id)
    tallies = await kpi_figures.tallies(tx, scope, month.first, month.last)
    facts = await reports.facts(tx, scope, month.bounds(zone_of(services, team)))
    return _figures(goals, {TEAM: kpi.merged(tallies.values()), **tallies}) | _scores(facts)


def _figures(
    goals: Sequence[Goal], tallies: Mapping[int, Mapping[str, Tally]]
) -> dict[tuple[int, str], Measure]:
    return {
        (agent, goal.metric.key): found
        for agent, own in tallies.items()
        for goal in goals
        if (found := kpi.measure(goal.metric, own.get(goal.metric.key))) is not None
    }


def _scores(facts: Iterable[EvaluationFact]) -> dict[tuple[int, str], Measure]:
    by_agent: dict[int, list[EvaluationFact]] = {}
    for fact in facts:
        by_agent.setdefault(TEAM, []).append(fact)
        by_agent.setdefault(fact.agent_id, []).append(fact)
    return {
        (agent, QUALITY.key): found
        for agent, own in by_agent.items()
        if (found := kpi.quality(scores(own))) is not None
    }

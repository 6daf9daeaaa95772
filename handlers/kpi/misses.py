"""Which targets a team and its agents missed in a month and the one before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from handlers.reports.basis import team_figures
from handlers.reports.report_data import pool_of, zone_of
from handlers.turn import Services
from scoring import kpi
from scoring.kpi import Measure, Tally
from scoring.metrics import QUALITY, Aim
from scoring.periods import Period, previous
from scoring.pooled import Pool
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
    aim: Aim
    before: Measure
    last: Measure


async def missed(
    tx: Transaction, services: Services, team: Team, month: Period
) -> tuple[Missed, ...]:
    """Return what was missed in *month* and in the one before, the team's own misses first.

    Of agents only those of the team today: who left is no news to its supervisors.
    """
    aims = [aim for aim in await configured.aims(tx, team) if aim.used]
    before = await _measures(tx, services, team, aims, previous(month))
    last = await _measures(tx, services, team, aims, month)
    members = await people.in_team(tx, team.id, Relation.MEMBER)
    names = {TEAM: team.name} | {one.id: one.name for one in members}
    return tuple(
        Missed(agent, name, aim, before[key], last[key])
        for agent, name in names.items()
        for aim in aims
        if (key := (agent, aim.metric.key)) in before
        and kpi.missed_twice(aim, before[key], last.get(key))
    )


async def _measures(
    tx: Transaction, services: Services, team: Team, aims: Sequence[Aim], month: Period
) -> Measures:
    scope = Scope(team=team.id)
    tallies = await kpi_figures.tallies(tx, scope, month.first, month.last)
    facts = await reports.facts(tx, scope, month.bounds(zone_of(services, team)))
    pool = await pool_of(tx, services, team, month)
    (figure,) = await team_figures(tx, services, team, [month])
    quality = kpi.quality_of(figure.mean)
    team_quality = {(TEAM, QUALITY.key): quality} if quality is not None else {}
    return _figures(aims, tallies) | _scores(facts, pool) | team_quality


def _figures(
    aims: Sequence[Aim], tallies: Mapping[int, Mapping[str, Tally]]
) -> dict[tuple[int, str], Measure]:
    groups = {TEAM: list(tallies.values()), **{agent: [own] for agent, own in tallies.items()}}
    return {
        (agent, line.aim.metric.key): line.now
        for agent, group in groups.items()
        for line in kpi.lines(aims, group, ())
        if line.now is not None
    }


def _scores(facts: Iterable[EvaluationFact], pool: Pool | None) -> dict[tuple[int, str], Measure]:
    by_agent: dict[int, list[EvaluationFact]] = {}
    for fact in facts:
        by_agent.setdefault(fact.agent_id, []).append(fact)
    return {
        (agent, QUALITY.key): found
        for agent, own in by_agent.items()
        if (found := kpi.quality(scores(own), pool)) is not None
    }

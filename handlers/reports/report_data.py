"""A report with all that stands around its numbers, read in one go."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from handlers.reports.basis import Basis, rested, team_figures
from handlers.turn import Services
from scoring.feedback import LOOK_BACK, OFTEN
from scoring.periods import Period, previous, trend
from scoring.pooled import Pool, pool_days
from scoring.report import (
    CriterionTally,
    EvaluationFact,
    Report,
    agent_lines,
    build,
    merged,
    of_agent,
)
from scoring.statistics import Interval
from scoring.zones import local_day, zone
from storage import people, plan_progress, reports, teams
from storage.database import Transaction
from storage.people import Person
from storage.plan_progress import Progress
from storage.reports import Scope
from storage.teams import Team

FEW_AGENTS = 3
"""With fewer agents a team's mean would tell one of them the other's."""


@dataclass(frozen=True, slots=True)
class TeamReport:
    """A team's period; ``names`` are of everybody who appears, ``members`` of the team today.

    ``plan`` is how far its plans are, where anything was ever drawn; ``basis`` says which contacts
    the team's figures rest on.
    """

    team: Team
    period: Period
    today: dt.date
    report: Report
    names: Mapping[int, str]
    members: tuple[int, ...]
    plan: Progress | None = None
    basis: Basis | None = None


@dataclass(frozen=True, slots=True)
class Repeat:
    """An error that was made in ``times`` of the last ``contacts`` contacts."""

    tally: CriterionTally
    times: int
    contacts: int = LOOK_BACK


@dataclass(frozen=True, slots=True)
class PersonReport:
    """One agent's period; ``team_mean`` is kept back where it would tell on single people."""

    person: Person
    team: Team | None
    period: Period
    today: dt.date
    report: Report
    repeats: tuple[Repeat, ...]
    team_mean: Interval | None

    @property
    def target(self) -> int | None:
        """The team's target score, if it has one."""
        return self.team.target if self.team is not None else None


def zone_of(services: Services, team: Team | None) -> ZoneInfo:
    """Return the zone that periods are reckoned in: the team's, or the usual one."""
    return zone(team.timezone if team is not None else services.timezone)


def today_of(services: Services, team: Team | None) -> dt.date:
    """Return the day that it is for the team."""
    return local_day(services.clock(), zone_of(services, team))


async def team_report(
    tx: Transaction, services: Services, team: Team, period: Period
) -> TeamReport:
    """Read the team's report."""
    where = zone_of(services, team)
    pool = await pool_of(tx, services, team, period)
    read = await _read(tx, services, Scope(team=team.id), period, where)
    facts, _, before, line = read
    periods = [*trend(period), previous(period)]
    *means, earlier = await team_figures(tx, services, team, periods, [*line, before])
    report, basis = rested(build(*read, pool), facts, means[-1], earlier, means)
    members = await teams.members(tx, team.id)
    others = {line.agent_id for line in report.agents} - members.keys()
    gone = await people.by_ids(tx, others) if others else {}
    return TeamReport(
        team=team,
        period=period,
        today=today_of(services, team),
        report=report,
        names=members | {one.id: one.name for one in gone.values()},
        members=tuple(members),
        plan=await plan_progress.progress(tx, team.id, period.bounds(where)),
        basis=basis,
    )


async def team_of(tx: Transaction, person: Person) -> Team | None:
    """Return the first team that *person* is a member of."""
    return await teams.by_id(tx, person.teams[0]) if person.teams else None


async def person_report(
    tx: Transaction, services: Services, person: Person, team: Team | None, period: Period
) -> PersonReport:
    """Read the report on *person*, a member of *team*."""
    where = zone_of(services, team)
    pool = await pool_of(tx, services, team, period)
    read = await _read(tx, services, Scope(agent=person.id), period, where)
    return PersonReport(
        person=person,
        team=team,
        period=period,
        today=today_of(services, team),
        report=of_agent(*read, pool),
        repeats=await _repeats(tx, services, person, period.bounds(where)[1]),
        team_mean=await _team_mean(tx, services, team, period) if team is not None else None,
    )


async def pool_of(
    tx: Transaction, services: Services, team: Team | None, period: Period
) -> Pool | None:
    """Return how far scores scatter within the team's agents, for a report on *period*."""
    if team is None:
        return None
    return await reports.pool_of(tx, team.id, pool_days(period).bounds(zone_of(services, team)))


async def _read(
    tx: Transaction, services: Services, scope: Scope, period: Period, where: ZoneInfo
) -> tuple[list[EvaluationFact], list[CriterionTally], Sequence[float], Sequence[Sequence[float]]]:
    """Return the facts, the tallies, the scores before, and those of each period of the line."""
    window = period.bounds(where)
    periods = [*trend(period), previous(period)]
    *line, before = await reports.finals(tx, scope, [one.bounds(where) for one in periods])
    facts = await reports.facts(tx, scope, window)
    tallies = await reports.tallies(tx, services.shelf, scope, window)
    return facts, tallies, before, line


async def _repeats(
    tx: Transaction, services: Services, person: Person, until: dt.datetime
) -> tuple[Repeat, ...]:
    found = await reports.repeated(tx, services.shelf, person.id, until, last=LOOK_BACK)
    often = [one for one in merged(found) if one.failed >= OFTEN]
    often.sort(key=lambda one: (-one.failed, -one.lost, one.key))
    return tuple(Repeat(one, one.failed) for one in often)


async def _team_mean(
    tx: Transaction, services: Services, team: Team, period: Period
) -> Interval | None:
    """Return the mean that the team's report shows, where it tells nobody another's."""
    facts = await reports.facts(tx, Scope(team=team.id), period.bounds(zone_of(services, team)))
    if len(agent_lines(facts)) < FEW_AGENTS:
        return None
    (figure,) = await team_figures(tx, services, team, [period])
    return figure.mean if figure.mean is not None and not figure.mean.too_few else None

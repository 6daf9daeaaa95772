"""The weeks of many agents, read at once for their digests."""

from collections.abc import Callable, Iterable, Sequence
from zoneinfo import ZoneInfo

from handlers.reports.report_data import pool_of, zone_of
from handlers.turn import Services
from scoring.periods import Period, trend
from scoring.pooled import Pool
from scoring.report import CriterionTally
from scoring.statistics import TOO_FEW
from scoring.week import WEEKS, Week, build
from storage import digests, teams
from storage.database import Transaction
from storage.digests import Submitted
from storage.people import Person
from storage.reports import Counted, Versions, Window, worded
from storage.scorecards import Shelf
from storage.teams import Team

Group = tuple[Period, ZoneInfo]
"""A week, and the zone that its days are reckoned in."""

Firsts = dict[int, Team | None]
"""People's first teams by the people's ids."""


async def agents_weeks(
    tx: Transaction, services: Services, asked: Sequence[tuple[Person, Period]]
) -> list[Week]:
    """Return the week of each agent, in the order in which they are asked for."""
    firsts = await _first_teams(tx, [person for person, _ in asked])
    groups: dict[Group, list[int]] = {}
    for person, week in asked:
        where = zone_of(services, firsts[person.id])
        groups.setdefault((week, where), []).append(person.id)
    found = {
        (group, agent): week
        for group, agents in groups.items()
        for agent, week in (await _read(tx, services, group, agents, firsts)).items()
    }
    return [
        found[(week, zone_of(services, firsts[person.id])), person.id] for person, week in asked
    ]


async def _first_teams(tx: Transaction, people: Iterable[Person]) -> Firsts:
    """Return the first team of each: in its zone the person's weeks are reckoned."""
    first = {one.id: one.teams[0] if one.teams else None for one in people}
    wanted = {team for team in first.values() if team is not None}
    known = {team.id: team for team in await teams.by_ids(tx, wanted)}
    return {person: known.get(team) if team else None for person, team in first.items()}


async def _read(
    tx: Transaction, services: Services, group: Group, agents: Sequence[int], firsts: Firsts
) -> dict[int, Week]:
    week, where = group
    windows = [one.bounds(where) for one in trend(week, WEEKS)]
    whole = windows[0][0], windows[-1][1]
    submitted = await digests.submitted(tx, agents, whole)
    counted = await digests.counted(tx, agents, windows[-1])
    versions = await _versions(tx, services.shelf, counted.values())
    waiting = await digests.waiting(tx, agents, services.clock())
    finals = {agent: _finals(submitted.get(agent, ()), windows) for agent in agents}
    # Only where a mean is shown its interval has to be known.
    shown = [agent for agent in agents if len(finals[agent][-1]) >= TOO_FEW]
    pools = await _pools(tx, services, week, [firsts[agent] for agent in shown])
    weeks = {}
    for agent in agents:
        team = firsts[agent]
        weeks[agent] = build(
            len(_within(submitted.get(agent, ()), windows[-1])),
            finals[agent],
            _tallying(counted.get(agent, ()), versions),
            waiting.get(agent, ()),
            pools.get(team.id) if team is not None else None,
        )
    return weeks


async def _pools(
    tx: Transaction, services: Services, week: Period, of: Iterable[Team | None]
) -> dict[int, Pool | None]:
    """Return how far scores scatter within the agents of each team, by the team's id."""
    wanted = {team.id: team for team in of if team is not None}
    return {team.id: await pool_of(tx, services, team, week) for team in wanted.values()}


def _finals(submitted: Sequence[Submitted], windows: Sequence[Window]) -> list[list[float]]:
    return [[score for score in _within(submitted, one) if score is not None] for one in windows]


def _within(submitted: Sequence[Submitted], window: Window) -> list[float | None]:
    first, after = window
    return [score for at, score in submitted if first <= at < after]


async def _versions(
    tx: Transaction, shelf: Shelf, counted: Iterable[Sequence[Counted]]
) -> Versions:
    """Return the scorecards' versions that were counted, by their ids."""
    wanted = {version for rows in counted for version, *_ in rows}
    return {version: await shelf.get(tx, version) for version in wanted}


def _tallying(
    rows: Sequence[Counted], versions: Versions
) -> Callable[[bool], list[CriterionTally]]:
    def tallies(every: bool) -> list[CriterionTally]:  # noqa: FBT001  as it is called
        wanted = {key for _, key, _, _, lost in rows if every or lost > 0}
        return worded([row for row in rows if row[1] in wanted], versions)

    return tallies

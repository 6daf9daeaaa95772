"""The weeks of many agents, read at once for their digests."""

from collections.abc import Callable, Iterable, Sequence
from zoneinfo import ZoneInfo

from handlers.reports.report_data import zone_of
from handlers.turn import Services
from scoring.periods import Period, trend
from scoring.report import CriterionTally
from scoring.week import WEEKS, Week, build
from storage import digests, teams
from storage.database import Transaction
from storage.digests import Submitted
from storage.people import Person
from storage.reports import Counted, Versions, Window, worded
from storage.scorecards import Shelf

Group = tuple[Period, ZoneInfo]
"""A week, and the zone that its days are reckoned in."""


async def agents_weeks(
    tx: Transaction, services: Services, asked: Sequence[tuple[Person, Period]]
) -> list[Week]:
    """Return the week of each agent, in the order in which they are asked for."""
    zones = await _zones(tx, services, [person for person, _ in asked])
    groups: dict[Group, list[int]] = {}
    for person, week in asked:
        groups.setdefault((week, zones[person.id]), []).append(person.id)
    found = {group: await _read(tx, services, group, agents) for group, agents in groups.items()}
    return [found[week, zones[person.id]][person.id] for person, week in asked]


async def _zones(
    tx: Transaction, services: Services, people: Iterable[Person]
) -> dict[int, ZoneInfo]:
    """Return by their ids in which zone the people's weeks are reckoned: their first team's."""
    first = {one.id: one.teams[0] if one.teams else None for one in people}
    wanted = {team for team in first.values() if team is not None}
    known = {team.id: zone_of(services, team) for team in await teams.by_ids(tx, wanted)}
    usual = zone_of(services, None)
    return {
        person: usual if team is None else known.get(team, usual) for person, team in first.items()
    }


async def _read(
    tx: Transaction, services: Services, group: Group, agents: Sequence[int]
) -> dict[int, Week]:
    week, where = group
    windows = [one.bounds(where) for one in trend(week, WEEKS)]
    whole = windows[0][0], windows[-1][1]
    submitted = await digests.submitted(tx, agents, whole)
    counted = await digests.counted(tx, agents, windows[-1])
    versions = await _versions(tx, services.shelf, counted.values())
    waiting = await digests.waiting(tx, agents, services.clock())
    weeks = {}
    for agent in agents:
        theirs = submitted.get(agent, [])
        weeks[agent] = build(
            len(_within(theirs, windows[-1])),
            [[score for score in _within(theirs, one) if score is not None] for one in windows],
            _tallying(counted.get(agent, ()), versions),
            waiting.get(agent, ()),
        )
    return weeks


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

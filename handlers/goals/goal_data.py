"""A goal with all that it names and its figures, and who may see it."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from handlers.evaluating.casefile import clock_of, oversees
from handlers.refusals import NotFound, NotYours
from handlers.reports.report_data import team_of, zone_of
from handlers.turn import Services
from scoring.expectation import Counts, Expectation, expectation
from scoring.goals import GoalState, Progress, progress, windows
from storage import goals, people
from storage.database import Transaction
from storage.goals import Goal
from storage.people import Person


@dataclass(frozen=True, slots=True)
class GoalFile:
    """A goal, the people it names, and its figures: as told at its end, or so far.

    ``zone`` is the one that its reader reads days in.
    """

    goal: Goal
    agent: Person
    mentor: Person | None
    maker: Person | None
    progress: Progress | None
    zone: ZoneInfo

    def may_be_seen_by(self, person: Person) -> bool:
        """Return whether *person* is the agent, the mentor or somebody who oversees the agent."""
        return person.id in {self.agent.id, self.goal.mentor_id} or self.may_be_changed_by(person)

    def may_be_changed_by(self, person: Person) -> bool:
        """Return whether *person* oversees the agent: nobody sets their own goals."""
        return person.id != self.agent.id and oversees(person, frozenset(self.agent.teams))


async def load(
    tx: Transaction, services: Services, reader: Person, goal_id: int
) -> GoalFile | None:
    """Return the goal, whoever reads it, or ``None`` where there is no such."""
    goal = await goals.by_id(tx, goal_id)
    if goal is None:
        return None
    named = {one for one in (goal.agent_id, goal.mentor_id, goal.made_by) if one is not None}
    who = await people.by_ids(tx, named)
    agent = who[goal.agent_id]
    team = await team_of(tx, agent)
    return GoalFile(
        goal=goal,
        agent=agent,
        mentor=who.get(goal.mentor_id or 0),
        maker=who.get(goal.made_by or 0),
        progress=await _figures(tx, services, goal, agent),
        zone=clock_of(services, reader, team),
    )


async def opened(tx: Transaction, services: Services, reader: Person, goal_id: int) -> GoalFile:
    """Return the goal for *reader*; raise ``NotFound`` or ``NotYours``."""
    file = await load(tx, services, reader, goal_id)
    if file is None:
        raise NotFound
    if not file.may_be_seen_by(reader):
        raise NotYours
    return file


@dataclass(frozen=True, slots=True)
class Counted:
    """How a goal's criterion fared before and since, and what was to be expected without it."""

    before: Counts
    after: Counts
    expected: Expectation

    @property
    def progress(self) -> Progress:
        """The same as shares."""
        return progress(self.before, self.after, self.expected)


async def counted(tx: Transaction, services: Services, goal: Goal, agent: Person) -> Counted:
    """Return how the criterion fared before the goal and since, as things stand now."""
    team = await team_of(tx, agent)
    before, after = windows(goal.started_at, goal.due, zone_of(services, team))
    known = await goals.cells(tx, goal, before, team=team.id if team is not None else None)
    since = await goals.cells(tx, goal, after)
    name = (agent.id, goal.criterion)
    return Counted(
        known.get(name, (0, 0)),
        since.get(name, (0, 0)),
        expectation(known, *name),
    )


async def _figures(
    tx: Transaction, services: Services, goal: Goal, agent: Person
) -> Progress | None:
    if goal.before is not None and goal.after is not None:
        return progress(goal.before, goal.after, goal.expected)
    if goal.state is GoalState.DROPPED:
        return None
    return (await counted(tx, services, goal, agent)).progress

"""A plan with the figures that stand beside it, and a draw with all there is to say of it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.plans.drawing import agents_of, ended_period
from scoring.drawing import Shortfall, shortfalls
from scoring.periods import Period, parse_period, read_token
from scoring.sample_size import Spread, spread_within
from scoring.sampling import Excluded
from scoring.zones import local_day, zone
from storage import draws, people, plan_progress, populations, reports, teams
from storage.database import Transaction
from storage.draws import Draw
from storage.plan_progress import Progress
from storage.plans import Plan
from storage.teams import Team

MONTHS_KNOWN = 3
"""Over how many months back the spread of the team's scores is taken."""

LONGEST_MONTH = dt.timedelta(days=31)


@dataclass(frozen=True, slots=True)
class PlanFile:
    """A plan of ``team``: its ``agents``, and how many contacts of ``period`` each has, if any."""

    plan: Plan
    team: Team
    today: dt.date
    agents: int
    period: Period
    handled: tuple[int, ...]
    spread: Spread
    has_drawn: bool
    progress: Progress | None

    @property
    def contacts(self) -> int:
        """How many contacts of the period the journal has."""
        return sum(self.handled)


@dataclass(frozen=True, slots=True)
class DrawFile:
    """A draw with what it left out, what it lacked, and whose contacts nobody is to score yet."""

    draw: Draw
    team: Team
    today: dt.date
    period: Period
    excluded: Mapping[Excluded, int]
    chosen: int
    short: Sequence[Shortfall]
    names: Mapping[int, str]
    waiting: int

    @property
    def wanted(self) -> int:
        """How many contacts it was to find."""
        return sum(self.draw.wanted.values())

    @property
    def number(self) -> int:
        """Which draw for its period it is, from 1."""
        later = self.draw.occurrence.removeprefix(self.draw.period)
        return int(later or 0) + 1


async def plan_file(tx: Transaction, plan: Plan, now: dt.datetime) -> PlanFile:
    """Return the plan with its figures."""
    team = await _team(tx, plan.team_id)
    where = zone(team.timezone)
    today = local_day(now, where)
    period = ended_period(plan, today)
    agents = await agents_of(tx, team)
    ids = [one.id for one in agents]
    known = (now - MONTHS_KNOWN * LONGEST_MONTH, now)
    samples = await reports.scores_of_agents(tx, team.id, known)
    journal = await populations.in_journal(tx, ids, period.bounds(where))
    return PlanFile(
        plan=plan,
        team=team,
        today=today,
        agents=len(agents),
        period=period,
        handled=tuple(journal.values()),
        spread=spread_within(samples),
        has_drawn=bool(await draws.of_plan(tx, plan.id, offset=0, limit=1)),
        progress=await plan_progress.progress(
            tx, team.id, parse_period("month", today).bounds(where), plan_id=plan.id
        ),
    )


async def drawn_file(tx: Transaction, draw: Draw) -> DrawFile:
    """Return the draw with its figures, reckoned from its stored population."""
    team = await _team(tx, draw.team_id)
    today = local_day(draw.drawn_at, zone(team.timezone))
    drawn = await draws.chosen_by_agent(tx, [draw.id])
    short = shortfalls(draw.wanted, drawn)
    found = await people.by_ids(tx, {one.agent for one in short})
    return DrawFile(
        draw=draw,
        team=team,
        today=today,
        period=read_token(draw.period),
        excluded=await draws.left_out(tx, draw.id),
        chosen=drawn.total(),
        short=short,
        names={one.id: one.name for one in found.values()},
        waiting=await draws.unassigned(tx, draw.id),
    )


async def _team(tx: Transaction, team_id: int) -> Team:
    """Return the team of a plan, which goes when its team goes."""
    team = await teams.by_id(tx, team_id)
    if team is None:
        raise LookupError(f"no team {team_id}")
    return team

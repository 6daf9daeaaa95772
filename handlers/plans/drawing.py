"""Drawing a plan: population, choice, assignments and the news of them, in one transaction."""

import asyncio
import datetime as dt
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.disputes.reviewers import is_reached
from scoring.assigning import Assigned, Drawn, Scorer, bar, spread
from scoring.drawing import choose
from scoring.periods import Period, PeriodKind, parse_period, token
from scoring.roles import Relation, Role
from scoring.sampling import Excluded, population
from scoring.zones import zone
from storage import assignments, audit, draws, locks, people, populations
from storage.assignments import NewAssignment
from storage.audit import Action, Actor, Subject, Thing
from storage.database import Transaction
from storage.draws import NewDraw
from storage.people import Person
from storage.plans import Plan
from storage.teams import Team

LOCK = "draws"
"""Draws wait for each other: a contact that one chooses must not be chosen by the next."""

SEED_BITS = 63
AGAIN = "+"
"""Stands between a period and the number of a later draw for it."""

TIME: Mapping[PeriodKind, dt.timedelta] = {
    PeriodKind.WEEK: dt.timedelta(weeks=1),
    PeriodKind.MONTH: dt.timedelta(weeks=4),
}
"""How long evaluators have for what was drawn: until about the next draw."""


@dataclass(frozen=True, slots=True)
class Made:
    """A draw just made: who got work, and whether it fell short or found nobody to score."""

    draw_id: int
    plan_id: int
    chosen: int
    evaluators: frozenset[int]
    short: bool


def ended_period(plan: Plan, day: dt.date) -> Period:
    """Return the week or month that ended last before *day*, named by its dates."""
    last = parse_period(f"last {plan.period}", day)
    return Period(last.kind, last.first, last.last)


async def draw(
    tx: Transaction,
    team: Team,
    plan: Plan,
    period: Period,
    now: dt.datetime,
    *,
    again: bool,
    seed: int | None = None,
) -> Made | None:
    """Draw the plan for *period* and store what came of it with the assignments.

    Where it was drawn for that period before, ``None`` is returned and nothing happens; *again*
    then draws what the earlier draws lack, unless the journal has nothing more. Without a *seed*
    chance gives one.
    """
    await locks.alone(tx, LOCK)
    name = token(period)
    earlier = await draws.for_period(tx, plan.id, name)
    if earlier and not again:
        return None
    agents = await agents_of(tx, team)
    have = await draws.chosen_by_agent(tx, [one.id for one in earlier])
    lacking = {one.id: plan.per_agent - have[one.id] for one in agents}
    wanted = {agent: count for agent, count in lacking.items() if count > 0}
    occurrence = f"{name}{AGAIN}{len(earlier)}" if earlier else name
    scorers = await _scorers(tx)
    barred = _barred(agents, scorers)
    window = period.bounds(zone(team.timezone))
    found = await populations.candidates(tx, wanted, window)
    seed = secrets.randbits(SEED_BITS) if seed is None else seed
    # A month of a large team is tens of thousands of contacts: others are served meanwhile.
    members = await asyncio.to_thread(population, found, plan.rules, now, barred)
    chosen = await asyncio.to_thread(choose, members, wanted, seed)
    if earlier and not chosen:
        return None
    new = NewDraw(plan, occurrence, name, window, wanted, seed, members, chosen)
    return await _store(tx, new, _drawn(new, agents), scorers, now)


async def _store(
    tx: Transaction,
    new: NewDraw,
    drawn: Sequence[Drawn],
    scorers: Sequence[Scorer],
    now: dt.datetime,
) -> Made:
    """Store the draw and give out what it chose."""
    draw_id = await draws.add(tx, new, now)
    given = spread(drawn, scorers, new.seed, double_percent=new.plan.double_percent)
    await _assign(tx, draw_id, given, new.plan, now)
    takers = frozenset(one.scorer for one in given if one.scorer is not None)
    short = len(drawn) < sum(new.wanted.values()) or any(one.scorer is None for one in given)
    return Made(draw_id, new.plan.id, len(drawn), takers, short)


async def note(tx: Transaction, actor: Actor, made: Sequence[Made]) -> None:
    """Enter the draws in the audit log, at the end of the transaction that made them."""
    for one in made:
        details: audit.Details = {"plan": one.plan_id, "drawn": one.chosen, "short": one.short}
        await audit.note(tx, actor, Action.PLAN_DRAWN, Subject(Thing.DRAW, one.draw_id), details)


async def agents_of(tx: Transaction, team: Team) -> list[Person]:
    """Return the team's agents, whose contacts its plans draw."""
    members = await people.in_team(tx, team.id, Relation.MEMBER)
    return [one for one in members if one.is_a(Role.AGENT)]


def _barred(agents: Sequence[Person], scorers: Sequence[Scorer]) -> dict[int, Excluded]:
    """Return the agents whose contacts none of the evaluators may score, and why."""
    reasons = {one.id: bar(scorers, one.id, frozenset(one.teams)) for one in agents}
    return {agent: reason for agent, reason in reasons.items() if reason is not None}


def _drawn(new: NewDraw, agents: Sequence[Person]) -> list[Drawn]:
    """Return the chosen contacts with their agents' teams."""
    teams = {one.id: frozenset(one.teams) for one in agents}
    chosen = (one for one in new.population if one.contact in new.chosen)
    return [Drawn(one.contact, one.agent, teams[one.agent]) for one in chosen]


async def _assign(
    tx: Transaction, draw_id: int, given: Sequence[Assigned], plan: Plan, now: dt.datetime
) -> None:
    due = now + TIME[plan.period]
    rows = [
        NewAssignment(draw_id, one.contact, one.agent, one.scorer, one.second, due) for one in given
    ]
    await assignments.add(tx, rows, now)


async def _scorers(tx: Transaction) -> list[Scorer]:
    """Return the evaluators whom messages reach, with the teams they supervise and their load."""
    found = [one for one in await people.with_role(tx, Role.EVALUATOR) if is_reached(one)]
    loads = await assignments.load(tx, [one.id for one in found])
    return [Scorer(one.id, frozenset(one.supervises), loads[one.id]) for one in found]

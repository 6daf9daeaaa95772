"""The demo's monitoring plans: what they draw each week or month, and what is scored of it when."""

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.demo_people import SALES, SUPPORT, admin_among
from bot.demo_texts import SKIPPED
from handlers.plans import draw_news
from handlers.plans.drawing import draw, ended_period
from scoring.periods import PeriodKind
from scoring.roles import Role
from scoring.sampling import Rules, Trait
from scoring.scorecard import Channel
from storage import assignments, contacts, plans, teams
from storage.assignments import Assignment
from storage.contacts import Contact
from storage.database import Transaction
from storage.people import Person
from storage.plans import Plan
from storage.teams import Team

SEED = 22
DRAWN_WEEKS = 4
"""For how many weeks Support has had its plan, this one included."""

DRAWN_AT = dt.timedelta(hours=4)
"""After midnight UTC of a Monday: about when the job of the draws runs."""

MARGIN = dt.timedelta(hours=1)
DONE_SO_FAR = 0.45
"""How much of a draw that is not yet due has been scored."""

MADE: Mapping[str, Plan] = {
    SUPPORT: Plan(
        0,
        0,
        per_agent=3,
        period=PeriodKind.WEEK,
        rules=Rules(strata=frozenset({Trait.CHANNEL}), min_duration_s=60),
        double_percent=25,
    ),
    SALES: Plan(
        0,
        0,
        per_agent=3,
        period=PeriodKind.MONTH,
        rules=Rules(
            channels=frozenset({Channel.CALL, Channel.CHAT}),
            strata=frozenset({Trait.TYPE}),
            min_age_h=24,
        ),
    ),
}
"""The plans by their teams' names."""


@dataclass(frozen=True, slots=True)
class Task:
    """A drawn contact of the journal, who scores it and when."""

    contact: Contact
    evaluator: Person
    at: dt.datetime


async def make_plans(
    tx: Transaction, known: Mapping[str, Person], began: dt.datetime
) -> list[tuple[Team, Plan]]:
    """Make the plans as of *began* and return them with their teams."""
    made = []
    for team in await teams.everything(tx):
        blank = await plans.add(tx, team.id, began, by=admin_among(known).id)
        plan = replace(MADE[team.name], id=blank.id, team_id=team.id)
        await plans.save(tx, plan)
        made.append((team, plan))
    return made


async def tasks_of(
    tx: Transaction,
    known: Mapping[str, Person],
    team: Team,
    plan: Plan,
    monday: dt.datetime,
    now: dt.datetime,
) -> list[Task]:
    """Draw the plan as on that Monday, if it is a day for it; return what was scored of it since.

    The rest stays open with the evaluators.
    """
    if monday not in draw_days(plan, now):
        return []
    drawn_at = min(monday + DRAWN_AT, now - MARGIN)
    scorers = [one for one in known.values() if one.is_a(Role.EVALUATOR)]
    before = {one.id for one in await _open(tx, team, scorers)}
    period = ended_period(plan, monday.date())
    made = await draw(tx, team, plan, period, drawn_at, again=False, seed=monday.toordinal())
    if made is None:
        return []
    await draw_news.queue(tx, team, [made], drawn_at)
    new = [one for one in await _open(tx, team, scorers) if one.id not in before]
    return await _scored(tx, {one.id: one for one in scorers}, new, drawn_at, now)


def draw_days(plan: Plan, now: dt.datetime) -> list[dt.datetime]:
    """Return the Mondays up to *now* on which the plan was drawn, at midnight UTC."""
    this = now.replace(hour=0, minute=0, second=0, microsecond=0) - dt.timedelta(days=now.weekday())
    every = [this - dt.timedelta(weeks=back) for back in reversed(range(DRAWN_WEEKS + 1))]
    if plan.period is PeriodKind.WEEK:
        return every[-DRAWN_WEEKS:]
    return [day for day in every if day.day <= 7][-1:]  # a month is drawn on its first Monday


async def _open(tx: Transaction, team: Team, scorers: Sequence[Person]) -> list[Assignment]:
    return [one for who in scorers for one in await assignments.open_of_team(tx, team.id, who.id)]


async def _scored(
    tx: Transaction,
    scorers: Mapping[int, Person],
    new: list[Assignment],
    drawn_at: dt.datetime,
    now: dt.datetime,
) -> list[Task]:
    """Return what is scored of *new* up to now; where its time is over, that is all but one."""
    chance = random.Random(f"{SEED} {drawn_at:%G-%V}")  # noqa: S311  believable, not secret
    chance.shuffle(new)
    over = bool(new) and new[0].due_at <= now
    done = new if over else new[: round(DONE_SO_FAR * len(new))]
    left_out = next((one for one in done if not one.second), None) if over else None
    if left_out is not None:
        who = scorers[left_out.evaluator_id or 0]
        await assignments.skip(tx, left_out, SKIPPED[who.language or "en"], drawn_at + MARGIN)
    return [
        Task(contact, scorers[one.evaluator_id or 0], _moment(chance, drawn_at, now))
        for one in done
        if one is not left_out and (contact := await contacts.by_id(tx, one.contact_id))
    ]


def _moment(chance: random.Random, drawn_at: dt.datetime, now: dt.datetime) -> dt.datetime:
    """Return a moment in the office hours of the draw's week, or else just some time before now."""
    day = drawn_at.replace(hour=7, minute=0) + dt.timedelta(days=chance.randrange(5))
    at = day + dt.timedelta(minutes=chance.randrange(9 * 60))
    if drawn_at < at < now:
        return at
    return drawn_at + chance.random() * (now - drawn_at)

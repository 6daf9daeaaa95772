"""The demo's goals: one that ended with evidence, and one whose date is near.

A third is set in the chat, see ``bot.demo_acts``.
"""

import datetime as dt
from collections.abc import Mapping

from bot.demo_history import LESSONS
from handlers.goals.goal_data import counted
from handlers.turn import Services
from scoring.scorecard import Channel
from scoring.zones import local_day, moment_of, zone
from storage import goals, scorecards, teams
from storage.database import Transaction
from storage.goals import Goal, NewGoal
from storage.people import Person

MAKER, MENTOR = "Olena Koval", "Daria Shevchenko"
LEARNER, DUE_SOON = LESSONS
ENDED_BEFORE, DUE_IN = dt.timedelta(days=2), dt.timedelta(days=2)
TOLD_AT = dt.time(10)


async def look_back(
    tx: Transaction, services: Services, known: Mapping[str, Person], now: dt.datetime
) -> None:
    """Set the goals of weeks ago, and end the one whose date has come with its figures."""
    learner = known[LEARNER]
    where = zone((await teams.by_ids(tx, learner.teams))[0].timezone)
    ended = local_day(now - ENDED_BEFORE, where)
    goal = await _set(tx, services, known, LEARNER, now, ended)
    found = await counted(tx, services, goal, learner)
    await goals.close(
        tx,
        goal.id,
        found.progress.state,
        moment_of(ended, TOLD_AT, where),
        before=found.before,
        after=found.after,
        expected=found.expected,
    )
    await _set(tx, services, known, DUE_SOON, now, local_day(now + DUE_IN, where))


async def _set(
    tx: Transaction,
    services: Services,
    known: Mapping[str, Person],
    name: str,
    now: dt.datetime,
    due: dt.date,
) -> Goal:
    """Set somebody the goal of their lesson as of the day when that began, and return it."""
    key, began = LESSONS[name].criterion, now - LESSONS[name].ago
    published = (await scorecards.for_channel(tx, services.shelf, Channel.CALL))[0]
    criterion = published.scorecard.criterion(key)
    new = NewGoal(
        agent_id=known[name].id,
        scorecard=published.key,
        criterion=key,
        title=criterion.title,
        advice=criterion.advice,
        due=due,
        mentor_id=known[MENTOR].id,
        made_by=known[MAKER].id,
    )
    goal = await goals.by_id(tx, await goals.add(tx, new, began) or 0)
    if goal is None:
        raise LookupError(f"{name} has a goal on {key} already")
    return goal

"""Weeks of believable evaluations: what the evaluators chose themselves, and what plans drew.

Chance is seeded, so that the same day gives the same contacts.
"""

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.demo_people import PEOPLE, SUPPORT, DemoPerson
from bot.demo_plans import DRAWN_WEEKS, Task, make_plans, tasks_of
from bot.demo_scoring import Contact, score
from handlers.turn import Services
from scoring.roles import Role
from scoring.scorecard import Channel
from storage import evaluations, scorecards
from storage.database import Transaction
from storage.people import Person

WEEKS = 10
SEED = 20
CHANNELS = (Channel.CALL, Channel.CALL, Channel.CALL, Channel.CHAT, Channel.EMAIL, Channel.SOCIAL)
UNREAD = dt.timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Lesson:
    """A criterion (of calls) that an agent works on: how often it is met before, and since when."""

    criterion: str
    before: float
    since: float
    ago: dt.timedelta


LESSONS: Mapping[str, Lesson] = {
    "Artem Kravets": Lesson("closing", 0.2, 0.99, dt.timedelta(weeks=5)),
    "Petro Hnatiuk": Lesson("understanding", 0.3, 0.75, dt.timedelta(days=26)),
}

JUST_SCORED = ("Maksym Bondar", "Egor Sydorenko", {"closing": -1.0})
"""Whose call was scored last by whom, and what they surely failed: see ``bot.demo_acts``."""


def mondays(now: dt.datetime) -> list[dt.datetime]:
    """Return when each of the weeks shown began (UTC), the oldest first, this one last."""
    this = now.replace(hour=0, minute=0, second=0, microsecond=0) - dt.timedelta(days=now.weekday())
    return [this - dt.timedelta(weeks=back) for back in reversed(range(WEEKS))]


def contacts_of(known: Mapping[str, Person], now: dt.datetime) -> list[Contact]:
    """Return what evaluators chose to score up to *now*, oldest first; *known* are all by name.

    Since Support has its plan, nothing but what that draws is scored there.
    """
    chance = random.Random(SEED)  # noqa: S311  believable, not secret
    evaluators = [one for one in known.values() if one.is_a(Role.EVALUATOR)]
    made = []
    for one in PEOPLE:
        if Role.AGENT not in one.roles:
            continue
        weeks = mondays(now)[: -DRAWN_WEEKS if one.team == SUPPORT else None]
        for monday in weeks:
            for _ in range(chance.choice((2, 2, 3, 3))):
                at = _moment(chance, monday)
                if at < now - dt.timedelta(minutes=30):
                    made.append(_chosen(chance, known[one.name], one, evaluators, at, now))
    made.append(_just_scored(known, now))
    return sorted(made, key=lambda contact: contact.at)


async def write_history(
    tx: Transaction,
    services: Services,
    chosen: Sequence[Contact],
    known: Mapping[str, Person],
    now: dt.datetime,
) -> None:
    """Store the demo's evaluations week by week: of what was *chosen*, and of what plans drew."""
    chance = random.Random(SEED + 1)  # noqa: S311  believable, not secret
    fitting = {
        channel: (await scorecards.for_channel(tx, services.shelf, channel))[0]
        for channel in Channel
    }
    plans = await make_plans(tx, known, mondays(now)[-DRAWN_WEEKS - 1])
    for monday in mondays(now):
        week = [one for one in chosen if monday <= one.at < monday + dt.timedelta(weeks=1)]
        for team, plan in plans:
            tasks = await tasks_of(tx, known, team, plan, monday, now)
            week += [_drawn(one, known, now) for one in tasks]
        for contact in sorted(week, key=lambda one: one.at):
            scored = await score(tx, services.shelf, contact, fitting[contact.channel])
            read_at = contact.at + dt.timedelta(hours=chance.uniform(1, 30))
            if scored is not None and read_at < now - UNREAD:
                await evaluations.acknowledge(tx, scored, read_at)


def _moment(chance: random.Random, monday: dt.datetime) -> dt.datetime:
    """Return a moment on a working day of that week, in office hours."""
    return monday + dt.timedelta(days=chance.randrange(5), minutes=chance.randrange(420, 960))


def _chosen(
    chance: random.Random,
    agent: Person,
    demo: DemoPerson,
    evaluators: list[Person],
    at: dt.datetime,
    now: dt.datetime,
) -> Contact:
    return Contact(
        at,
        agent,
        skill_at(demo, at, now),
        chance.choice(evaluators),
        chance.choice(channels_of(demo)),
        str(chance.randrange(40_000, 60_000)),
        skills_at(demo, at, now),
    )


def _just_scored(known: Mapping[str, Person], now: dt.datetime) -> Contact:
    agent, evaluator, skills = JUST_SCORED
    at = (now - dt.timedelta(hours=16)).replace(hour=12, minute=40)
    at -= dt.timedelta(days=max(0, at.weekday() - 4))
    return Contact(at, known[agent], 0.9, known[evaluator], Channel.CALL, "60001", skills)


def _drawn(task: Task, known: Mapping[str, Person], now: dt.datetime) -> Contact:
    agent = next(one for one in known.values() if one.id == task.contact.agent_id)
    demo = next(one for one in PEOPLE if one.name == agent.name)
    return Contact(
        task.at,
        agent,
        skill_at(demo, task.at, now),
        task.evaluator,
        task.contact.channel,
        task.contact.reference or "",
        skills_at(demo, task.at, now),
        task.contact.id,
    )


def channels_of(demo: DemoPerson) -> tuple[Channel, ...]:
    """Return the channels that the agent works on, the usual ones more than once."""
    return (Channel.CALL,) if demo.name in LESSONS else CHANNELS


def skill_at(demo: DemoPerson, at: dt.datetime, now: dt.datetime) -> float:
    """Return the share of criteria that the agent meets by then."""
    gone = (at - mondays(now)[0]) / dt.timedelta(weeks=WEEKS)
    return min(demo.skill + demo.drift * (gone - 0.5), 0.99)


def skills_at(demo: DemoPerson, at: dt.datetime, now: dt.datetime) -> Mapping[str, float]:
    """Return the criteria at which the agent is better or worse than otherwise."""
    lesson = LESSONS.get(demo.name)
    if lesson is None:
        return {}
    return {lesson.criterion: lesson.since if at >= now - lesson.ago else lesson.before}

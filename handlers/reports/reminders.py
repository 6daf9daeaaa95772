"""The daily reminder: one message a person with all that waits for them, drawn on delivery."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from handlers.assignments import late_tasks
from handlers.disputes import escalation
from handlers.evaluating.casefile import clock_of, deciding, load
from handlers.evaluating.submission import allowed_at
from handlers.goals.goal_news import end_due
from handlers.jobs import Job, Occurrence
from handlers.notice import Notice
from handlers.turn import Services
from handlers.views.reminders import Waits, reminder_screen
from handlers.views.screen import Screen
from handlers.words import N_, Words
from scoring.periods import add_working_days
from scoring.roles import Relation, Role
from scoring.zones import local_day, moment_of
from storage import disputes, drafts, evaluations, outbox, people, teams
from storage.database import Transaction
from storage.disputes import Waiting
from storage.drafts import Draft
from storage.evaluations import Evaluation
from storage.outbox import Claimed, Message
from storage.people import Person
from storage.teams import Team

REMINDER = "reminder"
PATIENCE = dt.timedelta(days=2)
"""How old feedback or a draft becomes before anybody is reminded of it."""


async def remind(services: Services, tx: Transaction, team: Team, occurrence: Occurrence) -> None:
    """End the goals that are due, and remind everybody of the team for whom something waits.

    The key is the person and their day, so people of several teams hear once a day, and a job
    that catches up after a stop does not repeat itself.
    """
    await end_due(services, tx, team, occurrence)
    now = services.clock()
    horizon = _horizon(now, occurrence.zone)
    found = [
        *await _agents(tx, team, now),
        *await _deciders(tx, services, team, horizon),
        *await escalation.reviewers(tx, services, team, horizon),
        *await _evaluators(tx, team, now),
        *await late_tasks.reminded(tx, team, now),
    ]
    await escalation.escalate(tx, services, team, horizon)
    messages = [_message(services, team, person, now) for person in _once(found)]
    if messages:
        await outbox.put(tx, messages, now)


def _message(services: Services, team: Team, person: Person, now: dt.datetime) -> Message:
    day = local_day(now, clock_of(services, person, team))
    key = f"{REMINDER}:{person.id}:{day}"
    return Message(REMINDER, person.id, team.id, key, allowed_at(team, person, now))


def _once(found: Iterable[Person]) -> list[Person]:
    return list({person.id: person for person in found}.values())


def _horizon(now: dt.datetime, reading: ZoneInfo) -> dt.datetime:
    """Return until when a dispute is near its limit: the end of the next working day."""
    last = add_working_days(local_day(now, reading), 1)
    return moment_of(last + dt.timedelta(days=1), dt.time(), reading)


async def _agents(tx: Transaction, team: Team, now: dt.datetime) -> list[Person]:
    members = {one.id: one for one in await people.in_team(tx, team.id, Relation.MEMBER)}
    late = await evaluations.overdue(tx, members, now - PATIENCE)
    return [members[one.agent_id] for one in late if members[one.agent_id].is_a(Role.AGENT)]


async def _deciders(
    tx: Transaction, services: Services, team: Team, horizon: dt.datetime
) -> list[Person]:
    found: list[Person] = []
    for one in await disputes.waiting(tx, [team.id]):
        if one.dispute.due_at < horizon:
            found += await _asked(tx, services, one)
    return found


async def _asked(tx: Transaction, services: Services, one: Waiting) -> list[Person]:
    file = await load(tx, services, one.dispute.evaluation_id)
    return await deciding(tx, file) if file is not None else []


async def _evaluators(tx: Transaction, team: Team, now: dt.datetime) -> list[Person]:
    """Return who left a draft lying: the team's own evaluators, and those without any team."""
    old = await drafts.untouched_since(tx, now - PATIENCE)
    owners = (await people.by_ids(tx, {one.evaluator_id for one in old})).values()
    return [one for one in owners if one.active and late_tasks.is_near(one, team)]


async def _draw(services: Services, t: Words, to: Person, message: Claimed) -> Screen | None:
    """Return what waits for the person now; nothing any more is no news."""
    now = services.clock()
    async with services.db.reading() as tx:
        team = await teams.by_id(tx, message.subject)
        reading = clock_of(services, to, team)
        near = await _near_disputes(tx, services, to, _horizon(now, reading))
        waits = Waits(
            feedback=await _feedback(tx, to, now),
            disputes=near,
            reviews=await escalation.reviews(tx, services, to, _horizon(now, reading)),
            drafts=await _drafts(tx, to, now),
            zone=reading,
            tasks=await late_tasks.own(tx, to, now),
            late=await late_tasks.of_teams(tx, to, now),
        )
        waits = replace(waits, names=await _names(tx, [*near, *waits.reviews]))
    return reminder_screen(t, waits) if waits.anything else None


async def _feedback(tx: Transaction, to: Person, now: dt.datetime) -> Sequence[Evaluation]:
    if not to.is_a(Role.AGENT):
        return ()
    return await evaluations.overdue(tx, [to.id], now - PATIENCE)


async def _near_disputes(
    tx: Transaction, services: Services, to: Person, horizon: dt.datetime
) -> Sequence[Waiting]:
    if not to.is_a(Role.SUPERVISOR, Role.ADMIN):
        return ()
    seen = await disputes.waiting(tx, None if to.is_a(Role.ADMIN) else to.supervises)
    return [
        one
        for one in seen
        if one.dispute.due_at < horizon
        and to.id in {asked.id for asked in await _asked(tx, services, one)}
    ]


async def _names(tx: Transaction, near: Sequence[Waiting]) -> dict[int, str]:
    found = await people.by_ids(tx, {one.agent_id for one in near})
    return {person.id: person.name for person in found.values()}


async def _drafts(tx: Transaction, to: Person, now: dt.datetime) -> Sequence[Draft]:
    if not to.is_a(Role.EVALUATOR):
        return ()
    return [one for one in await drafts.open_of(tx, to.id) if one.updated_at < now - PATIENCE]


NOTICES = (Notice(REMINDER, _draw, repeats=False),)

JOBS = (Job("reminders", "daily 10:00", remind, N_("Reminds people of what waits for them")),)

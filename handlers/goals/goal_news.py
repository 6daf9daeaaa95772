"""What is told of goals: that one was set or dropped, and at its date what came of it."""

import datetime as dt
from collections.abc import Iterable

from handlers.evaluating.submission import allowed_at
from handlers.goals.goal_data import GoalFile, counted, load
from handlers.jobs import Occurrence
from handlers.notice import Notice
from handlers.reports.report_data import team_of
from handlers.turn import Services
from handlers.views import goals as views
from handlers.views.screen import Screen
from handlers.words import Words
from scoring.zones import local_day
from storage import goals, outbox, people
from storage.database import Transaction
from storage.goals import Goal
from storage.outbox import Claimed, Message
from storage.people import Person
from storage.teams import Team

SET = "goal-set"
DROPPED = "goal-dropped"
ENDED = "goal-ended"


async def tell(
    tx: Transaction, kind: str, file: GoalFile, now: dt.datetime, *, without: int = 0
) -> None:
    """Queue the news for the agent and the mentor, but not for the person *without*."""
    told = [one for one in (file.agent, file.mentor) if one is not None and one.id != without]
    team = await team_of(tx, file.agent)
    await _put(tx, kind, file.goal, team, told, now)


async def end_due(services: Services, tx: Transaction, team: Team, occurrence: Occurrence) -> None:
    """End the team's goals whose date has come, each with its figures, and queue what came of it.

    Of a goal that two runs find, the first one's end stands and is told.
    """
    now = services.clock()
    for goal in await goals.due(tx, team.id, local_day(occurrence.due, occurrence.zone)):
        agent = await people.by_id(tx, goal.agent_id)
        if agent is None:
            continue
        found = await counted(tx, services, goal, agent)
        if await goals.close(
            tx,
            goal.id,
            found.progress.state,
            now,
            before=found.before,
            after=found.after,
            expected=found.expected,
        ):
            await _put(tx, ENDED, goal, team, await _concerned(tx, goal, agent), now)


async def _concerned(tx: Transaction, goal: Goal, agent: Person) -> list[Person]:
    """Return the agent, the mentor, and who set the goal or else whoever supervises the agent."""
    named = await people.by_ids(tx, {one for one in (goal.mentor_id, goal.made_by) if one})
    maker = named.get(goal.made_by or 0)
    bosses = [maker] if maker is not None and maker.active else []
    bosses = bosses or await people.supervisors_of(tx, agent)
    mentor = named.get(goal.mentor_id or 0)
    return [agent, *([mentor] if mentor is not None else []), *bosses]


async def _put(
    tx: Transaction,
    kind: str,
    goal: Goal,
    team: Team | None,
    told: Iterable[Person],
    now: dt.datetime,
) -> None:
    messages = [
        Message(
            kind=kind,
            recipient_id=one.id,
            subject=goal.id,
            key=f"{kind}:{goal.id}:{one.id}",
            not_before=allowed_at(team, one, now),
        )
        for one in {one.id: one for one in told if one.active}.values()
    ]
    if messages:
        await outbox.put(tx, messages, now)


async def _draw(services: Services, t: Words, to: Person, message: Claimed) -> Screen | None:
    """Return the goal as it stands, unless that is no news any more or not for this person."""
    async with services.db.reading() as tx:
        file = await load(tx, services, to, message.subject)
    if file is None or not file.may_be_seen_by(to):
        return None
    if message.kind == SET and not file.goal.is_open:
        return None
    return views.news_screen(t, file, to)


NOTICES = (Notice(SET, _draw), Notice(DROPPED, _draw), Notice(ENDED, _draw))

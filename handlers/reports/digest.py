"""The weekly digest: agents read their week, supervisors their teams', evaluators their work."""

import asyncio
from collections.abc import Sequence

from handlers.evaluating.submission import allowed_at
from handlers.jobs import Job, Occurrence
from handlers.notice import Addressed, Notice, alone
from handlers.reports.digest_data import agents_weeks
from handlers.reports.painting import painted
from handlers.reports.report_data import team_report, zone_of
from handlers.turn import Services
from handlers.views import digest as views
from handlers.views import report_charts, reports
from handlers.views.screen import Screen
from handlers.words import N_, Words
from scoring.periods import Period, parse_period, read_token, token
from scoring.roles import Relation
from scoring.zones import local_day
from storage import digests, outbox, teams
from storage import reports as figures
from storage.database import Transaction
from storage.outbox import Claimed, Message
from storage.people import Person
from storage.teams import Team

AGENTS_WEEK = "digest-agent"
TEAMS_WEEK = "digest-team"
EVALUATORS_WEEK = "digest-evaluator"

WORDED_AT_ONCE = 8
"""Between so many digests whatever else goes on gets its turn."""


async def queue(services: Services, tx: Transaction, team: Team, occurrence: Occurrence) -> None:
    """Queue the digests of the week before the occurrence for everybody of the team.

    The key is the person and the week (for a supervisor the team as well), so that people of
    several teams hear of their own week once.
    """
    week = token(ended(occurrence, "last week"))
    now = services.clock()
    members = await digests.in_team(tx, team.id)
    told = [
        *((AGENTS_WEEK, one, "") for one in members[Relation.MEMBER]),
        *((TEAMS_WEEK, one, f":{team.id}") for one in members[Relation.SUPERVISOR]),
        *((EVALUATORS_WEEK, one, "") for one in await digests.evaluators_near(tx, team.id)),
    ]
    messages = [
        Message(
            kind=kind,
            recipient_id=one.id,
            subject=team.id,
            key=f"{kind}:{one.id}:{week}{about}",
            not_before=allowed_at(team, one, now),
            data=week,
        )
        for kind, one, about in told
    ]
    if messages:
        await outbox.put(tx, messages, now)


def ended(occurrence: Occurrence, words: str) -> Period:
    """Return the period that *words* (such as ``last week``) name on the occurrence's day.

    It is named by its dates, so that it stays the same whenever the message is delivered.
    """
    period = parse_period(words, local_day(occurrence.due, occurrence.zone))
    return Period(period.kind, period.first, period.last)


async def _agents_weeks(
    services: Services, addressed: Sequence[Addressed]
) -> dict[int, Screen | None]:
    asked = [(one.to, read_token(one.message.data)) for one in addressed]
    async with services.db.reading() as tx:
        weeks = await agents_weeks(tx, services, asked)
    drawn: dict[int, Screen | None] = {}
    for one, week in zip(addressed, weeks, strict=True):
        told = week.count or week.waiting
        drawn[one.message.id] = views.agents_week(one.t, week) if told else None
        if len(drawn) % WORDED_AT_ONCE == 0:
            await asyncio.sleep(0)
    return drawn


async def _teams_week(services: Services, t: Words, _to: Person, message: Claimed) -> Screen | None:
    return await teams_report(services, t, message)


async def teams_report(services: Services, t: Words, message: Claimed) -> Screen | None:
    """Return the report on the message's team and period, or ``None`` without evaluations."""
    async with services.db.reading() as tx:
        team = await teams.by_id(tx, message.subject)
        if team is None:
            return None
        period = read_token(message.data)
        seen = await team_report(tx, services, team, period)
    if not seen.report.count:
        return None
    picture = await painted(services, report_charts.team_chart(t, seen, named=True))
    return reports.team_screen(t, seen, picture, private=True)


async def _evaluators_week(
    services: Services, t: Words, to: Person, message: Claimed
) -> Screen | None:
    async with services.db.reading() as tx:
        team = await teams.by_id(tx, message.subject)
        week = read_token(message.data)
        done = await figures.workload(tx, to.id, week.bounds(zone_of(services, team)))
    if not done.evaluations and not done.drafts and not done.assigned:
        return None
    return views.evaluators_week(t, done)


NOTICES = (
    Notice(AGENTS_WEEK, alone(_agents_weeks), many=_agents_weeks),
    Notice(TEAMS_WEEK, _teams_week),
    Notice(EVALUATORS_WEEK, _evaluators_week),
)
JOBS = (
    Job(
        "weekly-digest",
        "weekly mon {digest_time}",
        queue,
        N_("Each agent their week, each supervisor their teams, evaluators their work"),
    ),
)

"""The weekly digest: agents read their week, supervisors their teams', evaluators their work."""

from collections.abc import Iterable

from handlers.evaluating.submission import allowed_at
from handlers.jobs import Job, Occurrence
from handlers.notice import Notice
from handlers.reports.painting import painted
from handlers.reports.report_data import person_report, team_of, team_report, zone_of
from handlers.turn import Services
from handlers.views import digest as views
from handlers.views import report_charts, reports
from handlers.views.screen import Screen
from handlers.words import N_, Words
from scoring.periods import Period, parse_period, read_token, token
from scoring.roles import Relation, Role
from scoring.zones import local_day
from storage import evaluations, outbox, people, teams
from storage import reports as figures
from storage.database import Transaction
from storage.outbox import Claimed, Message
from storage.people import Person
from storage.teams import Team

AGENTS_WEEK = "digest-agent"
TEAMS_WEEK = "digest-team"
EVALUATORS_WEEK = "digest-evaluator"


async def queue(services: Services, tx: Transaction, team: Team, occurrence: Occurrence) -> None:
    """Queue the digests of the week before the occurrence for everybody of the team.

    The key is the person and the week (for a supervisor the team as well), so that people of
    several teams hear of their own week once.
    """
    week = token(ended(occurrence, "last week"))
    now = services.clock()
    members = await people.in_team(tx, team.id, Relation.MEMBER)
    supervisors = await people.in_team(tx, team.id, Relation.SUPERVISOR)
    evaluators = [one for one in await people.with_role(tx, Role.EVALUATOR) if _near(one, team)]
    told = [
        *((AGENTS_WEEK, one, "") for one in _reached(members, Role.AGENT)),
        *((TEAMS_WEEK, one, f":{team.id}") for one in _reached(supervisors, Role.SUPERVISOR)),
        *((EVALUATORS_WEEK, one, "") for one in _reached(evaluators, Role.EVALUATOR)),
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


def _reached(everybody: Iterable[Person], role: Role) -> list[Person]:
    return [one for one in everybody if one.is_a(role) and one.telegram_id is not None]


def _near(evaluator: Person, team: Team) -> bool:
    """Return whether the team's Monday is the evaluator's: one of theirs, or they have none."""
    own = {*evaluator.teams, *evaluator.supervises}
    return not own or team.id in own


async def _agents_week(services: Services, t: Words, to: Person, message: Claimed) -> Screen | None:
    async with services.db.reading() as tx:
        team = await team_of(tx, to)
        week = read_token(message.data)
        seen = await person_report(tx, services, to, team, week)
        window = week.bounds(zone_of(services, team))
        scores = await figures.final_scores(tx, to.id, window)
        waiting = [one.id for one in await evaluations.overdue(tx, [to.id], services.clock())]
    if not seen.report.count and not waiting:
        return None
    return views.agents_week(t, seen, scores, waiting)


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
    Notice(AGENTS_WEEK, _agents_week),
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

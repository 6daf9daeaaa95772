"""The monthly report: the team's chart, its paper and its workbook, sent to its supervisors."""

from handlers.evaluating.submission import allowed_at
from handlers.jobs import Job, Occurrence
from handlers.kpi import kpi_watch
from handlers.notice import Notice
from handlers.reports.books import team_book, team_paper
from handlers.reports.digest import ended, teams_report
from handlers.reports.line_keepers import line_keepers_of
from handlers.reports.report_data import TeamReport, team_report
from handlers.reports.training import training_of
from handlers.turn import Services
from handlers.views import export as views
from handlers.views import line_keepers
from handlers.views.screen import CAPTION_LIMIT, Screen, fit
from handlers.views.training import brief_lines
from handlers.words import N_, Words
from scoring.periods import read_token, token
from scoring.roles import Relation, Role
from storage import outbox, people, teams
from storage.database import Transaction
from storage.outbox import Claimed, Message
from storage.people import Person
from storage.teams import Team

CHART = "monthly-chart"
PAPER = "monthly-paper"
WORKBOOK = "monthly-workbook"


async def queue(services: Services, tx: Transaction, team: Team, occurrence: Occurrence) -> None:
    """Queue last month's report and missed targets for the team's supervisors, once per month."""
    period = ended(occurrence, "last month")
    month = token(period)
    now = services.clock()
    supervisors = await people.in_team(tx, team.id, Relation.SUPERVISOR)
    messages = [
        Message(
            kind=kind,
            recipient_id=one.id,
            subject=team.id,
            key=f"{kind}:{one.id}:{month}:{team.id}",
            not_before=allowed_at(team, one, now),
            data=month,
        )
        for one in supervisors
        if one.is_a(Role.SUPERVISOR) and one.telegram_id is not None
        for kind in (CHART, PAPER, WORKBOOK)
    ]
    if messages:
        await outbox.put(tx, messages, now)
    await kpi_watch.queue(services, tx, team, period)


async def _chart(services: Services, t: Words, _to: Person, message: Claimed) -> Screen | None:
    return await teams_report(services, t, message)


async def _paper(services: Services, t: Words, _to: Person, message: Claimed) -> Screen | None:
    seen = await _seen(services, message)
    if seen is None:
        return None
    return Screen(views.caption(t), file=await team_paper(services, t, seen))


async def _workbook(services: Services, t: Words, _to: Person, message: Claimed) -> Screen | None:
    seen = await _seen(services, message)
    if seen is None:
        return None
    async with services.db.reading() as tx:
        needs = await training_of(tx, services, seen)
        look = await line_keepers_of(tx, services, seen)
    told = [*line_keepers.brief_lines(t, look), *brief_lines(t, seen, needs), views.caption(t)]
    return Screen(fit(told, CAPTION_LIMIT), file=await team_book(services, t, seen))


async def _seen(services: Services, message: Claimed) -> TeamReport | None:
    """Return the report the message is about, ``None`` without evaluations."""
    async with services.db.reading() as tx:
        team = await teams.by_id(tx, message.subject)
        if team is None:
            return None
        period = read_token(message.data)
        seen = await team_report(tx, services, team, period)
    return seen if seen.report.count else None


NOTICES = (
    Notice(CHART, _chart),
    Notice(PAPER, _paper),
    Notice(WORKBOOK, _workbook),
    *kpi_watch.NOTICES,
)
JOBS = (
    Job(
        "monthly-report",
        "monthly 1 {digest_time}",
        queue,
        N_("Each team's report of last month, as a chart, a PDF and a workbook"),
    ),
)

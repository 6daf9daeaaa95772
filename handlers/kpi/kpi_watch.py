"""Targets that were missed two months in a row reach the team's supervisors.

Looked for with the monthly report, and again when figures of the ended month come in later.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from hashlib import blake2b

from handlers.evaluating.casefile import oversees
from handlers.evaluating.submission import allowed_at
from handlers.kpi.misses import Missed, missed
from handlers.notice import Notice
from handlers.reports.report_data import today_of
from handlers.turn import Services
from handlers.views import kpi_missed as views
from handlers.views.screen import Screen
from handlers.words import Words
from scoring.periods import Period, parse_period, previous, read_token, token
from scoring.roles import Relation, Role
from storage import outbox, people, teams
from storage.database import Transaction
from storage.kpi_figures import Figure
from storage.outbox import Claimed, Message
from storage.people import Person
from storage.teams import Team

KIND = "kpi-missed"
SEPARATOR = " "


async def queue(services: Services, tx: Transaction, team: Team, month: Period) -> None:
    """Queue what the team and its agents missed in *month* and the one before, if anything.

    The key holds what was missed, so that the same is told once and late figures are told too.
    """
    found = await missed(tx, services, team, month)
    if not found:
        return
    now = services.clock()
    data = f"{token(month)}{SEPARATOR}{_digest(found)}"
    messages = [
        Message(
            kind=KIND,
            recipient_id=one.id,
            subject=team.id,
            key=f"{KIND}:{one.id}:{team.id}:{data}",
            not_before=allowed_at(team, one, now),
            data=data,
        )
        for one in await people.in_team(tx, team.id, Relation.SUPERVISOR)
        if one.is_a(Role.SUPERVISOR) and one.telegram_id is not None
    ]
    if messages:
        await outbox.put(tx, messages, now)


async def look_again(services: Services, tx: Transaction, figures: Iterable[Figure]) -> None:
    """Queue what is missed now that these figures came, where they change what was known.

    Only the month that ended last and the one before it count: older ones are no news.
    """
    days: dict[int, list[dt.date]] = {}
    for one in figures:
        if one.team is not None:
            days.setdefault(one.team, []).append(one.day)
    for team in await teams.by_ids(tx, days):
        month = ended(today_of(services, team))
        if any(previous(month).first <= day <= month.last for day in days[team.id]):
            await queue(services, tx, team, month)


def ended(today: dt.date) -> Period:
    """Return the month that ended last, named by its own dates."""
    month = parse_period("last month", today)
    return Period(month.kind, month.first, month.last)


def _digest(found: Sequence[Missed]) -> str:
    told = "\n".join(f"{one.agent} {one.aim.metric.key}" for one in found)
    return blake2b(told.encode(), digest_size=8).hexdigest()


async def _draw(services: Services, t: Words, to: Person, message: Claimed) -> Screen | None:
    """Return what is missed as things stand now; nothing where another message tells that."""
    name, _, known = message.data.partition(SEPARATOR)
    async with services.db.reading() as tx:
        team = await teams.by_id(tx, message.subject)
        if team is None or not oversees(to, frozenset({team.id})):
            return None
        month = read_token(name)
        found = await missed(tx, services, team, month)
    if _digest(found) != known:
        return None
    return views.missed_screen(t, team, month, found)


NOTICES = (Notice(KIND, _draw),)

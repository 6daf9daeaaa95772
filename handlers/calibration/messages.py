"""What a calibration makes people hear: invitation, reminder, and that its results are out."""

import datetime as dt
from collections.abc import Iterable

from handlers.evaluating.casefile import clock_of
from handlers.evaluating.submission import allowed_at
from handlers.turn import Services
from scoring.zones import local_day, moment_of
from storage import people, teams
from storage.calibrations import Session
from storage.database import Transaction
from storage.outbox import Message
from storage.people import Person
from storage.teams import Team

INVITED = "calibration_invited"
REMINDER = "calibration_reminder"
DUE = "calibration_due"
CLOSED = "calibration_closed"

REMINDED_AT = dt.time(10)
SOONEST = dt.timedelta(hours=12)
"""Nobody is reminded sooner than this after the invitation."""

WEEKEND = (5, 6)


async def opening(
    tx: Transaction, services: Services, session: Session, due_at: dt.datetime, now: dt.datetime
) -> list[Message]:
    """Return the invitations, each person's reminder, and the results' news at the deadline."""
    messages = []
    for person, team in await _with_teams(tx, {*session.people, session.opener_id}):
        if person.id != session.opener_id:
            messages.append(_message(INVITED, session, person, team, now))
        if person.id in session.people:
            clock = clock_of(services, person, team)
            day = local_day(due_at, clock)
            remind_at = moment_of(working_day_before(day), REMINDED_AT, clock)
            if remind_at < now + SOONEST:
                remind_at = moment_of(day, REMINDED_AT, clock)
            if now + SOONEST <= remind_at < due_at:
                messages.append(_message(REMINDER, session, person, team, remind_at))
        messages.append(_message(DUE, session, person, team, due_at))
    return messages


async def closing(
    tx: Transaction, session: Session, now: dt.datetime, *, by: int | None
) -> list[Message]:
    """Return the news that the results are out, for everyone but *by*."""
    heard = {*session.people, session.opener_id} - {by}
    return [
        _message(CLOSED, session, person, team, now)
        for person, team in await _with_teams(tx, heard)
    ]


def working_day_before(day: dt.date) -> dt.date:
    """Return the last working day (Monday to Friday) before *day*."""
    before = day - dt.timedelta(days=1)
    while before.weekday() in WEEKEND:
        before -= dt.timedelta(days=1)
    return before


async def _with_teams(tx: Transaction, ids: Iterable[int]) -> list[tuple[Person, Team | None]]:
    """Return the people with the first team that each belongs to, whose quiet hours hold."""
    found = await people.by_ids(tx, ids)
    wanted = {one for person in found.values() for one in (*person.teams, *person.supervises)}
    known = {team.id: team for team in await teams.by_ids(tx, wanted)}
    return [
        (person, next((known[one] for one in (*person.teams, *person.supervises)), None))
        for person in found.values()
    ]


def _message(
    kind: str, session: Session, person: Person, team: Team | None, at: dt.datetime
) -> Message:
    key = f"{kind}:{session.id}:{person.id}"
    return Message(kind, person.id, session.id, key, allowed_at(team, person, at))

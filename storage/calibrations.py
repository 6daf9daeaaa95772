"""Calibration sessions: planning one, opening and closing it, and finding one's own."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import ColumnElement, RowMapping, delete, insert, or_, select, update

from scoring.scorecard import Channel
from storage.database import Transaction
from storage.tables import CalibrationContactRow, CalibrationPersonRow, CalibrationRow, ContactRow

T = TypeVar("T")

USUAL_DAYS = 3
"""The working days until the deadline where nothing else was chosen."""


class Status(StrEnum):
    """Where a session stands; one past its deadline may still be called open."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact as a session names it."""

    id: int
    agent_id: int
    channel: Channel
    reference: str | None
    started_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Session:
    """A session with its contacts and the ids of the people who score in it.

    ``days`` are the working days from opening to the deadline. Scorecard version, seed and
    deadline are there once it is open.
    """

    id: int
    opener_id: int
    reference_id: int | None
    scorecard_version_id: int | None
    status: Status
    days: int
    seed: int | None
    created_at: dt.datetime
    opened_at: dt.datetime | None
    due_at: dt.datetime | None
    closed_at: dt.datetime | None
    contacts: tuple[Contact, ...] = ()
    people: tuple[int, ...] = ()

    @property
    def is_planned(self) -> bool:
        """Whether its opener is still preparing it."""
        return self.status is Status.PLANNED

    def is_over(self, now: dt.datetime) -> bool:
        """Return whether nobody can score in it any more, so that its results are visible."""
        if self.status is Status.OPEN:
            return self.due_at is not None and now >= self.due_at
        return self.status is Status.CLOSED

    def is_running(self, now: dt.datetime) -> bool:
        """Return whether its people can score in it."""
        return self.status is Status.OPEN and not self.is_over(now)

    def concerns(self, person_id: int) -> bool:
        """Return whether the person opened it or, once it was opened, scores in it."""
        return person_id == self.opener_id or (not self.is_planned and person_id in self.people)

    def contact(self, contact_id: int) -> Contact | None:
        """Return one of its contacts, or ``None``."""
        return next((one for one in self.contacts if one.id == contact_id), None)

    def tasks_of(self, person_id: int) -> tuple[Contact, ...]:
        """Return what the person scores in it: every contact that is not their own."""
        if person_id not in self.people:
            return ()
        return tuple(one for one in self.contacts if one.agent_id != person_id)


async def plan(
    tx: Transaction, opener_id: int, people: Collection[int], now: dt.datetime
) -> Session:
    """Begin a session without contacts and return it."""
    row = insert(CalibrationRow).values(
        opener_id=opener_id, status=Status.PLANNED, days=USUAL_DAYS, created_at=now
    )
    session_id = (await tx.execute(row.returning(CalibrationRow.id))).scalar_one()
    for person_id in people:
        await invite(tx, session_id, person_id)
    return await _one(tx, session_id)


async def by_id(tx: Transaction, session_id: int, *, alone: bool = False) -> Session | None:
    """Return the session, or ``None``; *alone* keeps others from changing it meanwhile."""
    if alone:
        row = select(CalibrationRow.id).where(CalibrationRow.id == session_id)
        await tx.execute(row.with_for_update())
    return next(iter(await _sessions(tx, CalibrationRow.id == session_id)), None)


async def planned_by(tx: Transaction, opener_id: int) -> Session | None:
    """Return the session that the person is preparing, or ``None``."""
    mine = (CalibrationRow.opener_id == opener_id, CalibrationRow.status == Status.PLANNED)
    return next(iter(await _sessions(tx, *mine)), None)


async def of_person(tx: Transaction, person_id: int) -> list[Session]:
    """Return the sessions that the person opened or scores in, newest first."""
    invited = select(CalibrationPersonRow.calibration_id).where(
        CalibrationPersonRow.person_id == person_id
    )
    found = await _sessions(
        tx,
        or_(CalibrationRow.opener_id == person_id, CalibrationRow.id.in_(invited)),
        CalibrationRow.status != Status.DROPPED,
    )
    return [one for one in found if one.concerns(person_id)]


async def save_plan(tx: Transaction, session: Session) -> None:
    """Store the reference, the scorecard's version and the days of a planned session."""
    values = {
        "reference_id": session.reference_id,
        "scorecard_version_id": session.scorecard_version_id,
        "days": session.days,
    }
    await tx.execute(update(CalibrationRow).where(_planned(session.id)).values(values))


async def add_contact(tx: Transaction, session_id: int, contact_id: int) -> None:
    """Let the contact be scored in the session; once is enough."""
    await remove_contact(tx, session_id, contact_id)
    row = {"calibration_id": session_id, "contact_id": contact_id}
    await tx.execute(insert(CalibrationContactRow).values(row))


async def remove_contact(tx: Transaction, session_id: int, contact_id: int) -> None:
    """Leave the contact out of the session."""
    mine = (
        CalibrationContactRow.calibration_id == session_id,
        CalibrationContactRow.contact_id == contact_id,
    )
    await tx.execute(delete(CalibrationContactRow).where(*mine))


async def invite(tx: Transaction, session_id: int, person_id: int) -> None:
    """Let the person score in the session; once is enough."""
    await leave_out(tx, session_id, person_id)
    row = {"calibration_id": session_id, "person_id": person_id}
    await tx.execute(insert(CalibrationPersonRow).values(row))


async def leave_out(tx: Transaction, session_id: int, person_id: int) -> None:
    """Take the person out of the session."""
    mine = (
        CalibrationPersonRow.calibration_id == session_id,
        CalibrationPersonRow.person_id == person_id,
    )
    await tx.execute(delete(CalibrationPersonRow).where(*mine))


async def begin(
    tx: Transaction, session_id: int, seed: int, due_at: dt.datetime, now: dt.datetime
) -> bool:
    """Open a planned session; return False, changing nothing, where it is planned no more."""
    values = {"status": Status.OPEN, "seed": seed, "due_at": due_at, "opened_at": now}
    done = await tx.execute(update(CalibrationRow).where(_planned(session_id)).values(values))
    return done.rowcount == 1


async def drop(tx: Transaction, session_id: int) -> None:
    """Give up a planned session."""
    values = {"status": Status.DROPPED}
    await tx.execute(update(CalibrationRow).where(_planned(session_id)).values(values))


async def close(tx: Transaction, session_id: int, at: dt.datetime) -> bool:
    """Close an open session as of that moment; return False where it is open no more."""
    still_open = (CalibrationRow.id == session_id, CalibrationRow.status == Status.OPEN)
    values = {"status": Status.CLOSED, "closed_at": at}
    done = await tx.execute(update(CalibrationRow).where(*still_open).values(values))
    return done.rowcount == 1


def _planned(session_id: int) -> ColumnElement[bool]:
    return (CalibrationRow.id == session_id) & (CalibrationRow.status == Status.PLANNED)


async def _one(tx: Transaction, session_id: int) -> Session:
    return (await _sessions(tx, CalibrationRow.id == session_id))[0]


async def _sessions(tx: Transaction, *conditions: ColumnElement[bool]) -> list[Session]:
    wanted = select(CalibrationRow.__table__).where(*conditions).order_by(CalibrationRow.id.desc())
    rows = (await tx.execute(wanted)).mappings().all()
    ids = [row["id"] for row in rows]
    contacts, people = await _contacts(tx, ids), await _people(tx, ids)
    return [
        replace(
            _session(row),
            contacts=tuple(contacts.get(row["id"], ())),
            people=tuple(people.get(row["id"], ())),
        )
        for row in rows
    ]


async def _contacts(tx: Transaction, ids: Sequence[int]) -> dict[int, list[Contact]]:
    wanted = (
        select(CalibrationContactRow.calibration_id, ContactRow.__table__)
        .join(ContactRow, ContactRow.id == CalibrationContactRow.contact_id)
        .where(CalibrationContactRow.calibration_id.in_(ids))
        .order_by(ContactRow.id)
    )
    rows = (await tx.execute(wanted)).mappings()
    return _grouped((row["calibration_id"], contact_of(row)) for row in rows)


async def _people(tx: Transaction, ids: Sequence[int]) -> dict[int, list[int]]:
    wanted = (
        select(CalibrationPersonRow.calibration_id, CalibrationPersonRow.person_id)
        .where(CalibrationPersonRow.calibration_id.in_(ids))
        .order_by(CalibrationPersonRow.person_id)
    )
    return _grouped((row.calibration_id, row.person_id) for row in await tx.execute(wanted))


def _grouped(pairs: Iterable[tuple[int, T]]) -> dict[int, list[T]]:
    found: dict[int, list[T]] = {}
    for key, one in pairs:
        found.setdefault(key, []).append(one)
    return found


def contact_of(row: RowMapping) -> Contact:
    """Return the contact that a row with its columns stands for."""
    return Contact(
        id=row["id"],
        agent_id=row["agent_id"],
        channel=Channel(row["channel"]),
        reference=row["reference"],
        started_at=row["started_at"],
    )


def _session(row: RowMapping) -> Session:
    return Session(
        id=row["id"],
        opener_id=row["opener_id"],
        reference_id=row["reference_id"],
        scorecard_version_id=row["scorecard_version_id"],
        status=Status(row["status"]),
        days=row["days"],
        seed=row["seed"],
        created_at=row["created_at"],
        opened_at=row["opened_at"],
        due_at=row["due_at"],
        closed_at=row["closed_at"],
    )

"""A contacts file's rows: each cell understood, or the sentence that says what is wrong with it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar
from zoneinfo import ZoneInfo

from handlers.contacts.contact_refusals import (
    AmbiguousMoment,
    BadDuration,
    BadMoment,
    CellOver,
    FutureMoment,
    NoAgent,
    NoChannel,
    NoIdentity,
    NotAgent,
    SeveralAgents,
    TwiceContact,
    UnknownAgent,
    UnknownChannel,
    UnknownStatus,
    UnknownType,
)
from handlers.people.known import Known
from handlers.people.rows import Surplus
from handlers.tables.limits import LARGE
from handlers.tables.tables import Columns, Row, Table
from handlers.tables.written import AmbiguousDateError, Habits, habits, intact
from handlers.tables.written import moment as written_moment
from handlers.tables.written import seconds as written_seconds
from handlers.views.screen import shorten
from scoring.contacts import ContactType, Status
from scoring.customers import country_of
from scoring.roles import Role
from scoring.scorecard import Channel
from scoring.text import printable
from scoring.zones import moment_of
from storage.contacts import identity
from storage.contacts_bulk import NewContact
from storage.people import Person

COLUMNS = Columns(
    ("agent", "channel"),
    (
        "agent_key",
        *("reference", "type", "topic", "status", "started_at"),
        *("duration_s", "customer", "link", "text"),
    ),
    rows=LARGE.rows,
    instead={"agent": "agent_key"},
)

LIMITS: Mapping[str, int] = {
    "reference": 80,
    "topic": 200,
    "customer": 120,
    "link": 500,
    "text": 30_000,
}
INTACT = ("reference", "customer", "agent", "agent_key")
"""Columns of which Excel may have made a number, and then a shorter one."""

MAX_DURATION = 31 * 24 * 60 * 60
FIRST_YEAR = 1990
FAST_CLOCK = dt.timedelta(days=1)
"""How far ahead another system's clock or zone may be before its moment is taken for a slip."""

KNOWN_CELLS = 500
"""Cells of few different words that are understood once, not in each row."""

HALF = dt.timedelta(milliseconds=500)

E = TypeVar("E", bound=StrEnum)


@dataclass(slots=True)
class Reading:
    """What a row is read against: people, their zones by id, and earlier rows.

    ``agents`` are those that earlier rows named, by what stood in the cell; ``habits`` says how the
    file writes numbers and dates.
    """

    people: Known
    zones: Mapping[int, ZoneInfo]
    now: dt.datetime
    seen: dict[str, int] = field(default_factory=dict)
    agents: dict[tuple[str, str], Person] = field(default_factory=dict)
    habits: Habits = field(default_factory=Habits)

    def contact(self, row: Row) -> NewContact:
        """Return the contact that *row* speaks of; raise the ``Sorry`` that says what is wrong."""
        if row.surplus:
            raise Surplus
        for column in INTACT:
            intact(column, row[column])
        named = row["agent"], row["agent_key"]
        agent = self.agents.get(named) or self._agent(*named)
        channel, reference = _channel(row["channel"]), _text(row, "reference")
        kind, status = _one_of(row["type"], ContactType, UnknownType), _status(row)
        started_at = self._moment(row["started_at"], self.zones[agent.id])
        key = identity(agent.id, channel, reference, started_at)
        if key is None:
            raise NoIdentity
        contact = NewContact(
            key,
            agent.id,
            channel,
            reference,
            type=kind,
            topic=_text(row, "topic"),
            status=status,
            started_at=started_at,
            duration_s=_seconds(row["duration_s"], self.habits),
            customer=_text(row, "customer"),
            country=country_of(self.zones[agent.id].key),
            link=_text(row, "link"),
            text=_text(row, "text"),
        )
        if self.seen.setdefault(key, row.number) != row.number:
            raise TwiceContact(row=self.seen[key])
        return contact

    def _agent(self, cell: str, key: str) -> Person:
        if not (cell or key):
            raise NoAgent
        found = self.people.meant(cell, key)
        every = [one for one in found if one.is_a(Role.AGENT)]
        agents = [one for one in every if one.active] or every
        if len(agents) == 1:
            self.agents[cell, key] = agents[0]
            return agents[0]
        named = shorten(cell or key, 60)
        if agents:
            raise SeveralAgents(name=named)
        raise NotAgent(name=named) if found else UnknownAgent(name=named)

    def _moment(self, cell: str, where: ZoneInfo) -> dt.datetime | None:
        if not cell:
            return None
        read = _wall(cell, self.habits)
        moment = moment_of(read.date(), read.time(), where) if read.tzinfo is None else read
        if moment > self.now + FAST_CLOCK:
            raise FutureMoment(text=shorten(cell, 40))
        return moment.astimezone(dt.UTC)


def habits_of(table: Table) -> Habits:
    """Return how the file writes durations and moments."""
    return habits(
        (row["duration_s"] for row in table.rows),
        (row["started_at"] for row in table.rows),
        workbook=table.style is None,
    )


def _wall(cell: str, known: Habits) -> dt.datetime:
    """Return the moment as written, with its offset where it has one, to the second."""
    try:
        read = written_moment(cell, known)
    except AmbiguousDateError as error:
        raise AmbiguousMoment(text=shorten(cell, 40)) from error
    except ValueError as error:
        raise BadMoment(text=shorten(cell, 40)) from error
    if not FIRST_YEAR <= read.year < dt.MAXYEAR:
        raise BadMoment(text=shorten(cell, 40))
    # A spreadsheet's moment may be off by a few millionths.
    return (read + HALF).replace(microsecond=0)


@lru_cache(maxsize=KNOWN_CELLS)
def _channel(cell: str) -> Channel:
    if not cell:
        raise NoChannel(known=_listed(Channel))
    named = cell.casefold().replace("-", "")
    if named not in set(Channel):
        raise UnknownChannel(channel=shorten(cell, 40), known=_listed(Channel))
    return Channel(named)


def _status(row: Row) -> Status | None:
    """Return the status; an empty cell means closed, a missing column says nothing."""
    if "status" not in row.cells:
        return None
    return _one_of(row["status"], Status, UnknownStatus) or Status.CLOSED


@lru_cache(maxsize=KNOWN_CELLS)
def _one_of(cell: str, kind: type[E], refusal: type[UnknownType | UnknownStatus]) -> E | None:
    named = "_".join(cell.casefold().replace("-", " ").split())
    if not named:
        return None
    if named not in set(kind):
        raise refusal(name=shorten(cell, 40), known=_listed(kind))
    return kind(named)


def _seconds(cell: str, known: Habits) -> int | None:
    if not cell:
        return None
    try:
        read = written_seconds(intact("duration_s", cell), known)
    except ValueError as error:
        raise BadDuration(text=shorten(cell, 40), limit=MAX_DURATION) from error
    if read > MAX_DURATION:
        raise BadDuration(text=shorten(cell, 40), limit=MAX_DURATION)
    return read


def _text(row: Row, column: str) -> str | None:
    if not row[column]:
        return None
    text = printable(row[column])
    if column != "text":
        text = " ".join(text.split())
    if len(text) > LIMITS[column]:
        raise CellOver(column=column, limit=LIMITS[column])
    return text or None


def _listed(kind: type[StrEnum]) -> str:
    return ", ".join(one.value for one in kind)

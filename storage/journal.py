"""The journal of contacts as a list: searching, filtering, counting."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, RowMapping, and_, func, or_, select

from scoring.contacts import ContactType, Status
from scoring.names import fold, visible
from scoring.references import is_mark, reference_key
from scoring.scorecard import Channel
from scoring.text import folded
from storage import people_search
from storage.contacts import Teams, of_teams
from storage.database import Transaction
from storage.tables import ContactRow, PersonRow


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for: every word in reference, topic or the agent's name; the rest exactly.

    ``customers`` are the keys of a customer whom the words may name instead.
    """

    words: str = ""
    status: Status | None = None
    channel: Channel | None = None
    type: ContactType | None = None
    customers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A contact in one line."""

    id: int
    reference: str | None
    channel: Channel
    status: Status
    topic: str | None
    agent: str
    at: dt.datetime


async def page(
    tx: Transaction, sought: Sought, teams: Teams, *, offset: int, limit: int
) -> tuple[list[Entry], int]:
    """Return a stretch of what was found, newest first, and how much there is in all."""
    conditions = [*_conditions(sought), *of_teams(teams)]
    total = (await tx.execute(select(func.count(ContactRow.id)).where(*conditions))).scalar_one()
    wanted = (
        select(
            ContactRow.id,
            ContactRow.reference,
            ContactRow.channel,
            ContactRow.status,
            ContactRow.topic,
            PersonRow.name,
            ContactRow.at,
        )
        .join(PersonRow, PersonRow.id == ContactRow.agent_id)
        .where(*conditions)
        .order_by(ContactRow.at.desc(), ContactRow.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return [_entry(row) for row in (await tx.execute(wanted)).mappings()], total


async def count(tx: Transaction, teams: Teams, since: dt.datetime | None = None) -> int:
    """Return how many contacts there are, or how many of them since then."""
    conditions = of_teams(teams)
    if since is not None:
        conditions.append(ContactRow.at >= since)
    return (await tx.execute(select(func.count(ContactRow.id)).where(*conditions))).scalar_one()


def _conditions(sought: Sought) -> Sequence[ColumnElement[bool]]:
    exact = (
        (ContactRow.status, sought.status),
        (ContactRow.channel, sought.channel),
        (ContactRow.type, sought.type),
    )
    words = [word for word in folded(visible(sought.words)).split() if not is_mark(word)]
    conditions = [_holds(word) for word in words]
    if sought.customers and conditions:
        conditions = [or_(ContactRow.customer_key.in_(sought.customers), and_(*conditions))]
    return conditions + [column == value for column, value in exact if value is not None]


def _holds(word: str) -> ColumnElement[bool]:
    called = select(PersonRow.id).where(people_search.holding(fold(word)))
    return or_(
        ContactRow.reference_key.contains(reference_key(word), autoescape=True),
        ContactRow.topic_key.contains(word, autoescape=True),
        ContactRow.agent_id.in_(called),
    )


def _entry(row: RowMapping) -> Entry:
    return Entry(
        id=row["id"],
        reference=row["reference"],
        channel=Channel(row["channel"]),
        status=Status(row["status"]),
        topic=row["topic"],
        agent=row["name"],
        at=row["at"],
    )

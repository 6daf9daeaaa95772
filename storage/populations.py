"""Populations: the contacts that a draw chose from, in the journal and as the draw kept them."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import RowMapping, func, select

from scoring.contacts import ContactType, Status
from scoring.sampling import Candidate, Excluded, Member
from scoring.scorecard import Channel
from storage.database import Transaction
from storage.reports import Window
from storage.tables import AssignmentRow, ContactRow, DrawContactRow, EvaluationRow, PersonRow


@dataclass(frozen=True, slots=True)
class Line:
    """A contact of a draw's population with what people know it by."""

    member: Member
    chosen: bool
    agent: str
    reference: str | None


async def candidates(tx: Transaction, agents: Collection[int], window: Window) -> list[Candidate]:
    """Return the contacts of those agents in *window* of which something is left, by id."""
    first, after = window
    scored = select(EvaluationRow.id).where(
        EvaluationRow.contact_id == ContactRow.id, EvaluationRow.counts.is_(True)
    )
    drawn = select(AssignmentRow.id).where(AssignmentRow.contact_id == ContactRow.id)
    wanted = (
        select(
            ContactRow.id,
            ContactRow.agent_id,
            ContactRow.channel,
            ContactRow.type,
            ContactRow.duration_s,
            ContactRow.at,
            ContactRow.status,
            scored.exists().label("scored"),
            drawn.exists().label("drawn"),
        )
        .where(
            ContactRow.agent_id.in_(agents),
            ContactRow.at >= first,
            ContactRow.at < after,
            ContactRow.erased_at.is_(None),
        )
        .order_by(ContactRow.id)
    )
    return [_candidate(row) for row in (await tx.execute(wanted)).mappings()]


async def in_journal(tx: Transaction, agents: Collection[int], window: Window) -> dict[int, int]:
    """Return how many contacts of each of those agents the journal has in *window*, if any."""
    first, after = window
    counted = (
        select(ContactRow.agent_id, func.count(ContactRow.id))
        .where(ContactRow.agent_id.in_(agents), ContactRow.at >= first, ContactRow.at < after)
        .group_by(ContactRow.agent_id)
    )
    return {row[0]: row[1] for row in await tx.execute(counted)}


async def kept(tx: Transaction, draw_id: int) -> tuple[list[Member], frozenset[int]]:
    """Return the draw's population by contact, and the contacts it chose."""
    rows = select(DrawContactRow.__table__).where(DrawContactRow.draw_id == draw_id)
    found = (await tx.execute(rows.order_by(DrawContactRow.contact_id))).mappings().all()
    return [_member(row) for row in found], frozenset(
        row["contact_id"] for row in found if row["chosen"]
    )


async def lines(tx: Transaction, draw_id: int) -> list[Line]:
    """Return the draw's population by contact, with names and references."""
    rows = (
        select(DrawContactRow.__table__, PersonRow.name, ContactRow.reference)
        .join(PersonRow, PersonRow.id == DrawContactRow.agent_id)
        .join(ContactRow, ContactRow.id == DrawContactRow.contact_id)
        .where(DrawContactRow.draw_id == draw_id)
        .order_by(DrawContactRow.contact_id)
    )
    return [
        Line(_member(row), row["chosen"], row["name"], row["reference"])
        for row in (await tx.execute(rows)).mappings()
    ]


def _member(row: RowMapping) -> Member:
    excluded = row["excluded"]
    return Member(
        row["contact_id"],
        row["agent_id"],
        row["stratum"],
        Excluded(excluded) if excluded is not None else None,
    )


def _candidate(row: RowMapping) -> Candidate:
    return Candidate(
        id=row["id"],
        agent=row["agent_id"],
        channel=Channel(row["channel"]),
        type=ContactType(row["type"]) if row["type"] else None,
        duration_s=row["duration_s"],
        at=row["at"],
        status=Status(row["status"]),
        scored=row["scored"],
        drawn=row["drawn"],
    )

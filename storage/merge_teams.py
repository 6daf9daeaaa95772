"""Merging two teams, and taking that back by the record of it."""

import datetime as dt

from sqlalchemy import select, update

from storage import merging
from storage.audit import Detail
from storage.database import Transaction
from storage.merge_people import numbers
from storage.merge_rules import TEAMS
from storage.merging import Record
from storage.tables import PlanRow, TeamRow
from storage.teams import Team

INTO, ARCHIVED, PAUSED = "into", "archived", "paused"


async def preview(tx: Transaction, kept: int, dropped: int) -> dict[str, int]:
    """Return how many rows of each column would move, by table and column."""
    return await merging.count(tx, TEAMS, kept, dropped)


async def merge(tx: Transaction, kept: Team, dropped: Team, now: dt.datetime) -> dict[str, Detail]:
    """Make *dropped* a part of *kept*, whose settings hold; return the record for ``undo``.

    Where *kept* has an active plan, those of *dropped* rest: nobody is to be drawn for twice.
    """
    active = select(PlanRow.id).where(PlanRow.active.is_(True))
    there = (await tx.execute(active.where(PlanRow.team_id == kept.id))).first()
    resting = (await tx.execute(active.where(PlanRow.team_id == dropped.id))).scalars().all()
    record = await merging.move(tx, TEAMS, kept.id, dropped.id)
    if there is not None and resting:
        await tx.execute(update(PlanRow).where(PlanRow.id.in_(resting)).values(active=False))
        record[PAUSED] = merging.written([(one,) for one in resting])
    values = {"merged_into": kept.id} | ({} if dropped.archived else {"archived_at": now})
    await tx.execute(update(TeamRow).where(TeamRow.id == dropped.id).values(values))
    return record | {INTO: kept.id, ARCHIVED: dropped.archived}


async def undo(tx: Transaction, record: Record, kept: Team, dropped: Team) -> None:
    """Make *dropped* a team of its own again, with what *record* says was its."""
    await merging.move_back(tx, TEAMS, record, kept.id, dropped.id)
    resting = (PlanRow.id.in_(numbers(record.get(PAUSED))), PlanRow.team_id == dropped.id)
    await tx.execute(update(PlanRow).where(*resting).values(active=True))
    values: dict[str, object] = {"merged_into": None}
    if record.get(ARCHIVED) is False:
        values["archived_at"] = None
    await tx.execute(update(TeamRow).where(TeamRow.id == dropped.id).values(values))

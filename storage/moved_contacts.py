"""Contacts that turn out to be somebody else's."""

from sqlalchemy import exists, func, or_, select, update

from storage.contacts import Contact, identity
from storage.database import Transaction
from storage.drafts import OPEN
from storage.tables import (
    AssignmentRow,
    CalibrationContactRow,
    ContactRow,
    DraftRow,
    EvaluationRow,
    SecondScoringRow,
)


async def is_used(tx: Transaction, contact_id: int) -> bool:
    """Return whether more than one evaluation, or anything else, speaks of the contact."""
    scored = select(func.count()).where(EvaluationRow.contact_id == contact_id)
    if (await tx.execute(scored)).scalar_one() > 1:
        return True
    others = (
        exists().where(AssignmentRow.contact_id == contact_id),
        exists().where(SecondScoringRow.contact_id == contact_id),
        exists().where(CalibrationContactRow.contact_id == contact_id),
        exists().where(DraftRow.contact_id == contact_id, DraftRow.status == OPEN),
    )
    return bool((await tx.execute(select(or_(*others)))).scalar_one())


async def hand_to(tx: Transaction, contact: Contact, agent_id: int) -> bool:
    """Make the contact that agent's; return False, changing nothing, where they have it already."""
    key = identity(agent_id, contact.channel, contact.reference, contact.started_at)
    if key is not None:
        there = select(ContactRow.id).where(ContactRow.identity == key)
        if (await tx.execute(there)).first() is not None:
            return False
    values = {"agent_id": agent_id, "identity": key}
    await tx.execute(update(ContactRow).where(ContactRow.id == contact.id).values(values))
    return True

"""What a draft's screen names besides the draft, in one statement: it is read at every press."""

from dataclasses import dataclass

from sqlalchemy import Integer, bindparam, func, select

from storage.database import Transaction
from storage.drafts import Draft
from storage.outcomes import DECIDED
from storage.tables import AttachmentRow, PersonRow

NAMED = select(
    select(PersonRow.name)
    .where(PersonRow.id == bindparam("agent", type_=Integer))
    .scalar_subquery(),
    select(func.count())
    .where(AttachmentRow.draft_id == bindparam("draft", type_=Integer))
    .scalar_subquery(),
    DECIDED,
)


@dataclass(frozen=True, slots=True)
class Named:
    """The agent's name, how much material the draft has, and whether there are precedents."""

    agent: str | None
    materials: int
    precedents: bool


async def named(tx: Transaction, draft: Draft, scorecard: str | None) -> Named:
    """Return what the draft's screen names; precedents are those of its criterion.

    *scorecard* is the key of the scorecard, ``None`` where precedents are not asked for.
    """
    about = {
        "agent": draft.agent_id,
        "draft": draft.id,
        "scorecard": scorecard,
        "criterion": draft.criterion,
    }
    agent, materials, precedents = (await tx.execute(NAMED, about)).one()
    return Named(agent, materials or 0, bool(precedents))

"""How many contacts agents handled, of those that plans drew from."""

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import and_, distinct, func, or_, select

from scoring.sampling import Excluded
from scoring.selection import Selection
from storage.database import Transaction
from storage.reports import Scope, Window, within
from storage.tables import AssignmentRow, DrawContactRow, EvaluationRow, PersonRow

KNOWN = (Excluded.SCORED, Excluded.DRAWN)
"""Why a contact could not be drawn that the plan speaks of all the same."""


async def handled(tx: Transaction, team_id: int, window: Window) -> Mapping[int, int]:
    """Return how many contacts each agent handled, by the agent's id.

    Of the populations that the team's drawn evaluations of *window* were drawn from, without what
    the plans did not want. A contact counts once however often it could be drawn.
    """
    part = and_(
        EvaluationRow.contact_id == AssignmentRow.contact_id,
        EvaluationRow.agent_id == AssignmentRow.agent_id,
    )
    drawn_from = (
        select(AssignmentRow.draw_id)
        .join(EvaluationRow, part)
        .where(
            *Scope(team=team_id).conditions(),
            within(window),
            EvaluationRow.selection == Selection.DRAWN,
            AssignmentRow.second.is_(False),
        )
    )
    counted = (
        select(DrawContactRow.agent_id, func.count(distinct(DrawContactRow.contact_id)))
        .where(
            DrawContactRow.draw_id.in_(drawn_from),
            or_(DrawContactRow.excluded.is_(None), DrawContactRow.excluded.in_(KNOWN)),
        )
        .group_by(DrawContactRow.agent_id)
    )
    stands_for = await _merged(tx)
    found: Counter[int] = Counter()
    for agent_id, number in await tx.execute(counted):
        found[_end(stands_for, agent_id)] += number
    return found


async def _merged(tx: Transaction) -> Mapping[int, int]:
    """Return who stands for whom since they were merged: a draw's population keeps the old ids."""
    merged = select(PersonRow.id, PersonRow.merged_into).where(PersonRow.merged_into.is_not(None))
    return {person: kept for person, kept in await tx.execute(merged) if kept is not None}


def _end(stands_for: Mapping[int, int], person_id: int) -> int:
    """Return who stands for the person in the end, after any number of mergings."""
    seen = {person_id}
    while (kept := stands_for.get(person_id)) is not None and kept not in seen:
        seen.add(kept)
        person_id = kept
    return person_id

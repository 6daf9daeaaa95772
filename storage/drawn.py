"""What plans drew of a team: which time their draws cover, and the scores of drawn contacts."""

import datetime as dt
import json
from dataclasses import dataclass

from sqlalchemy import String, bindparam, func, select, type_coerce

from scoring.coverage import Span
from scoring.selection import Selection
from storage.database import Transaction
from storage.reports import Window
from storage.tables import AssignmentRow, DrawRow, EvaluationRow, PlanRow
from storage.types import points

# Every report asks, and most teams have no plans: these are built once.
SPANS = (
    select(DrawRow.settings, DrawRow.drawn_at, func.max(AssignmentRow.due_at))
    .join(PlanRow, PlanRow.id == DrawRow.plan_id)
    .join(AssignmentRow, AssignmentRow.draw_id == DrawRow.id)
    .where(PlanRow.team_id == bindparam("team"))
    .group_by(DrawRow.id, DrawRow.settings, DrawRow.drawn_at)
)
SCORES = (
    select(
        EvaluationRow.agent_id, EvaluationRow.submitted_at, type_coerce(EvaluationRow.final, String)
    )
    .where(
        EvaluationRow.counts.is_(True),
        EvaluationRow.team_id == bindparam("team"),
        EvaluationRow.submitted_at >= bindparam("first"),
        EvaluationRow.submitted_at < bindparam("after"),
        EvaluationRow.selection == Selection.DRAWN,
        EvaluationRow.final.is_not(None),
    )
    .order_by(EvaluationRow.submitted_at, EvaluationRow.id)
)


@dataclass(frozen=True, slots=True)
class DrawnScore:
    """A drawn contact's final score (0 to 100), whose it is and when it was submitted."""

    agent_id: int
    submitted_at: dt.datetime
    final: float


async def spans(tx: Transaction, team_id: int) -> list[Span]:
    """Return what time each draw of the team's plans covers.

    From the first day whose contacts it draws from until what it drew is due; nothing where it
    drew nothing.
    """
    found = []
    for settings, drawn_at, due_at in await tx.execute(SPANS, {"team": team_id}):
        first = dt.datetime.fromisoformat(json.loads(settings)["first"])
        found.append((min(first, drawn_at), due_at))
    return found


async def scores(tx: Transaction, team_id: int, window: Window) -> list[DrawnScore]:
    """Return the scores of the team's drawn contacts in *window*, in order of submission."""
    values = {"team": team_id, "first": window[0], "after": window[1]}
    found = await tx.execute(SCORES, values)
    return [DrawnScore(agent, at, points(final)) for agent, at, final in found if final]
